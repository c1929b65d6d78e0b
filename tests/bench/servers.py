"""The two bots as processes of their own, each with its own small Slack in the driver."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Literal

import psutil
import yaml

from bot.playground.server import running
from bot.playground.slack import Slack
from bot.playground.socket import Sockets
from bot.playground.world import Conversation, User, World
from bot.slack.manifest import write_manifest
from tests.bench.bare import APP_TOKEN, SECRET, TOKEN
from tests.support.process import RUNG, environment, free_port

Way = Literal["http", "socket"]
CHANNEL = "CGENERAL"
LOOK_AGAIN = 0.01  # seconds between looks at a process that starts

# Where they stand, as they would type it; the last one has never said anything.
STANDINGS = {
    "UANA": ("senior engineer 2", "staff"),
    "UDEV": ("engineer 2", "senior engineer 1"),
    "UBEN": ("em2", ""),
    "UKAI": ("staff", ""),
    "UNOOR": ("", ""),
}


@dataclass(frozen=True)
class Bot:
    """A bot that is ready, and the Slack that it believes in."""

    process: psutil.Process
    port: int
    slack: Slack

    def memory(self) -> int:
        """Bytes that are resident."""
        return int(self.process.memory_info().rss)


def cpu_seconds(process: psutil.Process) -> float:
    """What it has worked, and the system for it, since it started; counted in steps of 10 ms."""
    times = process.cpu_times()
    return float(times.user + times.system)


class QuickSockets(Sockets):
    """Leaves answers unread, as the driver does over HTTP: reading them would count as Rung's own time."""

    def _take_acknowledgement(self, data: str) -> None:
        envelope_id = data[:60].split('"')[3]
        _, acknowledged = self._waiting[envelope_id]
        acknowledged.set_result(data)


def build_slack() -> Slack:
    people = [User(person, person.lower(), person.title()) for person in STANDINGS]
    place = Conversation(CHANNEL, "channel", "general", list(STANDINGS))
    slack = Slack(World(yaml.safe_load(write_manifest()), people, [place]), None, SECRET)
    slack.sockets = QuickSockets(slack.world, answer_seconds=3)
    return slack


@asynccontextmanager
async def bare(way: Way) -> AsyncIterator[Bot]:
    slack, port = build_slack(), free_port()
    async with running(slack) as address:
        command = (sys.executable, "-m", "tests.bench.bare", way, str(port), f"{address}/api/")
        async with started(command, port, {}, connected(slack, way)) as process:
            yield Bot(process, port, slack)


@asynccontextmanager
async def rung(way: Way, folder: str) -> AsyncIterator[Bot]:
    """`rung serve` on a SQLite file in that folder."""
    slack, port = build_slack(), free_port()
    async with running(slack) as address:
        settings = rung_settings(address, folder, port)
        if way == "socket":
            settings["SLACK_APP_TOKEN"] = APP_TOKEN
        async with started((RUNG, "serve"), port, settings, connected(slack, way)) as process:
            yield Bot(process, port, slack)


def connected(slack: Slack, way: Way) -> Callable[[], bool] | None:
    """What says that a bot has come through a websocket; over HTTP, nothing but its answers does."""
    return (lambda: slack.sockets.is_connected) if way == "socket" else None


def rung_settings(slack: str, folder: str, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack}/api/",
        "DATABASE_URL": f"sqlite:///{folder}/rung.db",
        "RUNG_DEFAULT_LADDER": "artsy",
        "PORT": str(port),
    }


@asynccontextmanager
async def started(
    command: Sequence[str], port: int, settings: Mapping[str, str], ready: Callable[[], bool] | None = None
) -> AsyncIterator[psutil.Process]:
    """Inside, it is ready: as `ready` says, else as soon as `/readyz` is answered (a bare bot says 404)."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env=environment(**settings),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(60):
            while not (ready() if ready else await ask_status(port, "/readyz") in {200, 404}):
                if process.returncode is not None:
                    raise RuntimeError(f"{' '.join(command)} ended by itself; run it to see why")
                await asyncio.sleep(LOOK_AGAIN)
        yield psutil.Process(process.pid)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def ask_status(port: int, path: str) -> int | None:
    """The status of a GET; None while nobody answers."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return None
    try:
        writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        line = await reader.readline()
        return int(line.split()[1]) if line else None
    except OSError:
        return None
    finally:
        writer.close()
