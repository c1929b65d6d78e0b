"""Each workspace is spoken to with its own token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest

from bot.app import opened
from bot.clock import MovableClock
from bot.nudge.model import NUDGE
from bot.outbox.model import Owed
from bot.outbox.store import Outbox
from bot.rung import Rung
from bot.slack.bolt import Identity
from bot.storage.vault import Vault, read_keys
from bot.workspace.store import InstallationStore
from bot.workspace.tokens import KEPT
from tests.outbox.slacks import Slacks
from tests.support.workspace import KEY, settings_for

OWN = "xoxb-playground"


@dataclass
class Office:
    """A bot at home in one workspace; where else it is installed, a test says."""

    slacks: Slacks
    rung: Rung
    clock: MovableClock

    async def install(self, workspace: str, token: str) -> None:
        store = partial(InstallationStore, Vault(read_keys(KEY)))
        now = self.clock()
        await self.rung.database.write(store, InstallationStore.put, workspace, "UADMIN", token, now)

    async def ask(self, workspace: str, user: str) -> None:
        """A question to someone there, which is due."""
        now = self.clock()
        owed = Owed(workspace, user, NUDGE, f"weekly:{user}", now)
        await self.rung.database.write(Outbox, Outbox.owe, [owed], now)
        await self.rung.send_due()

    async def get_failed(self) -> list[tuple[str, str]]:
        found = await self.rung.database.read(Outbox, Outbox.get_latest, 10, failed=True)
        return [(delivery.workspace, reason) for delivery, reason in found]


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    slacks, clock = Slacks({OWN: "THOME", "xoxb-away": "TAWAY", "xoxb-new": "TAWAY"}, seed=1), MovableClock()
    slacks.is_well = True
    async with slacks.running() as address:
        settings = settings_for("", database_url, slack_api_url=address)
        async with opened(settings, now=clock, identity=Identity("THOME")) as rung:
            yield Office(slacks, rung, clock)


async def test_at_home_it_speaks_with_its_own_token_and_elsewhere_with_the_one_kept_there(
    office: Office,
) -> None:
    await office.install("TAWAY", "xoxb-away")
    await office.ask("THOME", "U1")
    await office.ask("TAWAY", "U2")
    assert set(office.slacks.messages) == {("THOME", "U1"), ("TAWAY", "U2")}


async def test_where_it_is_not_installed_it_says_nothing_with_anyone_elses_token(office: Office) -> None:
    await office.ask("TELSEWHERE", "U1")
    assert not office.slacks.messages
    assert await office.get_failed() == [("TELSEWHERE", "not_installed")]


async def test_a_new_token_is_taken_up_within_minutes(office: Office) -> None:
    await office.install("TAWAY", "xoxb-away")
    await office.ask("TAWAY", "U1")
    await office.install("TAWAY", "xoxb-new")
    office.slacks.revoke("xoxb-away")
    office.clock.move(KEPT + timedelta(seconds=1))
    await office.ask("TAWAY", "U2")
    assert set(office.slacks.messages) == {("TAWAY", "U1"), ("TAWAY", "U2")}
