"""From the start of the process to ready, beside a process that only imports what Rung imports of others."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass

from bot.playground.server import running
from tests.bench.servers import build_slack, rung_settings, seconds_until_ended, started
from tests.support.process import RUNG, environment, free_port

# In the order in which they came in, so that importing them by name does the same work again.
LIST_IMPORTS = """
import sys, bot.cli, bot.serve
for name, module in list(sys.modules.items()):
    if "site-packages" in (getattr(module, "__file__", None) or ""):
        print(name)
"""
IMPORT = "import sys, importlib\nfor name in sys.argv[1:]: importlib.import_module(name)"


@dataclass(frozen=True)
class Starts:
    """Seconds by round: the imports alone, a start on a database that is there, a first start."""

    imports: list[float]
    restart: list[float]
    first: list[float]


async def measure_starts(rounds: int) -> Starts:
    modules = await list_imports()
    found = Starts([], [], [])
    with tempfile.TemporaryDirectory() as lasting:
        await seconds_until_ready(lasting)
        await seconds_until_ended(sys.executable, "-c", IMPORT, *modules)
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as empty:
                found.first.append(await seconds_until_ready(empty))
            found.imports.append(await seconds_until_ended(sys.executable, "-c", IMPORT, *modules))
            found.restart.append(await seconds_until_ready(lasting))
    return found


async def list_imports() -> list[str]:
    """Every module of someone else's that `rung serve` imports."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LIST_IMPORTS, env=environment(), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return out.decode().split()


async def seconds_until_ready(folder: str) -> float:
    """Until `/readyz` says 200."""
    slack, port = build_slack(), free_port()
    async with running(slack) as address:
        settings = rung_settings(address, folder, port)
        start = time.perf_counter()
        async with started((RUNG, "serve"), port, settings):
            return time.perf_counter() - start
