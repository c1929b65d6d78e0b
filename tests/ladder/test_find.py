"""What people type is read as the level, the levels or the competency they mean, and never guessed."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ladder.find import (
    Found,
    find_competency,
    find_level,
    split_level_and_rest,
    split_two_levels,
)
from bot.ladder.load import read_ladder
from bot.ladder.model import Ladder, Level, Role, Source, Track

LADDERS = Path(__file__).parents[2] / "ladders"
QUERIES = Path(__file__).with_name("level_queries.csv")


@cache
def shipped(name: str) -> Ladder:
    return read_ladder(LADDERS / f"{name}.yaml")


@cache
def queries() -> tuple[dict[str, str], ...]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def expected(row: dict[str, str]) -> set[str]:
    return set(filter(None, row["expected"].split("|")))


def found(row: dict[str, str]) -> Found:
    return find_level(shipped(row["ladder"]), row["query"])


def is_right(row: dict[str, str]) -> bool:
    answer = found(row)
    return answer.kind == row["kind"] and set(answer.levels) == expected(row)


def company(levels: dict[str, str], *, track: str = "Makers", roles: tuple[Role, ...] = ()) -> Ladder:
    """A company's own ladder: level ids and titles, lowest first; ids that begin with `m-` are managers'."""
    tracks = {"ic": Track("ic", track, "", (), None), "mgmt": Track("mgmt", "Managers", "", (), None)}
    rungs = {
        level_id: Level(
            id=level_id,
            title=title,
            track="mgmt" if level_id.startswith("m-") else "ic",
            rank=rank,
            aliases=(),
            status="described",
            summary="",
            scope="",
            facts=(),
            notes=(),
            was=(),
        )
        for rank, (level_id, title) in enumerate(levels.items())
    }
    held = {role.id: role for role in roles}
    return Ladder("ours", "Ours", "1", "", Source("", "", ""), tracks, rungs, {}, (), {}, held)


NAMED = company(
    {
        "one": "Software Engineer I",
        "two": "Software Engineer II",
        "three": "Senior Software Engineer",
        "four": "Staff Software Engineer",
        "five": "Distinguished Engineer",
        "m-one": "Engineering Manager",
        "m-two": "Director of Engineering",
    }
)
SCIENCE = company(
    {
        "a": "Intern",
        "b": "Junior Data Scientist",
        "c": "Mid-level Data Scientist",
        "d": "Senior Data Scientist",
        "e": "Staff Data Scientist",
        "f": "Senior Staff Data Scientist",
        "g": "Principal Data Scientist",
        "h": "Senior Principal Data Scientist",
        "i": "Distinguished Data Scientist",
        "m-a": "Data Science Manager",
        "m-b": "Senior Data Science Manager",
        "m-c": "Data Science Director",
        "m-d": "Data Science Senior Director",
        "m-e": "VP of Data Science",
    },
    track="Data scientists",
)
SINGLE = company({"ic3": "Machine Learning Engineer"})


class TestTheCollectedQueries:
    """280 ways in which people write levels, each with the answer a careful person gives."""

    def test_every_plain_name_and_way_of_writing_one_is_read_right(self) -> None:
        plain = [row for row in queries() if row["kind"] in {"exact", "alias"}]
        assert [(row["query"], row["ladder"]) for row in plain if not is_right(row)] == []

    def test_a_wrong_level_is_never_given_silently(self) -> None:
        silent = [row for row in queries() if len(found(row).levels) == 1 and not is_right(row)]
        assert [(row["query"], row["ladder"]) for row in silent] == []

    def test_nineteen_of_twenty_are_right_altogether(self) -> None:
        right = sum(map(is_right, queries()))
        assert right >= 0.95 * len(queries())

    def test_what_fits_no_level_gets_at_most_three_suggestions(self) -> None:
        nothing = [found(row) for row in queries() if found(row).kind == "none"]
        assert all(not answer.levels and len(answer.suggestions) <= 3 for answer in nothing)


class TestACompanysOwnLadder:
    @pytest.mark.parametrize(
        ("ladder", "query", "kind", "levels"),
        [
            (NAMED, "software engineer 2", "exact", "two"),
            (NAMED, "SWE II", "alias", "two"),
            (NAMED, "jr dev", "alias", "one"),
            (NAMED, "engineer", "ambiguous", "one two"),
            (NAMED, "Software Engineer, Senior", "alias", "three"),
            (NAMED, "senior java developer", "alias", "three"),
            (NAMED, "staff sre", "alias", "four"),
            (NAMED, "distingushed engineer", "fuzzy", "five"),
            (NAMED, "DE", "none", ""),
            (NAMED, "senior staff", "none", ""),
            (NAMED, "engineer 4", "none", ""),
            (NAMED, "L4", "none", ""),
            (NAMED, "sr. em", "none", ""),
            (NAMED, "staff+", "ambiguous", "four five"),
            (NAMED, "individual contributor", "ambiguous", "one two three four five"),
            (NAMED, "Chief of Staff", "none", ""),
            (NAMED, "member of technical staff", "none", ""),
            (NAMED, "deputy director", "none", ""),
            (SCIENCE, "sr staff ds", "alias", "f"),
            (SCIENCE, "data scientist II", "alias", "c"),
            (SCIENCE, "data scientist", "ambiguous", "b c d e f g h i"),
            (SCIENCE, "senior director", "alias", "m-d"),
            (SCIENCE, "principle data scientist", "fuzzy", "g"),
            (SCIENCE, "head of data science", "none", ""),
            (SINGLE, "MLE", "alias", "ic3"),
            (SINGLE, "level 3", "alias", "ic3"),
            (SINGLE, "software engineer", "none", ""),
            (SINGLE, "senior ml engineer", "none", ""),
            (SINGLE, "ic4", "none", ""),
        ],
    )
    def test_is_read_from_its_own_titles(self, ladder: Ladder, query: str, kind: str, levels: str) -> None:
        answer = find_level(ladder, query)
        assert (answer.kind, answer.levels) == (kind, tuple(levels.split()))

    def test_a_comma_lists_two_levels_or_turns_one_title_round(self) -> None:
        ladder = company(
            {"a": "Engineer", "b": "Senior Engineer", "c": "Staff Engineer", "d": "Senior Staff"}
        )
        assert find_level(ladder, "senior, staff").levels == ("b", "c")
        assert find_level(ladder, "Engineer, Staff").levels == ("c",)

    def test_beside_numbered_steps_the_plain_title_is_the_first(self) -> None:
        ladder = company({"a": "Software Engineer", "b": "Software Engineer II", "c": "Senior Engineer"})
        assert find_level(ladder, "swe 1").levels == ("a",)

    def test_words_of_its_own_are_part_of_its_titles(self) -> None:
        ladder = company({"a": "Product Designer", "b": "Senior Product Designer", "c": "Crafter"})
        assert find_level(ladder, "sr product designer").levels == ("b",)
        assert find_level(ladder, "craftre").kind == "fuzzy"

    def test_disciplines_are_told_apart_where_the_titles_tell_them_apart(self) -> None:
        ladder = company({"a": "Senior Backend Engineer", "b": "Senior Frontend Engineer"})
        assert find_level(ladder, "sr front-end dev").levels == ("b",)
        assert find_level(ladder, "senior").levels == ("a", "b")

    def test_a_role_is_named_where_no_level_is_meant(self) -> None:
        lead = Role("lead", "Tech Lead", (), "", (), (), ("b",))
        ladder = company({"a": "Engineer", "b": "Senior Engineer", "c": "Staff Engineer"}, roles=(lead,))
        assert find_level(ladder, "dev lead") == Found("none", roles=("lead",), suggestions=("b",))

    def test_a_level_that_is_missing_suggests_its_neighbours(self) -> None:
        assert find_level(NAMED, "principal").suggestions == ("four", "five")


class TestThePersonsTrack:
    def test_decides_where_the_query_names_none_and_the_others_are_told(self) -> None:
        answer = find_level(shipped("artsy"), "level 5", track="ic")
        assert (answer.levels, answer.others) == (("ic5",), ("m5",))

    def test_does_not_decide_between_two_levels_of_itself(self) -> None:
        assert find_level(shipped("artsy"), "senior", track="ic").levels == ("ic4", "ic5")

    def test_does_not_decide_where_the_query_names_both(self) -> None:
        assert find_level(shipped("artsy"), "ic5 or m3", track="ic").kind == "ambiguous"


class TestAnythingAtAll:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "   ",
            "???",
            "🏆",
            "مهندس",
            "staff " * 500,
            "'; DROP TABLE levels; --",
            "{{ staff }}",
            "<script>staff</script>",
            "se " * 60,
        ],
    )
    def test_is_no_level(self, text: str) -> None:
        assert find_level(NAMED, text).kind == "none"

    @given(st.text(max_size=80))
    def test_has_an_answer(self, text: str) -> None:
        assert len(find_level(NAMED, text).suggestions) <= 3


class TestALevelAndACompetency:
    @pytest.mark.parametrize(
        ("text", "level", "rest"),
        [
            ("staff communication", "ic6", "communication"),
            ("senior engineer 2 code quality", "ic5", "code quality"),
            ("staff team impact", "ic6", "team impact"),
            ("staff engineering influence", "ic6", "engineering influence"),
            ("staff code qualty", "ic6", "code qualty"),
            ("staff engineer", "ic6", ""),
        ],
    )
    def test_are_parted(self, text: str, level: str, rest: str) -> None:
        answer, words = split_level_and_rest(shipped("artsy"), text)
        assert (answer.levels, words) == ((level,), rest)

    def test_words_that_name_no_competency_are_not_parted(self) -> None:
        answer, rest = split_level_and_rest(shipped("artsy"), "staff banana")
        assert (answer.kind, rest) == ("none", "")

    @pytest.mark.parametrize(
        ("words", "ids"),
        [
            ("Code quality", ["code-quality"]),
            ("code q", ["code-quality"]),
            ("comunication", ["communication"]),
            ("banana", []),
        ],
    )
    def test_a_competency_is_found_by_name_beginning_or_with_a_typo(self, words: str, ids: list[str]) -> None:
        assert [c.id for c in find_competency(shipped("artsy"), words)] == ids

    def test_a_group_stands_for_its_competencies_on_the_track(self) -> None:
        ids = [c.id for c in find_competency(shipped("artsy"), "impact", track="ic")]
        assert ids == ["team-impact", "product-impact"]


class TestTwoLevels:
    @pytest.mark.parametrize(
        ("text", "sides"),
        [
            ("senior vs staff", ("senior", "staff")),
            ("senior staff", ("senior", "staff")),
            ("ic5 to ic6", ("ic 5", "ic 6")),
            ("senior 2 and staff engineer", ("senior 2", "staff engineer")),
            ("senior engineer 2 staff engineer", ("senior engineer 2", "staff engineer")),
            ("em1 em2", ("em 1", "em 2")),
            ("ic4-5", ("ic 4", "ic 5")),
        ],
    )
    def test_are_parted(self, text: str, sides: tuple[str, str]) -> None:
        assert split_two_levels(shipped("artsy"), text) == sides

    @pytest.mark.parametrize("text", ["staff", "senior engineer", "senior manager", "Senior Staff Engineer"])
    def test_one_title_is_not_parted(self, text: str) -> None:
        assert split_two_levels(shipped("artsy"), text) is None
