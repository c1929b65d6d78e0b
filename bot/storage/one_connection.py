"""SQLite's one connection for writing, by which things are looked up as well while nobody writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, StaticPool, create_engine

Result = TypeVar("Result")

PATIENCE = 30  # seconds that a writer waits for another process
CACHE = 16_384  # KiB of pages, where SQLite's own measure is 2,000


class OneConnection:
    """After every write any other connection begins with an empty cache of pages; this one has them still."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = Lock()
        self._writer: Connection | None = None
        self._looker: Connection | None = None

    @property
    def is_open(self) -> bool:
        return self._looker is not None

    def open(self) -> None:
        """Connect, which may have to wait for other processes."""
        with self._turn:
            self._get_writer()

    def write(self, change: Callable[[Connection], Result]) -> Result:
        """In a transaction of its own, once others have had theirs."""
        with self._turn:
            writer = self._get_writer()
            _set(writer, "busy_timeout", 1_000 * PATIENCE)  # milliseconds
            try:
                with writer.begin():
                    return change(writer)
            finally:
                _set(writer, "busy_timeout", 0)

    def look_up(self, ask: Callable[[Connection], Result]) -> Result:
        """What it answers. Waits for nobody: while someone writes, and before `open`, OperationalError."""
        if self._looker is None or not self._turn.acquire(blocking=False):
            raise sqlite3.OperationalError("someone writes")
        try:
            return ask(self._looker)
        finally:
            self._turn.release()

    def close(self) -> None:
        for connection in filter(None, (self._looker, self._writer)):
            connection.close()

    def _get_writer(self) -> Connection:
        self._writer = self._writer or self._connect()
        return self._writer

    def _connect(self) -> Connection:
        writer = self._engine.connect()
        _set(writer, "busy_timeout", 0)
        _set(writer, "cache_size", -CACHE)
        # Single statements without a transaction around them, on the very same connection.
        beside = create_engine(
            "sqlite://",
            creator=lambda: writer.connection.dbapi_connection,
            poolclass=StaticPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,  # an error's text may reach a log
        )
        self._looker = beside.connect()
        return writer


def _set(connection: Connection, pragma: str, value: int) -> None:
    cursor: Any = connection.connection.cursor()
    cursor.execute(f"PRAGMA {pragma}={value}")
    cursor.close()
