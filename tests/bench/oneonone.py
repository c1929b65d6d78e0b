"""An agenda for someone who shared 2,000 entries: opened by their manager, every look noted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from itertools import cycle

from bot import clock
from bot.brag import model, service
from bot.brag.model import Evidence
from bot.brag.service import Keeping
from bot.ids import new_id
from bot.ladder.load import read_ladder
from bot.oneonone.model import ActionItem, Meeting, Pair, Series, TalkingPoint
from bot.oneonone.store import OneOnOneStore
from bot.people.model import PersonId, Standing
from bot.people.relations import Relation
from bot.rhythm.model import Rhythm
from bot.storage.keys import open_vault
from bot.storage.migrate import upgrade
from tests.bench.brag_rows import LADDER, TARGET, TEAM, open_database, say_something
from tests.bench.load import Question, Round, ask_all, asking, write_brag, write_questions, write_request
from tests.bench.servers import Bot, bare, rung

PAIR = Pair(TEAM, "UANA", "UBEN")
ASKED = {"agenda": "<@UANA>", "case": "case <@UANA>", "history": "history <@UANA>"}
EXPECTED = {"agenda": "Worth naming", "case": "Promotion case", "history": "newest first"}
LATELY = 25  # entries shared since the two met
MEETINGS = 8

Say = Callable[[str], object]


@dataclass(frozen=True)
class OneOnOneSizes:
    """How much is measured: `looks` of each kind in a round."""

    entries: int
    rounds: int
    looks: int


FULL = OneOnOneSizes(2_000, rounds=7, looks=30)
QUICK = OneOnOneSizes(2_000, rounds=3, looks=10)


async def measure_oneonone(folder: str, sizes: OneOnOneSizes, tell: Say) -> dict[str, list[Round]]:
    """Rounds by what was asked for; those of the empty listener as `bare`."""
    tell(f"an agenda for someone with {sizes.entries:,} shared entries")
    await asyncio.to_thread(fill, folder, sizes.entries)
    found: dict[str, list[Round]] = {name: [] for name in ("bare", *ASKED)}
    async with bare("http") as plain, rung("http", folder) as ours:
        await _try_out(ours)
        for _ in range(sizes.rounds):
            empty = write_questions(plain, ["staff"], [PAIR.other]) * sizes.looks
            found["bare"].append(await ask_all(plain, "http", empty, 1))
            for name, text in ASKED.items():
                found[name].append(await ask_all(ours, "http", [_ask(ours, text)] * sizes.looks, 1))
    return found


def fill(folder: str, entries: int) -> None:
    """The database of a Rung not yet started."""
    with closing(open_database(folder)) as database:
        upgrade(database.engine)
        store = partial(OneOnOneStore, open_vault(None, database, clock.now()))
        database.write_now(store, _settle_in)
        database.write_now(store, _share, entries)
        database.write_now(store, _meet)


async def _try_out(bot: Bot) -> None:
    """Each must answer what it is for."""
    async with asking(bot, "http", 1) as (ask,):
        for name, text in ASKED.items():
            answer = await ask(_ask(bot, text))
            if EXPECTED[name] not in answer:
                raise RuntimeError(f"/agenda {text} did not answer as it should: {answer[:200]}")


def _ask(bot: Bot, text: str) -> Question:
    command = write_brag(bot, PAIR.other, text).payload | {"command": "/agenda"}
    return Question(command, write_request(command))


def _settle_in(store: OneOnOneStore) -> None:
    now, ladder = clock.now(), read_ladder(LADDER)
    store.people.set_levels(PAIR.engineer_id, Standing(ladder.id, "ic5", TARGET), now)
    for user in (PAIR.engineer, PAIR.other):
        store.people.change_profile(PersonId(TEAM, user), {"zone": "Europe/Berlin"}, now)
    store.relations.put(Relation(PAIR.engineer_id, PAIR.other, "manager", "active", "UANA", now, now))
    at = datetime.combine(now.date() + timedelta(days=1), time(10), now.tzinfo)
    store.times.put(Series(PAIR, Rhythm(at.weekday(), time(10)), "Europe/Berlin", at, "UBEN", 45), now)


def _share(store: OneOnOneStore, count: int) -> None:
    """All of them evidence for something; some shared since the last meeting."""
    ladder, now = read_ladder(LADDER), clock.now()
    level = ladder.levels[TARGET]
    proofs = cycle(
        Evidence(ladder.id, level.id, one.id, statement.id)
        for one in ladder.competencies_of(level.track)
        for statement in ladder.expected_at(level, one)
    )
    capture = service.new_capture(PAIR.engineer_id, service.COMMAND, new_id())
    store.brag.add_capture(capture, now)
    written = []
    for number, proof in zip(range(count), proofs, strict=False):
        then = now - timedelta(days=1 if number < LATELY else 10 + number % 700)
        keeping = Keeping(PAIR.engineer_id, then.date(), then, lambda _: ())
        [draft] = service.draft_entries(capture, [say_something(number)], keeping)
        shared = model.share(model.confirm(draft, proof), "shared", then)
        written.append(replace(shared, position=number))
    store.brag.put(written)


def _meet(store: OneOnOneStore) -> None:
    now = clock.now()
    for week in range(1, MEETINGS + 1):
        then = now - timedelta(weeks=week)
        meeting = store.meetings.meet(Meeting(new_id(), PAIR, then.date(), then))
        items = [
            ActionItem(new_id(), PAIR, "UBEN", "UBEN", say_something(n), then, meeting=meeting.id)
            for n in range(2)
        ]
        store.meetings.add_items(items)
    for number in range(5):
        point = TalkingPoint(new_id(), PAIR, "UANA", say_something(number), now, now)
        store.points.put(point)
