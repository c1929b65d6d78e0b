"""What a ladder file gets wrong although every part of it has the right shape."""

import pytest

from bot.errors import ContentError, Problem
from bot.ladder.load import parse_ladder

LADDER = """\
id: small
name: Small
version: "1"
summary: Two tracks.
source: { name: Rung }
tracks:
  - { id: ic, name: IC }
  - { id: m, name: Management, branches_from: senior }
competencies:
  - { id: craft, name: Craft, tracks: [ic] }
  - { id: people, name: People, tracks: [ic, m] }
lenses:
  - id: groups
    name: Groups
    groups:
      - { id: all, name: All, competencies: [craft, people] }
levels:
  - id: junior
    title: Junior
    track: ic
    rank: 1
    aliases: [jr]
    was: [trainee]
    expects:
      craft:
        - { id: junior-ships, text: Ships., was: [junior-delivers] }
      people: []
  - id: senior
    title: Senior
    track: ic
    rank: 2
    expects:
      craft: undefined
      people:
        - { id: senior-mentors, text: Mentors. }
  - id: lead
    title: Lead
    track: m
    rank: 3
    expects:
      people: []
  - id: head
    title: Head
    track: m
    rank: 4
    status: named
roles:
  - { id: oncall, name: On call, summary: Answers., near: [junior] }
guidance:
  - { from_level: junior, to_level: senior, title: Grow, summary: Own more. }
topics:
  - { id: growth, title: Growth, text: Grow., levels: [senior] }
terms:
  - { name: IC, text: Individual contributor. }
"""


def problems(old: str, new: str) -> list[Problem]:
    assert old in LADDER
    with pytest.raises(ContentError) as caught:
        parse_ladder(LADDER.replace(old, new, 1), "small.yaml")
    return list(caught.value.problems)


def test_a_sound_ladder_has_no_problems() -> None:
    assert len(parse_ladder(LADDER, "small.yaml").levels) == 4


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("id: junior\n", "id: senior\n", "levels › senior › id"),
        ("{ id: people,", "{ id: craft,", "competencies › craft › id"),
        ("{ id: m, name", "{ id: ic, name", "tracks › ic › id"),
        ("id: senior-mentors", "id: junior-ships", "levels › senior › expects › people › 1st statement › id"),
        ("roles:\n", "roles:\n  - { id: oncall, name: Twice, summary: x }\n", "roles › oncall › id"),
        ("topics:\n", "topics:\n  - { id: growth, title: Twice, text: x }\n", "topics › growth › id"),
        ("terms:\n", "terms:\n  - { name: IC, text: Twice. }\n", "terms › 2nd term › name"),
        ("    groups:\n", "    groups:\n      - { id: all, name: A, competencies: [craft] }\n",
         "lenses › groups › groups › all › id"),
        ("    aliases: [jr]", "    facts: [{ id: a, label: A, text: a }, { id: a, label: B, text: b }]",
         "levels › junior › facts › a › id"),
    ],
)  # fmt: skip
def test_an_id_is_given_once(old: str, new: str, field: str) -> None:
    repeated = [p for p in problems(old, new) if "is taken already" in p.message]
    assert [p.field for p in repeated] == [field]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("was: [trainee]", "was: [senior]"),
        ("status: named", "status: named\n    was: [trainee]"),
        ("was: [junior-delivers]", "was: [senior-mentors]"),
        ("id: people, name: People", "id: people, was: [craft], name: People"),
    ],
)
def test_a_former_id_leads_to_one_place(old: str, new: str) -> None:
    assert "is also in use elsewhere" in problems(old, new)[0].message


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("branches_from: senior", "branches_from: seniro", "no level `seniro`", "did you mean `senior`?"),
        ("near: [junior]", "near: [juniors]", "no level `juniors`", "did you mean `junior`?"),
        ("levels: [senior]", "levels: [xyz]", "no level `xyz`", "known here: junior, senior, lead, head"),
        ("from_level: junior", "from_level: junor", "no level `junor`", "did you mean `junior`?"),
        ("to_level: senior", "to_level: seniors", "no level `seniors`", "did you mean `senior`?"),
        ("tracks: [ic, m]", "tracks: [ic, m, mm]", "no track `mm`", "did you mean `m`?"),
        ("[craft, people]", "[craft, peple]", "no competency `peple`", "did you mean `people`?"),
        ("    track: m\n    rank: 4", "    track: n\n    rank: 4", "no track `n`", "known here: ic, m"),
        ("craft: undefined", "craft: undefined\n      style: []", "no competency `style`", "known here"),
    ],
)  # fmt: skip
def test_a_reference_leads_somewhere(old: str, new: str, message: str, hint: str) -> None:
    (found,) = problems(old, new)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("      craft: undefined\n", "", "`senior` says nothing of `craft`", "add `craft: []` if"),
        ("rank: 3\n    expects:", "rank: 3\n    expects:\n      craft: []", "does not belong", "remove"),
        ("status: named", "status: named\n    expects: { people: [] }", "only named", "status: described"),
        ("rank: 2", "rank: 1", "`senior` has the rank of `junior`", "rise"),
        ("aliases: [jr]", "aliases: [SENIOR]", "`SENIOR` also names `senior`", "Rung asks"),
        ("rank: 3\n", "rank: 3\n    aliases: [head]\n", "`head` also names `head`", "Rung asks"),
        ("id: ic, name: IC", "id: ic, branches_from: lead, name: IC", "branches off itself", "starts lower"),
        ("to_level: senior", "to_level: junior", "a step needs two levels", "leads to"),
        ("guidance:\n", "guidance:\n  - { from_level: junior, to_level: senior, title: x, summary: x }\n",
         "stands here twice", "bring both together"),
        ("tracks:\n", "tracks:\n  - { id: empty, name: Empty }\n", "no level is on", "leave it out"),
    ],
)  # fmt: skip
def test_a_contradiction_is_said_with_what_to_do(old: str, new: str, message: str, hint: str) -> None:
    found = problems(old, new)[0]
    assert message in found.message
    assert hint in found.hint


def test_what_levels_expect_is_not_judged_while_their_track_is_unknown() -> None:
    found = problems("    track: ic\n    rank: 2", "    track: icc\n    rank: 2")
    assert [p.message for p in found] == ["there is no track `icc`"]
