"""Brag documents: reading a long one, keeping one more entry, and what the parts of that cost."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle, islice
from statistics import median

from bot import clock
from bot.brag import owing, service
from bot.brag.advising import Advisor
from bot.brag.service import Keeping
from bot.ids import new_id
from bot.ladder.load import read_ladder
from bot.ladder.service import Reader
from bot.people.model import PersonId
from tests.bench.brag_rows import (
    CONFIRMING,
    LADDER,
    PROLIFIC,
    TARGET,
    TEAM,
    fill,
    open_database,
    open_store,
    say_something,
)
from tests.bench.load import Round, ask_all, asking, write_brag, write_questions
from tests.bench.servers import Bot, bare, rung

READING = {"list": "list", "search": "search feature flags", "coverage": "coverage"}
EXPECTED = {"list": "5000", "search": "*feature", "coverage": "of"}
FRESH = 10_000_000  # texts of this number on were never kept before

Say = Callable[[str], object]


@dataclass(frozen=True)
class BragSizes:
    """How much is measured. `readings`: of each command in a round; `many` before memory is looked at."""

    entries: int
    people: int
    rounds: int
    readings: int
    keepings: int
    many: int
    parts: int


FULL = BragSizes(200_000, 200, rounds=7, readings=15, keepings=50, many=500, parts=300)
QUICK = BragSizes(40_000, 120, rounds=3, readings=7, keepings=34, many=60, parts=100)


@dataclass(frozen=True)
class Parts:
    """Middle seconds of what keeping one entry consists of, done alone in this process."""

    disk: float
    """A row of its own in a file of its own, and its commit: less nobody can do who keeps anything."""
    commit: float
    suggestion: float
    learning: float
    """Once, before the first suggestion, and again after something was confirmed."""


@dataclass(frozen=True)
class BragFigures:
    """Rounds by command; those of the empty listener beside those that keep; memory before and after."""

    reading: dict[str, list[Round]]
    bare: list[Round]
    keeping: list[Round]
    memory: tuple[int, int]
    parts: Parts


async def measure_brag(folder: str, sizes: BragSizes, tell: Say) -> BragFigures:
    tell(f"{sizes.entries:,} entries of {sizes.people} people")
    await asyncio.to_thread(fill, folder, sizes.entries, sizes.people)
    async with bare("http") as plain, rung("http", folder) as ours:
        await _try_out(ours)
        tell("/brag list, search, coverage")
        reading = await _read(ours, sizes)
        tell("/brag with something to keep")
        empty, keeping = await _keep(plain, ours, sizes)
        tell("memory, /brag")
        memory = await _grow(ours, sizes)
    tell("parts of keeping an entry")
    return BragFigures(reading, empty, keeping, memory, await _measure_parts(folder, sizes))


async def _try_out(bot: Bot) -> None:
    """Each command must answer what it is for."""
    async with asking(bot, "http", 1) as (ask,):
        for name, text in READING.items():
            answer = await ask(write_brag(bot, PROLIFIC, text))
            if EXPECTED[name] not in answer:
                raise RuntimeError(f"/brag {text} did not answer as it should: {answer[:200]}")


async def _read(bot: Bot, sizes: BragSizes) -> dict[str, list[Round]]:
    """The three take turns."""
    found: dict[str, list[Round]] = {name: [] for name in READING}
    for _ in range(sizes.rounds):
        for name, rounds in found.items():
            asked = [write_brag(bot, PROLIFIC, READING[name]) for _ in range(sizes.readings)]
            rounds.append(await ask_all(bot, "http", asked, 1))
    return found


async def _keep(plain: Bot, ours: Bot, sizes: BragSizes) -> tuple[list[Round], list[Round]]:
    """Something new each time, by everyone in turn; before the rounds that count each of them keeps one."""
    new = (write_brag(ours, person, say_something(n)) for n, person in enumerate(cycle(CONFIRMING), FRESH))
    same = cycle(write_questions(plain, ["staff"]))
    await ask_all(ours, "http", islice(new, len(CONFIRMING)), 1)
    rounds: dict[int, list[Round]] = {plain.port: [], ours.port: []}
    for turn in range(sizes.rounds):
        pair = [(plain, list(islice(same, sizes.keepings))), (ours, list(islice(new, sizes.keepings)))]
        for bot, asked in pair if turn % 2 else reversed(pair):
            rounds[bot.port].append(await ask_all(bot, "http", asked, 1))
    return rounds[plain.port], rounds[ours.port]


async def _grow(bot: Bot, sizes: BragSizes) -> tuple[int, int]:
    """Resident bytes before and after reading many times, and each search a new one."""
    texts = (text for n in count() for text in ("list", f"search retries {n}", "coverage"))
    asked = (write_brag(bot, PROLIFIC, text) for text in texts)
    await ask_all(bot, "http", islice(asked, sizes.many // 10), 1)
    before = bot.memory()
    await ask_all(bot, "http", islice(asked, sizes.many), 1)
    return before, bot.memory()


async def _measure_parts(folder: str, sizes: BragSizes) -> Parts:
    """With the database alone: no Slack, no server, no threads. By everyone in turn, as above."""
    ladder, people = read_ladder(LADDER), [PersonId(TEAM, user) for user in CONFIRMING]
    disk, commits, suggestions, learning = [], [], [], []
    with closing(open_database(folder)) as database, closing(open_bare(folder)) as alone:
        store = open_store(database)
        advisor, known = Advisor(database, store), {}
        for person in people:
            start = time.perf_counter()
            known[person] = await advisor.suggest_for(Reader(person, ladder, target=ladder.levels[TARGET]), 0)
            learning.append(time.perf_counter() - start)
        for number, person in zip(range(sizes.parts), cycle(people), strict=False):
            text, suggest, now = say_something(2 * FRESH + number), known[person], clock.now()
            suggestions.append(_time(partial(suggest, text)))
            capture = service.new_capture(person, service.COMMAND, new_id())
            written = service.draft_entries(capture, [text], Keeping(person, now.date(), now, suggest))
            owed = [owing.ask_for_results(person, now)]
            keep = partial(database.write_now, store, service.keep_unless_same, capture, written, owed, now)
            commits.append(_time(keep))
            disk.append(_time(partial(_commit_alone, alone, text)))
    return Parts(*map(median, (disk, commits, suggestions, learning)))


def open_bare(folder: str) -> sqlite3.Connection:
    """A file set up as Rung's is."""
    connection = sqlite3.connect(f"{folder}/bare.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE rows (text TEXT)")
    return connection


def _commit_alone(connection: sqlite3.Connection, text: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO rows VALUES (?)", (text,))
    connection.execute("COMMIT")


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
