"""Rung at rest with few and with many people, and what it holds while their questions are sent."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot import clock
from bot.outbox.store import Outbox
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from tests.bench.outbox_rows import ONE_DAY, add_deliveries, add_people, add_schedules, fill
from tests.bench.servers import cpu_seconds, rung_settings, started
from tests.bench.slow_slack import slow_slack
from tests.support.process import RUNG, free_port

SETTLE = 5  # seconds: the start is over, and the first looks are taken
LOOK_AGAIN = 0.1


@dataclass(frozen=True)
class Rest:
    """Share of a core at rest; resident bytes at rest, and at most while questions were sent."""

    share: float
    memory: int
    draining: int


async def measure_rest(folder: Path, people: int, drained: int, seconds: int) -> Rest:
    """`rung serve` with its metronome: nothing is due for so many seconds, then so many questions are."""
    home = folder / f"rest-{people}"
    home.mkdir()
    port = free_port()
    with closing(Database(f"sqlite:///{home}/rung.db")) as database:
        await asyncio.to_thread(_fill, database, people)
        async with slow_slack(0) as slack:
            settings = rung_settings(slack, str(home), port)
            async with started((RUNG, "serve"), port, settings) as rung:
                await asyncio.sleep(SETTLE)
                before = cpu_seconds(rung)
                await asyncio.sleep(seconds)
                share, memory = (cpu_seconds(rung) - before) / seconds, rung.memory_info().rss
                await asyncio.to_thread(fill, database, add_deliveries, drained, people, clock.now())
                return Rest(share, memory, await _watch(rung, database))


def _fill(database: Database, people: int) -> None:
    upgrade(database.engine)
    fill(database, add_people, people, 0)
    fill(database, add_schedules, people, clock.now() + ONE_DAY)


async def _watch(rung: psutil.Process, database: Database) -> int:
    """The most that was resident until nothing was left to be sent."""
    most = 0
    while (await database.read(Outbox, Outbox.stand, clock.now())).oldest_due:
        most = max(most, rung.memory_info().rss)
        await asyncio.sleep(LOOK_AGAIN)
    return most
