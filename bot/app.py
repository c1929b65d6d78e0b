"""Puts the parts together: the only file that knows every one of them."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import aiohttp
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import clock
from bot.brag.at_home import AtHome
from bot.brag.build import build_brag
from bot.clock import Now
from bot.content_library import Library
from bot.contents import Prompts, open_ladders, open_prompts
from bot.errors import Problem, SlackRefused, StartRefused
from bot.ground import Ground
from bot.home.build import build_coach, build_conversation, build_home
from bot.ladder.listeners import LadderListeners
from bot.ladder.model import Ladder
from bot.metrics import Metrics
from bot.nudge.build import build_nudge
from bot.oneonone.build import build_oneonones
from bot.oneonone.ways import Ways
from bot.outbox.courier import TIMEOUT, Courier
from bot.outbox.sender import Sender
from bot.people.quiet import Quiet
from bot.people.zones import Zones
from bot.programme.build import build_programmes
from bot.programme.meaning.agreements import Agreements
from bot.rung import Rung, libraries_by_kind
from bot.settings import (
    Settings,
    environment_problem,
    problems_of_folders,
    problems_of_slack,
)
from bot.slack.bolt import Identity, build_bolt
from bot.slack.gateway import Gateway
from bot.slack.router import Router
from bot.storage import migrate
from bot.storage.database import Database, problem_of_database
from bot.storage.kept_content import KeptContent
from bot.storage.keys import open_vault
from bot.storage.vault import KEY_BYTES, Vault
from bot.wording import Wording
from bot.workspace.tokens import Tokens

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
SEND_AGAIN = 1  # seconds between looks for what is due

log = structlog.get_logger()


@asynccontextmanager
async def opened(
    settings: Settings,
    now: Now = clock.now,
    problems: Sequence[Problem] = (),
    identity: Identity | None = None,
    works: bool = True,
) -> AsyncIterator[Rung]:
    """A bot that answers and, where it `works`, sends what is due; everything it holds is closed at the end.

    Slack is asked whose token it has, unless `identity` says so. Raises StartRefused with everything that
    stands in the way, the `problems` already known among it.
    """
    found = [*problems, *problems_of_slack(settings), *problems_of_folders(settings)]
    database = Database(settings.database_url)
    async with AsyncExitStack() as stack:
        stack.callback(database.close)
        of_database = await asyncio.to_thread(_prepare_database, database)
        known_good = await _get_known_good(database) if not of_database else ()
        ladders = open_ladders(settings.rung_ladders)
        prompts = open_prompts(settings.rung_prompts, known_good)
        vault = Vault([bytes(KEY_BYTES)])  # only while looking for what else stands in the way of a start
        if not of_database:
            await _share_last_good(database, ladders, prompts, now)
            try:
                vault = await asyncio.to_thread(_open_vault, settings, database, now)
            except StartRefused as refused:
                found += refused.problems
        found += [*of_database, *_problems_of_contents(settings, ladders, prompts)]
        session = await stack.enter_async_context(aiohttp.ClientSession())
        rung = put_together(settings, database, vault, ladders, prompts, session, now, identity or Identity())
        found += await _meet_slack(rung)
        if found:
            raise StartRefused(found)
        async with _looking_again(rung, works=works):
            yield rung


def put_together(
    settings: Settings,
    database: Database,
    vault: Vault,
    ladders: Library[Ladder],
    prompts: Prompts,
    session: aiohttp.ClientSession,
    now: Now,
    identity: Identity,
) -> Rung:
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    # No retry handlers: Slack's client repeats after a lost connection, and a message could stand twice.
    client = AsyncWebClient(
        token or None, settings.slack_api_url, TIMEOUT, session=session, retry_handlers=[]
    )
    gateway, words = Gateway(client, session), Wording(prompts.messages)
    metrics = Metrics()
    tokens = Tokens(token, identity, database, vault, now)
    courier = Courier(client, session, tokens.of)
    router, sender = Router(gateway), Sender(database, courier, now, settings.rung_messages_per_minute)
    sender.watch = metrics.count
    zones = Zones(database, gateway, now)
    ladder = LadderListeners(
        database=database,
        library=ladders,
        words=words,
        gateway=gateway,
        clock=now,
        default_ladder=settings.rung_default_ladder,
    )
    zones.register(router)
    ladder.register(router)
    ground = Ground(database, vault, gateway, sender, words, zones, Quiet(gateway, now), ladder, now)
    _build_slices(ground, router, settings, ladders, prompts)
    bolt = build_bolt(router, settings.slack_api_url, identity)
    rung = Rung(settings, database, ladders, prompts, gateway, identity, router, bolt, now, sender, metrics)
    rung.finishing += [sender.finish, ladder.pictures.finish]
    return rung


def _build_slices(
    ground: Ground, router: Router, settings: Settings, ladders: Library[Ladder], prompts: Prompts
) -> None:
    """In their order; what one tells another goes by functions handed in here."""
    agreements = Agreements(ground)
    ground.ladders.agreed = agreements.of
    brag, captures = build_brag(ground, router, settings.rung_reaction)
    nudge = build_nudge(
        ground,
        router,
        captures,
        lambda: prompts.weekly_questions,
        lambda: ladders.in_force,
        settings.rung_default_ladder,
        agreements.of_engineers,
    )
    coach = build_coach(ground, router, nudge.rests)
    programmes = build_programmes(ground, router, captures, agreements, lambda: prompts.programmes_by_id)
    coach.words["programme"] = programmes.coach.answer
    conversation = build_conversation(ground, router, coach, captures, nudge, programmes)
    ways = Ways(
        router,
        ground.sender,
        coach.words,
        conversation.replies,
        conversation.takers,
        conversation.deleted,
    )
    oneonones = build_oneonones(
        ground, ways, brag, captures, lambda: prompts.oneonone_questions, agreements.between
    )
    at_home = AtHome(brag)
    coming = [oneonones.times.get_coming, programmes.ahead.get_coming]
    parts = [at_home.show_coverage, at_home.show_latest, oneonones.linking.privacy.show_at_home]
    build_home(ground, router, coach, coming, parts)


def _prepare_database(database: Database) -> list[Problem]:
    """SQLite is brought to the newest schema; PostgreSQL has to be there already."""
    try:
        if database.is_sqlite:
            migrate.upgrade(database.engine)
        elif problem := migrate.find_problem(database.engine):
            return [problem]
    except StartRefused as refused:
        return [*refused.problems]
    except SQLAlchemyError as error:
        return [problem_of_database(error)]
    return []


async def _get_known_good(database: Database) -> Collection[str]:
    """Fingerprints of messages that an earlier start tried."""
    kept = await database.read(KeptContent, KeptContent.get_all, "prompt")
    return {by for _, by in kept.values()}


def _open_vault(settings: Settings, database: Database, now: Now) -> Vault:
    secret = settings.rung_secret_key.get_secret_value() if settings.rung_secret_key else None
    return open_vault(secret, database, now())


async def _share_last_good(database: Database, ladders: Library[Ladder], prompts: Prompts, now: Now) -> None:
    """Keep what is good now and not kept yet, and put the last good in force for what is broken."""
    for kind, library in libraries_by_kind(ladders, prompts):
        kept = await database.read(KeptContent, KeptContent.get_all, kind)
        library.restore({name: text for name, (text, _) in kept.items()})
        good = library.sign({name: library.texts[name] for name in library.texts.keys() - library.broken})
        fresh = {name: signed for name, signed in good.items() if kept.get(name) != signed}
        if fresh:
            await database.write(KeptContent, KeptContent.keep, kind, fresh, now())


def _problems_of_contents(settings: Settings, ladders: Library[Ladder], prompts: Prompts) -> list[Problem]:
    """What is broken with nothing good kept to bridge it; a default ladder that does not exist."""
    found = [
        problem
        for _, library in libraries_by_kind(ladders, prompts)
        if library.broken - library.in_force.keys()
        for problem in library.problems
    ]
    found += prompts.missing
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
async def _looking_again(rung: Rung, *, works: bool) -> AsyncIterator[None]:
    """The metronome: short looks, none dropped for being late, the last ones finished."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    jobs = [(rung.look_again, LOOK_AGAIN), *([(rung.send_due, SEND_AGAIN)] if works else [])]
    for job, seconds in jobs:
        scheduler.add_job(job, "interval", seconds=seconds, misfire_grace_time=None, coalesce=True)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        rung.sender.end()
        async with rung.looking, rung.sending:
            await rung.finish()
            scheduler.shutdown(wait=False)


def write_migration(title: str) -> Path:
    """Write the step from the newest migration to the tables of every part named in this file."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(f"sqlite:///{folder}/empty.db")) as database,
    ):
        migrate.upgrade(database.engine)
        return migrate.create_migration(database.engine, title)
