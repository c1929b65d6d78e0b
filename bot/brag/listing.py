"""What one has kept, to read: by month, what a search found, by project, and one entry in full."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.brag.finding import Hit, Project, find_spots
from bot.brag.model import Entry
from bot.brag.receipts import FILE, REACH_NAMES, quote, say_day, show_entry
from bot.brag.visibility import say_who
from bot.ladder.model import Ladder, Level
from bot.people.relations import Relation
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, fold, shorten, show
from bot.slack.payloads import Answer
from bot.wording import Wording

PAGE = 20
LINE = 200  # characters of an entry that stand in a list
MOST_BLOCKS = 50  # of a message, says Slack
LONGEST_ASKED = 80  # characters; a longer sentence that begins with “list” is something to keep
START = re.compile(r"\+(\d{1,6})(?:\s+|$)")

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Look:
    """What lists need to know beside the entries: the reader's ladder, the wording and the day."""

    ladder: Ladder | None
    words: Wording
    today: date
    seers: Sequence[Relation]
    """Who sees what the reader shares; needed where an entry is shared."""


def read_start(text: str) -> tuple[int, str]:
    """`+20 last month` → 20 and `last month`: the page that a button asks for."""
    found = START.match(text)
    return (int(found[1]), text[found.end() :]) if found else (0, text)


def show_list(entries: Sequence[Entry], look: Look, period: str, asked: str = "", start: int = 0) -> Answer:
    """A page of entries, newest first. `period` in words; `asked` is what was typed for it, empty for all."""
    if not entries:
        return _say_empty(look.words.say(FILE, "list_none" if asked else "list_empty", period=period), asked)
    title = look.words.say(FILE, "list_title", count=len(entries), period=period)
    return _show_page(title, entries, look, start, "list", asked)


def show_project(project: Project, look: Look, start: int = 0) -> Answer:
    """A page of the entries of one project."""
    title = look.words.say(
        FILE, "project_title", project=shorten(project.name, LINE), count=len(project.entries)
    )
    return _show_page(title, project.entries, look, start, "project", project.handle)


def show_projects(projects: Sequence[Project], look: Look, start: int = 0) -> Answer:
    """Every project with how much there is of it, the one with the newest entry first."""
    if not projects:
        return _say_empty(look.words.say(FILE, "projects_empty"), "projects")
    title = look.words.say(FILE, "projects_title", count=len(projects))
    page, place = _page_of(projects, start)
    rows = [_show_project_line(project, place + n) for n, project in enumerate(page)]
    return Answer(
        title, [_head(title, page, place, projects), *rows, *_turn(projects, place, "projects", "")]
    )


def show_hits(hits: Sequence[Hit], look: Look, asked: str, start: int = 0) -> Answer:
    """A page of what a search found, best first, with the words it was found by."""
    query = asked.strip()[:LONGEST_ASKED]
    if not hits:
        return _say_empty(look.words.say(FILE, "search_none", asked=show(query)), query)
    whole = sum(hit.is_whole for hit in hits)
    title = look.words.say(
        FILE, "search_found" if whole else "search_some", count=whole or len(hits), asked=show(query)
    )
    page, place = _page_of(hits, start)
    shown = [_head(title, page, place, hits)]
    for n, hit in enumerate(page, place):
        if n == whole > 0:
            shown.append(blocks.context(look.words.say(FILE, "search_partly", count=len(hits) - whole)))
        shown.append(_row(hit.entry, _mark_found(hit), look, n))
    return Answer(title, [*shown, *_turn(hits, place, "search", query)])


def show_whole(entry: Entry, look: Look, target: Level | None) -> Answer:
    """One entry with all of its words and everything that can be done to it."""
    receipt = show_entry(entry, look.ladder, target, look.words, look.today, look.seers)
    below = receipt.blocks[1:]  # the first is its quote
    parts = [blocks.section(part) for part in fold(entry.words.text)] + _show_rest(entry, look)
    room = MOST_BLOCKS - len(below)
    if len(parts) > room:
        parts = [*parts[: room - 1], blocks.context(look.words.say(FILE, "whole_cut"))]
    return Answer(quote(entry), [*parts, *below])


def say_visible(entry: Entry, look: Look) -> Mrkdwn:
    """`Private to you` or `Shared with … since 3 May`."""
    said = say_who(entry, look.seers, look.words, look.today)
    return Mrkdwn(said[:1].upper() + said[1:])


def _show_page(title: str, entries: Sequence[Entry], look: Look, start: int, verb: str, asked: str) -> Answer:
    """A page of entries by month, with the way on."""
    page, place = _page_of(entries, start)
    shown = [_head(title, page, place, entries)]
    month = ""
    for n, entry in enumerate(page, place):
        if (its := f"{entry.happened_on:%B %Y}") != month:
            month = its
            shown.append(blocks.context(f"*{month}*"))
        shown.append(show_row(entry, look, n))
    return Answer(title, [*shown, *_turn(entries, place, verb, asked)])


def show_row(entry: Entry, look: Look, place: int) -> Block:
    """An entry on a line, with what is known of it."""
    return _row(entry, [quote(entry, LINE)], look, place)


