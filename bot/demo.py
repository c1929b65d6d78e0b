"""`make demo`: a workspace with a few people and the real bot behind it, in one process."""

from __future__ import annotations

import asyncio
import base64
import logging
import secrets
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import structlog
import yaml
from pydantic import SecretStr

from bot.app import opened
from bot.clock import MovableClock
from bot.demo_history import HISTORY
from bot.demo_past import BEGINNING, Moment, Past
from bot.errors import BotError
from bot.logs import set_up_logs
from bot.playground.page import PageOptions
from bot.playground.server import build_server
from bot.playground.slack import Slack
from bot.playground.world import Conversation, User, World
from bot.serve import serving, told_to_stop
from bot.settings import Settings
from bot.slack.bolt import Identity
from bot.slack.manifest import write_manifest

HOST = "127.0.0.1"
PAGE = PageOptions(
    title="Rung, to try",
    hint="Try `/ladder staff`, `/brag list`, or `/agenda @ana` as Ben; `/ladder help` says more.",
)

ANA = User("UANA", "ana", "Ana Ferreira", "Senior Engineer 2", "Europe/Lisbon")
DEV = User("UDEV", "dev", "Dev Anand", "Engineer 2", "Asia/Kolkata")
BEN = User("UBEN", "ben", "Ben Mensah", "Engineering Manager 2", "Europe/London")
NOOR = User("UNOOR", "noor", "Noor Haddad", "Engineer 1, since Monday", "Europe/Berlin")
PEOPLE = (ANA, DEV, BEN, NOOR)

SMALL_TALK = (
    (
        BEN,
        "Welcome, Noor! Ask Rung what we expect of whom: `/ladder` answers, and only you see it.",
    ),
    (NOOR, "Thanks! I'll start with Engineer 1, then."),
    (ANA, "And `/ladder search mentoring` is how I found out what I was already doing."),
)


def demo(port: int) -> None:
    """Serve the page until Ctrl-C. Raises BotError when the port is taken."""
    set_up_logs()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))  # of the past
    try:
        asyncio.run(_run(port))
    except OSError as error:
        raise BotError(
            f"Port {port} cannot be used ({error.strerror}). Try: rung demo --port {port + 1}"
        ) from None


async def _run(port: int) -> None:
    stop = told_to_stop()
    async with playing(port) as address:
        set_up_logs()
        print(f"\n  Open {address} and type /ladder staff. Ctrl-C ends it.\n", flush=True)  # noqa: T201
        await stop.wait()


@asynccontextmanager
async def playing(port: int, history: Sequence[Moment] = HISTORY) -> AsyncIterator[str]:
    """The demo on a port; yields the address of its page."""
    async with living(port, history):
        yield f"http://{HOST}:{port}"


@asynccontextmanager
async def living(port: int, history: Sequence[Moment] = HISTORY) -> AsyncIterator[Slack]:
    """The demo's Slack, after its people have lived through `history`, with its page on a port."""
    address = f"http://{HOST}:{port}"
    clock, secret = MovableClock(), secrets.token_hex(16)
    clock.move(-BEGINNING)
    world = build_world(clock)
    slack = Slack(world, address, secret, base_url=address)
    with tempfile.TemporaryDirectory(prefix="rung-demo-") as folder:
        settings = Settings(
            slack_bot_token=SecretStr(world.bot_token),
            slack_signing_secret=SecretStr(secret),
            slack_api_url=f"{address}/api/",
            database_url=f"sqlite:///{Path(folder) / 'rung.db'}",
            rung_default_ladder="artsy",
            rung_secret_key=SecretStr(base64.b64encode(secrets.token_bytes(32)).decode()),
        )
        identity = Identity(world.team_id, world.bot_id, world.bot_user_id)
        async with opened(settings, now=clock, identity=identity) as rung:

            async def move(by: timedelta) -> None:
                clock.move(by)
                await rung.look_again()
                await rung.send_due()

            slack.move = move
            web_app = build_server(slack, PAGE)
            rung.add_routes(web_app)
            async with serving(web_app, HOST, port):
                await Past(slack, rung, clock).live(history)
                await _talk(slack)
                yield slack


def build_world(clock: MovableClock) -> World:
    """The people, their channels and the app as its manifest declares it."""
    everyone = [person.id for person in PEOPLE]
    world = World(
        yaml.safe_load(write_manifest(reactions=True)),
        PEOPLE,
        [
            Conversation("CGENERAL", "channel", "general", [*everyone]),
            Conversation("CENG", "channel", "engineering", [*everyone]),
        ],
        now=lambda: clock().timestamp(),
    )
    world.conversations["CENG"].members.append(world.bot_user_id)  # so that it hears of reactions there
    return world


async def _talk(slack: Slack) -> None:
    for person, text in SMALL_TALK:
        await slack.send(person.id, "CENG", text)
