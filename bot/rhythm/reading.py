"""Reads rhythms, pauses and days off; None wherever a word is left that it does not understand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.rhythm.clock_times import take_time
from bot.rhythm.days import find_month, find_named_day, find_written_day, has_year, month_after, week_after
from bot.rhythm.days_off import WEEKEND, DaysOff, Stretch
from bot.rhythm.model import DAY, Rhythm
from bot.rhythm.words import NUMBERS, find_length, find_weekday, is_plural, read_number, tidy

_ORDINALS = {"other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_INTERVALS = [
    re.compile(pattern)
    for pattern in (
        r"\b(?:(?:every|each|once a|once per) week|weekly)\b",
        r"\b(?P<two>bi-?weekly|(?:every|each|once a) fortnight|fortnightly|alternate(?: weeks)?)\b",
        rf"\b(?:every|each) (?P<ordinal>{'|'.join(_ORDINALS)})(?: weeks?)?\b",
        rf"\bevery (?P<count>\d{{1,2}}|{'|'.join(NUMBERS)}) (?:weeks?|wks?|(?=[a-z]{{3,}}days?\b))",
    )
]
_START = re.compile(
    r"(?P<before>.*?)\b(?:starting|beginning|start|from|since)(?: on| from| with)? (?P<day>.+)"
)
_FILLERS = frozenset({"at", "on", "every", "each", "the", "in", "local", "time"})
_FORGIVEN = timedelta(days=30)
"""`starting 1 dec` is said a few days late more often than eleven months early."""

_SLIP = timedelta(days=330)

_NONE = frozenset({"none", "no", "nothing", "never", "no days off", "no days", "-"})
_UNTIL = r"(?:until|till|til|up to)"
_END_OF = re.compile(rf"(?:{_UNTIL} |for )?(?:the )?(?:(?:end|rest) of (?:the |this )?|this )(week|month)")
_NUMBER = re.compile(r"\b\d{1,2}\b")
_COMING = ("next week", "next month")
_COMMA = re.compile(r"(?:,|;|\band\b|&|\+)(?!\s*20\d\d(?![-\d]))")
_BETWEEN = re.compile(r"\s*(?:\.\.+|…|-|\b(?:to|until|till|through|thru)\b)\s*")


def find_rhythm(text: str, today: date, usual: Rhythm | None = None) -> Rhythm | None:
    """The rhythm someone asks for; the weekday or the time left out is that of `usual`.

    Every few weeks are counted from the day they name, else from `today`.
    """
    words = re.sub(r"@|,(?! ?20\d\d\b)", " at ", tidy(text))
    words, start = _take_start(" ".join(words.split()), today)
    every, words = _take_interval(words)
    weekday, words = _take_weekday(words)
    at, words = take_time(words)
    if not _FILLERS.issuperset(words.split()) or every == 0:
        return None
    if weekday is None and at is None and every is None:
        return None
    return _complete(weekday, at, every, start, today, usual)


def find_until(text: str, now: datetime, zone: ZoneInfo) -> date | None:
    """The local day on which a pause is over: `today` ends tomorrow, `until monday` on Monday."""
    return _find_until(tidy(text), now.astimezone(zone).date())


def find_days_off(text: str, today: date) -> DaysOff | None:
    """All days off in `text`; none at all for `none`. Days that are wholly past are not understood."""
    words = tidy(text) or text.strip()
    if words in _NONE:
        return DaysOff()
    weekdays: set[int] = set()
    stretches: set[Stretch] = set()
    for part in _COMMA.split(words):
        said = tidy(part)
        repeated = _find_repeated(said)
        stretch = None if repeated else _find_stretch(said, today)
        if stretch and stretch.first <= stretch.last and stretch.last >= today:
            stretches.add(stretch)
        elif repeated:
            weekdays |= repeated
        else:
            return None
    return DaysOff(frozenset(weekdays), tuple(sorted(stretches)))


def _complete(
    weekday: int | None,
    at: time | None,
    every: int | None,
    start: date | None,
    today: date,
    usual: Rhythm | None,
) -> Rhythm | None:
    if usual and weekday is None and every is None:
        return replace(usual, at=at or usual.at, start=start or usual.start)
    if usual:
        weekday, at = usual.weekday if weekday is None else weekday, at or usual.at
    if weekday is None or at is None:
        return None
    every = every or 1
    return Rhythm(weekday, at, every, start or (today if every > 1 else date.min))


def _take_start(words: str, today: date) -> tuple[str, date | None]:
    """What is said without its `starting …`, and that day; all words, to be left over, where it is none."""
    found = _START.fullmatch(words)
    tail = found["day"].split() if found else []
    for length in range(len(tail), 0, -1):
        said = " ".join(tail[:length])
        if found and (day := find_named_day(said, today) or find_written_day(said, today - _FORGIVEN)):
            return " ".join([found["before"], *tail[length:]]), day
    return words, None


def _take_interval(words: str) -> tuple[int | None, str]:
    """How many weeks lie between, and what is left without it."""
    for pattern in _INTERVALS:
        if found := pattern.search(words):
            said = found.groupdict()
            every = 2 if said.get("two") else 1
            if ordinal := said.get("ordinal"):
                every = _ORDINALS[ordinal]
            elif count := said.get("count"):
                every = read_number(count)
            return every, f"{words[: found.start()]} {words[found.end() :]}"
    return None, words


def _take_weekday(words: str) -> tuple[int | None, str]:
    """The first weekday, and what is left without it; a second one stays over."""
    tokens = words.split()
    for position, token in enumerate(tokens):
        if (weekday := find_weekday(token)) is not None:
            return weekday, " ".join(tokens[:position] + tokens[position + 1 :])
    return None, words


def _find_until(words: str, today: date) -> date | None:
    if words in ("today", "for today", "the rest of the day", "rest of the day"):
        return today + DAY
    if words in _COMING:
        return None  # a pause begins now
    if end := _END_OF.fullmatch(words):
        return week_after(today) if end[1] == "week" else month_after(today)
    if length := find_length(re.sub(r"^(?:for )?(?:the )?(?:next )?", "", words)):
        return today + length
    if through := re.fullmatch(r"(?:through|thru|until and including) (.+)", words):
        last = _find_end(through[1], today)
        return last + DAY if last else None
    return _find_end(re.sub(rf"^{_UNTIL} ", "", words), today)


def _find_end(words: str, today: date) -> date | None:
    """A day after `today`, or the first day of a month; one that passed lately is not that of next year."""
    written = f"1 {words}" if find_month(words) else words
    day = find_named_day(words, today) or find_written_day(written, today - _FORGIVEN)
    return day if day and day > today else None


def _find_repeated(words: str) -> frozenset[int]:
    """`fridays`, `every friday`, `weekends`."""
    name = re.sub(r"^(?:on |all )?(?:every |each )?", "", words)
    if words in ("weekends", "every weekend", "on weekends"):
        return WEEKEND
    weekday = find_weekday(name)
    if weekday is None or not (is_plural(name) or re.match(r"(?:on )?(?:every|each) ", words)):
        return frozenset()
    return frozenset({weekday})


def _find_stretch(words: str, today: date) -> Stretch | None:
    if words in _COMING:
        first = week_after(today) if words == "next week" else month_after(today)
        return Stretch(first, (week_after(first) if words == "next week" else month_after(first)) - DAY)
    if day := find_named_day(words, today) or find_written_day(words, today):
        return Stretch(day, day)
    if month := re.fullmatch(r"(?:in |all of |the whole of )?([a-z]{3,9})(,? 20\d\d)?", words):
        return _find_whole_month(month[1], month[2] or "", today)
    if re.match(rf"(?:for|this|the next|next \d|{_UNTIL}) ", words):
        over = _find_until(words, today)
        return Stretch(today, over - DAY) if over else None
    return _find_between(re.sub(r"^(?:from|between) ", "", words), today)


def _find_whole_month(name: str, year: str, today: date) -> Stretch | None:
    """`august`: this one while it lasts, else the next."""
    first = find_written_day(f"1 {name}{year}", today.replace(day=1)) if find_month(name) else None
    return Stretch(first, month_after(first) - DAY) if first else None


def _find_between(words: str, today: date) -> Stretch | None:
    """Wherever a dash or `to` leaves a day on both sides (a date may have dashes of its own)."""
    for cut in _BETWEEN.finditer(words):
        first, last = words[: cut.start()], words[cut.end() :]
        if stretch := _read_ends(first, last, today):
            return stretch
    return None


def _read_ends(first: str, last: str, today: date) -> Stretch | None:
    """Without years the end is the next one, and the start the newest before it: it may have begun.

    Nearly a year of it is a slip: the end was said first, or is over.
    """
    if start := find_named_day(first, today):
        return _stretch_to(start, last, today)
    first, last = _lend_month(first, last)
    start = find_written_day(first, today)
    if start and has_year(first):
        return _stretch_to(start, last, start)
    end = find_named_day(last, today) or find_written_day(last, today)
    start = find_written_day(first, end - relativedelta(years=1) + DAY) if end else None
    return Stretch(start, end) if start and end and end - start < _SLIP else None


def _stretch_to(start: date, last: str, today: date) -> Stretch | None:
    ends = (find_named_day(last, today), find_named_day(last, start), find_written_day(last, start))
    end = next((day for day in ends if day and day >= start), None)
    return Stretch(start, end) if end else None


def _lend_month(first: str, last: str) -> tuple[str, str]:
    """`24 - 28 dec` and `dec 24 - 28` name their month once."""
    first = first.rstrip(".")  # `24. - 28.12.`
    one, other = _NUMBER.search(first), _NUMBER.search(last)
    if not one or not other or int(one[0]) > int(other[0]):
        return first, last
    if one[0] == first:
        return _NUMBER.sub(first, last, count=1), last
    if year := re.fullmatch(r"\d{1,2}(,? 20\d\d)?", last):
        return first, _NUMBER.sub(other[0], first, count=1) + (year[1] or "")
    return first, last
