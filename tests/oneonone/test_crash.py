"""Killed in the middle of what 1:1s owe: everything due comes once, and every series goes on once."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, func, select

from bot.oneonone.model import Pair, Series
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.tables import asked, series
from bot.oneonone.times.model import go_on
from bot.oneonone.times.owing import MORNING, PREP, ROUND, of_meeting
from bot.outbox.store import Outbox
from bot.outbox.tables import deliveries
from bot.people import relations
from bot.people.model import Profile, Standing
from bot.rhythm.model import Rhythm
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.vault import Vault, read_keys
from tests.outbox.leases import pass_lease
from tests.outbox.slacks import Slacks
from tests.outbox.workers import finish, install, settings_for
from tests.support.victim import Victim, warm
from tests.support.workspace import KEY

WORKSPACES = ("T00", "T01", "T02")
TOKENS = {f"xoxb-{workspace}": workspace for workspace in WORKSPACES}
HOW_MANY = 40
PAIRS = [Pair(WORKSPACES[n % len(WORKSPACES)], f"UE{n:03}", f"UM{n:03}") for n in range(HOW_MANY)]
MEETING, HAVE_MET = PAIRS[::2], PAIRS[1::2]
"""Those who meet in an hour and a half, and those who have met a moment ago."""
TO_DO = 2 * len(MEETING) + len(HAVE_MET)
KILLS = 6
PATIENCE = 6  # seconds
BEYOND = datetime.now(UTC) + timedelta(days=2)
STORE = partial(OneOnOneStore, Vault(read_keys(KEY)))


@pytest.mark.parametrize("seed", [3])
async def test_whoever_dies_each_is_told_once_and_each_series_goes_on_once(
    database_url: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    slacks, began, now = Slacks(TOKENS, seed), time.monotonic(), datetime.now(UTC)
    settings = settings_for(database_url)
    database = Database(read_settings(settings)[0].database_url)
    before = database.write_now(STORE, write_pairs, now)
    async with slacks.running() as address, AsyncExitStack() as stack:
        settings["SLACK_API_URL"] = address
        starting = [warm("work", **settings) for _ in range(1 if database.is_sqlite else 2)]
        victims = [await stack.enter_async_context(each) for each in starting]
        await kill_again_and_again(slacks, victims, database, random.Random(seed))
        by_workers = await count_done(slacks, database)
        slacks.is_well = True
        await finish(settings, timedelta(minutes=30), is_owing_now)  # they are still to meet
    with capsys.disabled():
        told = f"{HOW_MANY} pairs, {KILLS} kills, {time.monotonic() - began:.0f} s"
        sys.stdout.write(
            f"\n{told}: {by_workers} of {2 * len(MEETING) + len(HAVE_MET)} done by the workers\n"
        )
    check_messages(slacks)
    check_series(database, before)
    database.close()


def write_pairs(store: OneOnOneStore, now: datetime) -> dict[Pair, Series]:
    """All of it owed, and due now, wherever they live."""
    zone = next(found for found in zones_at_noon(now))
    install(store.outbox._connection, WORKSPACES[1:], now)
    found = {}
    for pair in PAIRS:
        for person in (pair.engineer_id, pair.other_id):
            store.people.change_profile(person, {"zone": zone}, now)
        store.people.set_levels(pair.engineer_id, Standing("artsy", "ic3", "ic4"), now)
        relation = relations.link(None, pair.engineer_id, pair.other, "manager", now - timedelta(weeks=9))
        store.relations.put(relation)
        found[pair] = series_of(pair, zone, now)
        store.times.put(found[pair], now)
        store.outbox.owe(of_meeting(found[pair], Profile(zone), Profile(zone)), now)
    return found


def zones_at_noon(now: datetime) -> Iterator[str]:
    """Where it is between ten and sixteen on a weekday: prep and morning are due, and the day is not over."""
    for offset in range(-12, 15):
        name = f"Etc/GMT{-offset:+d}"
        there = now.astimezone(ZoneInfo(name))
        if 10 <= there.hour < 16:
            yield name


def series_of(pair: Pair, zone: str, now: datetime) -> Series:
    away = timedelta(minutes=90) if pair in MEETING else -timedelta(minutes=40)
    at = (now + away).replace(second=0, microsecond=0)
    there = at.astimezone(ZoneInfo(zone))
    return Series(pair, Rhythm(there.weekday(), there.time()), zone, at, pair.other)


async def kill_again_and_again(
    slacks: Slacks, victims: list[Victim], database: Database, chance: random.Random
) -> None:
    """When the last one is dead, the time passes after which their work is somebody else's."""
    for _ in range(KILLS // len(victims)):
        await asyncio.gather(*(victim.start() for victim in victims))
        for victim in victims:
            await until_more(slacks, database, chance.randint(1, TO_DO // KILLS))
            await victim.kill()
        await database.write(lambda connection: connection, pass_lease)


async def until_more(slacks: Slacks, database: Database, number: int) -> None:
    """Messages were sent or series went on; what is left may all be in the hands of the dead."""
    start = await count_done(slacks, database)
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while await count_done(slacks, database) < start + number:  # noqa: ASYNC110
                await asyncio.sleep(0.002)  # nobody tells of the rows of another process


async def count_done(slacks: Slacks, database: Database) -> int:
    went_on = await database.read(lambda connection: connection, count_series)
    return went_on + sum(map(len, slacks.messages.values()))


def count_series(connection: Connection) -> int:
    """Those that have gone on."""
    went_on = select(func.count()).select_from(series).where(series.c.next_at > BEYOND)
    return int(connection.execute(went_on).scalar_one())


def is_owing_now(outbox: Outbox, now: datetime) -> bool:
    """Is anything due that nobody has done?"""
    late = select(deliveries.c.id).where(
        deliveries.c.state.in_(("pending", "claimed", "sending")), deliveries.c.look_at <= now
    )
    return outbox._connection.execute(late).first() is not None


def check_messages(slacks: Slacks) -> None:
    """Prep to the engineer, the morning to the other; nothing to those who have met."""
    told = Counter({person: len(messages) for person, messages in slacks.messages.items() if messages})
    expected = {tuple(person): 1 for pair in MEETING for person in (pair.engineer_id, pair.other_id)}
    assert told == expected


def check_series(database: Database, before: dict[Pair, Series]) -> None:
    """Those who have met meet again at the next time; all is owed once for it, one question is kept."""
    after = database.read_now(STORE, lambda store: {pair: store.times.get(pair) for pair in PAIRS})
    assert {pair: after[pair] for pair in MEETING} == {pair: before[pair] for pair in MEETING}
    assert {pair: after[pair] for pair in HAVE_MET} == {pair: go_on_once(before[pair]) for pair in HAVE_MET}
    owed, questions = database.read_now(lambda connection: connection, count_rows)
    kinds = (PREP, MORNING, ROUND)
    assert owed == {(pair, kind): 1 + (pair in HAVE_MET) for pair in PAIRS for kind in kinds}
    assert questions == dict.fromkeys(HAVE_MET, 1)


def go_on_once(series: Series) -> Series:
    assert series.next_at
    return go_on(series, series.next_at)


def count_rows(connection: Connection) -> tuple[Counter[tuple[Pair, str]], Counter[Pair]]:
    """What is or was owed, by pair and kind; and questions that managers were given."""
    of_deliveries = select(deliveries.c.workspace_id, deliveries.c.kind, deliveries.c.about)
    owed = Counter(
        (Pair(workspace, *about["pair"]), kind)
        for workspace, kind, about in connection.execute(of_deliveries)
    )
    of_questions = select(asked.c.workspace_id, asked.c.engineer_id, asked.c.other_id)
    found = connection.execute(of_questions.where(asked.c.side == "manager"))
    return owed, Counter(Pair(*row) for row in found)
