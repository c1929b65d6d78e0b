"""The running bot: what answers, what it does every second, and what says how it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt.async_app import AsyncApp
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Now
from bot.content_library import Changes, Library
from bot.contents import Prompts
from bot.errors import Problem, SlackRefused, problem_of_setting
from bot.ladder.model import Ladder
from bot.metrics import Metrics
from bot.outbox.planner import next_turn
from bot.outbox.schedules import Schedules
from bot.outbox.sender import Sender
from bot.settings import Settings
from bot.slack.bolt import Identity
from bot.slack.gateway import Gateway
from bot.slack.http import add_slack_route
from bot.slack.router import Router
from bot.storage.database import Database
from bot.storage.kept_content import KeptContent

PATIENCE = 2.0
"""Seconds that whoever monitors waits for the database."""

IsConnected = Callable[[], Awaitable[bool]]

log = structlog.get_logger()


@dataclass
class Rung:
    """The running bot: what answers, and what says how it is."""

    settings: Settings
    database: Database
    ladders: Library[Ladder]
    prompts: Prompts
    gateway: Gateway
    identity: Identity
    router: Router
    bolt: AsyncApp
    clock: Now
    sender: Sender
    metrics: Metrics
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)
    finishing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """Wait for what is done beside the answers."""
    is_connected: IsConnected | None = None
    """Over Socket Mode: is the connection to Slack open?"""
    _checking: asyncio.Task[Problem | None] | None = None
    _has_stumbled: bool = False
    """Did an error end the last look for what is due?"""

    def add_routes(self, web_app: web.Application) -> None:
        """What monitoring asks for, and over HTTP also `/slack/events`."""
        self.add_health(web_app)
        secret = self.settings.slack_signing_secret
        if secret and not self.settings.uses_socket_mode:
            add_slack_route(web_app, self.bolt, secret.get_secret_value())

    def add_health(self, web_app: web.Application) -> None:
        """`/healthz`, `/readyz` and `/metrics`."""
        web_app.router.add_get("/healthz", _say_alive)
        web_app.router.add_get("/readyz", self._say_ready)
        web_app.router.add_get("/metrics", self._say_metrics)

    async def look_again(self) -> None:
        """What the metronome says every other second."""
        async with self.looking:
            await self.look_at_files()
            try:
                await self.recognise()
            except SlackRefused as refused:
                log.warning("Slack cannot be asked yet", method=refused.method, code=refused.code)

    async def send_due(self) -> None:
        """What the metronome says every second."""
        async with self.sending:
            try:
                await self._plan_and_send()
            except Exception:
                self._has_stumbled = True
                raise
            self._has_stumbled = False

    async def _plan_and_send(self) -> None:
        if not await self.database.look_up(Schedules, Schedules.is_anything_due, self.clock()):
            return
        while await self.database.write(Schedules, Schedules.plan, self.clock(), next_turn):
            pass
        await self.sender.send_due()
        await self.sender.ask_for_unclear()

    async def finish(self) -> None:
        """Wait for whatever was promised and is under way."""
        for finish in self.finishing:
            await finish()

    async def look_at_files(self) -> None:
        """Take up changed ladders and prompts; broken ones are logged by place and leave the last good."""
        for kind, library, broken, changes in await asyncio.to_thread(self._refresh):
            if changes.kept:
                good = library.sign(changes.kept)
                await self.database.write(KeptContent, KeptContent.keep, kind, good, self.clock())
                log.info("content taken up", kind=kind, names=sorted(changes.kept))
            for name in library.broken - broken:
                log.warning("content broken, last good stays in force", kind=kind, name=name)

    def _refresh(self) -> list[tuple[str, Library[Any], frozenset[str], Changes]]:
        """Each library with its kind, what was broken in it before, and what changed."""
        known = libraries_by_kind(self.ladders, self.prompts)
        return [(kind, library, library.broken, library.refresh()) for kind, library in known]

    async def recognise(self) -> None:
        """Ask Slack whose token this is, once it can be asked. Raises SlackRefused."""
        if self.identity.team_id:
            return
        me = await self.gateway.who_am_i()
        self.identity.team_id, self.identity.bot_id = me["team_id"], me.get("bot_id", "")
        self.identity.bot_user_id = me["user_id"]

    async def _hears_slack(self) -> bool:
        """Over HTTP Slack comes by itself; a socket has to be open."""
        if not self.settings.uses_socket_mode:
            return True
        return self.is_connected is not None and await self.is_connected()

    async def _say_metrics(self, _request: web.Request) -> web.Response:
        standing = None
        with suppress(SQLAlchemyError, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                standing = await self.database.read(Schedules, Schedules.stand, self.clock())
        return web.Response(body=self.metrics.write(standing), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _check_database(self) -> Problem | None:
        """One check at a time, so that those that get no answer do not pile up."""
        if self._checking is None or self._checking.done():
            self._checking = asyncio.create_task(asyncio.to_thread(self.database.find_problem))
        await asyncio.wait({self._checking}, timeout=PATIENCE)
        if self._checking.done():
            return self._checking.result()
        said = f"did not answer within {PATIENCE:.0f} s"
        return problem_of_setting("DATABASE_URL", said, "see that its server is not overloaded")

    async def _say_ready(self, _request: web.Request) -> web.Response:
        """200 when people can be answered; problems that the last good content bridges are told as well."""
        of_database = await self._check_database()
        checks = {
            "database": of_database is None,
            "sending": not self._has_stumbled,
            "slack": await self._hears_slack(),
            "ladders": bool(self.ladders.in_force),
        }
        stuck = Problem("outbox", 0, "", "what is due cannot be sent", "the log says where it fails")
        of_us = [of_database, stuck if self._has_stumbled else None]
        found = (*filter(None, of_us), *self.ladders.problems, *self.prompts.problems)
        problems = [str(problem) for problem in found]
        status = 200 if all(checks.values()) else 503
        return web.json_response({"ready": status == 200, **checks, "problems": problems}, status=status)


def libraries_by_kind(ladders: Library[Ladder], prompts: Prompts) -> list[tuple[str, Library[Any]]]:
    """Every library with the kind its files are kept under; all prompts share one folder, and so one kind."""
    return [("ladder", ladders), *(("prompt", library) for library in prompts.libraries)]


async def _say_alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok")
