"""Relations, asked and changed by workspace and person only."""

from __future__ import annotations

import zlib
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Connection, Index, String, Table, delete, func, select

from bot.people.model import PersonId
from bot.people.relations import Relation
from bot.storage.tables import Moment, metadata
from bot.storage.upsert import upsert

relations = Table(
    "relations",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    # The engineer: whatever is shared is theirs.
    Column("user_id", String(32), primary_key=True),
    Column("other_id", String(32), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("changed_by", String(32), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("since", Moment),
    Column("shows_target", Boolean, nullable=False),
    Column("sees_from", Moment),
)
Index("ix_relations_other", relations.c.workspace_id, relations.c.other_id, relations.c.state)

LOCKS = 1021  # few, so that a list of a whole company takes no more; also the name of this family of locks
KEY = frozenset({"workspace_id", "user_id", "other_id"})


class RelationStore:
    """Questions about who sees what whom shares."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, engineer: PersonId, other: str) -> Relation | None:
        """In whatever state."""
        found = self._select(_owned(engineer) & (relations.c.other_id == other))
        return found[0] if found else None

    def take(self, engineer: PersonId, other: str) -> Relation | None:
        """`get`, for a change: until this transaction ends nobody else changes it, nor makes it.

        SQLite has one writer at a time anyway. On PostgreSQL a lock of the row would not do, since there may
        be none yet.
        """
        if self._connection.dialect.name == "postgresql":
            name = zlib.crc32(f"{engineer.workspace} {engineer.user} {other}".encode()) % LOCKS
            self._connection.execute(select(func.pg_advisory_xact_lock(LOCKS, name)))
        return self.get(engineer, other)

    def get_active(self, engineer: PersonId, other: str) -> Relation | None:
        """The one thing that opens anything of someone's to anybody else."""
        known = self.get(engineer, other)
        return known if known and known.is_active else None

    def get_of(self, engineer: PersonId) -> list[Relation]:
        """Who sees what this person shares; longest first."""
        return self._select(_owned(engineer) & (relations.c.state == "active"))

    def get_to(self, other: PersonId) -> list[Relation]:
        """Whose shared things this person sees; longest first."""
        theirs = (relations.c.workspace_id == other.workspace) & (relations.c.other_id == other.user)
        return self._select(theirs & (relations.c.state == "active"))

    def get_standing(self, person: PersonId) -> list[Relation]:
        """Active or waiting, on either side."""
        return self._select(_concerns(person) & relations.c.state.in_(("active", "proposed")))

    def put(self, relation: Relation) -> None:
        row = {
            "workspace_id": relation.engineer.workspace,
            "user_id": relation.engineer.user,
            "other_id": relation.other,
            "role": relation.role,
            "state": relation.state,
            "changed_by": relation.changed_by,
            "changed_at": relation.changed_at,
            "since": relation.since,
            "shows_target": relation.shows_target,
            "sees_from": relation.sees_from,
        }
        upsert(self._connection, relations, [row], changing=row.keys() - KEY)

    def erase(self, person: PersonId) -> None:
        """Every relation this person is in, on either side."""
        self._connection.execute(delete(relations).where(_concerns(person)))

    def _select(self, wanted: ColumnElement[bool]) -> list[Relation]:
        rows = self._connection.execute(select(relations).where(wanted).order_by(*_LONGEST))
        return [_relation(row) for row in rows]


_LONGEST = (relations.c.changed_at, relations.c.user_id, relations.c.other_id)


def _relation(row: Any) -> Relation:
    return Relation(
        PersonId(row.workspace_id, row.user_id),
        row.other_id,
        row.role,
        row.state,
        row.changed_by,
        row.changed_at,
        row.since,
        row.shows_target,
        row.sees_from,
    )


def _owned(engineer: PersonId) -> ColumnElement[bool]:
    return (relations.c.workspace_id == engineer.workspace) & (relations.c.user_id == engineer.user)


def _concerns(person: PersonId) -> ColumnElement[bool]:
    either = (relations.c.user_id == person.user) | (relations.c.other_id == person.user)
    return (relations.c.workspace_id == person.workspace) & either
