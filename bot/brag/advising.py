"""Suggestions for one person: from their ladder's text, and from what they alone confirmed before."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from weakref import WeakSet

from sqlalchemy import Connection

from bot.brag.model import Evidence
from bot.brag.service import Suggest
from bot.brag.store import BragStore
from bot.brag.suggesting.confirmed import Confirmed
from bot.brag.suggesting.index import index_of
from bot.brag.suggesting.suggest import expected_of, suggest
from bot.ladder.model import Ladder, Level
from bot.ladder.service import Reader
from bot.people.model import PersonId
from bot.storage.database import Database

MOST_KEPT = (
    500  # people whose confirmed entries are held in memory, as stems, those not seen lately first out
)

Known = tuple[Ladder, int, Confirmed | None]
"""For which ladder, after how many changes, and what was confirmed until then, if anything."""


class Advisor:
    """Holds what people confirmed, each for themselves, and reads it anew when it changed."""

    def __init__(self, database: Database, store: Callable[[Connection], BragStore]) -> None:
        self._database = database
        self._store = store
        self._known: OrderedDict[PersonId, Known] = OrderedDict()
        self._read: WeakSet[Ladder] = WeakSet()

    async def suggest_for(self, reader: Reader | None, changes: int) -> Suggest:
        """How to suggest for this person, `changes` being their profile's; nothing without a ladder."""
        if reader is None:
            return lambda _: ()
        if reader.ladder not in self._read:  # its text is read once, which takes a moment
            await asyncio.to_thread(index_of, reader.ladder)
            self._read.add(reader.ladder)
        confirmed = await self._get_confirmed(reader.person, reader.ladder, changes)
        return partial(_advise, reader.ladder, reader.target or reader.current, confirmed)

    async def _get_confirmed(self, person: PersonId, ladder: Ladder, changes: int) -> Confirmed | None:
        known = self._known.get(person)
        if known is None or known[0] is not ladder or known[1] != changes:
            texts = await self._database.read(self._store, BragStore.get_confirmed, person, ladder.id)
            confirmed = await asyncio.to_thread(Confirmed.on, ladder, texts) if texts else None
            known = self._known[person] = (ladder, changes, confirmed)
        self._known.move_to_end(person)
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return known[2]


def _advise(ladder: Ladder, level: Level | None, confirmed: Confirmed | None, text: str) -> list[Evidence]:
    """The expectation named is one of the level aimed for, so that the entry counts there."""
    return [
        Evidence(
            ladder.id,
            level.id if level else "",
            one.competency,
            one.expectation if one.expectation in expected_of(ladder, level, one.competency) else "",
            words=one.words,
        )
        for one in suggest(ladder, text, level, confirmed)
    ]
