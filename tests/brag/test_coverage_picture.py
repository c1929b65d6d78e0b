"""Coverage as a picture, and the same in words."""

from dataclasses import replace

import pytest

from bot.brag.coverage import Coverage, cover
from bot.brag.coverage_picture import LONGEST, describe_coverage, draw_coverage
from bot.brag.model import Entry, Plan
from bot.contents import open_ladders
from bot.ladder.model import Ladder, Level
from bot.settings import ROOT
from tests.brag.evidence import (
    SENIOR,
    SMALL,
    TODAY,
    one_entry_each,
    plan,
    record_of,
    speaks_for,
    suggests,
    with_competencies,
)

LADDERS = open_ladders(ROOT / "ladders").in_force
LEVELS = [(ladder, level) for ladder in LADDERS.values() for level in ladder.levels.values()]
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def covered(*entries: Entry, plans: dict[str, Plan] | None = None) -> Coverage:
    return cover(SMALL, SENIOR, record_of(entries), plans or {}, TODAY)


def test_the_words_tell_all_counts_and_ages() -> None:
    told = describe_coverage(covered(speaks_for("s-designs", days=41), speaks_for("craft:", days=3)))
    assert told == (
        "Evidence for Senior (Small): 1 of 4 expectations has evidence, from 2 entries, newest 3 days ago. "
        "None went as far as the level reaches (several teams). "
        "Craft: 1 of 2, 2 entries, newest 3 days ago. Words: 0 of 1. People: 0 of 1."
    )


def test_the_words_tell_how_much_went_as_far_as_the_level_reaches() -> None:
    told = describe_coverage(
        covered(speaks_for("s-designs", reach="teams"), speaks_for("s-reviews", reach="me"))
    )
    assert "1 went as far as the level reaches" in told


@pytest.mark.parametrize(("ladder", "level"), LEVELS, ids=[f"{one.id} {other.id}" for one, other in LEVELS])
def test_the_words_for_every_level_are_short_and_name_every_competency(ladder: Ladder, level: Level) -> None:
    coverage = cover(ladder, level, record_of(one_entry_each(ladder, level)), {}, TODAY)
    told = describe_coverage(coverage)
    assert len(told) <= LONGEST
    assert all(f"{one.competency.name}: {one.covered} of" in told for one in coverage.competencies)


def test_the_words_for_very_many_competencies_leave_out_what_they_must() -> None:
    entries = [speaks_for(f"c{n}:") for n in range(37)]
    told = describe_coverage(cover(with_competencies(37), SENIOR, record_of(entries), {}, TODAY))
    assert len(told) <= LONGEST
    assert "Competency 0: 0 of 2." in told
    assert "Competency 36: 0 of 2." in told
    assert len(describe_coverage(cover(with_competencies(99), SENIOR, record_of(), {}, TODAY))) <= LONGEST


def test_a_bonus_without_evidence_is_not_drawn() -> None:
    people = SMALL.cell("senior", "people")
    plain = replace(people, statements=people.statements[:1])
    ladder = replace(SMALL, cells={**SMALL.cells, ("senior", "people"): plain})
    assert draw_coverage(cover(ladder, SENIOR, record_of(), {}, TODAY)) == draw_coverage(covered())


@pytest.mark.parametrize(
    "signs",
    [
        {"s-designs": plan("s-designs")},
        suggests("s-mentors"),
        speaks_for("s-designs", reach="teams"),
        speaks_for("s-designs", days=400),
        speaks_for("s-speaks"),
        speaks_for("craft:"),
    ],
    ids=["plan", "waiting", "wide", "old", "bonus", "whole"],
)
def test_everything_worth_a_sign_shows(signs: Entry | dict[str, Plan]) -> None:
    coverage = covered(plans=signs) if isinstance(signs, dict) else covered(signs)
    drawn = draw_coverage(coverage)
    assert drawn.startswith(SIGNATURE)
    assert drawn != draw_coverage(covered())


@pytest.mark.parametrize("name", ["artsy ic6", "artsy intern", "data-science staff"])
def test_large_and_empty_levels_are_drawn(name: str) -> None:
    ladder, level = next(pair for pair in LEVELS if name == f"{pair[0].id} {pair[1].id}")
    assert draw_coverage(cover(ladder, level, record_of(), {}, TODAY)).startswith(SIGNATURE)
