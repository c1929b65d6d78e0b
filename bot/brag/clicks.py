"""What the buttons below an entry do; each answers with the entry as it stands then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.brag import model, results, service
from bot.brag.captures import Captures
from bot.brag.desk import Desk
from bot.brag.model import REACHES, Entry, Visibility
from bot.brag.reading_room import ReadingRoom
from bot.brag.receipts import FILE, ask_for_results, say
from bot.brag.store import BragStore
from bot.errors import BotError
from bot.people.model import PersonId
from bot.slack.payloads import Answer

STAYING = ("again", "keep", "open")
"""Verbs whose answer comes in addition to the message that was clicked, not in its place."""

Act = Callable[[PersonId, str], Awaitable[Answer]]


class Clicks:
    """By verb: `brag:confirm:0` is `confirm`."""

    def __init__(self, desk: Desk, captures: Captures, room: ReadingRoom) -> None:
        self._desk = desk
        self._captures = captures
        self._acts: dict[str, Act] = {
            "confirm": self._confirm,
            "reach": self._set_reach,
            "share": self._share,
            "undo": self._undo,
            "undo-all": self._undo_all,
            "not-yet": self._ask_later,
            "no-result": self._ask_no_more,
            "anyway": self._keep_anyway,
            "again": captures.keep_again,
            "keep": captures.keep_words,
            "open": room.show_entry,
            "share-ask": room.sharing.ask,
            "share-all": room.sharing.share,
            "share-back": room.sharing.take_back,
            "drafts": self._keep_drafts,
            "no-drafts": self._drop_drafts,
        }

    async def act(self, verb: str, person: PersonId, value: str) -> Answer | None:
        """None for a button of an older Rung."""
        act = self._acts.get(verb)
        if act is None:
            return None
        return await act(person, value)

    async def _confirm(self, person: PersonId, value: str) -> Answer:
        entry_id, _, competency = value.partition("|")
        return await self._alter(person, entry_id, lambda entry: model.confirm_suggested(entry, competency))

    async def _set_reach(self, person: PersonId, value: str) -> Answer:
        entry_id, _, chosen = value.partition("|")
        reach = next((reach for reach in REACHES if reach == chosen), None)
        return await self._alter(person, entry_id, lambda entry: replace(entry, reach=reach))

    async def _share(self, person: PersonId, value: str) -> Answer:
        entry_id, _, chosen = value.partition("|")
        now = self._desk.clock()
        visibility: Visibility = "shared" if chosen == "shared" else "private"
        return await self._alter(person, entry_id, lambda entry: model.share(entry, visibility, now))

    async def _undo(self, person: PersonId, entry_id: str) -> Answer:
        return await self._desk.show_capture(person, await self._captures.undo_entry(person, entry_id))

    async def _undo_all(self, person: PersonId, capture_id: str) -> Answer:
        await self._captures.undo(person, capture_id)
        return self._say("undone")

    async def _ask_later(self, person: PersonId, value: str) -> Answer:
        entry_id, _, others = value.partition("|")
        await self._desk.write(results.ask_later, person, entry_id, self._desk.clock())
        return await self._ask_on(person, others, "results_later")

    async def _ask_no_more(self, person: PersonId, value: str) -> Answer:
        entry_id, _, others = value.partition("|")
        await self._alter(person, entry_id, lambda entry: replace(entry, result="none"))
        return await self._ask_on(person, others, "results_thanks")

    async def _ask_on(self, person: PersonId, others: str, message: str) -> Answer:
        """What was answered gives way to a line; the other questions stay."""
        found = await self._desk.read(BragStore.get, person, others.split(","))
        still_open = [entry for entry in found if entry.result == "open"]
        said = self._desk.words.say(FILE, message)
        return ask_for_results(still_open, self._desk.words, note=said) if still_open else say(said)

    async def _keep_anyway(self, person: PersonId, value: str) -> Answer:
        channel, _, ts = value.partition("|")
        return await self._captures.keep_anyway(person, channel, ts)

    async def _keep_drafts(self, person: PersonId, capture_id: str) -> Answer:
        kept = await self._desk.write(service.keep_drafts, person, capture_id)
        return self._say("document_kept", count=len(kept)) if kept else self._say("gone")

    async def _drop_drafts(self, person: PersonId, capture_id: str) -> Answer:
        await self._desk.write(service.drop_drafts, person, capture_id)
        return self._say("document_dropped")

    async def _alter(self, person: PersonId, entry_id: str, how: Callable[[Entry], Entry]) -> Answer:
        altered = await self._desk.write(service.alter, person, entry_id, how)
        if altered is None:
            raise BotError(self._desk.words.say(FILE, "gone"))
        return await self._desk.show_capture(person, altered.capture)

    def _say(self, message: str, **values: int) -> Answer:
        return say(self._desk.words.say(FILE, message, pick="", **values))
