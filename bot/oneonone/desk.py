"""What every way in and every answer around 1:1s needs: who it is, whom they meet, what both may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.brag.captures import Captures
from bot.brag.desk import Desk as BragDesk
from bot.clock import Now
from bot.errors import SlackRefused
from bot.ladder.listeners import LadderListeners
from bot.ladder.service import NoLadderChosen, Reader
from bot.oneonone.model import OneOnOneQuestion
from bot.oneonone.store import OneOnOneStore
from bot.outbox.sender import Sender
from bot.people.model import PersonId
from bot.people.quiet import Quiet
from bot.people.zones import Zones
from bot.slack.gateway import Gateway
from bot.storage.database import Database
from bot.storage.vault import Vault
from bot.wording import Wording

P = ParamSpec("P")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Desk:
    """Everything 1:1s work with. `questions` are those in force at the moment they are asked."""

    database: Database
    vault: Vault
    gateway: Gateway
    sender: Sender
    words: Wording
    zones: Zones
    quiet: Quiet
    ladders: LadderListeners
    brag: BragDesk
    captures: Captures
    clock: Now
    questions: Callable[[], Sequence[OneOnOneQuestion]]

    @property
    def store(self) -> Callable[[Connection], OneOnOneStore]:
        return partial(OneOnOneStore, self.vault)

    async def write(
        self, change: Callable[Concatenate[OneOnOneStore, P], Result], *args: P.args, **kwargs: P.kwargs
    ) -> Result:
        """What `change(store, …)` answers, after its commit."""
        return await self.database.write(self.store, change, *args, **kwargs)

    async def read(
        self, ask: Callable[Concatenate[OneOnOneStore, P], Result], *args: P.args, **kwargs: P.kwargs
    ) -> Result:
        return await self.database.read(self.store, ask, *args, **kwargs)

    async def owe(
        self,
        change: Callable[Concatenate[OneOnOneStore, P], Sequence[str]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """`write` of something that owes deliveries, and off they go."""
        self.sender.send_soon(await self.write(change, *args, **kwargs))

    async def find_reader(self, person: PersonId) -> Reader | None:
        """Who they are on their ladder; None while there are several and they chose none."""
        try:
            return await self.ladders.find_reader(person)
        except NoLadderChosen:
            return None

    async def find_name(self, user: str) -> str:
        """Their first name as Slack has it; empty where Slack does not say."""
        try:
            found = await self.gateway.get_user(user)
        except SlackRefused:
            return ""
        profile = found.get("profile") or {}
        return str(profile.get("first_name") or found.get("real_name") or found.get("name") or "").split(" ")[
            0
        ]
