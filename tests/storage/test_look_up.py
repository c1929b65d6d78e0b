"""Single statements that a command begins with, without a thread where that is possible."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from bot.people.model import PersonId, Standing
from bot.people.store import PeopleStore
from bot.storage import migrate
from bot.storage.database import Database

ANA = PersonId("T1", "U1")
NOW = datetime(2026, 11, 20, tzinfo=UTC)


async def test_a_look_up_sees_what_was_just_written(database: Database) -> None:
    for level in ("ic4", "ic5"):
        standing = Standing("artsy", level)
        await database.write(PeopleStore, PeopleStore.set_levels, ANA, standing, NOW)
        assert await database.look_up(PeopleStore, PeopleStore.get_standing, ANA) == standing


async def test_a_look_up_sees_what_another_process_wrote(database: Database) -> None:
    assert await database.look_up(PeopleStore, PeopleStore.get_standing, ANA) is None
    other = Database(database.engine.url.render_as_string(hide_password=False))
    other.write_now(PeopleStore, PeopleStore.use_ladder, ANA, "artsy", NOW)
    other.close()
    assert await database.look_up(PeopleStore, PeopleStore.get_standing, ANA) == Standing("artsy")


async def test_a_look_up_while_someone_writes_waits_for_nobody_and_sees_what_was_before(
    database: Database,
) -> None:
    has_begun, may_end = Event(), Event()

    def change_slowly(people: PeopleStore) -> None:
        people.use_ladder(ANA, "artsy", NOW)
        has_begun.set()
        may_end.wait(30)

    writing = asyncio.create_task(database.write(PeopleStore, change_slowly))
    await asyncio.to_thread(has_begun.wait, 30)
    assert await database.look_up(PeopleStore, PeopleStore.get_standing, ANA) is None
    may_end.set()
    await writing
    assert await database.look_up(PeopleStore, PeopleStore.get_standing, ANA) == Standing("artsy")


async def test_what_failed_in_the_middle_is_not_seen(database: Database) -> None:
    def change_and_fail(people: PeopleStore) -> None:
        people.use_ladder(ANA, "artsy", NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(PeopleStore, change_and_fail)
    assert await database.look_up(PeopleStore, PeopleStore.get_standing, ANA) is None


async def test_a_file_that_is_locked_keeps_the_one_who_asks_waiting_and_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "rung.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database.engine)
    database.engine.dispose()
    locked = lock(path)
    waiting = asyncio.create_task(database.look_up(PeopleStore, PeopleStore.get_standing, ANA))
    await asyncio.sleep(0)  # it has asked; that we get here is what this is about
    assert not waiting.done()
    locked.close()
    assert await waiting is None
    database.close()


def lock(path: Path) -> sqlite3.Connection:
    """The whole file, as a restore or a repair does it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM people")
    connection.execute("COMMIT")
    return connection
