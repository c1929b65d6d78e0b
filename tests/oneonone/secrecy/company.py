"""A company that lives with Rung, and two copies of it for someone to look at.

One copy holds everything, the other one only what the viewer may know. What they are shown must be the same.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import aiohttp

from bot.app import opened, put_together
from bot.oneonone.store import OneOnOneStore
from bot.people.model import PersonId
from bot.playground.server import running
from bot.playground.slack import Slack
from bot.playground.world import User, World
from bot.rung import Rung
from bot.storage.database import Database
from bot.storage.vault import Vault, read_keys
from tests.oneonone.secrecy.rows import Rows, read_rows, write_rows
from tests.support.workspace import BEGINNING, KEY, SECRET, build_world, settings_for

DEV = User("UDEV", "dev", "Dev Anand", tz="Asia/Kolkata")
MIA = User("UMIA", "mia", "Mia Lindqvist")
CAS = User("UCAS", "cas", "Cas Okafor")
NEW = User("UNEW", "new", "Nell Newcomer")
"""Is in Slack, and has never been near Rung."""
HERE, ELSEWHERE = "T0001", "T0002"
"""In both live people with the same ids."""

VAULT = Vault(read_keys(KEY))
STORE = partial(OneOnOneStore, VAULT)


@dataclass
class Clock:
    """Stands still unless it is moved: what is done on one copy after the other is done at the same time."""

    time: datetime = BEGINNING

    def __call__(self) -> datetime:
        return self.time


@dataclass
class Company:
    """`rung` is the one people live with; `whole` and `shared` are those for a look."""

    slack: Slack
    clock: Clock
    rung: Rung
    whole: Rung
    shared: Rung
    wrote: int = 0
    """How many things were written so far: no two texts are the same."""
    said: dict[PersonId, list[str]] = field(default_factory=dict)
    """ts of what people wrote into their DM."""

    @property
    def rows(self) -> Rows:
        return read_rows(self.rung.database)


class Ground:
    """What every company of a test stands on: one Slack, one set of ladders and prompts, three databases."""

    def __init__(
        self, slack: Slack, pattern: Rung, session: aiohttp.ClientSession, databases: Sequence[Database]
    ) -> None:
        self._slack = slack
        self._pattern = pattern
        self._session = session
        self._databases = databases

    def found(self) -> Company:
        """A new one, in which nothing has happened yet."""
        clock = Clock()
        self._slack.world.now = lambda: clock().timestamp()
        for database in self._databases:
            write_rows(database, {})
        rung, whole, shared = (self._open(database, clock) for database in self._databases)
        return Company(self._slack, clock, rung, whole, shared)

    def _open(self, database: Database, clock: Clock) -> Rung:
        like = self._pattern
        return put_together(
            like.settings, database, VAULT, like.ladders, like.prompts, self._session, clock, like.identity
        )


@asynccontextmanager
async def ground(urls: Sequence[str]) -> AsyncIterator[Ground]:
    """`urls` are databases at the newest schema: of the company, and of its two copies."""
    async with AsyncExitStack() as stack:
        slack = Slack(deaf_world(), None, SECRET)
        address = await stack.enter_async_context(running(slack))
        settings = settings_for(address, urls[0])
        pattern = await stack.enter_async_context(opened(settings, works=False))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        databases = [Database(url) for url in urls]
        for database in databases:
            stack.callback(database.close)
        yield Ground(slack, pattern, session, databases)


def deaf_world() -> World:
    """It tells nobody of anything: here people speak to Rung's own listeners."""
    world = build_world()
    world.manifest.settings.event_subscriptions.bot_events.clear()
    world.users |= {each.id: each for each in (DEV, MIA, CAS, NEW)}
    return world


async def wait(rung: Rung, clock: Clock, by: timedelta) -> None:
    clock.time += by
    await rung.send_due()
    await rung.sender.finish()
