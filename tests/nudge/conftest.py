"""The weekly question, due whenever a test wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.nudge.desk import NudgeDesk
from bot.nudge.model import NUDGE
from bot.nudge.store import NudgeStore
from bot.outbox.model import Composed, Delivery, Owed
from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.people.quiet import Quiet
from bot.people.store import PeopleStore
from bot.storage.database import Database
from bot.storage.vault import Vault, read_keys
from bot.wording import Wording
from tests.support.workspace import ANA, KEY, Workspace

WEEK = timedelta(weeks=1)


@dataclass
class Weekly:
    """Ana's weekly question."""

    workspace: Workspace
    desk: NudgeDesk

    @property
    def person(self) -> PersonId:
        return PersonId(self.workspace.world.team_id, ANA.id)

    @property
    def database(self) -> Database:
        return self.workspace.rung.database

    @property
    def dm(self) -> str:
        return self.workspace.dm()

    async def aim_for(self, level: str) -> None:
        await self.workspace.type(f"/ladder target {level}")

    async def comes(self, name: str = "", late: timedelta = timedelta()) -> str:
        """The question was due so long ago; what the newest message in the DM says then."""
        await self.owe(name, late)
        await self.workspace.settle()
        return self.workspace.read(place=self.dm)

    async def owe(self, name: str = "", late: timedelta = timedelta()) -> None:
        now = self.workspace.clock()
        owed = Owed(*self.person, NUDGE, name or f"nudge:{now.isoformat()}", now - late)
        await self.database.write(Outbox, Outbox.owe, [owed], now)

    async def compose(self, delivery: Delivery) -> Composed:
        """What a process would send that dies before it does."""
        return (await self.workspace.rung.sender.kinds[NUDGE]([delivery]))[delivery.id]

    async def comes_next_week(self) -> str:
        await self.workspace.move(WEEK)
        return await self.comes()

    async def lives_by_day(self, weekday: int = 1) -> None:
        """Put the clock to noon of the next such day, so that a day has room on both sides."""
        now = self.workspace.clock()
        day = now.date() + timedelta(days=(weekday - now.weekday() - 1) % 7 + 1)
        await self.workspace.move(datetime.combine(day, time(12), UTC) - now)

    async def change(self, **values: Any) -> None:
        now = self.workspace.clock()
        await self.database.write(PeopleStore, PeopleStore.change_profile, self.person, values, now)

    async def states(self) -> list[str]:
        """Of everything asked, oldest first."""
        found = await self.desk.read(NudgeStore.export, self.person)
        return [one["state"] for one in found["asked"]]

    async def export(self) -> dict[str, list[dict[str, Any]]]:
        return await self.desk.read(NudgeStore.export, self.person)


@pytest.fixture
def weekly(workspace: Workspace) -> Weekly:
    rung = workspace.rung
    desk = NudgeDesk(
        rung.database,
        Vault(read_keys(KEY)),
        Wording(rung.prompts.messages),
        Quiet(rung.gateway, workspace.clock),
        workspace.clock,
        lambda: rung.prompts.weekly_questions,
        lambda: rung.ladders.in_force,
        rung.settings.rung_default_ladder,
    )
    return Weekly(workspace, desk)
