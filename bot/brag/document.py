"""An old brag document, in Markdown or plain text: its items, dated from the headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.brag.period import Period, find_period

LEAST_ITEMS = 3
_YEAR = re.compile(r"\b(?:199\d|20\d\d)\b")
_MARKDOWN = MarkdownIt("commonmark")


@dataclass(frozen=True, slots=True)
class DatedItem:
    """One thing in an old document. `dated`: a heading or the item itself said when."""

    text: str
    happened_on: date
    is_dated: bool
    heading: str


def is_document(text: str, today: date) -> bool:
    """Does this read like a document and not like one answer: several items below dated headings?"""
    items = read_document(text, today)
    return len(items) >= LEAST_ITEMS and len({item.heading for item in items if item.is_dated}) >= 2


def read_document(text: str, today: date) -> list[DatedItem]:
    """Every item and paragraph, the newest possible day of its period; undated ones count as today's."""
    headings: dict[int, str] = {}
    items: list[DatedItem] = []
    for level, words in _parts(_as_markdown(text)):
        if level:
            headings = {deeper: said for deeper, said in headings.items() if deeper < level} | {level: words}
            continue
        period = _own_period(words, today) or _period_of(list(headings.values()), today)
        day = min(period.end, today) if period else today
        items.append(DatedItem(words, day, period is not None, " › ".join(headings.values())))
    return items


def _as_markdown(text: str) -> str:
    """Slack shows bullets as signs, and a line of a date alone is a heading in many a text file."""
    lines = []
    for written, below in pairwise([*text.splitlines(), ""]):
        line = re.sub(r"^(\s*)[•◦▪‣]\s+", r"\1- ", written)
        is_bold = re.fullmatch(r"\s*\*{1,2}([^*]+)\*{1,2}:?\s*", line)
        bare = (is_bold[1] if is_bold else line).strip().rstrip(":").strip()
        is_date = bare and not line.lstrip().startswith(("#", "-")) and _find_dated(bare, date.max)
        is_underlined = re.fullmatch(r"={2,}|-{2,}", below.strip())  # a heading as it is
        lines.append(f"\n###### {bare}\n" if (is_bold or is_date) and not is_underlined else line)
    return "\n".join(lines)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Headings with their level, everything else with 0; an item comes with what is nested in it."""
    depth, item = 0, list[str]()
    heading = 0
    for token in _MARKDOWN.parse(text):
        match token.type:
            case "heading_open":
                heading = int(token.tag[1])
            case "list_item_open":
                depth += 1
            case "list_item_close":
                depth -= 1
                if depth == 0:
                    yield 0, "\n".join(item)
                    item = []
            case "inline" | "fence" | "code_block":
                if depth:
                    item.append(f"{'  ' * (depth - 1)}{'- ' if depth > 1 else ''}{_words(token)}")
                else:
                    yield heading, _words(token)
                heading = 0


def _words(token: Token) -> str:
    return token.content.strip()


def _own_period(words: str, today: date) -> Period | None:
    """An item may begin with its date: `2025-03-14: …`, `[March 2025] …`, `Mar 3 – …`."""
    found = re.match(r"[\[(*]*([^\]):*]{3,24}?)[\])*]*\s*(?:[:\]–—]|\s-)\s*\S", words)
    return _find_dated(found[1], today) if found else None


def _period_of(headings: list[str], today: date) -> Period | None:
    """The innermost heading that says when; a month below a year is that year's."""
    year = ""
    period: Period | None = None
    for heading in headings:
        if found := _YEAR.findall(heading):
            year = max(found)
            period = _find_dated(heading, today) or find_period(year, today)
        else:
            period = (
                (_find_dated(f"{heading} {year}", today) if year else None)
                or _find_dated(heading, today)
                or period
            )
    return period


def _find_dated(heading: str, today: date) -> Period | None:
    """What is in brackets, before a dash, or the whole heading; only what has a number or a month's name."""
    bare = re.sub(r"[*_`#]", "", heading).strip()
    inside = re.search(r"\(([^)]+)\)", bare)
    month = re.search(r"[A-Za-zä]{3,10}\.? (?:19|20)\d\d", bare)
    tried = (
        bare,
        inside[1] if inside else "",
        month[0] if month else "",
        re.split(r"\s[-–—:]\s|: ", bare)[0],
    )
    for words in tried:
        period = find_period(words, today) if re.search(r"\d|^[A-Za-zä]{3,9}$", words) else None
        if period and (str(period.end.year) in bare or not _YEAR.search(bare)):
            return period
    return None
