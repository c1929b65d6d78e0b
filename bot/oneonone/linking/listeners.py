"""How relations come in: words of `/coach`, the yes and no of an engineer, people who leave."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.oneonone.desk import Desk
from bot.oneonone.linking import service
from bot.oneonone.linking.clicks import Clicks
from bot.oneonone.linking.coach import Coach
from bot.oneonone.linking.composing import Composing
from bot.oneonone.linking.whom import why_not
from bot.oneonone.ways import Ways
from bot.people.model import PersonId


class LinkingListeners:
    """Everything of this that comes in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.clicks = Clicks(desk)
        self._coach = Coach(desk, self.clicks)

    def register(self, ways: Ways) -> None:
        ways.coach["manager"] = partial(self._coach.take_engineer, "manager")
        ways.coach["mentor"] = partial(self._coach.take_engineer, "mentor")
        ways.coach["report"] = partial(self._coach.take_other, "manager")
        ways.coach["mentee"] = partial(self._coach.take_other, "mentor")
        ways.router.clicks["link"] = self.clicks.take
        self._desk.zones.changed.append(self.follow)
        Composing(self._desk).register(ways.sender)

    async def follow(self, person: PersonId, user: Mapping[str, Any]) -> None:
        """Whoever left, or is a guest from now on, is linked with nobody any more."""
        if why_not(user, person.workspace):
            await self._desk.write(service.leave, person, self._desk.clock())
