"""SQLite's one connection for writing, by which things are looked up as well while nobody writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

Result = TypeVar("Result")

PATIENCE = 30  # seconds that a writer waits for another process
CACHE = 16_384  # KiB of pages, where SQLite's own measure is 2,000
LONG = 0.02  # seconds; where writes take longer, one with another, threads wait for them
OF_LATE = 8  # writes, which that is reckoned of
FULL_LOG = 128  # commits; an entry kept is some 15 pages, SQLite itself tidies its log up after 1,000


class Busy(Exception):
    """One would have to wait."""


class OneConnection:
    """After every write any other connection begins with an empty cache of pages; this one has them still."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = Lock()
        self._connection: Connection | None = None
        self._takes = 0.0  # seconds a write, of late
        self._in_log = 0  # commits

    @property
    def is_open(self) -> bool:
        return self._connection is not None

    @property
    def has_full_log(self) -> bool:
        """It is time to `empty_log`. SQLite would do so within somebody's commit, which then takes 50 ms."""
        return self._in_log >= FULL_LOG

    def open(self) -> None:
        """Connect, which may have to wait for other processes."""
        with self._turn:
            self._get()

    def write(self, change: Callable[[Connection], Result]) -> Result:
        """In a transaction of its own, once others have had theirs."""
        with self._turn:
            connection = self._get()
            try:
                _begin(connection)
            except Busy:
                _wait_to_begin(connection)
            return self._commit(connection, change)

    def empty_log(self) -> None:
        """What the write-ahead log holds goes to its place in the file; what fails here is tried again."""
        with self._turn, suppress(OperationalError):
            if self.has_full_log:
                _run(self._get(), "PRAGMA wal_checkpoint(PASSIVE)")
                self._in_log = 0

    def write_down(self, change: Callable[[Connection], Result]) -> Result:
        """`write` that waits for nobody: Busy while someone else writes, and where the disk is slow."""
        if self._takes > LONG:
            raise Busy
        connection = self._take_turn()
        try:
            _begin(connection)
            return self._commit(connection, change)
        finally:
            self._turn.release()

    def look_up(self, ask: Callable[[Connection], Result]) -> Result:
        """What it answers. Waits for nobody: while someone writes, and before `open`, it raises Busy."""
        connection = self._take_turn()
        try:
            return ask(connection)
        finally:
            self._turn.release()

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def _take_turn(self) -> Connection:
        if self._connection is None or not self._turn.acquire(blocking=False):
            raise Busy
        return self._connection

    def _get(self) -> Connection:
        """Without transactions of SQLAlchemy's own, so that a look-up has none around it."""
        if self._connection is None:
            connection = self._engine.execution_options(begins_itself=True).connect()
            _run(connection, "PRAGMA busy_timeout=0")
            _run(connection, f"PRAGMA cache_size=-{CACHE}")
            _run(connection, "PRAGMA wal_autocheckpoint=0")
            self._connection = connection
        return self._connection

    def _commit(self, connection: Connection, change: Callable[[Connection], Result]) -> Result:
        start = monotonic()
        try:
            result = change(connection)
            _run(connection, "COMMIT")
        except BaseException:
            if _driver(connection).in_transaction:  # SQLite itself ends one that a disk has no room for
                _run(connection, "ROLLBACK")
            raise
        self._in_log += 1
        self._takes += (monotonic() - start - self._takes) / OF_LATE
        return result


def _begin(connection: Connection) -> None:
    """Raises Busy where another process writes.

    A transaction that reads first and writes later fails at once when someone else wrote in between,
    whatever the timeout; taking the write lock at the start does not.
    """
    try:
        _run(connection, "BEGIN IMMEDIATE")
    except OperationalError as error:
        if (
            isinstance(error.orig, sqlite3.Error)
            and error.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        ):
            raise Busy from None
        raise


def _wait_to_begin(connection: Connection) -> None:
    _run(connection, f"PRAGMA busy_timeout={1_000 * PATIENCE}")  # milliseconds
    try:
        _run(connection, "BEGIN IMMEDIATE")
    finally:
        _run(connection, "PRAGMA busy_timeout=0")


def _run(connection: Connection, statement: str) -> None:
    """As SQLAlchemy would, which takes ten times as long; what fails is raised as one of its errors."""
    try:
        _driver(connection).execute(statement)
    except sqlite3.OperationalError as error:
        raise OperationalError(statement, None, error) from None


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
