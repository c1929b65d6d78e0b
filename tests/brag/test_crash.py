"""Killed again and again, at any moment: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.app import opened
from bot.brag.model import Entry
from bot.brag.store import BragStore
from bot.clock import MovableClock
from bot.outbox.model import LEASE
from bot.people.model import PersonId
from bot.playground.delivery import FIRST, Answer, Attempt, Kind
from bot.playground.server import running
from bot.playground.slack import Slack
from bot.playground.world import Json, Message, User
from bot.rung import Rung
from bot.storage.database import Database
from bot.storage.vault import Vault, read_keys
from tests.support.process import free_port
from tests.support.victim import Victim, warm
from tests.support.workspace import CHANNEL, KEY, SECRET, build_world, settings_for, words_of

TICK = {"white_check_mark": ["UBOT"]}
AGAIN = (0.05,) * 400  # seconds; Slack's patience, at a pace for tests

# When the process dies: so many milliseconds after people began, or in the middle of a call to Slack, which
# was carried out or not.
DELAYS = [*range(0, 32, 3), *range(40, 120, 10)]
CALLS = [
    (method, stored)
    for method in ("chat.postMessage", "reactions.add", "chat.update")
    for stored in (False, True)
]
NEVER = 3  # seconds; there may be no such call in this life


class CountingSlack(Slack):
    """Knows what the bot said 200 to."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.retry_delays = AGAIN
        self.told: set[str] = set()
        self.taken: Counter[str] = Counter()

    async def deliver(self, kind: Kind, payload: Json, attempt: Attempt = FIRST) -> Answer:
        name = payload.get("event_id") or payload.get("text") or ""
        if "event_id" in payload:
            self.told.add(name)
        answer = await super().deliver(kind, payload, attempt)
        self.taken[name] += 1
        self.world.touch()
        return answer

    async def until_all_is_taken(self) -> None:
        while self.told - self.taken.keys():
            await self.world.changed(self.world.version, 1)


@dataclass
class Life:
    """What one person wrote, and wants to find again."""

    person: User
    dm: str
    messages: list[Message] = field(default_factory=list)
    wanted: set[str] = field(default_factory=set)
    commands: list[str] = field(default_factory=list)
    view: str = ""

    def named(self, what: str) -> str:
        return f"Shipped the {what} of {self.person.id}"


class People:
    """Somebody new in each round, who does everything that is kept."""

    def __init__(self, slack: CountingSlack) -> None:
        self.slack = slack
        self.lives: list[Life] = []

    async def arrive(self) -> Life:
        """With the form open already, as it takes Rung to open it."""
        world, number = self.slack.world, len(self.lives)
        person = User(f"U{number:04}", f"person{number}", f"Person {number}")
        world.users[person.id] = person
        world.conversations[CHANNEL].members.append(person.id)
        life = Life(person, world.im_between(person.id, world.bot_user_id).id)
        await self.slack.run_shortcut(person.id, "brag_new", CHANNEL)
        view = world.modal(person.id)
        assert view
        life.view = view.id
        self.lives.append(life)
        return life

    async def act(self, life: Life, before: Life | None) -> None:
        """Everything at once; the one who came before edits what they wrote."""
        doing = [self._write(life), self._command(life), self.fill_in(life)]
        if before and before.messages:
            doing.append(self._edit(before))
        await asyncio.gather(*doing)

    async def _write(self, life: Life) -> None:
        texts = [life.named("first"), life.named("second")]
        life.wanted |= set(texts)
        life.messages = list(
            await asyncio.gather(*(self.slack.post(life.person.id, life.dm, each) for each in texts))
        )

    async def _command(self, life: Life) -> None:
        life.commands.append(life.named("command"))
        await self.slack.send(life.person.id, CHANNEL, f"/brag {life.commands[-1]}")

    async def fill_in(self, life: Life) -> None:
        """Again, until the form closes."""
        if self.slack.world.modal(life.person.id):
            life.wanted.add(life.named("form"))
            values = {"text": {"write": {"value": life.named("form")}}}
            await self.slack.submit(life.person.id, life.view, values)

    async def _edit(self, life: Life) -> None:
        old, new = life.named("first"), life.named("rewritten first")
        life.wanted = (life.wanted - {old}) | {new}
        await self.slack.edit(life.person.id, life.messages[0].ts, new)


