"""A few rows that others wait for: written without a thread where nobody has to wait for that."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread

import pytest

from bot.people.model import PersonId, Standing
from bot.people.store import PeopleStore
from bot.storage import migrate
from bot.storage.database import Database

ANA = PersonId("T1", "U1")
BEN = PersonId("T1", "U2")
PAGE = 4096  # bytes, the least that a commit adds to the log
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    return tmp_path / "rung.db"


@pytest.fixture
def on_sqlite(sqlite_file: Path) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{sqlite_file}")) as database:
        migrate.upgrade(database.engine)
        yield database


def use_artsy(people: PeopleStore, person: PersonId = ANA) -> Thread:
    """The thread that wrote."""
    people.use_ladder(person, "artsy", NOW)
    return current_thread()


def fail(people: PeopleStore) -> None:
    use_artsy(people)
    raise ZeroDivisionError


def uses_artsy(people: PeopleStore, person: PersonId = ANA) -> bool:
    return people.get_standing(person) == Standing("artsy")


async def test_what_was_written_down_is_there_after_the_call(database: Database) -> None:
    await database.write_down(PeopleStore, use_artsy)
    assert await database.read(PeopleStore, uses_artsy)


async def test_a_failure_in_the_middle_leaves_nothing_and_hinders_nobody(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await database.write_down(PeopleStore, fail)
    assert not await database.read(PeopleStore, uses_artsy)
    await database.write(PeopleStore, use_artsy, BEN)
    await database.write_down(PeopleStore, use_artsy)
    assert await database.read(PeopleStore, uses_artsy)
    assert await database.read(PeopleStore, uses_artsy, BEN)


async def test_on_sqlite_no_thread_is_needed(on_sqlite: Database) -> None:
    assert await on_sqlite.write_down(PeopleStore, use_artsy) is main_thread()


async def test_while_a_thread_writes_it_stands_in_line(database: Database) -> None:
    has_begun, may_end = Event(), Event()

    def write_slowly(people: PeopleStore) -> bool:
        use_artsy(people, BEN)
        has_begun.set()
        return may_end.wait(30)

    before = asyncio.create_task(database.write(PeopleStore, write_slowly))
    await asyncio.to_thread(has_begun.wait, 30)
    writing = asyncio.create_task(database.write_down(PeopleStore, use_artsy))
    await asyncio.sleep(0)  # it has begun
    may_end.set()
    assert await before, "it held up everybody else"
    await writing
    assert await database.read(PeopleStore, uses_artsy)
    assert await database.read(PeopleStore, uses_artsy, BEN)


async def test_while_another_process_writes_the_one_who_writes_waits_and_nobody_else(
    on_sqlite: Database, sqlite_file: Path
) -> None:
    await on_sqlite.write_down(PeopleStore, use_artsy, BEN)
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(on_sqlite.write_down(PeopleStore, use_artsy))
        await asyncio.sleep(0.05)
        assert not writing.done()
        assert await on_sqlite.read(PeopleStore, uses_artsy, BEN)
        other.execute("COMMIT")
    assert await writing is not main_thread()
    assert await on_sqlite.write_down(PeopleStore, use_artsy) is main_thread()


async def test_the_log_of_what_was_written_does_not_grow_on_and_on(
    on_sqlite: Database, sqlite_file: Path
) -> None:
    sizes = []
    for start in (0, 500):
        for number in range(start, start + 500):
            await on_sqlite.write_down(PeopleStore, use_artsy, PersonId("T1", str(number)))
        sizes.append(sqlite_file.with_name("rung.db-wal").stat().st_size)
    assert sizes[1] <= sizes[0] < 500 * PAGE


async def test_a_slow_disk_is_waited_for_by_threads_until_it_is_quick_again(on_sqlite: Database) -> None:
    def write_slowly(people: PeopleStore) -> None:
        use_artsy(people, BEN)
        time.sleep(0.1)

    await on_sqlite.write_down(PeopleStore, write_slowly)
    assert await on_sqlite.write_down(PeopleStore, use_artsy) is main_thread(), "once is no habit"
    for _ in range(3):
        await on_sqlite.write_down(PeopleStore, write_slowly)
    assert await on_sqlite.write_down(PeopleStore, use_artsy) is not main_thread()
    assert await on_sqlite.read(PeopleStore, uses_artsy)
    for _ in range(30):
        await on_sqlite.write_down(PeopleStore, use_artsy)
    assert await on_sqlite.write_down(PeopleStore, use_artsy) is main_thread()
