"""What is asked before a 1:1: what wants evidence first, shaped by the level, and nothing again soon."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.brag.coverage import Coverage, cover
from bot.brag.model import Entry, Evidence, Words
from bot.contents import open_ladders, open_prompts
from bot.ladder.marks import describe
from bot.ladder.model import Ladder, Level
from bot.oneonone.model import questions_for
from bot.oneonone.prep.choice import Ask, Lately, choose, occasion_of, shape_of
from bot.people.model import PersonId
from bot.settings import ROOT
from tests.brag.evidence import record_of

QUESTIONS = {one.id: one for one in open_prompts(ROOT / "prompts").oneonone_questions}
LADDERS = open_ladders(ROOT / "ladders").in_force
ARTSY = LADDERS["artsy"]
ANA = PersonId("T", "UANA")
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
LEVELS = [(ladder, level) for ladder in LADDERS.values() for level in ladder.levels.values()]


def coverage_of(ladder: Ladder, level: Level, entries: Sequence[Entry] = ()) -> Coverage:
    return cover(ladder, level, record_of(entries), {}, TODAY)


def ask(
    ladder: Ladder,
    level: Level,
    lately: Lately | None = None,
    *,
    entries: Sequence[Entry] = (),
    has_thread: bool = False,
    today: date = TODAY,
) -> list[Ask]:
    profile = describe(ladder, level)
    listed = questions_for(QUESTIONS.values(), "engineer", "usual", profile)
    shape = shape_of(profile.band, "usual", has_thread=has_thread)
    return choose(shape, coverage_of(ladder, level, entries), listed, lately or {}, today, f"seed {today}")


def from_ladder(asks: Sequence[Ask]) -> list[Ask]:
    return [one for one in asks if one.expectation]


@pytest.mark.parametrize(
    ("ladder", "level"), LEVELS, ids=[f"{ladder.id}-{level.id}" for ladder, level in LEVELS]
)
def test_everybody_has_something_to_raise_and_nothing_twice(ladder: Ladder, level: Level) -> None:
    asks = ask(ladder, level)
    assert 1 <= len(asks) <= 3
    assert len({one.question for one in asks}) == len(asks)
    assert asks == ask(ladder, level), "the same history, the same questions"


def test_at_the_start_obstacles_come_first_and_at_staff_one_large_topic() -> None:
    assert [bool(one.expectation) for one in ask(ARTSY, ARTSY.levels["ic2"])] == [False, False, True]
    assert [bool(one.expectation) for one in ask(ARTSY, ARTSY.levels["ic6"])] == [False, True]
    for level in ("ic2", "ic5", "ic6"):
        band = ARTSY.levels[level].band
        listed = [QUESTIONS[one.question] for one in ask(ARTSY, ARTSY.levels[level]) if not one.expectation]
        assert all(band in one.bands for one in listed if one.bands)


def test_a_topic_that_is_going_on_gets_no_other_beside_it_at_staff() -> None:
    asks = ask(ARTSY, ARTSY.levels["ic6"], has_thread=True)
    assert [bool(one.expectation) for one in asks] == [True]
    assert len(ask(ARTSY, ARTSY.levels["ic4"], has_thread=True)) == 3


def entry_for(competency: str, expectation: str, name: str = "e1") -> Entry:
    one = Evidence("artsy", "ic5", competency, expectation, is_confirmed=True)
    return Entry(name, ANA, "c", 0, Words("x"), TODAY, NOW, evidence=(one,))


def test_what_has_evidence_waits_for_what_has_none() -> None:
    level = ARTSY.levels["ic5"]
    for one in coverage_of(ARTSY, level).expectations[:10]:
        asks = ask(ARTSY, level, entries=[entry_for(one.competency.id, one.statement.id)])
        assert one.statement.id not in [each.expectation for each in asks]


def test_what_was_asked_within_eight_weeks_waits_until_nothing_else_is_left() -> None:
    level = ARTSY.levels["ic5"]
    lately: dict[str, date] = {}
    seen: list[str] = []
    for week in range(30):
        today = TODAY + timedelta(weeks=week)
        for one in ask(ARTSY, level, lately, today=today):
            before = lately.get(one.question)
            assert before is None or before < today - timedelta(weeks=8), one
            lately[one.question] = today
            seen.append(one.question)
    assert len(set(seen)) > 25


def test_where_all_were_asked_lately_the_longest_ago_comes_again() -> None:
    level = ARTSY.levels["ic5"]
    held = [one.statement.id for one in coverage_of(ARTSY, level).expectations]
    yesterday = TODAY - timedelta(days=1)
    lately = dict.fromkeys([*held, *QUESTIONS], yesterday)
    lately[held[7]] = TODAY - timedelta(weeks=5)
    lately["e-second-opinion"] = TODAY - timedelta(weeks=4)
    asked = [one.question for one in ask(ARTSY, level, lately)]
    assert {held[7], "e-second-opinion"} <= set(asked)


def test_what_the_weekly_question_asked_is_not_asked_again() -> None:
    level = ARTSY.levels["ic5"]
    first = from_ladder(ask(ARTSY, level))[0].expectation
    again = from_ladder(ask(ARTSY, level, {first: TODAY - timedelta(weeks=7)}))
    assert again[0].expectation != first


def test_without_a_level_there_is_something_for_anybody() -> None:
    listed = questions_for(QUESTIONS.values(), "engineer", "first", None)
    asks = choose(shape_of(None, "first", has_thread=False), None, listed, {}, TODAY, "seed")
    assert len(asks) == 3
    assert all(QUESTIONS[one.question].when == "first" for one in asks)


@pytest.mark.parametrize(
    ("weeks_ago", "every", "when"),
    [
        ((), 1, "first"),
        ((0,), 1, "first"),
        ((1,), 1, "usual"),
        ((2, 9), 2, "usual"),
        ((7,), 1, "after-leave"),
        ((7,), 4, "usual"),
    ],
)
def test_the_first_one_and_the_one_after_a_leave_are_told_apart(
    weeks_ago: Sequence[int], every: int, when: str
) -> None:
    days = [TODAY - timedelta(weeks=weeks) for weeks in weeks_ago]
    assert occasion_of(days, every, TODAY) == when
