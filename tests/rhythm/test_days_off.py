"""Days off, and the working day before one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rhythm.days_off import DaysOff, Stretch, is_day_off, say_days_off, working_day_before

untimed = settings(deadline=None)
HOLIDAYS = Stretch(date(2026, 12, 24), date(2027, 1, 2))
FRIDAYS_AND_HOLIDAYS = DaysOff(frozenset({4}), (HOLIDAYS,))

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
stretches = st.tuples(days, days).map(lambda ends: Stretch(min(ends), max(ends)))
some_days_off = st.builds(
    DaysOff, st.frozensets(st.integers(0, 6)), st.lists(stretches, max_size=3).map(tuple)
)


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        (date(2026, 12, 23), False),
        (date(2026, 12, 24), True),
        (date(2027, 1, 2), True),
        (date(2027, 1, 3), False),
        (date(2027, 1, 8), True),
    ],
)
def test_a_day_is_off_by_its_weekday_or_in_a_stretch_with_both_ends(day: date, is_off: bool) -> None:
    assert is_day_off(day, FRIDAYS_AND_HOLIDAYS) is is_off


def test_a_weekend_is_no_day_off_unless_said() -> None:
    assert not is_day_off(date(2026, 12, 5), DaysOff())


@pytest.mark.parametrize(
    ("day", "days_off", "before"),
    [
        (date(2026, 12, 8), DaysOff(), date(2026, 12, 7)),
        (date(2026, 12, 7), DaysOff(), date(2026, 12, 4)),
        (date(2026, 12, 7), DaysOff(frozenset({4})), date(2026, 12, 3)),
        (date(2027, 1, 4), FRIDAYS_AND_HOLIDAYS, date(2026, 12, 23)),
        (date(2026, 12, 7), DaysOff(frozenset(range(7))), date(2026, 12, 6)),
    ],
)
def test_the_working_day_before_leaves_out_weekend_and_days_off(
    day: date, days_off: DaysOff, before: date
) -> None:
    assert working_day_before(day, days_off) == before


def test_a_week_may_have_its_weekend_elsewhere() -> None:
    friday_and_saturday = frozenset({4, 5})
    assert working_day_before(date(2026, 12, 7), DaysOff(), friday_and_saturday) == date(2026, 12, 6)


@untimed
@given(some_days_off)
def test_a_kept_text_gives_the_same_days_back(days_off: DaysOff) -> None:
    assert DaysOff.from_text(days_off.as_text()) == days_off


def test_days_off_are_said_in_words() -> None:
    assert say_days_off(FRIDAYS_AND_HOLIDAYS) == "Fridays, 24 Dec 2026 to 2 Jan 2027"
    assert say_days_off(DaysOff()) == "none"
