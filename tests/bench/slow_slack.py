"""A Slack that takes its time: `python -m tests.bench.slow_slack 3000 0.15` posts everything after 150 ms."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import web

from tests.bench.servers import started
from tests.support.process import free_port

ANSWER = {
    "ok": True,
    "team_id": "T0",
    "user_id": "UBOT",
    "bot_id": "BBOT",
    "users": {},
    "channel": "D0",
}


def build(seconds: float) -> web.Application:
    numbers = count()

    async def answer(request: web.Request) -> web.Response:
        """Does what it is asked for at the end of its time, whoever asks."""
        await request.read()
        if request.match_info["method"] == "chat.postMessage":
            await asyncio.sleep(seconds)
        return web.json_response({**ANSWER, "ts": f"1772622000.{next(numbers):06}"})

    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    return app


@asynccontextmanager
async def slow_slack(seconds: float) -> AsyncIterator[str]:
    """Its address; a process of its own, so that its work is not taken for the bot's."""
    port = free_port()
    command = (sys.executable, "-m", "tests.bench.slow_slack", str(port), str(seconds))
    async with started(command, port, {}):
        yield f"http://127.0.0.1:{port}"


def main(port: str, seconds: str) -> None:
    web.run_app(build(float(seconds)), host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
