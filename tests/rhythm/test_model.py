"""When a rhythm comes round, in every zone of the world."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rhythm.model import (
    DAY,
    Rhythm,
    in_utc,
    local_day_end,
    moved,
    next_after,
    next_times,
    say,
    start_of_day,
)

untimed = settings(deadline=None)
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
FRIDAYS = Rhythm(4, time(15))
ODD = [
    *("Australia/Lord_Howe", "Pacific/Apia", "Antarctica/Troll", "Africa/Casablanca", "America/Nuuk"),
    *("America/Santiago", "America/Havana", "America/St_Johns", "Africa/Cairo", "Pacific/Kwajalein"),
]

zones = st.one_of(st.sampled_from(ODD), st.sampled_from(sorted(available_timezones()))).map(ZoneInfo)
moments = st.integers(0, 60 * 365 * 24 * 3600).map(
    lambda s: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=s)
)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
nights = st.sampled_from([time(0), time(0, 30), time(1, 15), time(2), time(2, 15), time(3), time(23, 30)])
starts = st.dates(date(1990, 1, 1), date(2049, 1, 1))
rhythms = st.builds(
    Rhythm, st.integers(0, 6), minutes | nights, st.integers(1, 6), st.just(date.min) | starts
)


def monday_of(moment: datetime, zone: ZoneInfo) -> date:
    day = moment.astimezone(zone).date()
    return day - DAY * day.weekday()


@pytest.mark.parametrize(
    ("rhythm", "words", "text"),
    [
        (FRIDAYS, "Fridays at 15:00", "fri 15:00"),
        (
            Rhythm(1, time(10), 2, date(2026, 12, 1)),
            "every second Tuesday at 10:00",
            "tue 10:00 every 2 from 2026-12-01",
        ),
        (Rhythm(0, time(9, 5), 3), "every 3 weeks on Monday at 09:05", "mon 09:05 every 3"),
        (Rhythm(6, time(0), 1, date(2027, 1, 1)), "Sundays at 00:00", "sun 00:00 from 2027-01-01"),
    ],
)
def test_a_rhythm_is_said_in_words_and_kept_as_a_short_text(rhythm: Rhythm, words: str, text: str) -> None:
    assert say(rhythm) == words
    assert rhythm.as_text() == text


@untimed
@given(rhythms)
def test_a_kept_text_gives_the_same_rhythm_back(rhythm: Rhythm) -> None:
    assert Rhythm.from_text(rhythm.as_text()) == rhythm


@pytest.mark.parametrize(
    "text", ["", "friday 15:00", "fri 25:00", "fri 15:00 every 0", "fri 15:00 from soon"]
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Rhythm.from_text(text)


def test_a_rhythm_of_two_weeks_counts_from_its_first_day_since_the_start() -> None:
    rhythm = Rhythm(1, time(10), 2, date(2026, 11, 25))
    asked = datetime(2026, 11, 1, tzinfo=UTC)
    days = [at.date() for at in next_times(rhythm, asked, BERLIN, 3)]
    assert days == [date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29)]
    shifted = [at.date() for at in next_times(rhythm.a_week_later(), asked, BERLIN, 2)]
    assert shifted == [date(2026, 12, 8), date(2026, 12, 22)]


def test_an_hour_stays_the_hour_of_the_place_when_the_clocks_change() -> None:
    before, after = next_times(FRIDAYS, datetime(2026, 10, 19, tzinfo=UTC), BERLIN, 2)
    assert (before.hour, after.hour) == (13, 14)


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28T03:00+02:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04T02:30+11:00"),
        ("Antarctica/Troll", date(2027, 3, 28), time(2, 30), "2027-03-28T03:00+02:00"),
        ("America/Santiago", date(2026, 9, 6), time(0), "2026-09-06T01:00-03:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(15), "2011-12-31T00:00+14:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T02:30+02:00"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-04T01:45+11:00"),
    ],
)
def test_a_skipped_time_is_the_end_of_the_gap_and_a_doubled_one_the_first(
    zone: str, day: date, at: time, moment: str
) -> None:
    assert in_utc(day, at, ZoneInfo(zone)) == datetime.fromisoformat(moment)


@untimed
@given(rhythms, moments, zones)
def test_the_next_time_is_later_on_its_weekday_at_its_time_or_right_after_a_gap(
    rhythm: Rhythm, moment: datetime, zone: ZoneInfo
) -> None:
    at = next_after(rhythm, moment, zone)
    local = at.astimezone(zone)
    assert at > moment
    assert local.date() >= rhythm.start
    if (local.weekday(), local.time()) == (rhythm.weekday, rhythm.at):
        assert local.fold == 0
    else:
        meant = datetime.combine(local - DAY * ((local.weekday() - rhythm.weekday) % 7), rhythm.at)
        just_before = (at - timedelta(seconds=1)).astimezone(zone)
        assert just_before.replace(tzinfo=None) < meant < local.replace(tzinfo=None)


@untimed
@given(rhythms, moments, zones)
def test_no_time_lies_between_a_moment_and_the_next_time(
    rhythm: Rhythm, moment: datetime, zone: ZoneInfo
) -> None:
    at = next_after(rhythm, moment, zone)
    assert next_after(rhythm, at - timedelta(microseconds=1), zone) == at
    assert next_after(rhythm, moment + (at - moment) / 2, zone) == at
    assert next_after(rhythm, at, zone) > at


@untimed
@given(rhythms, moments, zones)
def test_no_week_is_skipped_and_none_comes_twice(rhythm: Rhythm, moment: datetime, zone: ZoneInfo) -> None:
    weeks = [monday_of(at, zone) for at in next_times(rhythm, moment, zone, 60)]
    assert {later - earlier for earlier, later in pairwise(weeks)} == {timedelta(weeks=rhythm.every)}


@untimed
@given(rhythms, moments, st.lists(zones, min_size=2, max_size=20))
def test_no_week_is_skipped_or_doubled_by_someone_who_travels(
    rhythm: Rhythm, moment: datetime, journey: list[ZoneInfo]
) -> None:
    at = next_after(rhythm, moment, journey[0])
    week = monday_of(at, journey[0])
    for here, there in pairwise(journey):
        at = moved(rhythm, at, here, there)
        assert monday_of(at, there) == week


def test_who_flies_west_on_the_day_itself_is_asked_once() -> None:
    asked = datetime(2026, 12, 4, 14, tzinfo=UTC)
    assert next_after(FRIDAYS, asked, NEW_YORK).date() == asked.date()
    next_week = datetime(2026, 12, 11, 20, tzinfo=UTC)
    assert next_after(FRIDAYS, asked, NEW_YORK, last=asked.date()) == next_week


@pytest.mark.parametrize(
    ("last", "weekday", "day"),
    [
        (date(2026, 12, 4), 0, date(2026, 12, 7)),
        (date(2026, 11, 30), 4, date(2026, 12, 11)),
        (date(2026, 12, 6), 6, date(2026, 12, 13)),
    ],
)
def test_another_weekday_counts_from_the_next_week_on(last: date, weekday: int, day: date) -> None:
    moment = in_utc(last, time(15), BERLIN)
    assert next_after(Rhythm(weekday, time(15)), moment, BERLIN, last).date() == day


def test_who_flies_east_over_the_hour_is_still_due_that_day() -> None:
    landed = datetime(2026, 12, 4, 18, tzinfo=UTC)
    due = moved(FRIDAYS, in_utc(date(2026, 12, 4), time(15), NEW_YORK), NEW_YORK, BERLIN)
    assert due == datetime(2026, 12, 4, 14, tzinfo=UTC) < landed < local_day_end(due, BERLIN)


@untimed
@given(moments, zones)
def test_a_local_day_ends_where_the_next_one_begins(moment: datetime, zone: ZoneInfo) -> None:
    end = local_day_end(moment, zone)
    day = moment.astimezone(zone).date()
    assert end > moment
    assert (end - timedelta(microseconds=1)).astimezone(zone).date() == day < end.astimezone(zone).date()


@pytest.mark.parametrize(
    ("zone", "moment", "end"),
    [
        ("Europe/Berlin", "2026-12-04T15:00+01:00", "2026-12-05T00:00+01:00"),
        ("America/Santiago", "2026-09-05T20:00-04:00", "2026-09-06T01:00-03:00"),
        ("America/Havana", "2026-10-31T20:00-04:00", "2026-11-01T00:00-04:00"),
        ("America/St_Johns", "2010-11-06T23:30-03:30", "2010-11-07T00:00-03:30"),
        ("Pacific/Apia", "2011-12-29T12:00-10:00", "2011-12-31T00:00+14:00"),
    ],
)
def test_a_day_ends_rightly_where_midnight_is_skipped_or_comes_twice(
    zone: str, moment: str, end: str
) -> None:
    assert local_day_end(datetime.fromisoformat(moment), ZoneInfo(zone)) == datetime.fromisoformat(end)


def test_a_day_begins_at_its_first_midnight() -> None:
    assert start_of_day(date(2026, 12, 4), BERLIN) == datetime(2026, 12, 3, 23, tzinfo=UTC)