@pytest.mark.parametrize("seed", [1])
async def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_there_twice(
    database_url: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    slack = CountingSlack(build_world(), None, SECRET)
    people = People(slack)
    moments: list[int | tuple[str, bool]] = [*DELAYS, *CALLS]
    random.Random(seed).shuffle(moments)
    async with running(slack) as address:
        port = free_port()
        slack.bot_url = f"http://127.0.0.1:{port}"
        async with warm("serve", **settings_of_process(address, database_url, port)) as victim:
            caught = [await one_life(victim, people, moment) for moment in moments]
        await finish(slack, people, address, database_url)
    found = find_everything(database_url, people)
    told_again = sum(1 for each in slack.world.refused if each.where == "message.im")
    report = (
        f"{len(moments)} kills, {sum(caught)} while something was under way; {len(slack.told)} events, "
        f"{told_again} told again; {sum(map(len, found.values()))} entries kept"
    )
    with capsys.disabled():
        sys.stdout.write(f"\n{report}\n")
    check(slack, people, found)


def settings_of_process(address: str, database_url: str, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-playground",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{address}/api/",
        "DATABASE_URL": database_url,
        "RUNG_DEFAULT_LADDER": "artsy",
        "RUNG_SECRET_KEY": KEY,
        "PORT": str(port),
    }


async def one_life(victim: Victim, people: People, moment: int | tuple[str, bool]) -> bool:
    """A process that lives until that moment; True where it left something unanswered or unsent."""
    slack = people.slack
    await victim.start()
    before = people.lives[-1] if people.lives else None
    life = await people.arrive()
    acting = asyncio.create_task(people.act(life, before))
    await wait_for(slack, moment)
    was_busy = not acting.done()
    await victim.kill()
    slack.faults.clear()
    await acting
    return was_busy or bool(slack.told - slack.taken.keys())


async def wait_for(slack: Slack, moment: int | tuple[str, bool]) -> None:
    """The only wait by the clock: it is the moment itself."""
    if isinstance(moment, int):
        await asyncio.sleep(moment / 1000)
        return
    method, stored = moment
    held = slack.faults.add(method, "timeout", stored=stored)
    reached = asyncio.create_task(held.reached.wait())
    await asyncio.wait({reached}, timeout=NEVER)
    reached.cancel()


async def finish(slack: CountingSlack, people: People, address: str, database_url: str) -> None:
    """The same app, an hour later: leases have run out, and Slack can be asked."""
    clock = MovableClock()
    clock.move(timedelta(hours=1))
    async with serving_here(slack, address, database_url, clock) as rung:
        await slack.until_all_is_taken()
        await asyncio.gather(*map(people.fill_in, people.lives))
        for _ in range(4):
            await rung.sender.finish()
            await rung.send_due()
            clock.move(LEASE + timedelta(seconds=1))
        await slack.settle()


@asynccontextmanager
async def serving_here(
    slack: Slack, address: str, database_url: str, clock: MovableClock
) -> AsyncIterator[Rung]:
    async with AsyncExitStack() as stack:
        settings = settings_for(address, database_url, rung_secret_key=SecretStr(KEY))
        rung = await stack.enter_async_context(opened(settings, now=clock))
        web_app = web.Application()
        rung.add_routes(web_app)
        runner = web.AppRunner(web_app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield rung


def find_everything(database_url: str, people: People) -> dict[str, list[Entry]]:
    database = Database(settings_for("http://slack", database_url).database_url)
    store = partial(BragStore, Vault(read_keys(KEY)))
    team = people.slack.world.team_id
    found = {
        life.person.id: database.read_now(store, BragStore.get_kept, PersonId(team, life.person.id))
        for life in people.lives
    }
    database.close()
    return found


def check(slack: CountingSlack, people: People, found: dict[str, list[Entry]]) -> None:
    """Every event and every form once; every command that was acknowledged; every receipt once."""
    for life in people.lives:
        kept = Counter(entry.words.text for entry in found[life.person.id])
        acknowledged = {text for text in life.commands if slack.taken[text]}
        assert acknowledged <= kept.keys() <= life.wanted | set(life.commands)
        assert not life.wanted - kept.keys(), (life, kept)
        assert set(kept.values()) == {1}, kept
        said = [words_of(each) for each in slack.world.messages(life.dm, life.person.id) if is_bots(each)]
        for text in life.wanted:
            assert sum(text in words for words in said) == 1, (text, said)
        assert len(said) == len(life.wanted)
        assert [message.reactions for message in life.messages] == [TICK, TICK]


def is_bots(message: Message) -> bool:
    return message.user_id == "UBOT"
