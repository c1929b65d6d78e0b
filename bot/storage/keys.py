"""Which keys the database was written with; finding them at the start, and changing to a new one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    inspect,
    select,
    tuple_,
    update,
)
from sqlalchemy.engine import make_url

from bot.errors import Problem, StartRefused, problem_of_setting
from bot.storage.database import Database
from bot.storage.tables import metadata
from bot.storage.upsert import upsert
from bot.storage.vault import Owner, Vault, new_key, read_keys

BATCH = 500
VERSIONS = "alembic_version"

log = structlog.get_logger()

secret_keys = Table(
    "secret_keys",
    metadata,
    Column("key_id", String(16), primary_key=True),
    Column("first_used_at", DateTime(timezone=True), nullable=False),
)


class KeyStore:
    """Ids of the keys in use; the keys themselves are never in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get_ids(self) -> frozenset[str]:
        return frozenset(self._connection.execute(select(secret_keys.c.key_id)).scalars())

    def use(self, key_id: str, now: datetime) -> None:
        """From now on this key seals."""
        upsert(
            self._connection, secret_keys, [{"key_id": key_id, "first_used_at": now}], changing=("key_id",)
        )

    def forget_others(self, key_id: str) -> None:
        self._connection.execute(delete(secret_keys).where(secret_keys.c.key_id != key_id))


def key_file_of(database_url: str) -> Path | None:
    """Where the key of a SQLite file lies: beside it. None for other databases."""
    address = make_url(database_url)
    is_file = address.get_backend_name() == "sqlite" and address.database
    return Path(f"{address.database}.key") if is_file else None


def open_vault(secret: str | None, database: Database, now: datetime) -> Vault:
    """The vault of a database: with the keys of the setting, or of the file beside a SQLite database.

    A SQLite database that holds nothing sealed yet gets a key file. Raises StartRefused.
    """
    used = database.read_now(KeyStore, KeyStore.get_ids)
    address = database.engine.url.render_as_string(hide_password=False)
    try:
        keys = read_keys(secret) if secret else _keys_beside(key_file_of(address), used)
    except (ValueError, OSError) as error:
        hint = "give the keys as they were made, 32 bytes in base64 each, separated by commas"
        raise StartRefused([_problem(f"cannot be used: {error}", hint)]) from None
    vault = Vault(keys)
    if used - vault.ids:
        hint = "set the key it was written with; to change keys: RUNG_SECRET_KEY=new,old and `rung db rekey`"
        raise StartRefused([_problem("is not the key this database was written with", hint)])
    if vault.first not in used:
        database.write_now(KeyStore, KeyStore.use, vault.first, now)
    return vault


def _keys_beside(path: Path | None, used: frozenset[str]) -> list[bytes]:
    if path is None:
        hint = "make one with `openssl rand -base64 32`, and keep it as safe as the database"
        raise StartRefused([_problem("is not set", hint)])
    if not path.exists():
        if used:
            hint = f"put {path} back from your backup; without it, what people wrote cannot be read"
            raise StartRefused([_problem("is not set, and the key file is gone", hint)])
        _write_key_file(path)
        log.info("key file made; back it up with the database, and apart from it", path=str(path))
    return read_keys(path.read_text())


def _problem(message: str, hint: str) -> Problem:
    return problem_of_setting("RUNG_SECRET_KEY", message, hint)


def _write_key_file(path: Path) -> None:
    """A new key that only this user may read, there for good before anything is sealed with it.

    Linked when it is complete, so that nobody reads half a key; one that is there already stays.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "w") as file:
        file.write(new_key() + "\n")
        file.flush()
        os.fsync(number)
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # the name as well
    os.close(folder)


def sealed_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    """Every column that holds sealed text."""
    for table in metadata.sorted_tables:
        yield from ((table, column) for column in table.columns if column.info.get("sealed"))


def sealed(name: str, *, nullable: bool = False) -> Column[bytes]:
    """A column for sealed text; its table says `workspace_id` and `user_id` of the owner."""
    return Column(name, LargeBinary, nullable=nullable, info={"sealed": True})


def reseal(database: Database, vault: Vault, now: datetime) -> int:
    """Seal everything with the first key, so that the others can go; how many texts that were.

    In small transactions: people may go on using Rung, and an interrupted run is simply run again. Raises
    StartRefused where a table is not known: it may hold texts that need the other keys.
    """
    if unknown := set(inspect(database.engine).get_table_names()) - metadata.tables.keys() - {VERSIONS}:
        hint = "use the Rung that made them; nothing was changed"
        message = f"holds tables that this Rung does not know: {', '.join(sorted(unknown))}"
        raise StartRefused([problem_of_setting("DATABASE_URL", message, hint)])
    database.write_now(KeyStore, KeyStore.use, vault.first, now)
    count = 0
    for table, column in sealed_columns():
        keys: tuple[object, ...] | None = ()
        while keys is not None:
            done, keys = database.write_now(_Resealing, _Resealing.batch, vault, table, column, keys)
            count += done
    database.write_now(KeyStore, KeyStore.forget_others, vault.first)
    return count


class _Resealing:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def batch(
        self, vault: Vault, table: Table, column: Column[bytes], after: tuple[object, ...]
    ) -> tuple[int, tuple[object, ...] | None]:
        """How many were sealed anew, and the key to go on after; None at the end."""
        rows = self._rows(table, column, after)
        count = 0
        for row in rows:
            if row.sealed is not None and not vault.is_fresh(row.sealed):
                owner, place = Owner(row.workspace_id, row.user_id), f"{table.name}.{column.name}"
                fresh = vault.seal(vault.open(row.sealed, owner, place), owner, place)
                self._put(table, column, row, fresh)
                count += 1
        last = tuple(getattr(rows[-1], key.name) for key in table.primary_key) if rows else ()
        return count, last if len(rows) == BATCH else None

    def _rows(self, table: Table, column: Column[bytes], after: tuple[object, ...]) -> Sequence[Row[Any]]:
        statement = select(table, column.label("sealed")).order_by(*table.primary_key).limit(BATCH)
        if after:
            statement = statement.where(tuple_(*table.primary_key) > tuple_(*after))
        return self._connection.execute(statement).all()

    def _put(self, table: Table, column: Column[bytes], row: Row[Any], fresh: bytes) -> None:
        """Only where it was not changed meanwhile; what was is sealed with the first key already."""
        same = [key == getattr(row, key.name) for key in table.primary_key]
        self._connection.execute(update(table).where(*same, column == row.sealed).values({column: fresh}))
