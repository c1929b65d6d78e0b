"""What someone asks of their 1:1s: with whom, when, how long, and to when the next one moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.rhythm.clock_times import take_time
from bot.rhythm.days import find_named_day, find_written_day
from bot.rhythm.model import DAY, Rhythm, in_utc
from bot.rhythm.reading import find_rhythm
from bot.rhythm.words import find_weekday, tidy

SHORTEST, LONGEST = 5, 240  # minutes

_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_MINUTES = re.compile(r"\b(?:for )?(\d{1,3}) ?(?:m|mins?|minutes?)\b")
_HOURS = {"half an hour": 30, "an hour and a half": 90, "an hour": 60, "one hour": 60, "1 hour": 60}
_HOUR = re.compile(rf"\b(?:for )?({'|'.join(_HOURS)})\b")
_NEXT = re.compile(r"^(?:(?:the )?next(?: one)? )?to ")


@dataclass(frozen=True, slots=True)
class Wish:
    """When to meet. None: what was so before stays."""

    rhythm: Rhythm | None
    minutes: int | None


def take_person(text: str) -> tuple[str, str]:
    """The id of the person mentioned, or empty; and what is left without the mention."""
    found = _PERSON.search(text)
    if found is None:
        return "", " ".join(text.split())
    return found[1], " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def read_wish(text: str, today: date, usual: Rhythm | None) -> Wish | None:
    """`tuesdays 10:00 every 2 weeks starting 1 dec, 45 min`; None where a word is not understood."""
    minutes, rest = _take_minutes(tidy(text))
    if minutes is not None and not SHORTEST <= minutes <= LONGEST:
        return None
    if usual and minutes and not rest.strip(" ,"):
        return Wish(None, minutes)
    rhythm = find_rhythm(rest, today, usual)
    return Wish(rhythm, minutes) if rhythm else None


def read_moment(text: str, today: date, before: datetime, zone: ZoneInfo) -> datetime | None:
    """`thursday 14:00`, `to 24 dec`, `16:00`: the day or time left out is as `before`.

    A weekday alone is the one of the week in which they would meet, where that is still to come.
    """
    words = _NEXT.sub("", tidy(re.sub(r"[,@]", " ", text))).split()
    usual = before.astimezone(zone)
    for cut in range(len(words) + 1):
        for days, times in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            day, at = _read_day(days, today, usual.date()), _read_time(times, usual.time())
            if words and day and at:
                return in_utc(day, at, zone)
    return None


def read_clock_time(text: str) -> time | None:
    """A time of day alone."""
    at, rest = take_time(tidy(text))
    return None if rest.strip() else at


def _take_minutes(words: str) -> tuple[int | None, str]:
    if found := _MINUTES.search(words):
        return int(found[1]), f"{words[: found.start()]} {words[found.end() :]}"
    if found := _HOUR.search(words):
        return _HOURS[found[1]], f"{words[: found.start()]} {words[found.end() :]}"
    return None, words


def _read_day(words: Sequence[str], today: date, usual: date) -> date | None:
    said = " ".join(word for word in words if word not in ("on", "at"))
    if not said:
        return usual
    weekday = find_weekday(said)
    if weekday is not None:
        there = usual + DAY * (weekday - usual.weekday())
        return there if there >= today else find_named_day(said, today)
    return find_named_day(said, today) or find_written_day(said, today)


def _read_time(words: Sequence[str], usual: time) -> time | None:
    return read_clock_time(" ".join(word for word in words if word != "at")) if words else usual
