"""Which question comes next, over years, for every level of every ladder that comes with Rung."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.contents import open_ladders, open_prompts
from bot.ladder.model import Ladder, Level, Reach
from bot.nudge.choice import REMEMBERED, Chosen, choose, seed_of
from bot.nudge.model import Asked, Proof, Proofs, WeeklyQuestion
from bot.nudge.pool import Pool, pool_of
from bot.people.model import PersonId
from bot.settings import ROOT

QUESTIONS = open_prompts(ROOT / "prompts").weekly_questions
LADDERS = open_ladders(ROOT / "ladders").in_force
ANA = PersonId("T1", "UANA")
AGAIN_AFTER = timedelta(weeks=8)
FRIDAY = date(2026, 1, 2)
WEEK = timedelta(weeks=1)
NOBODY = pool_of(QUESTIONS, None, None, is_aim=False)

LEVELS = [(ladder, level) for ladder in LADDERS.values() for level in ladder.levels.values()]
every_level = pytest.mark.parametrize(
    ("ladder", "level"), LEVELS, ids=[f"{ladder.id}-{level.id}" for ladder, level in LEVELS]
)


def pool_for(ladder: str, level: str, *, is_aim: bool = True) -> Pool:
    return pool_of(QUESTIONS, LADDERS[ladder], LADDERS[ladder].levels[level], is_aim=is_aim)


class History:
    """What one person was asked, and when."""

    def __init__(self, pool: Pool, person: PersonId = ANA, proofs: Proofs | None = None) -> None:
        self.pool = pool
        self.person = person
        self.proofs = proofs or {}
        self.asked: list[Asked] = []

    def ask(self, today: date) -> Asked:
        chosen = self.next(today)
        assert chosen
        at = datetime.combine(today, time(15), UTC) + timedelta(minutes=len(self.asked) % 60)
        self.asked.append(
            Asked(
                self.person,
                f"D{len(self.asked)}",
                0,
                chosen.question,
                chosen.kind,
                today,
                at,
                expectation=chosen.expectation,
                state="answered",
            )
        )
        return self.asked[-1]

    def next(self, today: date) -> Chosen | None:
        past = [one for one in self.asked if one.on >= today - REMEMBERED]
        return choose(self.pool, self.proofs, past, today, seed_of(*self.person, today))

    def has_others_left(self, today: date) -> bool:
        lately = {_id(one) for one in self.asked if one.on >= today - AGAIN_AFTER}
        return any(name not in lately for name in ids_of_any_week(self.pool))

    def is_repeated(self, one: Asked) -> bool:
        before = self.asked[: self.asked.index(one)]
        return any(_id(each) == _id(one) and each.on >= one.on - AGAIN_AFTER for each in before)


def _id(one: Asked) -> str:
    return one.expectation or one.question


def ids_of_any_week(pool: Pool) -> list[str]:
    others = [one.id for questions in pool.by_kind.values() for one in questions]
    return [*(one.id for one in pool.expectations), *others]


def ask_for(pool: Pool, weeks: int, proofs: Proofs | None = None) -> History:
    history = History(pool, proofs=proofs)
    for week in range(weeks):
        history.ask(FRIDAY + WEEK * week)
    return history


@every_level
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_nothing_comes_twice_in_eight_weeks_while_others_are_left(
    ladder: Ladder, level: Level, data: st.DataObject
) -> None:
    """Whatever someone does: ask for others, be away, be at the level or aim for it."""
    history = History(pool_of(QUESTIONS, ladder, level, is_aim=data.draw(st.booleans())))
    today = FRIDAY + timedelta(days=data.draw(st.integers(0, 6)))
    for weeks, more in data.draw(
        st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3)), min_size=40, max_size=80)
    ):
        for _ in range(1 + more):
            had_others = history.has_others_left(today)
            asked = history.ask(today)
            assert not (had_others and history.is_repeated(asked))
        today += WEEK * weeks


@every_level
def test_in_two_years_of_weeks_nothing_ever_comes_twice_in_eight(ladder: Ladder, level: Level) -> None:
    history = ask_for(pool_of(QUESTIONS, ladder, level, is_aim=True), 104)
    assert [one for one in history.asked if history.is_repeated(one)] == []


@every_level
def test_no_wording_comes_twice_in_six_weeks(ladder: Ladder, level: Level) -> None:
    frames = [
        one for one in ask_for(pool_of(QUESTIONS, ladder, level, is_aim=True), 104).asked if one.expectation
    ]
    for n, frame in enumerate(frames):
        lately = [one.question for one in frames[:n] if one.on >= frame.on - 6 * WEEK]
        assert frame.question not in lately


@every_level
def test_about_half_the_questions_are_about_an_expectation(ladder: Ladder, level: Level) -> None:
    pool = pool_of(QUESTIONS, ladder, level, is_aim=True)
    asked = ask_for(pool, 104).asked
    share = sum(bool(one.expectation) for one in asked) / len(asked)
    assert 0.35 <= share <= 0.55 if pool.expectations else share == 0


@every_level
def test_every_kind_has_its_turn(ladder: Ladder, level: Level) -> None:
    pool = pool_of(QUESTIONS, ladder, level, is_aim=True)
    kinds = {one.kind for one in ask_for(pool, 52).asked}
    assert kinds >= pool.by_kind.keys() | {"looking-back"}


def test_the_same_competency_is_not_asked_about_twice_running() -> None:
    pool = pool_for("artsy", "ic4")
    held = [pool.competency_of(one.expectation) for one in ask_for(pool, 104).asked if one.expectation]
    assert [pair for pair in pairwise(held) if pair[0] == pair[1]] == []


def test_in_a_year_every_competency_is_asked_about() -> None:
    pool = pool_for("artsy", "ic4")
    held = {pool.competency_of(one.expectation) for one in ask_for(pool, 52).asked if one.expectation}
    assert held == {one.competency for one in pool.expectations}


def prove(pool: Pool, day: date, reach: Reach | None, but: str = "") -> dict[tuple[str, str], Proof]:
    """The same evidence for everything, but for one expectation."""
    return {(one.competency, one.id): Proof(2, day, reach) for one in pool.expectations if one.id != but}


def test_what_has_no_evidence_comes_first() -> None:
    pool = pool_for("artsy", "ic4")
    proofs = prove(pool, FRIDAY - WEEK, "outside", but="ic4-weighs-backlog")
    assert History(pool, proofs=proofs).ask(FRIDAY).expectation == "ic4-weighs-backlog"


def test_then_comes_what_has_the_oldest() -> None:
    pool = pool_for("artsy", "ic4")
    key = next((one.competency, one.id) for one in pool.expectations if one.id == "ic4-weighs-backlog")
    old = Proof(5, FRIDAY - timedelta(days=200), "outside")
    proofs = prove(pool, FRIDAY - WEEK, "outside") | {key: old}
    assert History(pool, proofs=proofs).ask(FRIDAY).expectation == "ic4-weighs-backlog"


def test_then_comes_what_reached_less_far_than_the_level() -> None:
    pool = pool_for("artsy", "ic6")
    chosen = pool.expectations[7]
    narrow = Proof(5, FRIDAY - WEEK, "me")
    proofs = prove(pool, FRIDAY - WEEK, "outside") | {(chosen.competency, chosen.id): narrow}
    assert History(pool, proofs=proofs).ask(FRIDAY).expectation == chosen.id


def test_at_the_end_of_a_quarter_it_looks_back_on_it_once() -> None:
    last_friday = date(2026, 3, 27)
    history = History(pool_for("artsy", "ic4"))
    assert find(history.ask(last_friday)).every == "quarter"
    assert [find(history.ask(last_friday)).every for _ in range(5)] == ["week"] * 5


def test_at_the_end_of_a_month_it_looks_back_on_it() -> None:
    assert find(History(pool_for("artsy", "ic4")).ask(date(2026, 4, 24))).every == "month"


def find(asked: Asked) -> WeeklyQuestion:
    return next(one for one in QUESTIONS if one.id == asked.question)


def test_people_are_not_all_asked_the_same() -> None:
    pool = pool_for("artsy", "ic4")
    first = {History(pool, PersonId("T1", f"U{n}")).ask(FRIDAY).expectation for n in range(30)}
    assert len(first) > 10


def test_it_is_the_same_for_the_same_history() -> None:
    history = ask_for(pool_for("artsy", "ic4"), 20)
    today = FRIDAY + 20 * WEEK
    assert history.next(today) == history.next(today)


def test_nothing_is_asked_twice_in_one_day_even_when_all_was_asked() -> None:
    history = History(NOBODY)
    count = 0
    while history.next(FRIDAY):
        history.ask(FRIDAY)
        count += 1
    assert len({_id(one) for one in history.asked}) == count
    assert history.ask(FRIDAY + WEEK)


def test_without_a_level_only_what_suits_anybody_is_asked() -> None:
    asked = [find(one) for one in ask_for(NOBODY, 52).asked]
    assert not any(one.bands or one.kind == "expectation" or "{{" in one.ask for one in asked)


def test_who_grows_where_they_are_is_told_of_no_aim() -> None:
    assert aims_of(pool_for("artsy", "ic4", is_aim=True).frames)
    assert not aims_of(pool_for("artsy", "ic4", is_aim=False).frames)


def aims_of(frames: Sequence[WeeklyQuestion]) -> list[str]:
    return [frame.id for frame in frames if "aiming at" in frame.ask]
