"""Rhythms, pauses and days off as people type them. Today is Wednesday, 18 November 2026."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.rhythm.model import WEEKDAYS, Rhythm
from bot.rhythm.reading import find_days_off, find_rhythm, find_until

untimed = settings(deadline=None)
TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MON, TUE, WED, THU, FRI = range(5)
USUAL = Rhythm(FRI, time(15))
WORDS = st.sampled_from(
    [
        *(
            "every",
            "second",
            "other",
            "friday",
            "tue",
            "15:00",
            "3pm",
            "10",
            "2",
            "weeks",
            "starting",
            "from",
        ),
        *("until", "dec", "24", "24.12.", "-", "..", ",", "next", "2026-12-24", "a", "week", "month", "noon"),
        *("at", "99", "0", "29", "feb", "none", "tomorrow", "4th", "may", "mondays", "in", "days", "for"),
    ]
)
anything = st.text(max_size=40) | st.lists(WORDS, max_size=7).map(" ".join)


@pytest.mark.parametrize(
    ("text", "weekday", "at"),
    [
        ("fridays 15:00", FRI, time(15)),
        ("Friday at 3pm", FRI, time(15)),
        ("every friday 15:00", FRI, time(15)),
        ("fri 15", FRI, time(15)),
        ("15:00 on Fridays", FRI, time(15)),
        ("fri. 1530", FRI, time(15, 30)),
        ("Tues, 9.30", TUE, time(9, 30)),
        ("thurs 9:30 a.m.", THU, time(9, 30)),
        ("mon @ 14h", MON, time(14)),
        ("weekly on wed 14h30", WED, time(14, 30)),
        ("friday afternoon", FRI, time(15)),
        ("monday mornings", MON, time(9)),
        ("fri noon", FRI, time(12)),
        ("friday 12 noon", FRI, time(12)),
        ("friday 12am", FRI, time(0)),
        ("friday 12pm", FRI, time(12)),
        ("friday at 3", FRI, time(15)),
        ("friday 03:00", FRI, time(3)),
        ("friday 3 in the afternoon", FRI, time(15)),
        ("friday evening at 7", FRI, time(19)),
        ("friday’s 10:00", FRI, time(10)),
    ],
)
def test_a_weekday_and_a_time_are_a_weekly_rhythm(text: str, weekday: int, at: time) -> None:
    assert find_rhythm(text, TODAY) == Rhythm(weekday, at)


@pytest.mark.parametrize(
    ("text", "every", "start"),
    [
        ("tuesdays 10:00 every 2 weeks", 2, TODAY),
        ("every second tuesday 10:00", 2, TODAY),
        ("every other tuesday at 10 am", 2, TODAY),
        ("biweekly tue 10h", 2, TODAY),
        ("tue 10:00 fortnightly", 2, TODAY),
        ("tue 10:00, every other week, starting next week", 2, date(2026, 11, 23)),
        ("every 2 tuesdays 10", 2, TODAY),
        ("every 3rd tuesday 10:00", 3, TODAY),
        ("every four weeks on tuesday at 10", 4, TODAY),
        ("tuesdays 10:00 every 3 weeks starting 1 dec", 3, date(2026, 12, 1)),
        ("every second tuesday starting 1 dec at 10:00", 2, date(2026, 12, 1)),
        ("every second tuesday 10:00 from 10 nov", 2, date(2026, 11, 10)),
        ("every second tuesday 10:00 starting in 2 weeks", 2, date(2026, 12, 2)),
        ("tuesdays 10:00 starting dec 1, 2026", 1, date(2026, 12, 1)),
        ("tuesdays 10:00 from 2026-12-01", 1, date(2026, 12, 1)),
    ],
)
def test_weeks_between_are_counted_from_the_named_day_else_from_today(
    text: str, every: int, start: date
) -> None:
    assert find_rhythm(text, TODAY) == Rhythm(TUE, time(10), every, start)


@pytest.mark.parametrize("text", ["wendesday", "wensday", "wednesdy", "wednessday", "Wednsday"])
def test_a_slip_in_the_name_of_a_day_is_forgiven(text: str) -> None:
    assert find_rhythm(f"{text} 10:00", TODAY) == Rhythm(WED, time(10))


def test_the_first_letter_of_a_misspelt_day_holds() -> None:
    assert find_rhythm("sonday 10:00", TODAY) == Rhythm(6, time(10))


@pytest.mark.parametrize("text", ["tursday", "someday", "payday", "weekday", "today", "foday"])
def test_a_word_that_may_be_two_days_or_none_is_none(text: str) -> None:
    assert find_rhythm(f"{text} 10:00", TODAY) is None


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("fridays", Rhythm(FRI, time(11), 1)),
        ("10:00", Rhythm(TUE, time(10), 2, date(2026, 9, 1))),
        ("mornings", Rhythm(TUE, time(9), 2, date(2026, 9, 1))),
        ("every 3 weeks", Rhythm(TUE, time(11), 3, TODAY)),
        ("weekly", Rhythm(TUE, time(11))),
    ],
)
def test_what_is_left_out_is_as_usual(text: str, rhythm: Rhythm) -> None:
    usual = Rhythm(TUE, time(11), 2, date(2026, 9, 1))
    assert find_rhythm(text, TODAY, usual) == rhythm


@pytest.mark.parametrize("text", ["fridays", "15:00", "every 2 weeks"])
def test_half_a_rhythm_is_none_where_nothing_is_usual(text: str) -> None:
    assert find_rhythm(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "hello", "weekdays", "weekdays 10:00", "daily 10:00", "monthly", "every 2 days at 10"),
        *("first friday 10:00", "every second tuesday of the month 10:00", "fri and mon 10:00"),
        *("fri 25:00", "fri 13am", "fri 9:75", "friday 15:00 cet", "friday 10:00 11:00", "every 0 weeks fri"),
        *("tuesday 10:00 starting whenever", "this friday 10:00", "monday morning at 15"),
    ],
)
def test_what_is_no_rhythm_is_not_made_into_one(text: str) -> None:
    assert find_rhythm(text, TODAY, USUAL) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 11, 19)),
        ("till tomorrow", date(2026, 11, 19)),
        ("a week", date(2026, 11, 25)),
        ("2 weeks", date(2026, 12, 2)),
        ("for 2 weeks", date(2026, 12, 2)),
        ("the next two weeks", date(2026, 12, 2)),
        ("a couple of weeks", date(2026, 12, 2)),
        ("2w", date(2026, 12, 2)),
        ("for 10 days", date(2026, 11, 28)),
        ("1 month", date(2026, 12, 18)),
        ("until monday", date(2026, 11, 23)),
        ("until wednesday", date(2026, 11, 25)),
        ("until next friday", date(2026, 11, 27)),
        ("until next week", date(2026, 11, 23)),
        ("for the rest of the week", date(2026, 11, 23)),
        ("until the end of the month", date(2026, 12, 1)),
        ("until january", date(2027, 1, 1)),
        ("until 3 january", date(2027, 1, 3)),
        ("Until the 3rd of January.", date(2027, 1, 3)),
        ("until 3.1.", date(2027, 1, 3)),
        ("until jan 3, 2028", date(2028, 1, 3)),
        ("until 2027-01-03", date(2027, 1, 3)),
        ("until thu 24 dec", date(2026, 12, 24)),
        ("through friday", date(2026, 11, 21)),
    ],
)
def test_a_pause_ends_on_the_day_that_is_named_or_counted(text: str, day: date) -> None:
    assert find_until(text, NOW, BERLIN) == day


def test_a_pause_is_counted_from_the_day_it_is_where_the_person_is() -> None:
    assert find_until("today", datetime(2026, 11, 18, 23, 30, tzinfo=UTC), BERLIN) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "forever",
            "next week",
            "0 days",
            "until i am back",
            "until friday 10:00",
            "from monday to friday",
        ),
        *("until 2025-01-01", "until 18 nov", "until 30 feb", "until fri 24 dec", "until 24", "until 24 foo"),
    ],
)
def test_a_pause_without_a_day_to_come_is_none(text: str) -> None:
    assert find_until(text, NOW, BERLIN) is None


@pytest.mark.parametrize(
    ("text", "days_off"),
    [
        ("none", ""),
        ("fridays", "fri"),
        ("every friday", "fri"),
        ("wednesdys", "wed"),
        ("mondays and fridays", "mon fri"),
        ("weekends", "sat sun"),
        ("friday", "2026-11-20..2026-11-20"),
        ("tomorrow", "2026-11-19..2026-11-19"),
        ("next week", "2026-11-23..2026-11-29"),
        ("next month", "2026-12-01..2026-12-31"),
        ("this week", "2026-11-18..2026-11-22"),
        ("for 2 weeks", "2026-11-18..2026-12-01"),
        ("monday - friday", "2026-11-23..2026-11-27"),
        ("tomorrow to friday", "2026-11-19..2026-11-20"),
        ("10 nov - 20 nov", "2026-11-10..2026-11-20"),
        ("dec 24, dec 31", "2026-12-24..2026-12-24 2026-12-31..2026-12-31"),
        ("fridays, 24 dec", "fri 2026-12-24..2026-12-24"),
        ("12/24", "2026-12-24..2026-12-24"),
        ("24-28 dec", "2026-12-24..2026-12-28"),
        ("dec 24-28, 2026", "2026-12-24..2026-12-28"),
    ],
)
def test_days_off_are_weekdays_days_and_stretches(text: str, days_off: str) -> None:
    found = find_days_off(text, TODAY)
    assert found
    assert found.as_text() == days_off


@pytest.mark.parametrize(
    "text",
    [
        *("24 dec - 2 jan", "24 December–2 January", "24.12.-2.1.", "24.12. - 2.1.27", "24/12 to 2/1"),
        *("2026-12-24..2027-01-02", "2026-12-24-2027-01-02", "from 24 dec until 2 jan"),
        *("dec 24, 2026 to jan 2, 2027", "24 dec 2026 to 2 jan", "24 dec - 2 jan 2027"),
    ],
)
def test_a_stretch_over_new_year_is_read_however_it_is_written(text: str) -> None:
    found = find_days_off(text, TODAY)
    assert found
    assert found.as_text() == "2026-12-24..2027-01-02"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "weekdays",
            "christmas",
            "dec 24, sometime",
            "2025-01-01",
            "2026-12-24..2026-12-20",
            "5 - 3 jan",
        ),
        *("30 feb", "fri 24 dec"),
    ],
)
def test_days_off_that_cannot_be_or_are_past_are_none(text: str) -> None:
    assert find_days_off(text, TODAY) is None


@untimed
@given(anything, st.dates(date(2024, 1, 1), date(2035, 1, 1)))
@example("999 years", TODAY)
@example("29 feb - 28 feb", TODAY)
def test_no_text_is_too_odd_to_be_read(text: str, today: date) -> None:
    rhythm = find_rhythm(text, today, USUAL)
    assert rhythm is None or Rhythm.from_text(rhythm.as_text()) == rhythm
    now = datetime.combine(today, time(12), BERLIN)
    until = find_until(text, now, BERLIN)
    assert until is None or until > today
    days_off = find_days_off(text, today)
    assert days_off is None or all(today <= s.last >= s.first for s in days_off.stretches)


@untimed
@given(st.sampled_from(WEEKDAYS), st.times(), st.integers(1, 26))
def test_what_is_written_out_in_full_is_read_back(name: str, at: time, every: int) -> None:
    text = f"{name}s at {at:%H:%M} every {every} weeks starting {TODAY.isoformat()}"
    at = at.replace(second=0, microsecond=0)
    assert find_rhythm(text, TODAY) == Rhythm(WEEKDAYS.index(name), at, every, TODAY)
