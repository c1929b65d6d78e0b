"""What the bot does with meetings: note one that took place, and look back at those there were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.brag import service as brag
from bot.brag.model import Capture, Entry
from bot.oneonone.agenda.service import note_look
from bot.oneonone.meetings import owing
from bot.oneonone.model import ActionItem, AskedOf, Meeting, Note, Pair
from bot.oneonone.times.owing import owe_item
from bot.oneonone.times.service import is_linked
from bot.people.model import PersonId

if TYPE_CHECKING:
    from bot.oneonone.store import OneOnOneStore  # handed in; the rules themselves need no SQL

HISTORY = "history"
"""What the log calls a look at it."""
PAGE = 4


@dataclass(frozen=True, slots=True)
class Met:
    """What one of the two says of a meeting. Ids come from the form, so that it counts once."""

    meeting: Meeting
    by: PersonId
    view: str
    notes: Sequence[Note] = ()
    items: Sequence[ActionItem] = ()
    talked: Sequence[str] = ()
    """Ids of the topics that are done."""
    asked: AskedOf | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some meetings with what both may see of them, and the viewer's own notes; `more`: there are older."""

    pair: Pair
    meetings: Sequence[Meeting]
    notes: Sequence[Note]
    items: Sequence[ActionItem]
    start: int = 0
    more: bool = False

    def notes_of(self, meeting: Meeting) -> list[Note]:
        return [one for one in self.notes if one.meeting == meeting.id]

    def items_of(self, meeting: Meeting) -> list[ActionItem]:
        return [one for one in self.items if one.meeting == meeting.id]


def note_meeting(store: OneOnOneStore, met: Met, now: datetime) -> list[str] | None:
    """Both of the two may say it, each with notes and items of their own; None where they are not linked."""
    pair = met.meeting.pair
    if not pair.has(met.by) or not is_linked(store, pair):
        return None
    meeting = store.meetings.meet(met.meeting)
    items = [replace(one, meeting=meeting.id) for one in met.items]
    store.meetings.add_notes([replace(one, meeting=meeting.id) for one in met.notes])
    store.meetings.add_items(items)
    store.points.finish(pair, met.by, met.talked)
    if met.asked and not _is_remembered(store, pair, met.asked):
        store.times.remember(pair, [met.asked])
    reminders = [owe_item(one) for one in items if one.due_on]
    return store.outbox.owe([owing.met(pair, met.by.user, meeting.id, met.view, now), *reminders], now)


def open_history(
    store: OneOnOneStore, viewer: PersonId, pairs: Sequence[Pair], start: int, now: datetime
) -> Page | None:
    """A page of the first of these pairs that is linked; None where there is none, whatever the reason."""
    for pair in pairs:
        if pair.has(viewer) and is_linked(store, pair):
            note_look(store, viewer, pair, HISTORY, now)
            found = store.meetings.get_page(pair, start, PAGE + 1)
            page = _read(store, viewer, pair, found[:PAGE])
            return replace(page, start=start, more=len(found) > PAGE)
    return None


def open_meeting(
    store: OneOnOneStore, viewer: PersonId, pair: Pair, meeting_id: str, now: datetime
) -> Page | None:
    """One meeting; None where the two are not linked."""
    if not pair.has(viewer) or not is_linked(store, pair):
        return None
    note_look(store, viewer, pair, HISTORY, now)
    found = store.meetings.get_meeting(pair, meeting_id)
    return _read(store, viewer, pair, [found] if found else [])


def offer(
    store: OneOnOneStore, person: PersonId, pair: Pair, capture: Capture, draft: Entry, now: datetime
) -> list[str] | None:
    """A draft in the engineer's brag document, which only they see; None where the two are not linked."""
    if person != pair.other_id or not is_linked(store, pair):
        return None
    return brag.keep(store.brag, capture, [draft], [owing.offered(pair, capture, now)], now)


def _read(store: OneOnOneStore, viewer: PersonId, pair: Pair, found: Sequence[Meeting]) -> Page:
    ids = [one.id for one in found]
    notes = store.meetings.get_notes(pair, viewer, ids)
    return Page(pair, found, notes, store.meetings.get_items(pair, ids))


def _is_remembered(store: OneOnOneStore, pair: Pair, asked: AskedOf) -> bool:
    """One question a day is remembered, whoever of the two says first that they met."""
    known = store.times.get_asked(pair, asked.side, asked.asked_on)
    return any(one.asked_on == asked.asked_on for one in known)
