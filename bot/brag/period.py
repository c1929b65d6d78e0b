"""Periods as people say them: `this week`, `q3`, `since 1 sept`, `2026-07-01..2026-09-30`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from rapidfuzz import fuzz

MONTHS = (
    ("january", "januar", "jänner", "jan", "jän"),
    ("february", "februar", "feber", "feb", "febr"),
    ("march", "märz", "maerz", "mar", "mär", "mrz"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "dezember", "dec", "dez"),
)
LEAST_MISTYPED = 5  # letters; a shorter word is as near to others
MISTYPED = 85  # rapidfuzz ratio from which a word counts as the name of a month
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
DAY = timedelta(days=1)
BEGINNING = date(1970, 1, 1)

_UNITS: dict[str, relativedelta] = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "half": relativedelta(months=6),
    "year": relativedelta(years=1),
}
_MONTH = r"(?P<month>[a-zä]{3,10})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d|'\d\d)"
_TH = r"(?:st|nd|rd|th|\.)?"
_WEEKDAY = (
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|mo|di|mi|do|fr|sa|so"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\.?,? )?"
)
_DAYS = (
    re.compile(r"(?P<year>(?:19|20)\d\d)[-/](?P<number>\d{1,2})[-/](?P<day>\d{1,2})"),
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_TH} (?:of )?{_MONTH}(?:,? {_YEAR})?"),
    re.compile(rf"{_WEEKDAY}{_MONTH} (?P<day>\d{{1,2}}){_TH}(?:,? {_YEAR})?"),
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})(?:/(?P<year>(?:19|20)?\d\d))?"),
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.(?P<year>(?:19|20)?\d\d|)"),
)
_DAY_AND_MONTH = re.compile(r".*\d{1,2}\.\d{1,2}\.")  # without its last dot it is a number, or a version
_SHORT = r"(?:[a-zä]{3,10}|[qh]\d|(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.)"  # may have a dash without blanks
_RANGES = (
    re.compile(r"(?P<before>(?:[a-z]+ )?)(?P<first>\d{1,2})\.? ?- ?(?P<last>\d{1,2})(?P<after>\.? .*|)"),
    re.compile(rf"(?P<first>{_SHORT}) ?- ?(?P<last>{_SHORT}(?![a-zä\d-]).*)"),
    re.compile(
        r"(?:from |between |von |vom )?(?P<first>.+?)"
        r"\s*(?:\.\.|…| - | to | until | till | and | bis )\s*(?P<last>.+)"
    ),
)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def find_period(text: str, today: date) -> Period | None:
    """The period someone means, seen from `today`; None where nothing here reads as one."""
    words = " ".join(re.sub("[–—]", "-", text.lower().replace("’", "'")).split()).strip(" ,:")
    words = words if _DAY_AND_MONTH.fullmatch(words) else words.strip(" .,:")
    for prefix in ("in ", "during ", "for ", "the ", "over ", "of "):
        words = words.removeprefix(prefix)
    if named := _named(words, today):
        return named
    if ends := _find_ends(words):
        return _range(*ends, today)
    for read in (_everything, _relative, _since, _single_day):
        if period := read(words, today):
            return period
    return None


def _everything(words: str, today: date) -> Period | None:
    return Period(BEGINNING, today) if words in ("all", "everything", "ever", "all time", "always") else None


def _relative(words: str, today: date) -> Period | None:
    if words in ("today", "yesterday"):
        day = today if words == "today" else today - DAY
        return Period(day, day)
    words = "this year" if words in ("ytd", "year to date", "so far this year") else words
    found = re.fullmatch(
        rf"(this|last|previous|past) (?:([1-9]\d{{0,2}}|{'|'.join(NUMBERS)}) )?"
        r"(?:(day|week|month|quarter|year)s?|(half)(?: years?)?)",
        words,
    )
    if not found:
        return None
    which, unit = found[1], found[3] or found[4]
    count = NUMBERS.index(found[2]) + 1 if found[2] in NUMBERS else int(found[2] or 1)
    if found[2] or which == "past":
        return Period(today - _UNITS[unit] * count + DAY, today)
    start = _start_of(unit, today)
    if which != "this":
        start = _start_of(unit, start - DAY)
    return Period(start, start + _UNITS[unit] - DAY)


def _find_ends(words: str) -> tuple[str, str] | None:
    """`from … to …`, `…..…`, `… - …`, `june-august`, `5-9 march`: where it begins and where it ends."""
    for pattern in _RANGES:
        if found := pattern.fullmatch(words):
            around = found.groupdict()
            before, after = around.get("before", ""), around.get("after", "")
            return f"{before}{found['first']}{after}", f"{before}{found['last']}{after}"
    return None


def _range(start: str, end: str, today: date) -> Period | None:
    """Each side may be a day or a named period; a year that only the last one has is that of both."""
    last = _named(end, today) or _single_day(end, today)
    if last is None:
        return None
    first = _named(start, last.end) or _single_day(start, last.end)
    return Period(first.start, last.end) if first and first.start <= last.end else None


def _since(words: str, today: date) -> Period | None:
    found = re.fullmatch(r"(?:since|after|from|starting) (.+)", words)
    if not found:
        return None
    first = _relative(found[1], today) or _named(found[1], today) or _single_day(found[1], today)
    return Period(first.start, today) if first and first.start <= today else None


def _named(words: str, today: date) -> Period | None:
    """A year, half, quarter, month or week; without its year the newest that has begun."""
    for pattern, make in _NAMED:
        if found := re.fullmatch(pattern, words):
            year = found.groupdict().get("year")
            period = make(found, int(year.replace("'", "20")) if year else today.year)
            if period and not year and period.start > today:
                period = make(found, today.year - 1)
            if period:
                return period
    return None


def _year(_found: re.Match[str], year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _part(unit: str) -> Callable[[re.Match[str], int], Period]:
    def make(found: re.Match[str], year: int) -> Period:
        start = date(year, 1, 1) + _UNITS[unit] * (int(found["number"]) - 1)
        return Period(start, start + _UNITS[unit] - DAY)

    return make


def find_month(word: str) -> int | None:
    """Its number, by its name or a usual abbreviation; a long name may be mistyped."""
    for number, names in enumerate(MONTHS, 1):
        if word in names or any(_is_mistyped(word, name) for name in names):
            return number
    return None


def _is_mistyped(word: str, name: str) -> bool:
    """Not what goes on after the name, as “Augustin” does: that is another word."""
    is_long = min(len(word), len(name)) >= LEAST_MISTYPED
    return is_long and word[0] == name[0] and not word.startswith(name) and fuzz.ratio(name, word) >= MISTYPED


def _month(found: re.Match[str], year: int) -> Period | None:
    number = find_month(found["month"])
    if number is None:
        return None
    start = date(year, number, 1)
    return Period(start, start + _UNITS["month"] - DAY)


def _month_by_number(found: re.Match[str], year: int) -> Period | None:
    number = int(found["number"])
    return _part("month")(found, year) if 1 <= number <= 12 else None


def _week_of(found: re.Match[str], year: int) -> Period | None:
    day = _read_day(found["day"], date(year, 12, 31))
    return Period(_start_of("week", day), _start_of("week", day) + 6 * DAY) if day else None


def _week_by_number(found: re.Match[str], year: int) -> Period | None:
    try:
        start = date.fromisocalendar(year, int(found["number"]), 1)
    except ValueError:
        return None
    return Period(start, start + 6 * DAY)


_NAMED: tuple[tuple[str, Callable[[re.Match[str], int], Period | None]], ...] = (
    (_YEAR, _year),
    (rf"q(?P<number>[1-4])(?:[ /-]*{_YEAR})?", _part("quarter")),
    (rf"{_YEAR}[ /-]*q(?P<number>[1-4])", _part("quarter")),
    (rf"h(?P<number>[12])(?:[ /-]*{_YEAR})?", _part("half")),
    (rf"{_YEAR}[ /-]*h(?P<number>[12])", _part("half")),
    (rf"{_MONTH}(?:[ ,/-]+{_YEAR})?", _month),
    (rf"{_YEAR}[ /]{_MONTH}", _month),
    (rf"{_YEAR}[-/](?P<number>0[1-9]|1[0-2])", _month_by_number),
    (rf"(?:kw|cw|week|w) ?(?P<number>\d{{1,2}})(?:[,/]? ?{_YEAR})?", _week_by_number),
    (rf"{_YEAR}[ /-]*(?:kw|cw|week|w) ?(?P<number>\d{{1,2}})", _week_by_number),
    (r"(?:week (?:of|from|starting|beginning|commencing)|w/c) (?P<day>.+)", _week_of),
)


def _single_day(words: str, today: date) -> Period | None:
    day = _read_day(words, today)
    return Period(day, day) if day else None


def _read_day(words: str, newest: date) -> date | None:
    """A day written out; without a year the newest that is not after `newest`."""
    for pattern in _DAYS:
        if found := pattern.fullmatch(words):
            said = found.groupdict()
            month = find_month(said["month"]) if "month" in said else int(said["number"])
            if month is None:
                continue
            day, year = int(said["day"]), said["year"]
            if month > 12 and "month" not in said:  # the American way
                day, month = month, day
            years = [int(f"20{year[-2:]}" if len(year) < 4 else year)] if year else _back_from(newest.year)
            days = (_make_day(each, month, day) for each in years)
            return next((each for each in days if each and (year or each <= newest)), None)
    return None


def _back_from(year: int) -> range:
    """Far enough for a 29 February."""
    return range(year, year - 9, -1)


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _start_of(unit: str, day: date) -> date:
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case "half":
            return date(day.year, 1 if day.month < 7 else 7, 1)
        case "year":
            return date(day.year, 1, 1)
    return day
