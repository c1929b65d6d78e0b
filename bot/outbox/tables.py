"""The tables of the outbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    literal_column,
)

from bot.outbox.model import State
from bot.storage.tables import Moment, metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("once", String(120), nullable=False),
    Column("about", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_at", Moment, nullable=False),
    # When to look at it again: what is due, a lease that ran out, an outcome to ask for. None: it is over.
    Column("look_at", Moment),
    Column("sending_at", Moment),
    # Counts claims: whoever holds an older number lost the row to someone else.
    Column("attempts", Integer, nullable=False, default=0),
    Column("channel", String(32), nullable=False, default=""),
    Column("thread", String(32), nullable=False, default=""),
    Column("ts", String(32), nullable=False, default=""),
    Column("file", String(32), nullable=False, default=""),
    Column("reason", String(80), nullable=False, default=""),
    UniqueConstraint("workspace_id", "once"),
)


def _index(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> None:
    """Holds these rows alone: most deliveries are over, and every step of one is written to each index."""
    Index(name, *columns, sqlite_where=where, postgresql_where=where)


def is_in(state: State) -> ColumnElement[bool]:
    """Written out: where the state is bound, a database cannot tell in time whether an index will do."""
    return deliveries.c.state == literal_column(f"'{state}'")


is_in_slack = deliveries.c.ts != literal_column("''")
has_failed = is_in("failed")
is_open = deliveries.c.look_at.is_not(None)
_MESSAGE = (deliveries.c.workspace_id, deliveries.c.channel, deliveries.c.ts)
# What is due at the same time is taken up workspace by workspace: what is asked for one is asked once.
_index("ix_deliveries_look", deliveries.c.look_at, deliveries.c.workspace_id, where=is_open)
_index("ix_deliveries_message", *_MESSAGE, where=is_in_slack)
_index("ix_deliveries_failed", deliveries.c.due_at, where=has_failed)
