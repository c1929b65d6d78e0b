"""What the bot does with what someone writes: keep it once, follow its edits, take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.brag import owing
from bot.brag.following import follow_edit
from bot.brag.model import Capture, CaptureState, Entry, Evidence, Plan, Visibility, Words
from bot.brag.reading import find_day, find_links, find_people
from bot.brag.suggesting.outcome import guess_kind, names_outcome
from bot.brag.suggesting.reach import guess_reach
from bot.ids import new_id
from bot.ladder.model import Ladder, Level
from bot.outbox.model import Owed
from bot.people.model import PersonId
from bot.people.relations import Relation

if TYPE_CHECKING:
    from bot.brag.store import BragStore  # handed in; the rules themselves need no SQL

Suggest = Callable[[str], Sequence[Evidence]]
"""What a text may be evidence for, on its owner's ladder, best first."""

COMMAND, FORM, FILE = "command", "form", "file"
"""Channels of captures that are no messages."""

SAME_WITHIN = timedelta(minutes=10)
READ = 4_000  # characters that suggestions are made from; what someone did stands at the beginning


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is known when something is kept: whose it is, the day there, and what suits their ladder."""

    person: PersonId
    today: date
    now: datetime
    suggest: Suggest
    visibility: Visibility = "private"
    ladder: Ladder | None = None
    level: Level | None = None
    """What evidence is for: the level aimed for, else the one they are at."""
    seers: Sequence[Relation] = ()
    """Who sees it, where new entries are shared."""


def new_capture(
    person: PersonId, channel: str, ts: str, state: CaptureState = "kept", edited: str = ""
) -> Capture:
    return Capture(new_id(), person, channel, ts, state, edited)


def draft_entries(
    capture: Capture, texts: Sequence[str], keeping: Keeping, more_links: Sequence[str] = ()
) -> list[Entry]:
    """Entries of these texts, with what can be told from their words; the links go to the first."""
    made = [_draft(capture, position, text, keeping) for position, text in enumerate(texts)]
    if made and more_links:
        words = replace(made[0].words, links=tuple(dict.fromkeys((*made[0].words.links, *more_links))))
        made[0] = replace(made[0], words=words)
    return made


def keep(
    brag: BragStore,
    capture: Capture,
    written: Sequence[Entry],
    owed: Sequence[Owed],
    now: datetime,
    before: Sequence[str] = (),
) -> list[str]:
    """Keep a capture with its entries, once, and owe what follows; ids of the deliveries.

    The same capture again keeps nothing, unless it is a newer edit: then its entries follow the edit, from
    the items that its message had `before`.
    """
    if brag.add_capture(capture, now):
        brag.add(written)
        return brag.outbox.owe(owed, now)
    known = brag.get_capture(capture.person, capture.channel, capture.ts)
    if known is None or known.state in ("undone", "deleted") or known.edited >= capture.edited:
        return []
    state = capture.state
    if known.state == "kept" and state == "draft":  # its owner said yes to the document before
        state, written = "kept", [replace(entry, state="kept") for entry in written]
    if state == known.state == "answered":
        brag.set_capture(known, state, capture.edited)
        return []
    follow_edit(brag, known, written, before)
    brag.set_capture(known, state, capture.edited)
    follows = [owing.changed(known, f"edited:{capture.edited}", now)]
    if state == "kept" and known.state == "answered":
        follows.append(owing.tick(known, now))
    return brag.outbox.owe(follows, now)


def keep_saved(
    brag: BragStore, capture: Capture, written: Sequence[Entry], owed: Sequence[Owed], now: datetime
) -> list[str]:
    """`keep` by the shortcut, which is meant: also what was taken back before, or was no entry.

    What is kept already is shown once more.
    """
    known = brag.get_capture(capture.person, capture.channel, capture.ts)
    if known and brag.get_of_capture(known):
        return brag.outbox.owe([owing.shown_again(known, now)], now)
    if known:
        brag.forget_capture(known)
    return keep(brag, capture, written, owed, now)


def keep_reacted(brag: BragStore, wish: Capture, now: datetime) -> list[str]:
    """A reaction's wish. One that comes again, or after it was taken back, is told by its time, `edited`."""
    known = brag.get_capture(wish.person, wish.channel, wish.ts)
    if known:
        if known.edited >= wish.edited or brag.get_of_capture(known):
            return []
        brag.forget_capture(known)
    return keep(brag, wish, [], [owing.reacted(wish, now)], now)


def keep_after_all(brag: BragStore, capture: Capture, written: Sequence[Entry], now: datetime) -> list[Entry]:
    """Keep what was answered first; what it holds from now on."""
    brag.add_capture(capture, now)
    known = brag.get_capture(capture.person, capture.channel, capture.ts)
    if known is None:
        return []
    if not brag.get_of_capture(known):
        brag.add([replace(entry, capture=known.id) for entry in written])
        brag.set_capture(known, capture.state)
    return brag.get_of_capture(known)


def take_reaction_back(brag: BragStore, wish: Capture, since: datetime, now: datetime) -> list[str]:
    """Take back what a reaction has kept since then; what is older stays, and what came in another way.

    `wish` is the capture as it is to be from now on, in case the reaction itself comes later.
    """
    known = brag.get_capture(wish.person, wish.channel, wish.ts)
    if known is None:
        brag.add_capture(wish, now)
        return []
    if known.edited >= wish.edited or not brag.is_by_reaction(known, since):
        return []
    return _empty(brag, replace(known, edited=wish.edited), "undone", now)


