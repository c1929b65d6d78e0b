"""Which zone someone lives in: Slack knows, and says when it changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import structlog

from bot.clock import Now
from bot.errors import SlackRefused
from bot.people.model import PersonId, Profile
from bot.people.store import PeopleStore
from bot.rhythm.model import read_zone
from bot.slack.gateway import Gateway
from bot.slack.payloads import Event
from bot.slack.router import Router
from bot.storage.database import Database

Moved = Callable[[PersonId, str], Awaitable[None]]
Changed = Callable[[PersonId, Mapping[str, Any]], Awaitable[None]]

log = structlog.get_logger()


class Zones:
    """Profiles of people, with the zone that Slack has for them."""

    def __init__(self, database: Database, gateway: Gateway, clock: Now) -> None:
        self._database = database
        self._gateway = gateway
        self._clock = clock
        self.moved: list[Moved] = []
        """Told when someone lives in another zone from now on."""
        self.changed: list[Changed] = []
        """Told when Slack says that anything about someone changed, with what `users.info` would say."""

    def register(self, router: Router) -> None:
        router.events["user_change"] = self.follow

    async def get_profile(self, person: PersonId) -> Profile:
        """Their profile; someone new gets one, with the zone asked of Slack."""
        known = await self._database.look_up(PeopleStore, PeopleStore.get_profile, person)
        if known and known.zone:
            return known
        zone = await self._ask(person)
        await self.change(person, zone=zone)
        return replace(known or Profile(), zone=zone)

    async def change(self, person: PersonId, **values: Any) -> None:
        """Change some of a profile, by the names of its fields."""
        change = PeopleStore.change_profile
        await self._database.write(PeopleStore, change, person, values, self._clock())

    async def today(self, person: PersonId) -> date:
        """The day it is where they are."""
        return self.day_in(await self.get_profile(person))

    def day_in(self, profile: Profile) -> date:
        return self._clock().astimezone(read_zone(profile.zone)).date()

    async def follow(self, event: Event) -> None:
        """Slack says that someone changed; of it only the zone of people who use Rung is kept here."""
        user = event.body.get("user") or {}
        person = PersonId(event.workspace, str(user.get("id", "")))
        for tell in self.changed:
            await tell(person, user)
        known = await self._database.look_up(PeopleStore, PeopleStore.get_profile, person)
        zone = str(user.get("tz") or "")
        if known and zone and zone != known.zone:
            await self.change(person, zone=zone)
            for follow in self.moved:
                await follow(person, zone)

    async def _ask(self, person: PersonId) -> str:
        """Empty where Slack does not say now; it is asked again next time, and UTC does until then."""
        try:
            return str((await self._gateway.get_user(person.user)).get("tz") or "")
        except SlackRefused as refused:
            log.warning("zone not known", method=refused.method, code=refused.code)
            return ""
