"""What comes round for whom: schedules with the moment they are due next, and how they become deliveries."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    select,
    update,
)

from bot.outbox.model import Owed
from bot.outbox.store import Outbox
from bot.storage.tables import Moment, metadata
from bot.storage.upsert import upsert

BATCH = 500

schedules = Table(
    "schedules",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("name", String(80), nullable=False),
    Column("rhythm", String(80), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("about", JSON, nullable=False),
    # None while it rests: ended, with the reason beside it.
    Column("next_due_at", Moment),
    # The local day of the newest occurrence, so that a change of zone asks nobody twice in a week.
    Column("last_on", Date),
    Column("ended", String(80), nullable=False, default=""),
    UniqueConstraint("workspace_id", "user_id", "kind", "name"),
)
Index("ix_schedules_due", schedules.c.next_due_at)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Something that comes round for one person. `rhythm` is the text of a rhythm, in the `zone` named.

    `name` tells apart several of one kind (1:1s with two people).
    """

    workspace: str
    user: str
    kind: str
    rhythm: str
    zone: str
    next_due_at: datetime | None
    name: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    last_on: date | None = None
    ended: str = ""


Turn = tuple[date, datetime]
"""The local day of an occurrence, and when the next one is due."""
NextTurn = Callable[[Schedule, datetime], Turn]

_COLUMNS: tuple[Any, ...] = (
    schedules.c.workspace_id,
    schedules.c.user_id,
    schedules.c.kind,
    schedules.c.rhythm,
    schedules.c.zone,
    schedules.c.next_due_at,
    schedules.c.name,
    schedules.c.about,
    schedules.c.id,
    schedules.c.last_on,
    schedules.c.ended,
)

_MOVE_ON = (
    update(schedules)
    .where(
        schedules.c.workspace_id == bindparam("at_workspace"),
        schedules.c.id == bindparam("at_id"),
    )
    .values(next_due_at=bindparam("next"), last_on=bindparam("last"))
)


class Schedules:
    """Questions about what comes round."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.outbox = Outbox(connection)

    def put(self, schedule: Schedule) -> None:
        """Begin or change it; there is one of a kind and name for a person."""
        row = {
            "workspace_id": schedule.workspace,
            "id": schedule.id or uuid.uuid4().hex,
            "user_id": schedule.user,
            "kind": schedule.kind,
            "name": schedule.name,
            "rhythm": schedule.rhythm,
            "zone": schedule.zone,
            "about": dict(schedule.about),
            "next_due_at": schedule.next_due_at,
            "last_on": schedule.last_on,
            "ended": schedule.ended,
        }
        known = self.get(schedule.workspace, schedule.user, schedule.kind, schedule.name)
        upsert(self._connection, schedules, [{**row, "id": known.id} if known else row], changing=row.keys())

    def get(self, workspace: str, user: str, kind: str, name: str = "") -> Schedule | None:
        this = (schedules.c.kind == kind) & (schedules.c.name == name)
        row = self._connection.execute(select(*_COLUMNS).where(_of(workspace, user) & this)).first()
        return Schedule(*row) if row else None

    def get_all(self, workspace: str, user: str) -> list[Schedule]:
        """Everything that comes round for a person."""
        return [
            Schedule(*row) for row in self._connection.execute(select(*_COLUMNS).where(_of(workspace, user)))
        ]

    def end(self, workspace: str, user: str, reason: str) -> None:
        """Nothing comes round for this person any more, until they begin again."""
        running = _of(workspace, user) & schedules.c.next_due_at.is_not(None)
        self._connection.execute(update(schedules).where(running).values(next_due_at=None, ended=reason[:80]))

    def delete(self, workspace: str, user: str, kind: str, name: str = "") -> None:
        this = (schedules.c.kind == kind) & (schedules.c.name == name)
        self._connection.execute(delete(schedules).where(_of(workspace, user) & this))

    def plan(self, now: datetime, next_turn: NextTurn) -> int:
        """Turn what is due into deliveries, each occurrence once, and move on; how many there were.

        One transaction: dying in the middle leaves all of it due. An occurrence is named after its schedule
        and day, so that it is never owed twice.
        """
        due = (
            select(*_COLUMNS)
            .where(schedules.c.next_due_at <= now)
            .order_by(schedules.c.next_due_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        found = [Schedule(*row) for row in self._connection.execute(due)]
        if found:
            self.outbox.owe_many([_delivery_of(schedule) for schedule in found], now)
            self._connection.execute(
                _MOVE_ON, [_moved(schedule, next_turn(schedule, now)) for schedule in found]
            )
        return len(found)


def _of(workspace: str, user: str) -> Any:
    return (schedules.c.workspace_id == workspace) & (schedules.c.user_id == user)


def _delivery_of(schedule: Schedule) -> Owed:
    due = schedule.next_due_at
    if due is None:
        raise ValueError("a schedule that rests is not due")
    once = f"{schedule.id}:{due:%Y-%m-%dT%H:%M}"
    return Owed(schedule.workspace, schedule.user, schedule.kind, once, due, schedule.about)


def _moved(schedule: Schedule, turn: Turn) -> dict[str, object]:
    last_on, next_due_at = turn
    return {"at_workspace": schedule.workspace, "at_id": schedule.id, "next": next_due_at, "last": last_on}
