"""A `rung serve` or `rung worker` to be killed and started again, many times in a minute."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from tests.support.process import environment

# The command with its imports done: each line on stdin starts one that can be killed.
WARM = """
import os, sys
from bot.serve import serve, work
print("warm", flush=True)
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        {command}()
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


class Victim:
    """A `rung serve` or `rung worker` that can be killed and started again."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._pid = 0
        self._last: deque[str] = deque(maxlen=30)
        self._log = asyncio.create_task(self._read_log())
        self._ready = asyncio.Event()

    async def start(self) -> None:
        assert self._process.stdin
        self._ready.clear()
        self._process.stdin.write(b"\n")
        self._pid = int(await self._read())
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait({ready, self._log}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._log.done():
            self._log.result()
        assert self._ready.is_set(), self._say_last()

    async def kill(self) -> None:
        pid, self._pid = self._pid, 0
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            raise AssertionError(self._say_last()) from None
        assert await self._read() == b"ended\n"

    async def end(self) -> None:
        """However a test ended: no process stays."""
        if self._pid:
            await self.kill()
        assert self._process.stdin
        self._process.stdin.close()  # the end of its input is the end of it
        await self._process.wait()
        await self._log

    async def _read(self) -> bytes:
        assert self._process.stdout
        return await asyncio.wait_for(self._process.stdout.readline(), 30)

    async def _read_log(self) -> None:
        """All of it, so that nobody waits to be read."""
        assert self._process.stderr
        async for line in self._process.stderr:
            self._last.append(line.decode())
            if re.search(rb"(?<!al)ready ", line):
                self._ready.set()

    def _say_last(self) -> str:
        return "it ended by itself:\n" + "".join(self._last)


@asynccontextmanager
async def warm(command: Literal["serve", "work"] = "serve", **settings: str) -> AsyncIterator[Victim]:
    pipe = asyncio.subprocess.PIPE
    code = WARM.format(command=command)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, env=environment(**settings), stdin=pipe, stdout=pipe, stderr=pipe
    )
    victim = Victim(process)
    try:
        assert process.stdout
        assert await process.stdout.readline() == b"warm\n"
        yield victim
    finally:
        await victim.end()
