"""What came of an entry: said in a reply, edited and deleted with it, or not to be said yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.brag import model, owing
from bot.brag.model import Capture, Entry
from bot.brag.suggesting.words import read_words
from bot.outbox.model import Owed
from bot.people.model import PersonId

if TYPE_CHECKING:
    from bot.brag.store import BragStore  # handed in; the rules themselves need no SQL


def say(
    brag: BragStore,
    reply: Capture,
    entry_id: str,
    text: str,
    files: Sequence[str],
    owed: Sequence[Owed],
    now: datetime,
) -> list[str] | None:
    """Keep a reply as what came of an entry, and owe what follows; None where nothing is open there.

    The same reply again adds nothing. `files`: links to what came with it.
    """
    known = brag.get_capture(reply.person, reply.channel, reply.ts)
    is_known = known is not None and (known.state != "answered" or known.edited >= reply.edited)
    entry = next(iter(brag.get(reply.person, [entry_id])), None)
    if is_known or entry is None or entry.result == "said":
        return None
    if known:
        brag.set_capture(replace(known, result_of=entry_id), reply.state, reply.edited)
    else:
        brag.add_capture(replace(reply, result_of=entry_id), now)
    return _put(brag, model.say_result(entry, text, files), reply, owed, now)


def follow(
    brag: BragStore, reply: Capture, before: str, text: str, files: Sequence[str], now: datetime
) -> list[str] | None:
    """The reply was edited, or is gone, and what it said of an entry as well; None where it said nothing.

    `before` and `text`: what it told came of it until now, and from now on.
    """
    known = brag.get_capture(reply.person, reply.channel, reply.ts)
    if known is None or not known.result_of:
        return None
    if reply.edited and known.edited >= reply.edited:
        return []
    brag.set_capture(known, reply.state, reply.edited)
    entry = next(iter(brag.get(reply.person, [known.result_of])), None)
    return _put(brag, model.reword_result(entry, before, text, files), reply, [], now) if entry else []


def find_asked(brag: BragStore, person: PersonId, capture_id: str) -> Entry | None:
    """The one entry of a capture; below several nobody can tell which one a reply speaks of."""
    capture = brag.get_capture_of(person, capture_id)
    entries = brag.get_of_capture(capture) if capture else []
    return entries[0] if len(entries) == 1 else None


def find_meant(text: str, asked: Sequence[Entry]) -> Entry | None:
    """The entry a reply speaks of: the only one asked about, or the one it shares most words with."""
    said = _stems(text)
    shared = [len(said & _stems(entry.words.text)) for entry in asked]
    most = max(shared, default=0)
    if len(asked) == 1 or (most and shared.count(most) == 1):
        return asked[shared.index(most)]
    return None


def ask_later(brag: BragStore, person: PersonId, entry_id: str, now: datetime) -> None:
    """Nothing came of it yet: ask once more."""
    brag.outbox.owe([owing.ask_again(entry, now) for entry in brag.get(person, [entry_id])], now)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in read_words(text) if word.is_telling)


def _put(brag: BragStore, entry: Entry, reply: Capture, owed: Sequence[Owed], now: datetime) -> list[str]:
    brag.put([entry])
    capture = brag.get_capture_of(entry.person, entry.capture)
    why = f"result:{reply.ts}:{reply.edited or reply.state}"
    changed = [owing.changed(capture, why, now)] if capture else []
    return brag.outbox.owe([*changed, *owed], now)
