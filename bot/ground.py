"""What every slice after the ladder stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.clock import Now
from bot.ladder.listeners import LadderListeners
from bot.ladder.service import NoLadderChosen, Reader
from bot.outbox.sender import Sender
from bot.people.model import PersonId, Profile
from bot.people.quiet import Quiet
from bot.people.store import PeopleStore
from bot.people.zones import Zones
from bot.rhythm.model import in_utc, read_zone
from bot.slack.gateway import Gateway
from bot.storage.database import Database
from bot.storage.vault import Vault
from bot.wording import Wording

MORNING = time(9)


@dataclass(frozen=True)
class Ground:
    """A slice's desk is this and what it alone works with: `Desk(**vars(ground), …)`."""

    database: Database
    vault: Vault
    gateway: Gateway
    sender: Sender
    words: Wording
    zones: Zones
    quiet: Quiet
    ladders: LadderListeners
    clock: Now

    async def find_reader(self, person: PersonId) -> Reader | None:
        """Who they are on their ladder; None while there are several and they chose none."""
        try:
            return await self.ladders.find_reader(person)
        except NoLadderChosen:
            return None

    async def meet(self, person: PersonId) -> tuple[Profile, Reader | None]:
        """Their profile and who they are on their ladder, mostly by one question."""
        both = await self.database.look_up(PeopleStore, PeopleStore.get_both, person)
        if both is None or not both[0].zone:
            return await self.zones.get_profile(person), await self.find_reader(person)
        try:
            return both[0], self.ladders.meet(person, both[1])
        except NoLadderChosen:
            return both[0], None

    async def find_later(self, person: PersonId) -> datetime | None:
        """When something that can wait may come: the next morning on a day off or in a pause, else the end of
        quiet hours. None: now is fine.
        """
        profile = await self.database.look_up(PeopleStore, PeopleStore.get_profile, person)
        if profile:
            zone = read_zone(profile.zone)
            today = self.clock().astimezone(zone).date()
            if profile.is_off(today):
                return in_utc(today + timedelta(days=1), MORNING, zone)
        return (await self.quiet.until([person])).get(person)
