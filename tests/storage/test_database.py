"""Transactions, migrations and the lock of a SQLite file."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.errors import StartRefused
from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.kept_content import kept_content
from bot.storage.lock import only_one
from bot.storage.tables import metadata


class Counter:
    """A store with one number in it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add_one(self, between: Callable[[], None] = lambda: None) -> None:
        seen = self.connection.scalar(text("SELECT count(*) FROM kept_content")) or 0
        between()
        self.connection.execute(
            kept_content.insert().values(kind="n", name=str(seen), text="", kept_at=text("CURRENT_TIMESTAMP"))
        )

    def count(self) -> int:
        return self.connection.scalar(text("SELECT count(*) FROM kept_content")) or 0

    def add_one_and_fail(self) -> None:
        self.add_one()
        raise ValueError("after the change")


async def test_what_was_written_is_there_after_the_call(database: Database) -> None:
    await database.write(Counter, Counter.add_one)
    assert await database.read(Counter, Counter.count) == 1


async def test_a_failing_change_leaves_nothing(database: Database) -> None:
    with pytest.raises(ValueError, match="after the change"):
        await database.write(Counter, Counter.add_one_and_fail)
    assert await database.read(Counter, Counter.count) == 0


async def test_on_sqlite_two_that_read_and_then_write_wait_for_each_other(tmp_path: Path) -> None:
    database, other = (Database(f"sqlite:///{tmp_path / 'rung.db'}") for _ in range(2))
    migrate.upgrade(database.engine)
    loop = asyncio.get_running_loop()
    second: list[asyncio.Future[None]] = []

    def start_the_second() -> None:
        later = asyncio.run_coroutine_threadsafe(other.write(Counter, Counter.add_one), loop)
        second.append(asyncio.wrap_future(later, loop=loop))

    await database.write(Counter, Counter.add_one, start_the_second)
    await second[0]
    assert await database.read(Counter, Counter.count) == 2
    database.close()
    other.close()


def test_the_migrations_make_just_the_tables_that_the_code_speaks_of(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_schema_says_whether_it_is_the_newest(database: Database, tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    assert migrate.find_problem(database.engine) is None
    assert migrate.find_problem(empty.engine)
    empty.close()


def test_a_database_that_is_away_is_said_to_be_so(tmp_path: Path) -> None:
    away = Database(f"sqlite:///{tmp_path / 'nowhere' / 'rung.db'}")
    assert "lost its file" in str(away.find_problem())
    away.close()


def test_a_database_whose_tables_are_of_another_rung_is_no_good(database: Database) -> None:
    assert database.find_problem() is None
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert "lacks migrations" in str(database.find_problem())


def test_a_second_process_may_not_serve_the_same_sqlite_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rung.db'}"
    with only_one(url), pytest.raises(StartRefused, match="already serving"), only_one(url):
        pass


def test_the_lock_is_free_again_after_the_process_was_killed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rung.db'}"
    code = (
        "import sys, time; from bot.storage.lock import only_one\n"
        "with only_one(sys.argv[1]): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    with only_one(url):
        pass