def _page_of(everything: Sequence[One], start: int) -> tuple[Sequence[One], int]:
    """The page and where it begins; the last one where there is nothing so far on."""
    place = min(start, (len(everything) - 1) // PAGE * PAGE)
    return everything[place : place + PAGE], place


def _head(title: str, page: Sequence[object], place: int, everything: Sequence[object]) -> Block:
    part = "" if len(page) == len(everything) else f" ({place + 1}–{place + len(page)} of {len(everything)})"
    return blocks.section(f"*{title}*{part}")


def _turn(everything: Sequence[object], place: int, verb: str, asked: str) -> list[Block]:
    """Buttons to the page before and the one after."""
    row = []
    if place > 0:
        row.append(_run("Back", f"{verb} +{max(0, place - PAGE)} {asked}", "back"))
    if place + PAGE < len(everything):
        row.append(_run("More", f"{verb} +{place + PAGE} {asked}", "more"))
    return [blocks.actions(row)] if row else []


def _say_empty(said: Mrkdwn, asked: str) -> Answer:
    """What to do where there is nothing to see."""
    row = [blocks.button("Write something down", "brag:new", "new")]
    if asked:
        row.append(_run("Everything I kept", "list", "all"))
    return Answer(said, [blocks.section(said), blocks.actions(row)])


def _run(label: str, command: str, place: int | str) -> Block:
    return blocks.button(label, f"brag:run:{place}", command.strip())


def _show_project_line(project: Project, place: int) -> Block:
    newest, oldest = project.entries[0], project.entries[-1]
    count = f"{len(project.entries)} {'entry' if len(project.entries) == 1 else 'entries'}"
    first, last = f"{oldest.happened_on:%B %Y}", f"{newest.happened_on:%B %Y}"
    span = last if first == last else f"{first} to {last}"
    text = f"*{show(shorten(project.name, LINE))}*\n{count}, {span}. The newest: {quote(newest, 120)}"
    return blocks.section(text, _run("Open", f"project {project.handle}", place))


def _row(entry: Entry, lines: Iterable[str], look: Look, place: int) -> Block:
    facts = " · ".join(_facts_of(entry, look))
    opens = blocks.button("Open", f"brag:open:{place}", entry.id)
    return blocks.section("\n".join([*lines, facts]), opens)


def _facts_of(entry: Entry, look: Look) -> list[str]:
    """When, for which competency, how far it reached, and who can see it."""
    facts = [say_day(entry.happened_on, look.today)]
    if entry.kind != "win":
        facts.append(entry.kind)
    facts += [f"*{escape(name)}*" for name in _competencies_of(entry, look.ladder)]
    if entry.reach:
        facts.append(REACH_NAMES[entry.reach])
    if entry.words.project:
        facts.append(escape(entry.words.project[:60]))
    return [*facts, say_visible(entry, look)]


def _competencies_of(entry: Entry, ladder: Ladder | None) -> list[str]:
    """Those confirmed; where there are none, the best suggestion with a question mark."""
    if ladder is None:
        return []
    known = ladder.competencies
    if confirmed := [one for one in entry.confirmed(ladder.id) if one.competency in known]:
        return [known[one.competency].name for one in confirmed]
    suggested = [one for one in entry.suggested(ladder.id) if one.competency in known]
    return [f"{known[one.competency].name}?" for one in suggested[:1]]


def _mark_found(hit: Hit) -> list[Mrkdwn]:
    """Where in its words an entry was found; the text comes first in any case."""
    words = hit.entry.words
    others = [
        ("What came of it", words.result),
        ("Goal", words.goal),
        *(("Link", link) for link in words.links),
    ]
    found = [
        Mrkdwn(f"{label}: {_excerpt(text, hit.found)}")
        for label, text in others
        if text not in words.text and any(form in text.lower() for form in hit.found)
    ]
    return [_excerpt(words.text, hit.found), *found[:2]]


def _excerpt(text: str, found: Collection[str]) -> Mrkdwn:
    """So much of the text as fits a line, from a little before the first find, with the finds in bold."""
    line = " ".join(text.split())
    pieces = find_spots(line, found)
    before = len(pieces[0][0]) if len(pieces) > 1 and not pieces[0][1] else 0
    start = line.rfind(" ", 0, before - LINE // 4) + 1 if before > LINE // 2 else 0
    shown = shorten(line[start:], LINE)
    marked = (
        f"*{escape(piece)}*" if is_found else show(piece) for piece, is_found in find_spots(shown, found)
    )
    return Mrkdwn(("…" if start else "") + "".join(marked))


def _show_rest(entry: Entry, look: Look) -> list[Block]:
    """What came of it, where it belongs, links, and who can see it; the rest stands in the receipt below."""
    words = entry.words
    named = (
        ("What came of it", words.result),
        ("Goal", words.goal),
        ("Links", "\n".join(words.links)),
    )
    shown = [
        blocks.section(f"*{label}:* {part}" if n == 0 else part)
        for label, text in named
        for n, part in enumerate(fold(text))
    ]
    return [*shown, blocks.context(say_visible(entry, look))]
