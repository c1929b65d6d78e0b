"""Reading ladder files: what an author is told when one cannot be used."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError, Problem
from bot.ladder.load import parse_ladder
from bot.ladder.model import CellState, Ladder

SMALL = """\
id: small
name: Small
version: "1.0"
summary: Two levels.
source: { name: Rung }
tracks:
  - { id: ic, name: Individual contributor }
competencies:
  - { id: communication, name: Communication, tracks: [ic] }
levels:
  - id: junior
    title: Junior
    track: ic
    rank: 1
    expects:
      communication:
        - id: junior-asks
          text: Asks early.
        - id: junior-listens
          text: Listens.
  - id: senior
    title: Senior
    track: ic
    rank: 2
    expects:
      communication: []
"""


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        parse_ladder(text, "small.yaml")
    return caught.value.problems


def only_problem(old: str, new: str) -> Problem:
    """The one problem after changing the small ladder; the change must touch it."""
    assert old in SMALL
    (problem,) = problems(SMALL.replace(old, new, 1))
    return problem


def test_a_text_becomes_a_ladder() -> None:
    ladder = parse_ladder(SMALL, "small.yaml")
    assert [level.title for level in ladder.levels.values()] == ["Junior", "Senior"]
    assert [s.id for s in ladder.cell("junior", "communication").statements] == [
        "junior-asks",
        "junior-listens",
    ]


def test_an_empty_cell_names_the_level_whose_statements_still_hold() -> None:
    cell = parse_ladder(SMALL, "small.yaml").cell("senior", "communication")
    assert (cell.state, cell.still_from) == (CellState.EMPTY, "junior")


def test_a_cell_the_source_does_not_describe_is_undefined() -> None:
    text = SMALL.replace("communication: []", "communication: undefined")
    assert parse_ladder(text, "small.yaml").cell("senior", "communication").state is CellState.UNDEFINED


def test_a_named_level_has_undefined_cells() -> None:
    text = SMALL.replace("rank: 2\n    expects:\n      communication: []", "rank: 2\n    status: named")
    assert parse_ladder(text, "small.yaml").cell("senior", "communication").state is CellState.UNDEFINED


def branched(*, tracks: str) -> Ladder:
    text = SMALL.replace("  - { id: ic, name: Individual contributor }", (
        "  - { id: ic, name: IC }\n  - { id: m, name: Management, branches_from: senior }"
    )).replace("tracks: [ic]", f"tracks: {tracks}")  # fmt: skip
    return parse_ladder(text + BRANCH, "small.yaml")


BRANCH = """\
  - id: manager
    title: Manager
    track: m
    rank: 3
    expects: { communication: [] }
