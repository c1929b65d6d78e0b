"""The outbox: a hundred thousand due at once, sending to a slow Slack, and what a million cost at rest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot import clock
from bot.outbox.courier import Courier
from bot.outbox.model import EVENT_TYPE
from bot.outbox.planner import next_turn
from bot.outbox.schedules import Schedules
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from tests.bench.bare import TOKEN
from tests.bench.outbox_bare import drain, post_all
from tests.bench.outbox_parts import BLOCKS, PLAIN, WORDS, AtOnce, build_sender
from tests.bench.outbox_rest import Rest, measure_rest
from tests.bench.outbox_rows import NOON, add_deliveries, add_people, add_schedules, fill
from tests.bench.slow_slack import slow_slack
from tests.support.databases import Postgres

LATENCY, IN_FLIGHT = 0.15, 32

Say = Callable[[str], object]


@dataclass(frozen=True)
class OutboxSizes:
    """How much is measured. `due`: at once, in SQLite and PostgreSQL each, and
    `weekly` more as the weekly question; `resting`: few and many people."""

    due: int
    weekly: int
    bare: int
    messages: int
    rounds: int
    resting: tuple[int, int]
    drained: int
    seconds: int


FULL = OutboxSizes(
    100_000, 10_000, 20_000, 1_920, rounds=3, resting=(1_000, 1_000_000), drained=10_000, seconds=20
)
QUICK = OutboxSizes(5_000, 2_000, 3_000, 480, rounds=1, resting=(1_000, 100_000), drained=1_000, seconds=5)


@dataclass(frozen=True)
class Due:
    """Seconds a row: the bare loop before and after, then Rung's."""

    bare: list[float]
    planned: float
    plain: float
    weekly: float


@dataclass(frozen=True)
class Posted:
    """A round of sending: how long it took, and what was worked for a message."""

    seconds: float
    cpu: float


@dataclass(frozen=True)
class OutboxFigures:
    """Rounds of `due` by database; rounds of sending; the rest by number of people."""

    due: dict[str, list[Due]]
    bare: list[Posted]
    sent: list[Posted]
    rest: dict[int, Rest]
    messages: int


async def measure_outbox(folder: Path, sizes: OutboxSizes, tell: Say) -> OutboxFigures:
    due: dict[str, list[Due]] = {}
    for name, url in _urls(folder, sizes.rounds):
        tell(f"{sizes.due:,} due at once, {name}")
        with closing(Database(url)) as database:
            due.setdefault(name, []).append(await _measure_due(database, sizes))
    tell(f"{sizes.messages:,} messages to a Slack that takes {1000 * LATENCY:.0f} ms")
    bare, sent = await _measure_sending(folder, sizes)
    rest = {}
    for people in sizes.resting:
        tell(f"{people:,} people at rest, then {sizes.drained:,} questions")
        rest[people] = await measure_rest(folder, people, sizes.drained, sizes.seconds)
    return OutboxFigures(due, bare, sent, rest, sizes.messages)


def _urls(folder: Path, rounds: int) -> Iterator[tuple[str, str]]:
    """By turns, a new database each time."""
    server = Postgres(folder / "postgres")
    try:
        for number in range(rounds):
            yield "SQLite", f"sqlite:///{folder / f'due-{number}.db'}"
            yield "PostgreSQL", server.new_database()
    finally:
        server.stop()


async def _measure_due(database: Database, sizes: OutboxSizes) -> Due:
    """Planned, then sent, once in plain words and once as the weekly question with all it looks at."""
    upgrade(database.engine)
    fill(database, add_people, sizes.due)
    fill(database, add_schedules, sizes.due, NOON, PLAIN)
    drain(database, sizes.bare // 10)
    bare = [drain(database, sizes.bare)]
    start = time.perf_counter()
    while await database.write(Schedules, Schedules.plan, NOON, next_turn):
        pass
    planned = (time.perf_counter() - start) / sizes.due
    plain = await _send_all(database, sizes.due)
    bare.append(drain(database, sizes.bare))
    fill(database, add_deliveries, sizes.weekly, sizes.due, NOON)
    weekly = await _send_all(database, sizes.weekly)
    bare.append(drain(database, sizes.bare))
    return Due(bare, planned, plain, weekly)


async def _send_all(database: Database, count: int) -> float:
    """Seconds a delivery, from the claim until it is recorded; all must have been sent."""
    sender, sent = build_sender(database, AtOnce(), lambda: NOON), 0

    def watch(outcomes: Sequence[Any], _now: datetime) -> None:
        nonlocal sent
        sent += sum(outcome.state == "sent" for outcome in outcomes)

    sender.watch = watch
    start = time.perf_counter()
    await sender.send_due()
    seconds = (time.perf_counter() - start) / count
    if sent != count:
        raise RuntimeError(f"{sent} of {count} were sent")
    return seconds


async def _measure_sending(folder: Path, sizes: OutboxSizes) -> tuple[list[Posted], list[Posted]]:
    """The client alone and Rung, by turns, over one session each."""
    bare, sent = [], []
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": "0" * 32}}
    message = {"channel": "U0", "text": WORDS, "blocks": BLOCKS, "metadata": metadata}
    async with slow_slack(LATENCY) as address, aiohttp.ClientSession() as session:
        client = AsyncWebClient(TOKEN, base_url=f"{address}/api/", session=session, retry_handlers=[])
        with closing(Database(f"sqlite:///{folder / 'sending.db'}")) as database:
            await asyncio.to_thread(upgrade, database.engine)
            await post_all(client, IN_FLIGHT, IN_FLIGHT, message)
            for number in range(sizes.rounds):
                bare.append(await _time(partial(post_all, client, sizes.messages, IN_FLIGHT, message), sizes))
                await asyncio.to_thread(
                    fill, database, add_deliveries, sizes.messages, sizes.messages, NOON, PLAIN, f"{number}-"
                )
                sender = build_sender(database, Courier(client, session, _any_token), clock.now)
                sent.append(await _time(sender.send_due, sizes))
    return bare, sent


async def _time(send: Callable[[], Any], sizes: OutboxSizes) -> Posted:
    cpu, start = time.process_time(), time.perf_counter()
    await send()
    seconds = time.perf_counter() - start
    return Posted(seconds, (time.process_time() - cpu) / sizes.messages)


async def _any_token(_workspace: str) -> str:
    return TOKEN
