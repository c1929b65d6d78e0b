"""Put rows, new or changed, in a way that SQLite and PostgreSQL both know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]], changing: Iterable[str]
) -> None:
    """Insert the rows; where the primary key is there already, take over the columns in `changing`."""
    if rows:
        connection.execute(_upserting(connection.dialect.name, table, frozenset(changing)), rows)


@cache  # to build a statement takes longer than SQLite takes to execute it
def adding(dialect: str, table: Table) -> Insert:
    """Inserts rows, and leaves out those that are there already."""
    return insert_into(dialect, table).on_conflict_do_nothing()


@cache
def _upserting(dialect: str, table: Table, changing: frozenset[str]) -> Insert:
    statement = insert_into(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: statement.excluded[name] for name in sorted(changing)},
    )


def insert_into(dialect: str, table: Table) -> Insert:
    """A plain insert, to which a rule for conflicts of one's own can be added."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
