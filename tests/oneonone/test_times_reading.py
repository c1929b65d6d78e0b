"""What is understood of words about a 1:1."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.oneonone.times.reading import Wish, read_moment, read_wish, take_person
from bot.rhythm.model import Rhythm

LISBON = ZoneInfo("Europe/Lisbon")
TODAY = date(2026, 3, 4)  # a Wednesday
USUAL = Rhythm(1, time(10), 2, date(2026, 3, 3))


@pytest.mark.parametrize(
    ("text", "user", "rest"),
    [
        ("<@UBEN> tuesdays 10:00", "UBEN", "tuesdays 10:00"),
        ("tuesdays <@UBEN|ben> 10:00", "UBEN", "tuesdays 10:00"),
        ("tuesdays  10:00", "", "tuesdays 10:00"),
    ],
)
def test_the_person_is_the_one_mentioned(text: str, user: str, rest: str) -> None:
    assert take_person(text) == (user, rest)


@pytest.mark.parametrize(
    ("text", "rhythm", "minutes"),
    [
        ("tuesdays 10:00", Rhythm(1, time(10)), None),
        ("tuesday at 10:00 for 45 min", Rhythm(1, time(10)), 45),
        ("tuesdays 10:00 45 minutes", Rhythm(1, time(10)), 45),
        ("every second tuesday 10:00, an hour", Rhythm(1, time(10), 2, TODAY), 60),
        ("thu 14:30 every 3 weeks starting 12 march", Rhythm(3, time(14, 30), 3, date(2026, 3, 12)), None),
    ],
)
def test_a_rhythm_is_read_with_how_long(text: str, rhythm: Rhythm, minutes: int | None) -> None:
    assert read_wish(text, TODAY, None) == Wish(rhythm, minutes)


def test_what_is_left_out_is_as_before() -> None:
    assert read_wish("45 min", TODAY, USUAL) == Wish(None, 45)
    assert read_wish("11:00", TODAY, USUAL) == Wish(Rhythm(1, time(11), 2, USUAL.start), None)


@pytest.mark.parametrize("text", ["whenever", "10:00", "tuesdays", "tuesdays 10:00 900 min", "45 min"])
def test_what_cannot_be_read_is_nothing(text: str) -> None:
    assert read_wish(text, TODAY, None) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("to thursday 14:00", "2026-03-12T14:00"),  # of the week in which they would meet
        ("the next one to thursday 14:00", "2026-03-12T14:00"),
        ("on thursday", "2026-03-12T10:00"),
        ("this friday", "2026-03-06T10:00"),
        ("to next friday at 9:30", "2026-03-13T09:30"),
        ("tomorrow 16:00", "2026-03-05T16:00"),
        ("16:00 tomorrow", "2026-03-05T16:00"),
        ("to 16:00", "2026-03-10T16:00"),
        ("3 april 15:00", "2026-04-03T15:00"),
        ("24.12. 15:00", "2026-12-24T15:00"),
        ("2026-03-20, 11:00", "2026-03-20T11:00"),
    ],
)
def test_the_next_one_moves_to_a_day_and_a_time(text: str, moment: str) -> None:
    before = datetime(2026, 3, 10, 10, tzinfo=LISBON)
    wanted = datetime.fromisoformat(moment).replace(tzinfo=LISBON)
    assert read_moment(text, TODAY, before, LISBON) == wanted


def test_a_weekday_that_is_past_in_their_week_is_the_next_one() -> None:
    before = datetime(2026, 3, 6, 10, tzinfo=LISBON)
    assert read_moment("monday", TODAY, before, LISBON) == datetime(2026, 3, 9, 10, tzinfo=LISBON)


@pytest.mark.parametrize("text", ["", "whenever", "thursday friday 10:00", "10:00 11:00"])
def test_where_no_day_and_time_is_said_nothing_moves(text: str) -> None:
    assert read_moment(text, TODAY, datetime(2026, 3, 10, 10, tzinfo=LISBON), LISBON) is None
