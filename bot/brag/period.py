"""Periods as people say them: `this week`, `q3`, `since 1 sept`, `2026-07-01..2026-09-30`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.parser import ParserError, parse
from dateutil.relativedelta import relativedelta
from rapidfuzz import fuzz, process

MONTHS: tuple[str, ...] = (
    "january jan januar jän jänner",
    "february feb februar",
    "march mar märz maerz mrz mars",
    "april apr",
    "may mai",
    "june jun juni",
    "july jul juli",
    "august aug",
    "september sep sept",
    "october oct oktober okt",
    "november nov",
    "december dec dezember dez",
)
"""Names and usual abbreviations, English first; no others, since many a word and name begins like a month."""
MISTYPED = 85  # rapidfuzz ratio from which a long word counts as the name of a month
LONG = 7  # letters; shorter names are too near to other words
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTH_OF = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
_LONG_NAMES = [name for name in _MONTH_OF if len(name) >= LONG]
YEARS = range(1970, 2100)
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
_ANY_YEAR = r"(?:,? (?:(?:19|20)\d\d|'\d\d))"
_TH = r"(?:st|nd|rd|th|\.)?"
_DAY = re.compile(  # dateutil reads a day into almost anything
    rf"\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}|(?:[a-zä]+,? )?\d{{1,2}}{_TH} (?:of )?[a-zä]{{3,10}}\.?{_ANY_YEAR}?"
    rf"|(?:[a-zä]+,? )?[a-zä]{{3,10}}\.? \d{{1,2}}{_TH}{_ANY_YEAR}?"
    r"|\d{1,2}/\d{1,2}(?:/(?:\d\d){1,2})?|\d{1,2}\.\d{1,2}\.(?:(?:\d\d){1,2})?"
)
_SHORT = r"(?:[a-zä]{3,10}|[qh]\d|(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.)"  # may have a dash without blanks
_DAY_AND_MONTH = re.compile(r".*\d{1,2}\.\d{1,2}\.")  # without its last dot it is a number, or a version
_RANGES = (
    re.compile(r"(?P<before>(?:[a-zä]+ )?)(?P<first>\d{1,2})\.? ?- ?(?P<last>\d{1,2})(?P<after>\.? .*|)"),
    re.compile(rf"(?P<first>{_SHORT}) ?- ?(?P<last>{_SHORT}(?![a-zä\d-]).*)"),
    re.compile(
        r"(?:from |between |von )?(?P<first>.+?)\s*(?:\.\.|…| - | (?:to|until|till|and|bis) )\s*(?P<last>.+)"
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
    if period := _named(words, today):
        return period
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


def _month(found: re.Match[str], year: int) -> Period | None:
    number = _find_month(found["month"])
    if number is None:
        return None
    start = date(year, number, 1)
    return Period(start, start + _UNITS["month"] - DAY)


def _find_month(word: str) -> int | None:
    if number := _MONTH_OF.get(word):
        return number
    near = process.extractOne(word, _LONG_NAMES, scorer=fuzz.ratio, score_cutoff=MISTYPED)
    return _MONTH_OF[near[0]] if near else None


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
    (rf"{_MONTH}(?:,? {_YEAR})?", _month),
    (rf"{_YEAR}[ /]{_MONTH}", _month),
    (rf"{_YEAR}[-/](?P<number>0[1-9]|1[0-2])", _month_by_number),
    (rf"(?:kw|cw|week|w) ?(?P<number>\d{{1,2}})(?:[,/]? ?{_YEAR})?", _week_by_number),
    (rf"{_YEAR}[ /-]*(?:kw|cw|week|w) ?(?P<number>\d{{1,2}})", _week_by_number),
    (r"week (?:of|from|starting|beginning) (?P<day>.+)", _week_of),
)


def _single_day(words: str, today: date) -> Period | None:
    day = _read_day(words, today)
    return Period(day, day) if day else None


def _read_day(words: str, newest: date) -> date | None:
    """A day written out; without a year the newest that is not after `newest`."""
    unset = (datetime(1904, 1, 1), datetime(1908, 2, 2))  # noqa: DTZ001  (leap years, to see what was said)
    one, other = (_parse(words, default) for default in unset)
    if not one or not other or (one.month, one.day) != (other.month, other.day):
        return None  # a month or a day alone is no day
    if one.year == other.year:
        return one if one.year in YEARS else None
    for year in (newest.year, newest.year - 1):
        try:
            day = one.replace(year=year)
        except ValueError:  # 29 February
            continue
        if day <= newest:
            return day
    return None


def _parse(words: str, default: datetime) -> date | None:
    """A day in any common way of writing; what is not said of it is that of the default."""
    if not _DAY.fullmatch(words):
        return None
    words = re.sub(r"(?<=\d)\.(?= )|(?<=[a-zä])\.|\.$", "", words.replace("'", "20"))
    words = re.sub(r"[a-zä]+", lambda found: _in_english(found[0]), words)
    is_iso = re.match(r"\d{4}", words) is not None
    try:
        return parse(words.replace(".", "/"), default=default, dayfirst=not is_iso).date()
    except (ParserError, OverflowError):
        return None


def _in_english(word: str) -> str:
    """Months as dateutil knows them."""
    number = _find_month(word)
    return MONTHS[number - 1].split()[0] if number else word


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
