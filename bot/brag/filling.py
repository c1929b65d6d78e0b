"""What the form of an entry says, and how the entry becomes that: what was not touched there stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from bot.brag import model
from bot.brag.model import KINDS, REACHES, Entry, Evidence, Kind, Visibility, Words
from bot.brag.reading import find_links
from bot.ladder.model import Ladder, Level, Reach
from bot.slack.payloads import Form

STAYING = ("text", "result", "links")
"""For which None says in a form that they stay."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form of an entry says."""

    text: str | None
    """None where the text was too long for the form and stays as it is; as with `result` and `links`."""
    result: str | None
    happened_on: date
    kind: Kind
    reach: Reach | None
    visibility: Visibility
    links: tuple[str, ...] | None
    people: tuple[str, ...]
    project: str
    goal: str
    competencies: tuple[str, ...]


MARKED = tuple(one.name for one in fields(Filled) if one.name != "competencies")


@dataclass(frozen=True, slots=True)
class Shown:
    """Travels with the form: a mark for each field, and by name what can be touched one by one."""

    entry: str
    marks: Mapping[str, str]
    competencies: tuple[str, ...]

    def pack(self) -> str:
        return json.dumps([self.entry, self.marks, self.competencies], separators=(",", ":"))


def note(entry: Entry, ladder: Ladder | None) -> Shown:
    """What its form shows now."""
    shown = as_shown(entry, ladder)
    marks = {name: _mark(getattr(shown, name)) for name in MARKED}
    return Shown(entry.id, marks, shown.competencies)


def unpack(data: str) -> Shown:
    """Of a form; one opened by an older Rung tells the entry alone."""
    if not data.startswith("["):
        return Shown(data, {}, ())
    entry, marks, competencies = json.loads(data)
    return Shown(entry, marks, tuple(competencies))


def leave_untouched(filled: Filled, shown: Shown, entry: Entry, ladder: Ladder | None) -> Filled:
    """As it was sent; what is as it was shown follows the entry, which may have changed since."""
    if not shown.marks:
        return filled
    now = as_shown(entry, ladder)
    same = [name for name in MARKED if shown.marks.get(name) == _mark(getattr(filled, name))]
    left: dict[str, Any] = {name: None if name in STAYING else getattr(now, name) for name in same}
    dropped = set(shown.competencies) - set(filled.competencies)
    added = [one for one in filled.competencies if one not in shown.competencies]
    kept = [one for one in now.competencies if one not in dropped]
    return replace(filled, **left, competencies=tuple(dict.fromkeys((*kept, *added))))


def read_entry_form(form: Form, today: date) -> Filled | dict[str, str]:
    """What was filled in; or what to mend, by field."""
    text = form.fields.get("text")
    if text is not None and not text.strip():
        return {"text": "A word or two, so that you recognise it later."}
    try:
        day = date.fromisoformat(form.fields.get("day") or today.isoformat())
    except ValueError:
        day = today
    if day > today:
        return {"day": "That day is still to come. When it has happened, it belongs here."}
    reach, kind = form.fields.get("reach", ""), form.fields.get("kind", "")
    result, links = form.fields.get("result"), form.fields.get("links")
    return Filled(
        text=text.strip() if text is not None else None,
        result=result.strip() if result is not None else None,
        happened_on=day,
        kind=next((k for k in KINDS if k == kind), "win"),
        reach=next((r for r in REACHES if r == reach), None),
        visibility="shared" if form.fields.get("visibility") == "shared" else "private",
        links=_read_links(links) if links is not None else None,
        people=form.lists.get("people", ()),
        project=form.fields.get("project", "").strip(),
        goal=form.fields.get("goal", "").strip(),
        competencies=form.lists.get("competencies", ()),
    )


def as_shown(entry: Entry, ladder: Ladder | None) -> Filled:
    """What the form of an entry says while nobody changes it."""
    words = entry.words
    return Filled(
        text=words.text.strip(),
        result=words.result.strip(),
        happened_on=entry.happened_on,
        kind=entry.kind,
        reach=entry.reach,
        visibility=entry.visibility,
        links=_read_links("\n".join(words.links)),
        people=words.people,
        project=words.project.strip(),
        goal=words.goal.strip(),
        competencies=tuple(chosen_of(entry, ladder)),
    )


def fill_in(entry: Entry, filled: Filled, ladder: Ladder | None, level: Level | None, now: datetime) -> Entry:
    """The entry as the form says; chosen competencies are confirmed, others become suggestions again.

    What the ladder does not have (any more) was not to be chosen, and stays.
    """
    was = entry.words
    text = was.text if filled.text is None else filled.text
    result = was.result if filled.result is None else filled.result
    links = was.links if filled.links is None else filled.links
    words = Words(text, result, links, filled.people, filled.project, filled.goal)
    shared_at = (
        entry.shared_at
        if entry.visibility == filled.visibility
        else (now if filled.visibility == "shared" else None)
    )
    changed = replace(
        entry,
        words=words,
        happened_on=filled.happened_on,
        kind=filled.kind,
        reach=filled.reach,
        visibility=filled.visibility,
        shared_at=shared_at,
        result="said" if result else entry.result,
        is_edited_here=True,
    )
    if ladder is None:
        return changed
    for one in entry.confirmed(ladder.id):
        if one.competency in ladder.competencies and one.competency not in filled.competencies:
            changed = model.unconfirm(changed, ladder.id, one.competency)
    known = {one.competency: one for one in changed.evidence if one.ladder == ladder.id}
    for competency in filled.competencies:
        fresh = Evidence(ladder.id, level.id if level else "", competency)
        changed = model.confirm(changed, known.get(competency, fresh))
    return changed


def chosen_of(entry: Entry, ladder: Ladder | None) -> list[str]:
    return [one.competency for one in entry.confirmed(ladder.id)] if ladder else []


def _read_links(text: str) -> tuple[str, ...]:
    """Addresses, and whatever else stands on a line of its own."""
    found = find_links(text)
    others = (line.strip() for line in text.splitlines() if line.strip() and not find_links(line))
    return tuple(dict.fromkeys((*found, *others)))


def _mark(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()[:12]
