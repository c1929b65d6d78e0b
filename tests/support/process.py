"""`rung` as an operator runs it: a process of its own."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

RUNG = str(Path(sys.executable).with_name("rung"))
# What the process gets from the outside, so that a developer's own settings don't leak into tests.
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR")


def environment(**settings: str) -> dict[str, str]:
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | settings


def free_port() -> int:
    """Below those that the system gives to connections, so that a process killed may have it again."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


async def run(*arguments: str, stdin: str = "", **settings: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command that ends by itself."""
    process = await asyncio.create_subprocess_exec(
        RUNG,
        *arguments,
        env=environment(**settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(stdin.encode()), 30)
    return process.returncode or 0, out.decode(), err.decode()


class Server:
    """A running `rung serve` or `rung worker`; `log` is complete once it has stopped."""

    def __init__(self, process: asyncio.subprocess.Process, address: str) -> None:
        self.process = process
        self.address = address
        self.log = ""

    async def says(self, words: str) -> None:
        """Wait until its log says so, half a minute at most."""
        assert self.process.stderr
        async with asyncio.timeout(30):
            while words not in self.log:
                line = await self.process.stderr.readline()
                assert line, f"it ended before it said “{words}”:\n{self.log}"
                self.log += line.decode()

    async def stop(self) -> int:
        """SIGTERM, as every process manager does; the exit code."""
        if self.process.returncode is None:
            self.process.terminate()
            _, err = await asyncio.wait_for(self.process.communicate(), 20)
            self.log += err.decode()
        return self.process.returncode or 0


@asynccontextmanager
async def serving(
    *options: str, command: str = "serve", until: str = "ready", **settings: str
) -> AsyncIterator[Server]:
    """`rung serve` or `rung worker` on a free port, from the moment its log says `until`."""
    port = free_port()
    options = options if command == "serve" else (*options, f"--port={port}")
    process = await asyncio.create_subprocess_exec(
        RUNG,
        command,
        *options,
        env=environment(PORT=str(port), **settings),
        stderr=asyncio.subprocess.PIPE,
    )
    server = Server(process, f"http://127.0.0.1:{port}")
    try:
        await server.says(until)
        yield server
    finally:
        await server.stop()


async def get_json(url: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as session, session.get(url) as reply:
        return reply.status, await reply.json()
