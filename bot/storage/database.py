"""The database and its two doors: `read` and `write`. Nothing else opens a connection."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.errors import Problem, StartRefused, problem_of_setting
from bot.storage import migrate
from bot.storage.one_connection import PATIENCE, Busy, OneConnection

Store = TypeVar("Store")
Result = TypeVar("Result")
P = ParamSpec("P")

THREADS = 8
ROOM = 10_000_000  # bytes without which a disk counts as full
CONNECT_WITHIN = 5  # seconds; PostgreSQL's client would wait for minutes


class Database:
    """SQLite or PostgreSQL behind plain functions that run in threads.

    `await database.write(PeopleStore, service.set_target, …)` opens a transaction in a thread, binds the
    store to it, calls the function and commits; whatever it raises rolls back. `read` is the same without
    writing. No call to Slack belongs inside.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._readers = ThreadPoolExecutor(THREADS, thread_name_prefix="reading")
        # SQLite has writers wait by looking again after some milliseconds; here they stand in line instead.
        self._writers = ThreadPoolExecutor(1 if self.is_sqlite else THREADS, thread_name_prefix="writing")
        self._one = OneConnection(self.engine) if self.is_sqlite else None

    async def look_up(
        self,
        store: Callable[[Connection], Store],
        ask: Callable[Concatenate[Store, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """`read` for one statement that an index answers, such as what every command begins with.

        On SQLite without a thread, which costs five times what the answer does, unless someone writes just
        then. Should the whole file be locked, a thread waits and not the event loop.
        """
        if one := await self._get_one():
            with suppress(Busy, OperationalError, sqlite3.OperationalError):
                return one.look_up(lambda connection: ask(store(connection), *args, **kwargs))
        return await self.read(store, ask, *args, **kwargs)

    async def write_down(
        self,
        store: Callable[[Connection], Store],
        change: Callable[Concatenate[Store, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """`write` for some rows that others wait for.

        On SQLite without a thread, as `look_up`: two threads in turn take longer than writing does. A thread
        waits where somebody else writes just then, and for a disk that is slow (LONG).
        """
        if one := await self._get_one():
            with suppress(Busy):
                result = one.write_down(lambda connection: change(store(connection), *args, **kwargs))
                self._tidy_up(one)
                return result
        return await self.write(store, change, *args, **kwargs)

    async def _get_one(self) -> OneConnection | None:
        if self._one and not self._one.is_open:
            await asyncio.get_running_loop().run_in_executor(self._writers, self._one.open)
        return self._one

    def _tidy_up(self, one: OneConnection) -> None:
        if one.has_full_log:
            self._writers.submit(one.empty_log)

    async def read(
        self,
        store: Callable[[Connection], Store],
        ask: Callable[Concatenate[Store, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """What `ask(store, …)` answers."""
        work = partial(self.read_now, store, ask, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def write(
        self,
        store: Callable[[Connection], Store],
        change: Callable[Concatenate[Store, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """What `change(store, …)` answers, after its commit."""
        work = partial(self.write_now, store, change, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._writers, work)

    def read_now(
        self,
        store: Callable[[Connection], Store],
        ask: Callable[Concatenate[Store, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """`read` for callers outside the event loop (the command line)."""
        with self.engine.connect() as connection:
            return ask(store(connection), *args, **kwargs)

    def write_now(
        self,
        store: Callable[[Connection], Store],
        change: Callable[Concatenate[Store, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """`write` for callers outside the event loop (the command line)."""
        if self._one:
            result = self._one.write(lambda connection: change(store(connection), *args, **kwargs))
            self._tidy_up(self._one)
            return result
        with self.engine.begin() as connection:
            return change(store(connection), *args, **kwargs)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def find_problem(self) -> Problem | None:
        """Why nothing can be kept here now; None where all is well. Waits as long as the database does."""
        if self.is_sqlite and (problem := _find_problem_of_file(Path(self.engine.url.database or ""))):
            return problem
        try:
            return migrate.find_problem(self.engine)
        except SQLAlchemyError as error:
            said = f"does not answer ({type(error).__name__})"
            return problem_of_setting("DATABASE_URL", said, "see that its server runs")

    def close(self) -> None:
        self._readers.shutdown()
        self._writers.shutdown()
        if self._one:
            self._one.close()
        self.engine.dispose()


def _find_problem_of_file(path: Path) -> Problem | None:
    if not path.exists():
        return problem_of_setting("DATABASE_URL", "has lost its file", "put it back, and restart")
    if shutil.disk_usage(path.parent).free < ROOM:
        return problem_of_setting("DATABASE_URL", "lies on a disk that is full", "make room there")
    return None


@contextmanager
def open_current(url: str) -> Iterator[Database]:
    """A database for one command, where it is at the newest schema. Raises StartRefused."""
    with closing(Database(url)) as database:
        try:
            if problem := migrate.find_problem(database.engine):
                raise StartRefused([problem])
            yield database
        except SQLAlchemyError as error:
            raise StartRefused([problem_of_database(error)]) from None


def problem_of_database(error: Exception) -> Problem:
    """An address that leads to no database; the error's own text may hold a password."""
    hint = "check the address, that the server runs, and that the folder of the file exists"
    return problem_of_setting("DATABASE_URL", f"cannot be opened ({type(error).__name__})", hint)


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(
            address,
            pool_size=THREADS,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_WITHIN},
            hide_parameters=True,
        )
    engine = create_engine(
        address,
        pool_size=THREADS,
        connect_args={"timeout": PATIENCE},
        json_deserializer=from_json,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """WAL for readers beside the writer; FULL so that what was acknowledged survives a power cut."""
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not guessed by the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("begins_itself"):
        connection.connection.cursor().execute("BEGIN")
