"""What every way in and every answer around 1:1s needs: who it is, whom they meet, what both may see."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Concatenate, ParamSpec

from sqlalchemy import Connection

from bot.brag.captures import Captures
from bot.brag.desk import Desk as BragDesk
from bot.errors import SlackRefused
from bot.ground import Ground
from bot.oneonone.model import OneOnOneQuestion
from bot.oneonone.store import OneOnOneStore
from bot.people.model import PersonId
from bot.storage.doors import Doors

P = ParamSpec("P")

GetMeanings = Callable[[PersonId, str, str], Awaitable[Mapping[str, str]]]
"""What an engineer and one other agreed that expectations of a ladder mean, by expectation."""


@dataclass(frozen=True)
class Desk(Ground, Doors[OneOnOneStore]):
    """Everything 1:1s work with. `questions` are those in force at the moment they are asked."""

    brag: BragDesk
    captures: Captures
    questions: Callable[[], Sequence[OneOnOneQuestion]]
    agreed: GetMeanings

    @property
    def store(self) -> Callable[[Connection], OneOnOneStore]:
        return partial(OneOnOneStore, self.vault)

    async def owe(
        self,
        change: Callable[Concatenate[OneOnOneStore, P], Sequence[str]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """`write` of something that owes deliveries, and off they go."""
        self.sender.send_soon(await self.write(change, *args, **kwargs))

    async def find_name(self, user: str) -> str:
        """Their first name as Slack has it; empty where Slack does not say."""
        try:
            found = await self.gateway.get_user(user)
        except SlackRefused:
            return ""
        profile = found.get("profile") or {}
        name = profile.get("first_name") or found.get("real_name") or found.get("name") or ""
        return str(name).split(" ")[0]
