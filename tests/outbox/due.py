"""People of many workspaces to whom the weekly question is due in this minute, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.nudge.model import NUDGE
from bot.outbox.schedules import Schedule, Schedules
from bot.outbox.store import Outbox
from bot.outbox.tables import deliveries
from bot.people.model import PersonId, Standing
from bot.people.store import PeopleStore
from bot.rhythm.model import Rhythm
from bot.storage.database import Database
from tests.outbox.workers import install

WORKSPACES = [f"T{number:02}" for number in range(20)]
TOKENS = {f"xoxb-{workspace}": workspace for workspace in WORKSPACES}
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland", "UTC")


def invent_people(count: int) -> list[PersonId]:
    """In all workspaces alike."""
    return [PersonId(WORKSPACES[n % len(WORKSPACES)], f"U{n:05}") for n in range(count)]


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
        install(connection, WORKSPACES[1:], now)

    database.write_now(lambda connection: connection, write)


def is_owing(outbox: Outbox, now: datetime) -> bool:
    """Now or later."""
    states = outbox.stand(now).states
    return any(states[state] for state in ("pending", "claimed", "sending"))


def read_deliveries(database: Database) -> dict[PersonId, tuple[str, str]]:
    """Of each person: what state theirs is in, and the message it stands in."""

    def read(connection: Connection) -> dict[PersonId, tuple[str, str]]:
        what = (deliveries.c.workspace_id, deliveries.c.user_id, deliveries.c.state, deliveries.c.ts)
        rows = connection.execute(select(*what))
        return {PersonId(workspace, user): (state, ts) for workspace, user, state, ts in rows}

    return database.read_now(lambda connection: connection, read)
