"""Runs every measurement and prints what came out; writes nothing, and fails only when it is broken."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Iterator
from statistics import median

from rich.console import Console

from tests.bench import report
from tests.bench.dispatch import measure_dispatch
from tests.bench.report import Goal, Traffic, mebibytes, milliseconds
from tests.bench.servers import Way
from tests.bench.startup import Starts, measure_starts
from tests.bench.traffic import COMMANDS, FULL, QUICK, Sizes, both, compare, grow

WAYS: tuple[Way, ...] = ("http", "socket")
IN_FLIGHT = (1, 10, 50)

console = Console()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run, with figures to match")
    sizes = QUICK if parser.parse_args().quick else FULL
    asyncio.run(measure(sizes))


async def measure(sizes: Sizes) -> None:
    traffic: list[Traffic] = []
    memory: list[Goal] = []
    for way in WAYS:
        with tempfile.TemporaryDirectory(prefix="rung-bench-") as folder:
            async with both(way, folder) as bots:
                for command, text in COMMANDS.items():
                    for in_flight in IN_FLIGHT:
                        console.print(f"[dim]/ladder {text}, {way}, {in_flight} in flight[/]")
                        pair = await compare(bots, way, text, in_flight, sizes)
                        traffic.append(Traffic(way, command, in_flight, pair))
                console.print(f"[dim]memory, {way}[/]")
                memory.append(memory_goal(way, sizes, *await grow(bots[1], way, sizes)))
    console.print("[dim]dispatch, start-up[/]")
    dispatch = await measure_dispatch(sizes)
    starts = await measure_starts(sizes.rounds)
    goals = [*staff_goals(traffic), *dispatch_goals(dispatch), *start_goals(starts), *memory]
    report.print_goals(console, goals)
    report.print_traffic(console, traffic)


def staff_goals(traffic: list[Traffic]) -> Iterator[Goal]:
    for one in traffic:
        if (one.command, one.in_flight) == ("staff", 1):
            absolute = [
                milliseconds(median(r.percentile(0.5) for r in rounds))
                for rounds in (one.pair.bare, one.pair.rung)
            ]
            ratio = report.ratio_of_percentile(one.pair, 0.5)
            yield Goal(f"/ladder staff, {one.way}: p50", 2.0, ratio, *absolute)
