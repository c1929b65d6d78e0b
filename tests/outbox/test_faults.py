"""Many due in one minute, a Slack that fails by chance, workers killed again and again: each gets one."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
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
from tests.outbox.leases import pass_lease
from tests.outbox.slacks import Slacks
from tests.support.victim import Victim, warm
from tests.support.workspace import KEY

HOW_MANY = int(os.environ.get("RUNG_TEST_PEOPLE", "500"))
WORKSPACES = [f"T{number:02}" for number in range(20)]
TOKENS = {f"xoxb-{workspace}": workspace for workspace in WORKSPACES}
PEOPLE = [PersonId(WORKSPACES[n % len(WORKSPACES)], f"U{n:05}") for n in range(HOW_MANY)]
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland", "UTC")
KILLS = 8
PATIENCE = 4  # seconds; whoever is left may all be in the hands of the dead


@pytest.mark.parametrize("seed", [7])
async def test_each_of_many_gets_one_question_whatever_fails_and_whoever_dies(
    database_url: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    slacks, began = Slacks(TOKENS, seed), time.monotonic()
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-T00",
        "SLACK_SIGNING_SECRET": "unused",
        "DATABASE_URL": database_url,
        "RUNG_DEFAULT_LADDER": "artsy",
        "RUNG_SECRET_KEY": KEY,
        "RUNG_MESSAGES_PER_MINUTE": "1000",
    }
    database = Database(read_settings(settings)[0].database_url)
    write_people(database)
    async with slacks.running() as address, AsyncExitStack() as stack:
        settings["SLACK_API_URL"] = address
        starting = [warm("work", **settings) for _ in range(1 if database.is_sqlite else 2)]
        victims = [await stack.enter_async_context(each) for each in starting]
        await kill_again_and_again(slacks, victims, database, random.Random(seed))
        by_workers = count_messages(slacks)
        await finish(slacks, settings)
    with capsys.disabled():
        sys.stdout.write(f"\n{report(slacks, by_workers, time.monotonic() - began)}\n")
    check(slacks, database)
    database.close()


def write_people(database: Database) -> None:
    """All due in this minute, wherever they live, with levels to be asked about."""
    now = datetime.now(UTC)
    due = now.replace(second=0, microsecond=0)
    awake = [zone for zone in ZONES if 1 <= now.astimezone(ZoneInfo(zone)).hour < 21]

    def write(connection: Connection) -> None:
        people, schedules = PeopleStore(connection), Schedules(connection)
        for number, person in enumerate(PEOPLE):
            zone = awake[number % len(awake)]
            there = due.astimezone(ZoneInfo(zone))
            people.change_profile(person, {"zone": zone}, now)
            people.set_levels(person, Standing("artsy", "ic3", "ic4"), now)
            rhythm = Rhythm(there.weekday(), there.time()).as_text()
            schedules.put(Schedule(*person, NUDGE, rhythm, zone, due))
        installations = InstallationStore(Vault(read_keys(KEY)), connection)
        for workspace in WORKSPACES[1:]:
            installations.put(workspace, "UADMIN", f"xoxb-{workspace}", now)

    database.write_now(lambda connection: connection, write)


async def kill_again_and_again(
    slacks: Slacks, victims: list[Victim], database: Database, chance: random.Random
) -> None:
    """In the middle of sending, one after the other.

    When the last one is dead, the time passes after which their work is somebody else's.
    """
    for _ in range(KILLS // len(victims)):
        await asyncio.gather(*(victim.start() for victim in victims))
        for victim in chance.sample(victims, len(victims)):
            more = chance.randint(1, HOW_MANY // KILLS)
            await slacks.until_posts(slacks.counts["chat.postMessage"] + more, PATIENCE)
            await victim.kill()
        await asyncio.to_thread(database.write_now, lambda connection: connection, pass_lease)


async def finish(slacks: Slacks, settings: dict[str, str]) -> None:
    """The same app, an hour later, when Slack is well."""
    slacks.is_well = True
    clock = MovableClock()
    clock.move(timedelta(hours=1))
    async with opened(read_settings(settings)[0], now=clock) as rung:
        await rung.send_due()
        while await rung.database.read(Outbox, is_owing, clock()):
            clock.move(timedelta(seconds=30))
            await rung.send_due()


def is_owing(outbox: Outbox, now: datetime) -> bool:
    states = outbox.stand(now).states
    return any(states[state] for state in ("pending", "claimed", "sending"))


def count_messages(slacks: Slacks) -> int:
    return sum(map(len, slacks.messages.values()))


def report(slacks: Slacks, by_workers: int, seconds: float) -> str:
    faults = ", ".join(f"{number} {name}" for name, number in sorted(slacks.counts.items()))
    each = Counter(len(slacks.messages[person]) for person in PEOPLE)
    twice = sum(each.values()) - each[0] - each[1]
    return (
        f"{HOW_MANY} people, {KILLS} kills, {seconds:.0f} s: {by_workers} messages by the workers, "
        f"{count_messages(slacks)} in the end, {each[0]} lost, {twice} twice\n"
        f"{faults}"
    )


def check(slacks: Slacks, database: Database) -> None:
    """Everyone has one, and the database knows which."""
    assert {person: len(slacks.messages[person]) for person in PEOPLE} == dict.fromkeys(PEOPLE, 1)
    assert count_messages(slacks) == HOW_MANY

    def read(connection: Connection) -> dict[PersonId, tuple[str, str]]:
        what = (deliveries.c.workspace_id, deliveries.c.user_id, deliveries.c.state, deliveries.c.ts)
        rows = connection.execute(select(*what))
        return {PersonId(workspace, user): (state, ts) for workspace, user, state, ts in rows}

    known = database.read_now(lambda connection: connection, read)
    assert known == {person: ("sent", slacks.messages[person][0]["ts"]) for person in PEOPLE}
