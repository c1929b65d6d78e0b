"""Who agreed on what with whom, for whatever shows or quotes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.ground import Ground
from bot.ladder.agreed import NOTHING, Agreed, AgreedOfMany, AgreedWords
from bot.people.model import PersonId
from bot.programme.meaning.store import MeaningStore

LOOK_AGAIN = timedelta(seconds=10)
"""So long words agreed on in another process may be missing; what has ended is never shown."""


class Agreements:
    """Asks the database only where anybody agreed on anything, as looked up every few seconds."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._are_any = False
        self._looked_at: datetime | None = None

    async def of(self, person: PersonId, ladder: str) -> AgreedWords:
        """What this person agreed on, as an engineer or as a manager."""
        if not await self._look():
            return NOTHING
        found: defaultdict[str, list[Agreed]] = defaultdict(list)
        for one in await self._ground.database.look_up(self._store, MeaningStore.get_agreed, person, ladder):
            other = one.manager if person == one.engineer else one.engineer.user
            found[one.expectation].append(Agreed(one.common, other))
        return found

    async def between(self, engineer: PersonId, manager: str, ladder: str) -> Mapping[str, str]:
        """What these two agreed on about the engineer's expectations, by expectation."""
        if not await self._look():
            return {}
        found = await self._ground.database.look_up(self._store, MeaningStore.get_agreed, engineer, ladder)
        return {
            one.expectation: one.common for one in found if (one.engineer, one.manager) == (engineer, manager)
        }

    async def of_engineers(self, people: Collection[PersonId]) -> AgreedOfMany:
        """What each of them agreed on about what is expected of themselves."""
        if not people or not await self._look():
            return {}
        found = await self._ground.database.read(self._store, MeaningStore.get_agreed_of_engineers, people)
        return {(one.engineer, one.ladder, one.expectation): Agreed(one.common, one.manager) for one in found}

    def look_again(self) -> None:
        """Something was agreed on, here."""
        self._looked_at = None

    async def _look(self) -> bool:
        now = self._ground.clock()
        if self._looked_at is None or now - self._looked_at >= LOOK_AGAIN:
            self._are_any = await self._ground.database.look_up(self._store, MeaningStore.are_any_agreed)
            self._looked_at = now
        return self._are_any

    @property
    def _store(self) -> Callable[[Connection], MeaningStore]:
        return partial(MeaningStore, self._ground.vault)
