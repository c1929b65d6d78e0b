"""Talking points, as rows; what is private is read for its author alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.oneonone.model import Pair, TalkingPoint
from bot.oneonone.tables import points
from bot.oneonone.times.store import key_of, names_of
from bot.people.model import PersonId
from bot.storage.upsert import upsert
from bot.storage.vault import Owner, Vault

TEXT = "talking_points.text"
KEY = frozenset({"workspace_id", "id", "user_id"})


class PointStore:
    """Every question names the pair, and whose eyes it is for."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection

    def put(self, one: TalkingPoint) -> None:
        owner = Owner(one.pair.workspace, one.author)
        row = {
            **names_of(one.pair),
            "id": one.id,
            "user_id": one.author,
            "text": self._vault.seal(one.text, owner, TEXT),
            "shared_at": one.shared_at,
            "state": one.state,
            "channel": one.channel,
            "ts": one.ts,
            "edited": one.edited,
            "created_at": one.created_at,
        }
        upsert(self._connection, points, [row], changing=row.keys() - KEY)

    def get_shared(self, pair: Pair) -> list[TalkingPoint]:
        """Open ones that both may see, oldest first."""
        seen = points.c.shared_at.is_not(None)
        return self._select(key_of(points, pair) & (points.c.state == "open") & seen)

    def get_own(self, pair: Pair, author: PersonId) -> list[TalkingPoint]:
        """Everything open that this one wrote, shared or not."""
        mine = points.c.user_id == author.user
        return self._select(key_of(points, pair) & (points.c.state == "open") & mine)

    def get(self, author: PersonId, ids: Sequence[str]) -> list[TalkingPoint]:
        """Those of these that this one wrote, in whatever state."""
        return self._select(_owned(author) & points.c.id.in_(ids))

    def get_of_message(self, author: PersonId, channel: str, ts: str) -> list[TalkingPoint]:
        """In whatever state, in the order in which they were written."""
        return self._select(_owned(author) & (points.c.channel == channel) & (points.c.ts == ts))

    def share(self, pair: Pair, author: PersonId, point_id: str, now: datetime) -> None:
        """Both see it from now on; only its author can say so."""
        mine = _owned(author) & key_of(points, pair) & (points.c.id == point_id)
        private = update(points).where(mine, points.c.shared_at.is_(None))
        self._connection.execute(private.values(shared_at=now))

    def finish(self, pair: Pair, by: PersonId, ids: Collection[str]) -> None:
        """Talked about, says either of the two; what one of them kept private is theirs to finish."""
        seen = points.c.shared_at.is_not(None) | (points.c.user_id == by.user)
        these = key_of(points, pair) & points.c.id.in_(ids)
        self._connection.execute(update(points).where(these, seen).values(state="done"))

    def delete(self, author: PersonId, ids: Sequence[str]) -> None:
        self._connection.execute(delete(points).where(_owned(author) & points.c.id.in_(ids)))

    def erase(self, person: PersonId) -> None:
        self._connection.execute(delete(points).where(_owned(person)))

    def _select(self, wanted: ColumnElement[bool]) -> list[TalkingPoint]:
        rows = self._connection.execute(
            select(points).where(wanted).order_by(points.c.created_at, points.c.id)
        )
        return [self._point(row) for row in rows]

    def _point(self, row: Any) -> TalkingPoint:
        owner = Owner(row.workspace_id, row.user_id)
        return TalkingPoint(
            row.id,
            Pair(row.workspace_id, row.engineer_id, row.other_id),
            row.user_id,
            self._vault.open(row.text, owner, TEXT),
            row.created_at,
            row.shared_at,
            row.state,
            row.channel,
            row.ts,
            row.edited,
        )


def _owned(author: PersonId) -> ColumnElement[bool]:
    return (points.c.workspace_id == author.workspace) & (points.c.user_id == author.user)
