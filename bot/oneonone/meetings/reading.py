"""Reads action items as people write them: `@ana: write the doc by friday`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.rhythm.days import find_named_day, find_written_day
from bot.rhythm.words import tidy

_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|\[ ?\])\s+")
_DUE = re.compile(
    r"[\s,(]+(?:by|until|till|before|due|on)\s+(?P<day>[^,()]{3,40}?)\)?[\s.!]*$", re.IGNORECASE
)
_NAMED = re.compile(r"^@(?P<name>[^\s:,]+)[\s:,]+(?P<rest>.+)$")
_ID = re.compile(r"^<@(?P<id>[UW][A-Z0-9]+)(?:\|[^>]*)?>[\s:,]*(?P<rest>.+)$")


@dataclass(frozen=True, slots=True)
class ReadItem:
    """Who does what, by when; without a day it is open until it is closed."""

    doer: str
    text: str
    due_on: date | None = None


def read_items(text: str, writer: str, names: Mapping[str, str], day: date) -> list[ReadItem]:
    """One a line. `names` are those of the two, in lower case, with their ids; `day` is that of the meeting.

    What cannot be read stays in the text; who is not named is whoever wrote it.
    """
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return [_read_item(line, writer, names, day) for line in lines if line]


def _read_item(line: str, writer: str, names: Mapping[str, str], day: date) -> ReadItem:
    doer, said = _take_doer(line, {**names, "me": writer, "i": writer})
    due = _DUE.search(said)
    due_on = _find_day(due["day"], day) if due else None
    if due and due_on and (rest := said[: due.start()].strip(" ,(")):
        return ReadItem(doer or writer, rest, due_on)
    return ReadItem(doer or writer, said)


def _take_doer(line: str, names: Mapping[str, str]) -> tuple[str, str]:
    """Who is named at the beginning, and what they do; nobody, and the whole line, where it is neither."""
    if (found := _ID.match(line)) and found["id"] in names.values():
        return found["id"], found["rest"].strip()
    head, colon, rest = line.partition(":")
    if colon and rest.strip() and (doer := names.get(head.strip().removeprefix("@").lower())):
        return doer, rest.strip()
    if (found := _NAMED.match(line)) and (doer := names.get(found["name"].lower())):
        return doer, found["rest"].strip()
    return "", line


def _find_day(words: str, day: date) -> date | None:
    said = tidy(words)
    return find_named_day(said, day) or find_written_day(said, day)
