"""When two people meet next: moved, skipped, paused, shifted, over clock changes, never twice a week."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.oneonone.model import Pair, Series
from bot.oneonone.times.model import (
    begin,
    first_morning,
    go_on,
    morning_due,
    move,
    pause,
    prep_due,
    resume,
    shift,
    skip,
    upcoming,
)
from bot.people.model import Profile
from bot.rhythm.days_off import DaysOff, Stretch
from bot.rhythm.model import Rhythm

PAIR = Pair("T", "UANA", "UBEN")
LISBON = ZoneInfo("Europe/Lisbon")
HERE = Profile("Europe/Lisbon")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=LISBON)
TUESDAYS = Rhythm(1, time(10))


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LISBON)


def series(every: int = 1, now: datetime = MONDAY) -> Series:
    rhythm = replace(TUESDAYS, every=every, start=now.date() if every > 1 else date.min)
    return begin(PAIR, rhythm, "Europe/Lisbon", 30, "UBEN", now)


def days(found: Series, count: int = 3) -> list[str]:
    return [f"{one.astimezone(LISBON):%m-%d %H:%M}" for one in upcoming(found, count)]


def test_they_meet_every_week_or_every_few() -> None:
    assert days(series()) == ["03-03 10:00", "03-10 10:00", "03-17 10:00"]
    assert days(series(every=3)) == ["03-03 10:00", "03-24 10:00", "04-14 10:00"]


def test_the_hour_stays_when_the_clocks_change() -> None:
    found = upcoming(series(now=at("2026-03-23")), 2)
    assert [one.astimezone(LISBON).hour for one in found] == [10, 10]
    assert [one.astimezone(UTC).hour for one in found] == [10, 9]


def test_an_hour_that_the_clocks_skip_is_the_first_moment_after() -> None:
    sundays = Rhythm(6, time(1, 30))
    found = begin(PAIR, sundays, "Europe/Lisbon", 30, "UBEN", at("2026-03-28"))
    assert days(found, 2) == ["03-29 02:00", "04-05 01:30"]


@pytest.mark.parametrize(
    "moment", ["2026-03-05T14:00", "2026-03-02T16:00", "2026-03-09T10:00", "2026-03-27T09:00"]
)
def test_a_moved_one_is_met_once_and_those_after_it_stay(moment: str) -> None:
    there = datetime.fromisoformat(moment).replace(tzinfo=LISBON)
    moved = move(series(), there)
    after = upcoming(moved, 3)
    assert after[0] == there
    assert {f"{one.astimezone(LISBON):%a %H:%M}" for one in after[1:]} == {"Tue 10:00"}
    assert after[1].isocalendar()[:2] > there.isocalendar()[:2]


def test_one_moved_into_the_week_before_is_not_met_again_on_its_day() -> None:
    now = at("2026-03-04")
    assert days(move(series(now=now), at("2026-03-06"))) == ["03-06 10:00", "03-17 10:00", "03-24 10:00"]


def test_moving_twice_moves_the_same_one() -> None:
    once = move(series(every=2), at("2026-03-05"))
    assert days(move(once, at("2026-03-06"))) == ["03-06 10:00", "03-17 10:00", "03-31 10:00"]


def test_a_skipped_one_falls_away_and_the_weeks_stay_in_step() -> None:
    assert days(skip(series(every=2), MONDAY)) == ["03-17 10:00", "03-31 10:00", "04-14 10:00"]
    moved = move(series(every=2), at("2026-03-05"))
    assert days(skip(moved, MONDAY))[0] == "03-17 10:00"


def test_shifted_by_a_week_all_come_a_week_later() -> None:
    assert days(shift(series(every=2), MONDAY)) == ["03-10 10:00", "03-24 10:00", "04-07 10:00"]
    twice = shift(shift(series(every=2), MONDAY), MONDAY)
    assert days(twice)[0] == "03-17 10:00"


def test_shifted_a_moved_one_stays() -> None:
    moved = move(series(every=2), at("2026-03-05"))
    assert days(shift(moved, MONDAY)) == ["03-05 10:00", "03-24 10:00", "04-07 10:00"]


def test_paused_none_comes_before_that_day() -> None:
    paused = pause(series(), date(2026, 3, 24), MONDAY)
    assert days(paused)[0] == "03-24 10:00"
    assert days(resume(paused, MONDAY))[0] == "03-03 10:00"
    assert go_on(paused, at("2026-03-24", "10:30")).paused_until is None


def test_what_is_not_paused_is_not_resumed() -> None:
    moved = move(series(), at("2026-03-05"))
    assert resume(moved, MONDAY) == moved


def test_after_weeks_without_anybody_looking_the_next_one_is_still_to_come() -> None:
    assert days(go_on(series(every=2), at("2026-04-20")))[0] == "04-28 10:00"


@given(
    every=st.integers(1, 4),
    steps=st.lists(
        st.tuples(st.sampled_from(["move", "skip", "go on"]), st.integers(1, 20 * 24)), max_size=8
    ),
)
def test_whatever_is_moved_they_meet_at_most_once_a_week_and_always_again(
    every: int, steps: list[tuple[str, int]]
) -> None:
    now, found = MONDAY, series(every)
    for what, hours in steps:
        if what == "move":
            found = move(found, now + timedelta(hours=hours))
        elif what == "skip":
            found = skip(found, now)
        elif found.next_at:
            now = max(now, found.next_at) + timedelta(minutes=30)
            found = go_on(found, now)
        assert found.next_at
        assert found.next_at > now
        weeks = [one.astimezone(LISBON).isocalendar()[:2] for one in upcoming(found, 4)]
        assert weeks == sorted(set(weeks))


def test_prep_comes_in_the_afternoon_of_the_working_day_before() -> None:
    assert prep_due(at("2026-03-03"), HERE) == at("2026-03-02", "15:00")
    assert prep_due(at("2026-03-02"), HERE) == at("2026-02-27", "15:00"), "a Monday's on Friday"


def test_ones_own_days_off_are_no_working_days() -> None:
    off = DaysOff(frozenset({4}), (Stretch(date(2026, 2, 25), date(2026, 2, 26)),))
    assert prep_due(at("2026-03-02"), replace(HERE, days_off=off)) == at("2026-02-24", "15:00")


def test_the_eve_is_the_engineers_own_far_from_the_other() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    meeting = datetime(2026, 3, 3, 23, tzinfo=LISBON)  # Wednesday morning in Tokyo
    assert prep_due(meeting, Profile("Asia/Tokyo")) == datetime(2026, 3, 3, 15, tzinfo=tokyo)


@pytest.mark.parametrize(
    ("meeting", "told"), [("10:00", "08:30"), ("15:00", "08:30"), ("09:00", "08:00"), ("07:30", "06:30")]
)
def test_the_morning_of_a_meeting_is_half_past_eight_or_an_hour_before(meeting: str, told: str) -> None:
    assert morning_due(at("2026-03-03", meeting), HERE) == at("2026-03-03", told)


def test_what_can_wait_comes_on_a_day_that_is_not_off() -> None:
    off = replace(HERE, days_off=DaysOff(frozenset({1})))
    assert first_morning(date(2026, 3, 3), HERE) == at("2026-03-03", "09:00")
    assert first_morning(date(2026, 3, 3), off) == at("2026-03-04", "09:00")
