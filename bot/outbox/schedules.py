"""What comes round for whom: schedules with the moment they are due next, and how they become deliveries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    String,
    Subquery,
    Table,
    UniqueConstraint,
    Update,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.ids import new_id
from bot.outbox.statements import AS_NEW
from bot.outbox.store import Outbox, Standing
from bot.outbox.tables import deliveries
from bot.storage.given import given, pack
from bot.storage.prepared import Prepared
from bot.storage.tables import Moment, metadata
from bot.storage.upsert import Insert, adding, upsert

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
Index("ix_schedules_due", schedules.c.next_due_at, schedules.c.workspace_id)


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
NextTurn = Callable[[str, str, datetime, datetime], Turn]
"""Of a rhythm in a zone, from when it was due, and now."""

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

_NOW: ColumnElement[datetime] = bindparam("now", type_=Moment)
_IS_DUE = schedules.c.next_due_at <= _NOW
_ANYTHING_DUE = Prepared(
    select(literal_column("1")).where(
        or_(
            exists(select(schedules.c.id).where(_IS_DUE)),
            exists(select(deliveries.c.id).where(deliveries.c.look_at <= _NOW)),
        )
    )
)
_DUE = Prepared(
    select(*(schedules.c[name] for name in ("workspace_id", "id", "rhythm", "zone", "next_due_at")))
    .where(_IS_DUE)
    .order_by(schedules.c.next_due_at, schedules.c.workspace_id)
    .limit(BATCH)
    .with_for_update(skip_locked=True)
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
            "id": schedule.id or new_id(),
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

    def is_anything_due(self, now: datetime) -> bool:
        """Is there anything to plan, or to send or ask for?"""
        return bool(_ANYTHING_DUE.read(self._connection, {"now": now}))

    def stand(self, now: datetime) -> Standing:
        """The outbox, and as `unplanned` what came round and nobody turned into deliveries yet."""
        counted = select(func.count(), func.min(schedules.c.next_due_at)).where(_IS_DUE)
        number, oldest = self._connection.execute(counted, {"now": now}).one()
        planned = self.outbox.stand(now)
        late = (now - oldest).total_seconds() if oldest else 0.0
        return replace(
            planned,
            states={"unplanned": number, **planned.states},
            oldest_due=max(late, planned.oldest_due),
        )

    def plan(self, now: datetime, next_turn: NextTurn) -> int:
        """Turn what is due into deliveries, each occurrence once, and move on; how many there were.

        One transaction: dying in the middle leaves all of it due. An occurrence is named after its schedule
        and day, so that it is never owed twice.
        """
        due = _DUE.read(self._connection, {"now": now})
        if due:
            turns = pack(_turns(due, now, next_turn))
            _OWE.write(self._connection, [turns])
            _MOVE_ON.write(self._connection, [turns])
        return len(due)


def _of(workspace: str, user: str) -> Any:
    return (schedules.c.workspace_id == workspace) & (schedules.c.user_id == user)


def _turns(due: Iterable[Sequence[Any]], now: datetime, next_turn: NextTurn) -> Iterator[tuple[object, ...]]:
    """The columns of `_turn`."""
    for workspace, schedule, rhythm, zone, due_at in due:
        last_on, next_due_at = next_turn(rhythm, zone, due_at, now)
        once = f"{schedule}:{due_at.astimezone(UTC).isoformat()[:16]}"
        yield workspace, schedule, new_id(), once, next_due_at, last_on


def _turn(dialect: str) -> Subquery:
    names = {name: String() for name in ("workspace", "schedule", "delivery", "once")}
    return given(dialect, **names, next_due_at=Moment(), last_on=Date())


def _owe(dialect: str) -> Insert:
    """The deliveries of these turns."""
    turn, due_at = _turn(dialect), schedules.c.next_due_at
    row: dict[str, ColumnElement[Any]] = {
        "id": turn.c.delivery,
        "once": turn.c.once,
        **{name: schedules.c[name] for name in ("workspace_id", "user_id", "kind", "about")},
        **dict.fromkeys(("due_at", "look_at"), due_at),
        **AS_NEW,
    }
    rows = select(*row.values()).where(_is_of(turn))
    return adding(dialect, deliveries).from_select(list(row), rows)


def _move_on(dialect: str) -> Update:
    turn = _turn(dialect)
    next_turn = {name: turn.c[name] for name in ("next_due_at", "last_on")}
    return update(schedules).where(_is_of(turn)).values(next_turn)


def _is_of(turn: Subquery) -> ColumnElement[bool]:
    return (schedules.c.workspace_id == turn.c.workspace) & (schedules.c.id == turn.c.schedule)


_OWE, _MOVE_ON = Prepared(_owe), Prepared(_move_on)
