"""Single days as people say them: `tomorrow`, `next friday`, `24 dec`, `24.12.`, `2026-12-24`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.rhythm.model import DAY, WEEK
from bot.rhythm.words import find_length, find_weekday

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?:,? (?P<year>20\d\d))?"
_WRITTEN = [
    re.compile(pattern)
    for pattern in (
        r"(?P<year>20\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})",
        rf"(?:the )?{_DAY}\.? ?(?:of )?{_MONTH}{_YEAR}",
        rf"{_MONTH} ?(?:the )?{_DAY}{_YEAR}",
        r"(?P<day>\d{1,2})(?P<by>[./]) ?(?P<number>\d{1,2})(?:(?P=by) ?(?P<year>(?:20)?\d\d)?)?",
    )
]


def find_named_day(words: str, today: date) -> date | None:
    """A day named by where it stands to `today`; a weekday is the next one after it."""
    if words in ("today", "tomorrow", "day after tomorrow", "the day after tomorrow"):
        return today + DAY * (0 if words == "today" else 2 if "after" in words else 1)
    if words in ("next week", "next month"):
        return week_after(today) if words == "next week" else month_after(today)
    if words.startswith("in ") and (length := find_length(words.removeprefix("in "))):
        return today + length
    return _find_weekday_from(words, today)


def find_written_day(words: str, earliest: date) -> date | None:
    """A day written out; without its year the first one not before `earliest`."""
    first, _, rest = words.partition(" ")
    if rest and (weekday := find_weekday(first)) is not None:  # thu 24 dec
        day = find_written_day(rest, earliest)
        return day if day and day.weekday() == weekday else None
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(words):
            return next(_days_of(found, earliest), None)
    return None


def has_year(words: str) -> bool:
    return re.search(r"20\d\d|\d[./]\d{1,2}[./] ?\d\d", words) is not None


def find_month(word: str) -> int | None:
    """1 to 12, by its name or its first three or more letters."""
    fits = [number for number, name in enumerate(MONTHS, start=1) if len(word) >= 3 and name.startswith(word)]
    return fits[0] if fits else None


def week_after(day: date) -> date:
    """The Monday after the week of `day`."""
    return day - DAY * day.weekday() + WEEK


def month_after(day: date) -> date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=1) + 31 * DAY).replace(day=1)


def _find_weekday_from(words: str, today: date) -> date | None:
    found = re.fullmatch(r"(?:(?P<next>next) |(?:this|on|coming) )?(?P<name>[a-z.]+)", words)
    weekday = find_weekday(found["name"]) if found else None
    if not found or weekday is None:
        return None
    if found["next"]:
        return week_after(today) + DAY * weekday
    return today + DAY * ((weekday - today.weekday() - 1) % 7 + 1)


def _days_of(found: re.Match[str], earliest: date) -> Iterator[date]:
    """The days that are meant; none where there is no such day. 29 February is at most eight years off."""
    said = found.groupdict()
    day = int(said["day"])
    month = int(said["number"]) if "number" in said else find_month(said["month"])
    if said.get("by") == "/" and month and month > 12:
        day, month = month, day
    years = [2000 + int(said["year"][-2:])] if said["year"] else range(earliest.year, earliest.year + 9)
    for year in years:
        try:
            exact = date(year, month or 0, day)
        except ValueError:
            continue
        if said["year"] or exact >= earliest:
            yield exact
