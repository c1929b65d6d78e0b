"""Processes that send for several workspaces: what they are told, and how what they left is finished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.app import opened
from bot.clock import MovableClock
from bot.outbox.store import Outbox
from bot.settings import read_settings
from bot.storage.vault import Vault, read_keys
from bot.workspace.store import InstallationStore
from tests.support.workspace import KEY

IsOwing = Callable[[Outbox, datetime], bool]


def settings_for(database_url: str, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-T00",
        "SLACK_SIGNING_SECRET": "unused",
        "DATABASE_URL": database_url,
        "RUNG_DEFAULT_LADDER": "artsy",
        "RUNG_SECRET_KEY": KEY,
        **more,
    }


def install(connection: Connection, workspaces: Iterable[str], now: datetime) -> None:
    """Those beside the one whose token is in the settings."""
    installations = InstallationStore(Vault(read_keys(KEY)), connection)
    for workspace in workspaces:
        installations.put(workspace, "UADMIN", f"xoxb-{workspace}", now)


async def finish(settings: Mapping[str, str], after: timedelta, is_owing: IsOwing) -> None:
    """The same app, so much later, until nothing is owed."""
    clock = MovableClock()
    clock.move(after)
    async with opened(read_settings(settings)[0], now=clock) as rung:
        await rung.send_due()
        while await rung.database.read(Outbox, is_owing, clock()):
            clock.move(timedelta(seconds=30))
            await rung.send_due()