def delete_entry(brag: BragStore, person: PersonId, entry_id: str, now: datetime) -> list[str]:
    """Take back one of several; the capture goes with its last entry."""
    for entry in brag.get(person, [entry_id]):
        brag.delete(person, [entry_id])
        capture = brag.get_capture_of(person, entry.capture)
        if capture:
            if not brag.get_of_capture(capture):
                _note_gone(brag, capture, "undone")
            return brag.outbox.owe([owing.changed(capture, f"without:{entry_id}", now)], now)
    return []


def take_back(
    brag: BragStore, person: PersonId, channel: str, ts: str, state: CaptureState, now: datetime
) -> list[str]:
    """Delete the entries of a message; one not seen yet is noted, so that it stays out."""
    capture = brag.get_capture(person, channel, ts)
    if capture is None:
        brag.add_capture(new_capture(person, channel, ts, state), now)
        return []
    return _empty(brag, capture, state, now)


def undo(brag: BragStore, person: PersonId, capture_id: str, now: datetime) -> list[str]:
    """Take back everything of one capture."""
    capture = brag.get_capture_of(person, capture_id)
    return _empty(brag, capture, "undone", now) if capture else []


def alter(brag: BragStore, person: PersonId, entry_id: str, how: Callable[[Entry], Entry]) -> Entry | None:
    """Change one entry; None where it is gone, or someone else's."""
    found = brag.get(person, [entry_id])
    if not found:
        return None
    altered = how(found[0])
    brag.put([altered])
    return altered


def change(
    brag: BragStore, person: PersonId, entry_id: str, how: Callable[[Entry], Entry], now: datetime
) -> list[str] | None:
    """`alter`, and the receipt is to say so; None where the entry is gone."""
    altered = alter(brag, person, entry_id, how)
    capture = brag.get_capture_of(person, altered.capture) if altered else None
    return brag.outbox.owe([owing.changed(capture, new_id(), now)], now) if capture else None


def keep_plan(brag: BragStore, person: PersonId, plan: Plan) -> None:
    """An if-then plan for an expectation; without words it goes."""
    if plan.text:
        brag.put_plan(person, plan)
    else:
        brag.delete_plan(person, plan.ladder, plan.expectation)


def drop_drafts(brag: BragStore, person: PersonId, capture_id: str) -> None:
    """The owner said no: nothing of an old document stays."""
    capture = brag.get_capture_of(person, capture_id)
    if capture and capture.state == "draft":
        brag.delete(person, [entry.id for entry in brag.get_of_capture(capture)])
        brag.set_capture(capture, "undone")


def keep_drafts(brag: BragStore, person: PersonId, capture_id: str) -> list[Entry]:
    """The owner said yes: drafts become entries; those that were drafts until now."""
    capture = brag.get_capture_of(person, capture_id)
    if capture is None or capture.state != "draft":
        return []
    kept = [replace(entry, state="kept") for entry in brag.get_of_capture(capture)]
    brag.put(kept)
    brag.set_capture(capture, "kept")
    return kept


def keep_unless_same(
    brag: BragStore, capture: Capture, written: Sequence[Entry], owed: Sequence[Owed], now: datetime
) -> list[str] | Entry:
    """Keep what was typed as a command, but for the words of an entry typed a moment ago; then that entry.

    The capture's ts is the mark of its words, so that of two processes with the same to keep one does.
    """
    if len(written) == 1:
        capture = replace(capture, ts=brag.mark(written[0].words, capture.person))
    while not brag.add_capture(capture, now):
        if same := _find_same(brag, capture, written[0], now - SAME_WITHIN):
            return same
    brag.add(written)
    return brag.outbox.owe(owed, now)


def _find_same(brag: BragStore, capture: Capture, new: Entry, since: datetime) -> Entry | None:
    """The entry that was captured so before, if that was since then; else its capture makes way."""
    known = brag.get_capture(capture.person, capture.channel, capture.ts)
    if known is None:
        return None
    for entry in brag.get_of_capture(known):
        if entry.words == new.words and entry.created_at >= since:
            return entry
    brag.set_aside(known)
    return None


def owe(brag: BragStore, owed: Sequence[Owed], now: datetime) -> list[str]:
    """Nothing changes but what is owed; ids of the deliveries."""
    return brag.outbox.owe(owed, now)


def _draft(capture: Capture, position: int, text: str, keeping: Keeping) -> Entry:
    start = text[:READ]
    return Entry(
        id=new_id(),
        person=keeping.person,
        capture=capture.id,
        position=position,
        words=Words(text, links=find_links(text), people=find_people(text)),
        happened_on=find_day(text, keeping.today),
        created_at=keeping.now,
        kind=guess_kind(start),
        reach=guess_reach(start),
        visibility=keeping.visibility,
        shared_at=keeping.now if keeping.visibility == "shared" else None,
        result="said" if names_outcome(start) else "open",
        evidence=tuple(keeping.suggest(start)),
    )


def _empty(brag: BragStore, capture: Capture, state: CaptureState, now: datetime) -> list[str]:
    kept = [entry.id for entry in brag.get_of_capture(capture)]
    brag.delete(capture.person, kept)
    _note_gone(brag, capture, state)
    return brag.outbox.owe([owing.changed(capture, state, now)], now) if kept else []


def _note_gone(brag: BragStore, capture: Capture, state: CaptureState) -> None:
    """The capture stays without entries; of words that were typed as a command no mark stays either."""
    brag.set_capture(capture, state)
    if capture.channel == COMMAND:
        brag.set_aside(capture)
