"""People of many workspaces to whom the weekly question is due in this minute, and the app that sends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.app import opened
from bot.clock import MovableClock
from bot.nudge.model import NUDGE
from bot.outbox.schedules import Schedule, Schedules
from bot.outbox.store import Outbox
from bot.outbox.tables import deliveries
from bot.people.model import PersonId, Standing
from bot.people.store import PeopleStore
from bot.rhythm.model import Rhythm
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.vault import Vault, read_keys
from bot.workspace.store import InstallationStore
from tests.support.workspace import KEY

WORKSPACES = [f"T{number:02}" for number in range(20)]
TOKENS = {f"xoxb-{workspace}": workspace for workspace in WORKSPACES}
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland", "UTC")


def invent_people(count: int) -> list[PersonId]:
    """In all workspaces alike."""
    return [PersonId(WORKSPACES[n % len(WORKSPACES)], f"U{n:05}") for n in range(count)]


def settings_for(database_url: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-T00",
        "SLACK_SIGNING_SECRET": "unused",
        "DATABASE_URL": database_url,
        "RUNG_DEFAULT_LADDER": "artsy",
        "RUNG_SECRET_KEY": KEY,
        "RUNG_MESSAGES_PER_MINUTE": "1000",
    }


def write_people(database: Database, people: Sequence[PersonId]) -> None:
    """All due in this minute, wherever they live, with levels to be asked about."""
    now = datetime.now(UTC)
    due = now.replace(second=0, microsecond=0)
    awake = [zone for zone in ZONES if 1 <= now.astimezone(ZoneInfo(zone)).hour < 21]

    def write(connection: Connection) -> None:
        store, schedules = PeopleStore(connection), Schedules(connection)
        for number, person in enumerate(people):
            zone = awake[number % len(awake)]
            there = due.astimezone(ZoneInfo(zone))
            store.change_profile(person, {"zone": zone}, now)
            store.set_levels(person, Standing("artsy", "ic3", "ic4"), now)
            rhythm = Rhythm(there.weekday(), there.time()).as_text()
            schedules.put(Schedule(*person, NUDGE, rhythm, zone, due))
        installations = InstallationStore(Vault(read_keys(KEY)), connection)
        for workspace in WORKSPACES[1:]:
            installations.put(workspace, "UADMIN", f"xoxb-{workspace}", now)

    database.write_now(lambda connection: connection, write)


async def finish(settings: Mapping[str, str]) -> None:
    """The same app, an hour later, until nothing is owed."""
    clock = MovableClock()
    clock.move(timedelta(hours=1))
    async with opened(read_settings(settings)[0], now=clock) as rung:
        await rung.send_due()
        while await rung.database.read(Outbox, _is_owing, clock()):
            clock.move(timedelta(seconds=30))
            await rung.send_due()


def _is_owing(outbox: Outbox, now: datetime) -> bool:
    states = outbox.stand(now).states
    return any(states[state] for state in ("pending", "claimed", "sending"))


def read_deliveries(database: Database) -> dict[PersonId, tuple[str, str]]:
    """Of each person: what state theirs is in, and the message it stands in."""

    def read(connection: Connection) -> dict[PersonId, tuple[str, str]]:
        what = (deliveries.c.workspace_id, deliveries.c.user_id, deliveries.c.state, deliveries.c.ts)
        rows = connection.execute(select(*what))
        return {PersonId(workspace, user): (state, ts) for workspace, user, state, ts in rows}

    return database.read_now(lambda connection: connection, read)
