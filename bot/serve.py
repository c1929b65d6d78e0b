"""Runs the bot as a process: HTTP or Socket Mode, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from aiohttp import web

from bot.app import opened
from bot.logs import set_up_logs
from bot.rung import Rung
from bot.settings import environment_problem, read_settings
from bot.slack.socket import SocketMode
from bot.storage.lock import only_one

EVERYWHERE = "0.0.0.0"  # noqa: S104  (Slack, or a proxy, comes from outside)

log = structlog.get_logger()


def serve(*, works: bool = True) -> None:
    """Answer Slack until SIGTERM or SIGINT; with `works`, also send what is due. Raises StartRefused."""
    settings, problems = read_settings(os.environ)
    set_up_logs(settings.rung_log_format)
    if not works and settings.uses_sqlite:
        hint = "leave out --no-worker, or use PostgreSQL to run several processes"
        problems.append(
            environment_problem("DATABASE_URL", "is a SQLite file, which no worker can serve beside", hint)
        )

    async def run() -> None:
        stop = told_to_stop()
        with only_one(settings.database_url):
            async with opened(settings, problems=problems, works=works) as rung, listening(rung, stop):
                _begin_to_collect()
                await stop.wait()
                log.info("stopping")

    asyncio.run(run())


def work(port: int = 0) -> None:
    """Send what is due until SIGTERM or SIGINT, beside processes that answer. Raises StartRefused.

    With a `port` there is `/healthz`, `/readyz` and `/metrics`; Slack is not listened to.
    """
    settings, problems = read_settings(os.environ)
    set_up_logs(settings.rung_log_format)

    async def run() -> None:
        stop = told_to_stop()
        with only_one(settings.database_url):
            async with opened(settings, problems=problems) as rung, AsyncExitStack() as stack:
                rung.is_connected = _need_not_be
                if port:
                    web_app = web.Application()
                    rung.add_health(web_app)
                    await stack.enter_async_context(serving(web_app, EVERYWHERE, port))
                log.info("ready", way="worker", port=port or None)
                _begin_to_collect()
                await stop.wait()
                log.info("stopping")

    asyncio.run(run())


async def _need_not_be() -> bool:
    """A worker opens no socket, whatever it shares its settings with."""
    return True


def _begin_to_collect() -> None:
    """From now on garbage is collected, which `bot.cli` turned off; what the start made is not looked at."""
    gc.freeze()
    gc.enable()


@asynccontextmanager
async def listening(rung: Rung, stop: asyncio.Event) -> AsyncIterator[None]:
    """Health over HTTP always; Slack over HTTP too, or over a socket where an app token is set."""
    web_app = web.Application()
    rung.add_routes(web_app)
    async with serving(web_app, EVERYWHERE, rung.settings.port), socket_mode(rung, stop):
        way = "socket mode" if rung.settings.uses_socket_mode else "http"
        log.info("ready", way=way, port=rung.settings.port, ladders=sorted(rung.ladders.in_force))
        yield


@asynccontextmanager
async def serving(web_app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(web_app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def socket_mode(rung: Rung, stop: asyncio.Event) -> AsyncIterator[None]:
    """A connection to Slack while inside, where an app token is set; made as soon as Slack lets us."""
    token = rung.settings.slack_app_token
    if token is None:
        yield
        return
    handler = SocketMode(rung.bolt, token.get_secret_value())
    rung.is_connected = handler.client.is_connected
    connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        yield
    finally:
        connecting.cancel()
        stopping.cancel()
        await handler.finish()
        await handler.close_async()  # type: ignore[no-untyped-call]


def told_to_stop() -> asyncio.Event:
    """Set at SIGTERM or SIGINT from now on, so that what was begun is ended in order."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
