"""How fast a workspace is written to: the pauses Slack asked for, and messages a minute of our own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Float, Row, String, Table, exists, select

from bot.storage.tables import Moment, metadata
from bot.storage.upsert import adding, insert_into, upsert

pauses = Table(
    "pauses",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("method", String(40), primary_key=True),
    Column("until", Moment, nullable=False),
)

# A bucket of messages that may be sent at once; it fills as time goes by.
allowances = Table(
    "allowances",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("at", Moment, nullable=False),
)

FILLING = timedelta(seconds=5)
"""A workspace whose bucket is empty is passed over that long, however much it is owed."""


class Pace:
    """What holds a workspace back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pause(self, workspace: str, method: str, until: datetime) -> None:
        """Slack asked this workspace to wait; every process keeps to it, and the longest wait counts."""
        statement = insert_into(self._connection.dialect.name, pauses).values(
            workspace_id=workspace, method=method, until=until
        )
        longer = statement.on_conflict_do_update(
            index_elements=["workspace_id", "method"],
            set_={"until": statement.excluded.until},
            where=pauses.c.until < statement.excluded.until,
        )
        self._connection.execute(longer)

    def spend(self, wanted: Mapping[str, int], per_minute: int, now: datetime) -> dict[str, int]:
        """How many of the messages wanted by each workspace may go out now."""
        rows = self._get_locked(wanted)
        if fresh := wanted.keys() - rows.keys():
            self._begin(fresh, per_minute, now)
            rows |= self._get_locked(fresh)
        tokens = {workspace: _fill(row, per_minute, now) for workspace, row in rows.items()}
        granted = {workspace: min(number, int(tokens[workspace])) for workspace, number in wanted.items()}
        left = [
            {"workspace_id": workspace, "tokens": tokens[workspace] - number, "at": now}
            for workspace, number in granted.items()
        ]
        upsert(self._connection, allowances, left, changing=("tokens", "at"))
        return granted

    def _get_locked(self, workspaces: Collection[str]) -> dict[str, Row[Any]]:
        """In one order, so that two processes wait for each other and never both."""
        found = select(allowances).where(allowances.c.workspace_id.in_(workspaces))
        rows = self._connection.execute(found.order_by(allowances.c.workspace_id).with_for_update())
        return {row.workspace_id: row for row in rows}

    def _begin(self, workspaces: Collection[str], per_minute: int, now: datetime) -> None:
        """With a full bucket; two processes may meet a workspace for the first time at once."""
        full = [{"workspace_id": each, "tokens": per_minute, "at": now} for each in sorted(workspaces)]
        self._connection.execute(adding(self._connection.dialect.name, allowances), full)


def is_paused(workspace: ColumnElement[str], now: datetime) -> ColumnElement[bool]:
    """Did Slack ask this workspace to wait?"""
    return exists().where((pauses.c.workspace_id == workspace) & (pauses.c.until > now))


def has_spent_all(workspace: ColumnElement[str], now: datetime) -> ColumnElement[bool]:
    """Was its bucket empty a moment ago? A moment to come means that a clock was wrong, and holds nobody."""
    lately = allowances.c.at.between(now - FILLING, now)
    return exists().where((allowances.c.workspace_id == workspace) & (allowances.c.tokens < 1) & lately)


def _fill(row: Row[Any], per_minute: int, now: datetime) -> float:
    minutes = max(timedelta(), now - row.at) / timedelta(minutes=1)
    tokens: float = min(per_minute, row.tokens + minutes * per_minute)
    return tokens
