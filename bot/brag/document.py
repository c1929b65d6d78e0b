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
from bot.brag.reading import judge, names_section

LEAST_ITEMS = 3
INNERMOST = 7  # a level below those of Markdown's headings
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
    if text.count("\n") < LEAST_ITEMS:  # most of what is written is a line or two
        return False
    items = read_document(text, today)
    return len(items) >= LEAST_ITEMS and len({item.heading for item in items if item.is_dated}) >= 2


def read_document(text: str, today: date) -> list[DatedItem]:
    """Every item and paragraph, the newest possible day of its period; undated ones count as today's.

    Nothing is lost but greetings: a heading that says more than when, or what kind of thing, and has nothing
    below it is an item itself.
    """
    headings: dict[int, str] = {}
    items: list[DatedItem] = []
    parts = _without_greetings([*_parts(_as_markdown(text, today), today)])
    for place, (level, words) in enumerate(parts):
        if level:
            headings = {deeper: said for deeper, said in headings.items() if deeper < level}
        if level and (_has_items(parts, place) or not _tells_something(words, today)):
            headings[level] = words
            continue
        said = [heading for heading in headings.values() if heading]
        period = _own_period(words, said, today) or _period_of(said, today)
        day = min(period.end, today) if period else today
        items.append(DatedItem(words, day, period is not None, " › ".join(said)))
    return items


def _has_items(parts: list[tuple[int, str]], heading: int) -> bool:
    """Does anything stand below this heading, before the next one of its level?"""
    own = parts[heading][0]
    below = next((level for level, _ in parts[heading + 1 :] if level <= own), own)
    return below == 0


def _without_greetings(parts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """“Hi, here is my old brag document:” comes with a document and is none of it; so is a thanks below."""
    while parts and parts[0][0] == 0 and (_is_greeting(parts[0][1]) or re.fullmatch(r"[^\n]*:", parts[0][1])):
        parts = parts[1:]
    while parts and parts[-1][0] == 0 and _is_greeting(parts[-1][1]):
        parts = parts[:-1]
    return parts


def _is_greeting(words: str) -> bool:
    return judge(words) in ("thanks", "greeting")


def _tells_something(heading: str, today: date) -> bool:
    return bool(heading) and not names_section(heading) and _find_dated(heading, today) is None


def _as_markdown(text: str, today: date) -> str:
    """Slack shows bullets as signs, and a line of a date alone is a heading in many a text file."""
    lines = []
    for written, below in pairwise([*text.splitlines(), ""]):
        line = re.sub(r"^(\s*)[•◦▪‣]\s+", r"\1- ", written)
        is_bold = re.fullmatch(r"\s*\*{1,2}(?!\s)([^*]+)\*{1,2}:?\s*", line)
        bare = (is_bold[1] if is_bold else line).strip().rstrip(":").strip()
        is_underlined = re.fullmatch(r"={2,}|-{2,}", below.strip())  # a heading as it is
        mark = "#####" if _is_date(bare, today) else "######" if is_bold else ""
        lines.append(f"\n{mark} {bare}\n" if mark and not is_underlined else line)
    return "\n".join(lines)


def _is_date(line: str, today: date) -> bool:
    """Is a date all it says: `March 2025`, `Mon 3 March`, `2025 (H1)`?"""
    outside, _, inside = line.rstrip(")").partition("(")
    said = [part.strip() for part in (outside, inside) if part.strip()]
    return bool(said) and all(_has_date(part) and find_period(part, today) for part in said)


def _parts(text: str, today: date) -> Iterator[tuple[int, str]]:
    """Headings with their level, everything else with 0; an item comes with what is nested in it.

    An item that only says when is a heading of what is nested in it.
    """
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
                    yield from _as_parts(item, today)
                    item = []
            case "inline" | "fence" | "code_block":
                if depth:
                    item.append(f"{'  ' * (depth - 1)}{'- ' if depth > 1 else ''}{_words(token)}")
                else:
                    yield heading, _words(token)
                heading = 0


def _as_parts(item: list[str], today: date) -> Iterator[tuple[int, str]]:
    nested = [line.removeprefix("  ") for line in item[1:]]
    if not nested or not _is_date(item[0].rstrip(":"), today):
        yield 0, "\n".join(item)
        return
    yield INNERMOST, item[0]
    for each in re.split(r"\n(?=- )", "\n".join(nested)):
        yield 0, each.removeprefix("- ")
    yield INNERMOST, ""


def _words(token: Token) -> str:
    return token.content.strip()


def _own_period(words: str, headings: list[str], today: date) -> Period | None:
    """An item may begin with its date: `2025-03-14: …`, `[March 2025] …`, `Mar 3 – …` (of the year above)."""
    found = re.match(r"[\[(*]*([^\]):*]{3,24}?)[\])*]*\s*(?:[:\]–—]|\s-)\s*\S", words)
    if not found:
        return None
    year = max(_YEAR.findall(" ".join(headings)), default="")
    return (_find_dated(f"{found[1]} {year}", today) if year else None) or _find_dated(found[1], today)


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


def _has_date(words: str) -> bool:
    """“This week” and “everything” are periods, and say nothing of when in an old document."""
    return re.search(r"\d|^[A-Za-zä]{3,9}$", words) is not None


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
        period = find_period(words, today) if _has_date(words) else None
        if period and (str(period.end.year) in bare or not _YEAR.search(bare)):
            return period
    return None
