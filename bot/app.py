"""Puts the parts together: the only file that knows every one of them."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import structlog
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import clock
from bot.clock import Now
from bot.content_library import Library
from bot.contents import open_ladders, open_prompts
from bot.errors import Problem, SlackRefused, StartRefused
from bot.home.listeners import HomeListeners
from bot.ladder.listeners import LadderListeners
from bot.ladder.model import Ladder
from bot.settings import (
    Settings,
    environment_problem,
    problem_of_database,
    problems_of_folders,
    problems_of_slack,
)
from bot.slack.bolt import Identity, build_bolt
from bot.slack.gateway import Gateway
from bot.slack.http import add_slack_route
from bot.slack.router import Router
from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.kept_content import KeptContent
from bot.wording import Messages, Wording

# Slack's codes for a token that will never do; others may pass.
USELESS_TOKEN = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "not_allowed_token_type",
        "account_inactive",
        "token_revoked",
        "token_expired",
    }
)
LOOK_AGAIN = 2  # seconds between looks at ladders and prompts

IsConnected = Callable[[], Awaitable[bool]]

log = structlog.get_logger()


@dataclass
class Rung:
    """The running bot: what answers, and what says how it is."""

    settings: Settings
    database: Database
    ladders: Library[Ladder]
    prompts: Library[Messages]
    gateway: Gateway
    identity: Identity
    router: Router
    bolt: AsyncApp
    clock: Now
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_connected: IsConnected | None = None
    """Over Socket Mode: is the connection to Slack open?"""

    def add_routes(self, web_app: web.Application) -> None:
        """`/healthz`, `/readyz`, and over HTTP also `/slack/events`."""
        web_app.router.add_get("/healthz", _say_alive)
        web_app.router.add_get("/readyz", self._say_ready)
        secret = self.settings.slack_signing_secret
        if secret and not self.settings.uses_socket_mode:
            add_slack_route(web_app, self.bolt, secret.get_secret_value())

    async def look_again(self) -> None:
        """What the metronome says every other second."""
        async with self.looking:
            await self.look_at_files()
            try:
                await self.recognise()
            except SlackRefused as refused:
                log.warning("Slack cannot be asked yet", method=refused.method, code=refused.code)

    async def look_at_files(self) -> None:
        """Take up changed ladders and prompts; broken ones are logged by place and leave the last good."""
        for kind, library in (("ladder", self.ladders), ("prompt", self.prompts)):
            broken = library.broken
            changes = await asyncio.to_thread(library.refresh)
            if changes.kept:
                await self.database.write(KeptContent, KeptContent.keep, kind, changes.kept, self.clock())
                log.info("content taken up", kind=kind, names=sorted(changes.kept))
            for name in library.broken - broken:
                log.warning("content broken, last good stays in force", kind=kind, name=name)

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

    async def _say_ready(self, _request: web.Request) -> web.Response:
        """200 when people can be answered; problems that the last good content bridges are told as well."""
        checks = {
            "database": await asyncio.to_thread(self.database.is_reachable),
            "slack": await self._hears_slack(),
            "ladders": bool(self.ladders.in_force),
        }
        problems = [str(problem) for problem in (*self.ladders.problems, *self.prompts.problems)]
        status = 200 if all(checks.values()) else 503
        return web.json_response({"ready": status == 200, **checks, "problems": problems}, status=status)


@asynccontextmanager
async def opened(
    settings: Settings,
    now: Now = clock.now,
    problems: Sequence[Problem] = (),
    identity: Identity | None = None,
) -> AsyncIterator[Rung]:
    """A bot that answers, with everything it holds closed at the end.

    Slack is asked whose token it has, unless `identity` says so. Raises StartRefused with everything that
    stands in the way, the `problems` already known among it.
    """
    found = [*problems, *problems_of_slack(settings), *problems_of_folders(settings)]
    database = Database(settings.database_url)
    async with AsyncExitStack() as stack:
        stack.callback(database.close)
        of_database = await asyncio.to_thread(_prepare_database, database)
        ladders, prompts = open_ladders(settings.rung_ladders), open_prompts(settings.rung_prompts)
        if not of_database:
            await _share_last_good(database, ladders, prompts, now)
        found += [*of_database, *_problems_of_contents(settings, ladders, prompts)]
        session = await stack.enter_async_context(aiohttp.ClientSession())
        rung = _put_together(settings, database, ladders, prompts, session, now, identity or Identity())
        found += await _meet_slack(rung)
        if found:
            raise StartRefused(found)
        async with _looking_again(rung):
            yield rung


def _put_together(
    settings: Settings,
    database: Database,
    ladders: Library[Ladder],
    prompts: Library[Messages],
    session: aiohttp.ClientSession,
    now: Now,
    identity: Identity,
) -> Rung:
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None
    # No retry handlers: Slack's client repeats after a lost connection, and a message could stand twice.
    client = AsyncWebClient(token, base_url=settings.slack_api_url, session=session, retry_handlers=[])
    gateway, words = Gateway(client, session), Wording(prompts)
    router = Router(gateway)
    ladder = LadderListeners(
        database=database,
        library=ladders,
        words=words,
        gateway=gateway,
        clock=now,
        default_ladder=settings.rung_default_ladder,
    )
    ladder.register(router)
    HomeListeners(ladder, words, gateway).register(router)
    bolt = build_bolt(router, settings.slack_api_url, identity)
    return Rung(settings, database, ladders, prompts, gateway, identity, router, bolt, now)


def _prepare_database(database: Database) -> list[Problem]:
    """SQLite is brought to the newest schema; PostgreSQL has to be there already."""
    try:
        if database.is_sqlite:
            migrate.upgrade(database.engine)
        elif not migrate.is_current(database.engine):
            return [environment_problem("DATABASE_URL", "lacks migrations", "run `rung db upgrade` first")]
    except SQLAlchemyError as error:
        return [problem_of_database(error)]
    return []


async def _share_last_good(
    database: Database, ladders: Library[Ladder], prompts: Library[Messages], now: Now
) -> None:
    """Keep what is good now, and put the last good in force for what is broken."""
    for kind, library in (("ladder", ladders), ("prompt", prompts)):
        library.restore(await database.read(KeptContent, KeptContent.get_texts, kind))
        good = {name: library.texts[name] for name in library.texts.keys() - library.broken}
        await database.write(KeptContent, KeptContent.keep, kind, good, now())


def _problems_of_contents(
    settings: Settings, ladders: Library[Ladder], prompts: Library[Messages]
) -> list[Problem]:
    """What is broken with nothing good kept to bridge it; a default ladder that does not exist."""
    found = [
        problem
        for library in (ladders, prompts)
        if library.broken - library.in_force.keys()
        for problem in library.problems
    ]
    default = settings.rung_default_ladder
    if default and default not in ladders.in_force.keys() | ladders.broken:
        there = ", ".join(sorted(ladders.in_force)) or "none"
        found.append(environment_problem("RUNG_DEFAULT_LADDER", f"names no ladder there is ({there})"))
    if not ladders.in_force and not found and settings.rung_ladders.is_dir():
        found.append(environment_problem("RUNG_LADDERS", "holds no ladder file"))
    return found


async def _meet_slack(rung: Rung) -> list[Problem]:
    """Tokens that Slack refuses; a Slack that is away, or has a bad day, is no reason not to start."""
    found = []
    app_token = rung.settings.slack_app_token
    if rung.settings.slack_bot_token:
        found.append(await _try_token("SLACK_BOT_TOKEN", rung.recognise()))
    if app_token:
        opening = rung.gateway.try_app_token(app_token.get_secret_value())
        found.append(await _try_token("SLACK_APP_TOKEN", opening))
    return [problem for problem in found if problem]


async def _try_token(name: str, trying: Awaitable[None]) -> Problem | None:
    try:
        await trying
    except SlackRefused as refused:
        if refused.code in USELESS_TOKEN:
            return environment_problem(name, f"was refused by Slack ({refused.code})")
        log.warning("Slack cannot be asked yet", method=refused.method, code=refused.code)
    return None


@asynccontextmanager
async def _looking_again(rung: Rung) -> AsyncIterator[None]:
    """The metronome: a short look every other second, none dropped for being late, the last one finished."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(rung.look_again, "interval", seconds=LOOK_AGAIN, misfire_grace_time=None, coalesce=True)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        async with rung.looking:
            scheduler.shutdown(wait=False)


async def _say_alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok")


def write_migration(title: str) -> Path:
    """Write the step from the newest migration to the tables of every part named in this file."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(f"sqlite:///{folder}/empty.db")) as database,
    ):
        migrate.upgrade(database.engine)
        return migrate.create_migration(database.engine, title)
