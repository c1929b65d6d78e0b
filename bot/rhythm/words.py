"""The words of times: weekdays (with a slip of the finger), numbers, and lengths of time."""

from __future__ import annotations

import re

from dateutil.relativedelta import relativedelta
from rapidfuzz.distance import OSA

from bot.rhythm.model import WEEKDAYS

NUMBERS = {
    word: number
    for number, words in enumerate(
        ("a an one", "two couple", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
    for word in words.split()
}

_DAYS = [name.lower() for name in WEEKDAYS]
_SHORT = {
    short: weekday
    for weekday, shorts in enumerate(("mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun"))
    for short in shorts.split()
}
_UNITS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "fortnight": relativedelta(weeks=2),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}
_LETTERS = {"d": "day", "w": "week", "wk": "week"}
_LENGTH = re.compile(
    rf"(?:a )?(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)})(?: of)? ?(?P<unit>{'|'.join([*_UNITS, *_LETTERS])})s?"
)


def tidy(text: str) -> str:
    """Lower case, one kind of dash and of apostrophe, single blanks, nothing loose at the ends."""
    text = re.sub(r"[‐-―−]", "-", text.lower()).replace("’", "'")
    return " ".join(text.split()).strip(" .,:;!?")


def find_weekday(word: str) -> int | None:
    """The weekday a word means (Monday is 0); one letter may be wrong, two in the longest names."""
    word = word.strip(".,").removesuffix("'s")
    if word in _SHORT:
        return _SHORT[word]
    single = word.removesuffix("s")
    if single in _DAYS:
        return _DAYS.index(single)
    return _find_misspelt(single)


def is_plural(word: str) -> bool:
    """`fridays` is every one of them, `friday` the next; `thurs` is no plural."""
    return word.endswith("s") and word not in _SHORT


def find_length(words: str) -> relativedelta | None:
    """`2 weeks`, `a month`, `10d`."""
    found = _LENGTH.fullmatch(words)
    count = read_number(found["count"]) if found else 0
    return _UNITS[_LETTERS.get(found["unit"], found["unit"])] * count if found and count else None


def read_number(word: str) -> int:
    return NUMBERS[word] if word in NUMBERS else int(word)


def _find_misspelt(word: str) -> int | None:
    """The first letter holds: `sonday` is Sunday; `tursday` may be two days, so it is none."""
    if len(word) < 5:
        return None
    near = sorted((OSA.distance(word, day), day) for day in _DAYS if day[0] == word[0])
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    distance, day = near[0]
    return _DAYS.index(day) if distance <= (2 if len(day) > 7 else 1) else None
