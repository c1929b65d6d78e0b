"""The shipped Artsy ladder says as much, level by level, as the ladder it retells."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ladder.load import read_ladder
from bot.ladder.model import CellState, Ladder

ENGINEERS = ("ic2", "ic3", "ic4", "ic5", "ic6")
MANAGERS = (
    "people-and-business-leadership",
    "management-impact",
    "management-influence",
    "management-discretion",
)

STATEMENTS_OF_ENGINEERS = {
    "technical-understanding": (4, 3, 3, 4, 4),
    "technical-decision-making": (2, 3, 4, 2, 1),
    "code-quality": (2, 3, 0, 0, 0),
    "industry-knowledge": (0, 1, 1, 1, 1),
    "team-impact": (2, 1, 3, 4, 3),
    "product-impact": (0, 1, 4, 4, 3),
    "team-influence": (4, 1, 3, 3, 0),
    "engineering-influence": (0, 4, 4, 4, 6),
    "cross-functional-collaboration": (0, 2, 1, 1, 4),
    "communication": (0, 2, 2, 3, 4),
    "oversight": (3, 5, 4, 0, 3),
    "initiative": (0, 0, 4, 1, 2),
    "management-relationship": (3, 1, 1, 1, 2),
}
STATEMENTS_OF_MANAGERS = {
    "m2": (5, 4, 3, 4),
    "m3": (4, 4, 5, 2),
    "m4": (4, 4, 5, 1),
    "m5": (3, 4, 5, 2),
    "m6": (4, 2, 1, 2),
}


@pytest.fixture(scope="module")
def artsy() -> Ladder:
    return read_ladder(Path(__file__).parents[2] / "ladders" / "artsy.yaml")


@pytest.mark.parametrize("competency", STATEMENTS_OF_ENGINEERS)
def test_each_engineering_level_has_its_statements(artsy: Ladder, competency: str) -> None:
    counts = tuple(len(artsy.cell(level, competency).statements) for level in ENGINEERS)
    assert counts == STATEMENTS_OF_ENGINEERS[competency]


@pytest.mark.parametrize("level", STATEMENTS_OF_MANAGERS)
def test_each_management_level_has_its_statements(artsy: Ladder, level: str) -> None:
    counts = tuple(len(artsy.cell(level, competency).statements) for competency in MANAGERS)
    assert counts == STATEMENTS_OF_MANAGERS[level]


@pytest.mark.parametrize(("track", "total"), [("ic", 142), ("m", 68)])
def test_a_track_has_all_its_statements(artsy: Ladder, track: str, total: int) -> None:
    assert sum(artsy.levels[s.level].track == track for s in artsy.statements()) == total


def test_the_tracks_have_thirteen_and_four_competencies(artsy: Ladder) -> None:
    assert [c.id for c in artsy.competencies_of("ic")] == list(STATEMENTS_OF_ENGINEERS)
    assert [c.id for c in artsy.competencies_of("m")] == list(MANAGERS)


def test_thirteen_levels_stand_in_order(artsy: Ladder) -> None:
    assert [level.title for level in artsy.levels.values()] == [
        "Intern",
        "Engineer 1",
        "Engineer 2",
        "Senior Engineer 1",
        "Senior Engineer 2",
        "Staff Engineer",
        "Senior Staff Engineer",
        "Principal Engineer",
        "Engineering Manager 1",
        "Engineering Manager 2",
        "Senior Engineering Manager",
        "Director of Engineering",
        "Senior Director of Engineering",
    ]


def test_three_levels_are_only_named_and_say_so(artsy: Ladder) -> None:
    named = [level for level in artsy.levels.values() if level.status == "named"]
    assert [level.id for level in named] == ["intern", "ic7", "ic8"]
    assert all(level.notes for level in named)


@pytest.mark.parametrize(
    ("engineer", "manager"), [("ic4", "m2"), ("ic5", "m3"), ("ic6", "m4"), ("ic7", "m5"), ("ic8", "m6")]
)
def test_a_manager_stands_beside_an_engineer(artsy: Ladder, engineer: str, manager: str) -> None:
    assert artsy.parallels(artsy.levels[engineer]) == (artsy.levels[manager],)


def test_management_opens_at_senior_engineer_2(artsy: Ladder) -> None:
    assert artsy.below(artsy.levels["m2"]) == artsy.levels["ic5"]


def test_circumstances_are_facts_and_one_thing_is_a_bonus(artsy: Ladder) -> None:
    others = {s.id: s.kind for s in artsy.statements() if s.kind != "expectation"}
    assert others == {
        "ic6-engineering-brand": "bonus",
        "m2-reports-count": "fact",
        "m2-transitional-level": "fact",
        "m3-reports-count": "fact",
    }


def test_statement_ids_are_unique_and_begin_with_their_level(artsy: Ladder) -> None:
    assert len({statement.id for statement in artsy.statements()}) == 142 + 68
    assert all(s.id.startswith(f"{s.level}-") for s in artsy.statements())


def test_an_empty_cell_leaves_what_was_expected_before(artsy: Ladder) -> None:
    quality = artsy.cell("ic6", "code-quality")
    assert (quality.state, quality.still_from) == (CellState.EMPTY, "ic3")


def test_every_expectation_has_a_question(artsy: Ladder) -> None:
    expectations = [s for s in artsy.statements() if s.kind == "expectation"]
    assert [s.id for s in expectations if not (s.ask and "?" in s.ask)] == []


def test_every_expectation_has_a_sample(artsy: Ladder) -> None:
    expectations = [s for s in artsy.statements() if s.kind == "expectation"]
    assert [s.id for s in expectations if not s.sample] == []


def test_technical_lead_is_a_role_with_three_duties(artsy: Ladder) -> None:
    assert len(artsy.roles["technical-lead"].duties) == 3
