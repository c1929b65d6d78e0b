"""Runs every measurement and prints what came out; writes nothing, and fails only when it is broken."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator
from functools import partial

from rich.console import Console

from tests.bench.dispatch import measure_dispatch
from tests.bench.goals import Goal, dispatch_goals, memory_goal, staff_goals, start_goals
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
    asyncio.run(measure(QUICK if parser.parse_args().quick else FULL))


async def measure(sizes: Sizes) -> None:
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


async def measure_traffic(bots: tuple[Bot, Bot], way: Way, sizes: Sizes) -> AsyncIterator[Traffic]:
    for command in COMMANDS:
        for in_flight in IN_FLIGHT:
            tell(f"/ladder {command}, {way}, {in_flight} in flight")
            yield await compare(bots, way, command, in_flight, sizes)


if __name__ == "__main__":
    main()
