"""How relations come in: words of `/coach`, the yes and no of an engineer, people who leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bot.oneonone.desk import Desk
from bot.oneonone.linking import service
from bot.oneonone.linking.clicks import Clicks, ShowAs
from bot.oneonone.linking.coach import Coach
from bot.oneonone.linking.composing import Composing
from bot.oneonone.linking.privacy import Privacy
from bot.oneonone.linking.whom import why_not
from bot.oneonone.ways import Ways
from bot.people.model import PersonId
from bot.slack.payloads import Answer, Click


class LinkingListeners:
    """Everything of this that comes in. `show_as_other` shows an engineer what the other of a pair sees."""

    def __init__(self, desk: Desk, show_as_other: ShowAs) -> None:
        self._desk = desk
        self.clicks = Clicks(desk, show_as_other)
        self.privacy = Privacy(desk)
        self._coach = Coach(desk, self.clicks)
        self.propose = partial(self._coach.take_other, "manager")
        """Asks somebody, as `/coach report` does."""

    def register(self, ways: Ways) -> None:
        ways.coach["manager"] = partial(self._coach.take_engineer, "manager")
        ways.coach["mentor"] = partial(self._coach.take_engineer, "mentor")
        ways.coach["report"] = partial(self._coach.take_other, "manager")
        ways.coach["mentee"] = partial(self._coach.take_other, "mentor")
        ways.coach["share"] = self.privacy.take_share
        ways.coach["privacy"] = lambda person, _: self.privacy.show(person)
        ways.router.clicks["link"] = self.take_click
        self._desk.zones.changed.append(self.follow)
        Composing(self._desk).register(ways.sender)

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person = PersonId(click.workspace, click.user)
        verb, *place = click.action.split(":")[1:]
        match verb:
            case "privacy":
                return [await self.privacy.show(person)]
            case "older":
                return [await self.privacy.show_older(person, click.value)]
            case "stop-new":
                return [await self.privacy.share_new(person, is_on=False)]
        answers = await self.clicks.take(click)
        if verb == "end" and place:  # pressed where all relations stand, which shows those that are left
            return [replace(await self.privacy.show(person), replace=True)]
        return answers

    async def follow(self, person: PersonId, user: Mapping[str, Any]) -> None:
        """Whoever left, or is a guest from now on, is linked with nobody any more."""
        if why_not(user, person.workspace):
            await self._desk.write(service.leave, person, self._desk.clock())