"""


def test_an_empty_cell_looks_back_through_the_level_its_track_branches_from() -> None:
    ladder = branched(tracks="[ic, m]")
    assert ladder.cell("manager", "communication").still_from == "junior"


def test_a_track_with_competencies_of_its_own_takes_nothing_over() -> None:
    text = (
        SMALL.replace("  - { id: ic, name: Individual contributor }", (
            "  - { id: ic, name: IC }\n  - { id: m, name: Management, branches_from: senior }"
        )).replace("tracks: [ic] }", "tracks: [ic] }\n  - { id: people, name: People, tracks: [m] }")
        + BRANCH.replace("communication", "people")
    )  # fmt: skip
    ladder = parse_ladder(text, "small.yaml")
    assert ladder.cell("manager", "people").still_from is None
    assert ladder.cell("manager", "communication").state is CellState.ABSENT


def test_nothing_is_taken_over_through_a_track_that_does_not_look_at_it() -> None:
    text = SMALL.replace(
        "  - { id: ic, name: Individual contributor }",
        "  - { id: ic, name: IC }\n  - { id: x, name: X, branches_from: senior }\n"
        "  - { id: m, name: Management, branches_from: between }",
    ).replace("tracks: [ic]", "tracks: [ic, m]")
    between = "  - { id: between, title: Between, track: x, rank: 3 }\n"
    ladder = parse_ladder(text + between + BRANCH, "small.yaml")
    assert ladder.cell("manager", "communication").still_from is None


def test_the_digest_changes_with_the_text() -> None:
    first, again = parse_ladder(SMALL, "a"), parse_ladder(SMALL, "b")
    changed = parse_ladder(SMALL.replace("Listens.", "Listens well."), "a")
    assert first.digest == again.digest != changed.digest


def test_a_problem_says_file_line_and_place_in_words() -> None:
    found = only_problem("text: Listens.", "text: Listens.\n          asks: Who?")
    assert (found.file, found.line) == ("small.yaml", 21)
    assert found.field == "levels › junior › expects › communication › 2nd statement › asks"
    assert found.hint == "did you mean `ask`?"


def test_all_problems_of_a_file_come_at_once_in_the_order_of_its_lines() -> None:
    text = SMALL.replace('"1.0"', "1.0").replace("id: junior-listens", "id: junior-asks")
    text = text.replace("rank: 2", "rank: 1\n    alias: [x]\n    title: Sr")
    assert [p.line for p in problems(text)] == [3, 19, 24, 25, 26]


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ('"1.0"', "1.0", "YAML reads `1.0` as a number", 'put quotes around it: "1.0"'),
        ('"1.0"', "2026-01-01", "YAML reads `2026-01-01` as a date", 'put quotes around it: "2026-01-01"'),
        ('"1.0"', "yes", "YAML reads `yes` as true or false", 'put quotes around it: "yes"'),
        ('"1.0"', "0x1F", "YAML reads `0x1F` as a number", "put quotes around it"),
        ('"1.0"', "!!python/name:os.system", "is not read here", "remove the tag"),
        ('"1.0"', "!secret x", "the type `!secret` is not read here", "remove the tag"),
        ("Two levels.", "[Two, levels]", "a list stands where one text is expected", "one text"),
        ("text: Listens.", "text: { Listens: well }", "keys and values stand where", "put quotes around"),
        ("Listens.", "x" * 601, "601 characters are too long; 600 fit", "shorten it by 1"),
        ("Listens.", "", "nothing stands here", "write a text"),
        ("id: junior-listens", "id: Junior listens", "`Junior listens` cannot be an id", "lower-case"),
        ("rank: 1", "rank: yes", "`yes` is not a number", "whole number"),
        ("rank: 1", "rank: 101", "`101` is not a number that fits", "at most 100"),
        ("rank: 1", "rank: 1\n    status: nmed", "`nmed` is not a word", "did you mean `named`?"),
        ("rank: 1", "rank: 1\n    aliases: jr", "a list is expected", "`- `"),
        ("rank: 1", "rank: 1\n    title: Jr", "`title` stands here twice", "the first stands in line 12"),
        ("rank: 1", "rank: 1\n    <<: { summary: x }", "merge keys", "write the keys out"),
        ("    title: Junior\n", "", "`title` is missing", "add a line `title: …`"),
        ("source: { name: Rung }", "source: { name: R, url: rung }", "`rung` is not a web address", "https://"),
        ("communication: []", "communication: later", "`later` is not a word", "known here: undefined"),
        ("communication: []", "communication:", "nothing stands here", "`[]` for none"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_what_to_do(old: str, new: str, message: str, hint: str) -> None:
    found = only_problem(old, new)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 0, "the file is empty"),
        ("# nothing yet\n", 0, "the file is empty"),
        ("- a\n- b\n", 1, "this is no list of keys"),
        ("id: a\n---\nid: b\n", 2, "a second document"),
        ("id: a\nlevels:\n\t- b\n", 3, "a tab is used"),
        ("id: a\nname: b: c\n", 2, "there is a `: `"),
        ("id: a\nname: 'b\n", 2, "a quote is opened"),
        ("id: a\nname: [b\nversion: 1\n", 2, "a bracket is opened"),
        ("id: a\n  name: b\n", 2, "there is a `: `"),
        ("a:\n  - b\n c: d\n", 3, "this line does not fit"),
        ("id: *a\n", 1, "a text that begins with `*`"),
        ("id: a\nname: @b\n", 2, "this character cannot begin a text"),
        ("id: a\nname: b\x07\n", 2, "U+0007"),
        ("id: " + "[" * 100_000, 1, "nested more than 30 deep"),
        ("a: &a [*a]\n", 1, "nested more than 30 deep"),
    ],
)
def test_what_is_no_yaml_is_said_in_plain_words(text: str, line: int, message: str) -> None:
    (found,) = problems(text)
    assert found.line == line
    assert message in found.message
    assert found.hint


def test_a_few_lines_that_stand_for_billions_of_values_are_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10))
    (found,) = problems(bomb)
    assert "more than 100,000 values" in found.message


def test_an_alias_used_a_few_times_is_fine() -> None:
    text = SMALL.replace("tracks: [ic]", "tracks: &all [ic]") + "lenses: []\n"
    text = text.replace("    rank: 1", "    rank: 1\n    aliases: &names [jr]")
    text = text.replace("    rank: 2", "    rank: 2\n    was: *names")
    assert parse_ladder(text, "small.yaml").levels["senior"].was == ("jr",)


def test_a_key_that_yaml_reads_as_something_else_is_said() -> None:
    hints = [problem.hint for problem in problems(SMALL.replace("communication: []", "no: []"))]
    assert 'put quotes around it: "no"' in hints


SIGNS = (
    "[",
    "]",
    "{",
    "}",
    "&a",
    "*a",
    "!!int ",
    "!",
    "|",
    ">",
    "'",
    '"',
    "#",
    "<<",
    "?",
    "---",
    "%",
    "~",
    "=",
)
OTHERS = (
    "id",
    "levels",
    "expects",
    "[key]",
    "[word]",
    "1",
    "no",
    ": ",
    "- ",
    "\n",
    "  ",
    "\t",
    "\ufeff",
    "\ud800",
)
WORDS = st.sampled_from(SIGNS + OTHERS)


@given(st.text() | st.lists(WORDS).map("".join))
def test_no_text_makes_reading_fail_in_another_way(text: str) -> None:
    with pytest.raises(ContentError):
        parse_ladder(text, "small.yaml")


@given(
    st.sampled_from(SMALL.split("\n")), st.lists(WORDS, min_size=1, max_size=6).map("".join), st.booleans()
)
def test_no_change_of_a_line_makes_reading_fail_in_another_way(line: str, words: str, whole: bool) -> None:
    changed = words if whole else f"{line.split(':', maxsplit=1)[0]}: {words}"
    with suppress(ContentError):
        parse_ladder(SMALL.replace(line, changed), "small.yaml")
