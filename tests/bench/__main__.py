"""Runs every measurement and prints what came out; writes nothing, and fails only when it is broken."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, redirect_stderr
from functools import partial
from pathlib import Path

import structlog
from rich.console import Console

from bot.logs import set_up_logs
from tests.bench import brag, oneonone, outbox
from tests.bench.brag import measure_brag
from tests.bench.dispatch import measure_dispatch
from tests.bench.goals import (
    Goal,
    brag_goals,
    dispatch_goals,
    memory_goal,
    oneonone_goals,
    staff_goals,
    start_goals,
)
from tests.bench.oneonone import measure_oneonone
from tests.bench.outbox import measure_outbox
from tests.bench.outbox_goals import outbox_goals
from tests.bench.report import print_goals, print_traffic
from tests.bench.servers import Bot, Way
from tests.bench.startup import measure_starts
from tests.bench.traffic import COMMANDS, FULL, QUICK, Sizes, Traffic, both, compare, grow

WAYS: tuple[Way, ...] = ("http", "socket")
IN_FLIGHT = (1, 10, 50)
WIDTH = 110  # of the widest table; a pipe is taken for 80

console = Console(highlight=False, width=max(Console().width, WIDTH))
tell = partial(console.print, style="dim")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run, with figures to match")
    parser.add_argument("--only", choices=MEASURES, help="one part of it")
    asked = parser.parse_args()
    for name in [asked.only] if asked.only else MEASURES:
        asyncio.run(MEASURES[name](asked.quick))


async def measure_ladder(quick: bool) -> None:
    sizes = QUICK if quick else FULL
    traffic: list[Traffic] = []
    memory: list[Goal] = []
    for way in WAYS:
        with tempfile.TemporaryDirectory(prefix="rung-bench-") as folder:
            async with both(way, folder) as bots:
                traffic += [one async for one in measure_traffic(bots, way, sizes)]
                tell(f"memory, {way}")
                memory.append(memory_goal(way, *await grow(bots[1], way, sizes), sizes.many))
    tell("dispatch")
    dispatch = await measure_dispatch(sizes)
    tell("start-up")
    starts = await measure_starts(sizes.rounds)
    print_traffic(console, traffic)
    print_goals(console, [*staff_goals(traffic), *dispatch_goals(dispatch), *start_goals(starts), *memory])


async def measure_documents(quick: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="rung-bench-") as folder:
        found = await measure_brag(folder, brag.QUICK if quick else brag.FULL, tell)
    print_goals(console, brag_goals(found))


async def measure_meetings(quick: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="rung-bench-") as folder:
        found = await measure_oneonone(folder, oneonone.QUICK if quick else oneonone.FULL, tell)
    print_goals(console, oneonone_goals(found))


async def measure_traffic(bots: tuple[Bot, Bot], way: Way, sizes: Sizes) -> AsyncIterator[Traffic]:
    for command in COMMANDS:
        for in_flight in IN_FLIGHT:
            tell(f"/ladder {command}, {way}, {in_flight} in flight")
            yield await compare(bots, way, command, in_flight, sizes)


async def measure_deliveries(quick: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="rung-bench-") as folder, logs_to_nowhere():
        found = await measure_outbox(Path(folder), outbox.QUICK if quick else outbox.FULL, tell)
    print_goals(console, outbox_goals(found))


@contextmanager
def logs_to_nowhere() -> Iterator[None]:
    """What the bot logs is written all the same, as it is by a process of its own."""
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        set_up_logs()
        yield
        logging.getLogger().handlers.clear()
    structlog.reset_defaults()


MEASURES = {
    "ladder": measure_ladder,
    "brag": measure_documents,
    "oneonone": measure_meetings,
    "outbox": measure_deliveries,
}


if __name__ == "__main__":
    main()
