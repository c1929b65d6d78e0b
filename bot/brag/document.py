"""An old brag document, in Markdown or plain text: its items, dated from the headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.brag.period import Period, find_month, find_period
from bot.brag.reading import SMALL_TALK, judge, names_section

LEAST_ITEMS = 3
_YEAR = re.compile(r"\b(?:199\d|20\d\d)\b")
_MARKDOWN = MarkdownIt("commonmark").disable(["html_block", "reference"])  # which have words in them
COVER, INNERMOST = 1, 8
"""Levels above and below all headings: the line a document is handed over with, and a date in a list."""


@dataclass(frozen=True, slots=True)
class DatedItem:
    """One thing in an old document. `dated`: a heading or the item itself said when."""

    text: str
    happened_on: date
    is_dated: bool
    heading: str


def is_document(text: str, today: date) -> bool:
    """Does this read like a document and not like one answer: several items below dated headings?"""
    if text.count("\n") < LEAST_ITEMS:  # most of what is written is a line or two
        return False
    items = read_document(text, today)
    return len(items) >= LEAST_ITEMS and len({item.heading for item in items if item.is_dated}) >= 2


def read_document(text: str, today: date) -> list[DatedItem]:
    """Every item and paragraph, the newest possible day of its period; undated ones count as today's.

    A heading with nothing below it is an item itself, unless it only says when, or what kind of thing.
    """
    headings: dict[int, str] = {}
    empty: set[int] = set()
    items: list[DatedItem] = []
    for level, words in (*_parts(_as_markdown(text, today), today), (COVER, "")):
        if not level:
            items.append(_date_item(words, [*filter(None, headings.values())], today))
            empty.clear()
            continue
        for deeper in sorted((each for each in headings if each >= level), reverse=True):
            said = headings.pop(deeper)
            if deeper in empty and said and not (_says_only_when(said, today) or names_section(said)):
                items.append(_date_item(said, [*filter(None, headings.values())], today))
                empty.clear()
            empty.discard(deeper)
        headings[level] = words
        empty.add(level)
    return items


def _date_item(words: str, headings: list[str], today: date) -> DatedItem:
    own = _own_date(words, today)
    period = _period_of([*headings, own] if own else headings, today)
    day = min(period.end, today) if period else today
    return DatedItem(words, day, period is not None, " › ".join(headings))


def _own_date(words: str, today: date) -> str:
    """An item may begin with its date: `2025-03-14: …`, `[March 2025] …`, `Mar 3 – …`."""
    found = re.match(r"[\[(*]*([^\]):*]{3,24}?)[\])*]*\s*(?:[:\]–—]|\s-)\s*\S", words)
    return found[1] if found and _find_dated(found[1], today) else ""


def _as_markdown(text: str, today: date) -> str:
    """Slack shows bullets as signs, and a line of a date alone is a heading in many a text file."""
    lines = []
    for written, below in pairwise([*text.splitlines(), ""]):
        line = re.sub(r"^(\s*)[•◦▪‣]\s+", r"\1- ", written)
        is_bold = re.fullmatch(r"\s*\*{1,2}(?=\S)([^*]*[^*\s])\*{1,2}:?\s*", line)
        bare = (is_bold[1] if is_bold else line).strip().rstrip(":").strip()
        is_marked = re.match(r"\s*(?:#|[-*+>]\s)", line) is not None
        is_date = not is_marked and _says_only_when(bare, today)
        is_underlined = re.fullmatch(r"={2,}|-{2,}", below.strip())  # a heading as it is
        level = "####" if _YEAR.fullmatch(bare) else "#####" if is_date else "######"  # year, month, anything
        if (is_bold or is_date) and not is_underlined:
            line = f"\n{level} {bare}\n"
        elif not is_marked and re.match(r"(?!\d+[.)]\s)\S", line) and _own_date(line, today):
            line = f"- {line}"
        lines.append(line)
    return "\n".join(lines)


def _parts(text: str, today: date) -> Iterator[tuple[int, str]]:
    """Headings with their level, everything else with 0; an item comes with what is nested in it.

    An item that only says when is a heading of what is nested in it.
    """
    depth, item = 0, list[str]()
    heading, number, is_first = 0, "", True
    for token in _MARKDOWN.parse(text):
        match token.type:
            case "heading_open":
                heading = COVER + int(token.tag[1])
            case "list_item_open":
                depth, number = depth + 1, token.info
            case "list_item_close":
                depth -= 1
                if depth == 0:
                    yield from _as_parts(item, today)
                    item = []
            case "inline" | "fence" | "code_block":
                words = _words(token)
                if depth:
                    item.append(
                        f"{'  ' * (depth - 1)}{'- ' if depth > 1 else ''}{_number(words, number, today)}"
                    )
                elif judge(words) not in SMALL_TALK or heading:
                    is_cover = is_first and re.fullmatch(r".*:", words) is not None
                    yield (heading or COVER * is_cover) if "\n" not in words else 0, words
                heading, number, is_first = 0, "", False


def _as_parts(item: list[str], today: date) -> Iterator[tuple[int, str]]:
    nested = [line.removeprefix("  ") for line in item[1:]]
    if not any(nested) or not _says_only_when(item[0], today):
        yield from [(0, "\n".join(item))] if any(item) else []
        return
    yield INNERMOST, item[0]
    for each in re.split(r"\n(?=- )", "\n".join(nested)):
        yield 0, each.removeprefix("- ")
    yield INNERMOST, ""


def _number(words: str, number: str, today: date) -> str:
    """`3. März: …` and `2023. …` are no third and no 2023rd of a list."""
    numbered = f"{number}. {words}"
    is_date = re.match(r"(?:19|20)\d\d\.", numbered) or find_period(
        re.split(r"[:–—]|\s-", numbered)[0], today
    )
    return numbered if number and is_date else words


def _words(token: Token) -> str:
    if token.type == "fence":
        return f"{token.markup}{token.info}\n{token.content}{token.markup}"
    return token.content.strip()


def _says_only_when(line: str, today: date) -> bool:
    """`March 2025`, `Q2 (April – June)`, `[2025]`; no other word."""
    parts = [part for part in re.split(r"[()\[\]|*_`]", line) if part.strip(" .,:")]
    return bool(parts) and all(_names_time(part) and find_period(part, today) for part in parts)


def _names_time(words: str) -> bool:
    return re.search(r"\d", words) is not None or find_month(words.strip(" .,:").lower()) is not None


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
        period = find_period(words, today) if _names_time(words) else None
        if period and (str(period.end.year) in bare or not _YEAR.search(bare)):
            return period
    return None
