"""From the start of the process to ready, beside a process that only imports what Rung imports of others."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass

from bot.playground.server import running
from tests.bench.servers import build_slack, cpu_seconds, rung_settings, started
from tests.support.process import RUNG, environment, free_port

# In the order in which they came in, so that importing them by name does the same work again.
LIST_IMPORTS = """
import sys, bot.cli, bot.serve
for name, module in list(sys.modules.items()):
    if "site-packages" in (getattr(module, "__file__", None) or ""):
        print(name)
"""
IMPORT = """
import importlib, sys, time
for name in sys.argv[1:]:
    importlib.import_module(name)
print(time.process_time(), flush=True)
"""


@dataclass(frozen=True)
class Start:
    """How long it took, and how much of it the process worked."""

    seconds: float
    cpu: float


@dataclass(frozen=True)
class Starts:
    """By round: the imports alone, a start on a database that is there, a first start."""

    imports: list[Start]
    restart: list[Start]
    first: list[Start]


async def measure_starts(rounds: int) -> Starts:
    modules = await list_imports()
    found = Starts([], [], [])
    with tempfile.TemporaryDirectory() as lasting:
        await start_rung(lasting)
        await start_imports(modules)
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as empty:
                found.first.append(await start_rung(empty))
            found.imports.append(await start_imports(modules))
            found.restart.append(await start_rung(lasting))
    return found


async def list_imports() -> list[str]:
    """Every module of someone else's that `rung serve` imports."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LIST_IMPORTS, env=environment(), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return out.decode().split()


async def start_imports(modules: list[str]) -> Start:
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", IMPORT, *modules, env=environment(), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    said, seconds = await process.stdout.readline(), time.perf_counter() - start
    if await process.wait():
        raise RuntimeError("what Rung imports cannot be imported without Rung")
    return Start(seconds, float(said))


async def start_rung(folder: str) -> Start:
    """Until `/readyz` says 200."""
    slack, port = build_slack(), free_port()
    async with running(slack) as address:
        settings = rung_settings(address, folder, port)
        start = time.perf_counter()
        async with started((RUNG, "serve"), port, settings) as process:
            return Start(time.perf_counter() - start, cpu_seconds(process))
