"""Deliveries as rows: owed, claimed, on their way, done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    select,
    tuple_,
    update,
)

from bot.outbox.model import LEASE, PER_MINUTE, Delivery, Outcome, Owed, State
from bot.outbox.pace import Pace, has_spent_all, is_paused
from bot.outbox.rows import AS_NEW, GIVEN, mark_of, record_of, row_of
from bot.storage.prepared import Prepared
from bot.storage.tables import Moment, metadata
from bot.storage.upsert import Insert, adding

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
    # When to look at it again: what is due, a lease that ran out, an outcome to ask for.
    Column("look_at", Moment, nullable=False),
    Column("sending_at", Moment),
    # Counts claims: whoever holds an older number lost the row to someone else.
    Column("attempts", Integer, nullable=False, default=0),
    Column("channel", String(32), nullable=False, default=""),
    Column("thread", String(32), nullable=False, default=""),
    Column("ts", String(32), nullable=False, default=""),
    Column("file", String(32), nullable=False, default=""),
    Column("reason", String(80), nullable=False, default=""),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "once"),
)
Index("ix_deliveries_look", deliveries.c.state, deliveries.c.look_at)
Index("ix_deliveries_message", deliveries.c.workspace_id, deliveries.c.channel, deliveries.c.ts)

_KEY = (deliveries.c.workspace_id, deliveries.c.id)

_DELIVERY = (
    deliveries.c.workspace_id,
    deliveries.c.id,
    deliveries.c.user_id,
    deliveries.c.kind,
    deliveries.c.about,
    deliveries.c.state,
    deliveries.c.due_at,
    deliveries.c.attempts,
    deliveries.c.channel,
    deliveries.c.thread,
    deliveries.c.ts,
    deliveries.c.file,
    deliveries.c.sending_at,
)


NOT_OVER: tuple[State, ...] = ("pending", "claimed", "sending", "failed")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in the outbox now. `oldest_due` is in seconds."""

    states: Mapping[State, int]
    oldest_due: float


class Outbox:
    """What is owed. A row is claimed by one process at a time, until its lease runs out.

    Whoever comes back after that finds the row taken: marking and recording change nothing then.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def owe(self, owed: Sequence[Owed], now: datetime) -> list[str]:
        """Write down what is owed; ids of what is due by now, and was not owed already."""
        if not owed:
            return []
        rows = [row_of(one, now) for one in owed]
        due = {row["id"] for row in rows if row["due_at"] <= now}
        if not due:
            _OWE.write(self._connection, rows)
            return []
        added = self._connection.execute(self._insert().returning(deliveries.c.id), rows).scalars()
        return [each for each in added if each in due]

    def owe_again(self, owed: Sequence[Owed], now: datetime) -> list[str]:
        """`owe`; what was owed under one of these names before, and dropped, is due once more."""
        ids = self.owe(owed, now)
        for one in owed:
            named = (deliveries.c.workspace_id == one.workspace) & (deliveries.c.once == one.once)
            anew = {name: row_of(one, now)[name] for name in ("about", "due_at", "look_at", "changed_at")}
            dropped = update(deliveries).where(named, deliveries.c.state == "dropped")
            dropped = dropped.values({**anew, "state": "pending"})
            again = self._connection.execute(dropped.returning(deliveries.c.id)).scalars()
            ids += [each for each in again if one.due_at <= now]
        return ids

    def owe_many(self, owed: Sequence[Owed], now: datetime) -> None:
        """The same without ids, which take a third of the time."""
        if owed:
            self._connection.execute(self._insert(), [row_of(one, now) for one in owed])

    def _insert(self) -> Insert:
        return adding(self._connection.dialect.name, deliveries).values(AS_NEW)

    def claim(self, now: datetime, limit: int, per_minute: int = PER_MINUTE) -> list[Delivery]:
        """Take what is due and nobody else has, oldest first, no more for a workspace than its allowance.

        What someone claimed and left behind is due again: it had not been sent. Workspaces that Slack asked
        to wait for, and those that have spent their allowance, are passed over.
        """
        wanted = _TO_SEND & _is_due(now) & ~has_spent_all(deliveries.c.workspace_id, now)
        while taken := self._take(wanted, now, limit, "claimed"):
            if granted := self._keep_to_allowance(taken, now, per_minute):
                return granted
        return []

    def claim_these(self, now: datetime, limit: int, ids: Collection[str]) -> list[Delivery]:
        """Take these, which someone waits for: no allowance holds them back."""
        return self._take(_TO_SEND & _is_due(now) & deliveries.c.id.in_(ids), now, limit, "claimed")

    def claim_unclear(self, now: datetime, limit: int) -> list[Delivery]:
        """Take what may or may not have reached Slack, to ask; it stays `sending` until that is known."""
        return self._take((deliveries.c.state == "sending") & _is_due(now), now, limit, "sending")

    def _take(self, wanted: ColumnElement[bool], now: datetime, limit: int, state: State) -> list[Delivery]:
        """PostgreSQL passes over rows that others are taking; on SQLite writers come one after another.

        What is due is a table of its own (CTE), as PostgreSQL may run a subquery with a limit several times.
        """
        due = (
            select(*_KEY)
            .where(wanted)
            .order_by(deliveries.c.look_at)
            .limit(limit)
            .with_for_update(skip_locked=True, of=deliveries)
            .cte("due")
        )
        taken = (
            update(deliveries)
            .where(tuple_(*_KEY).in_(select(due)))
            .values(state=state, look_at=now + LEASE, changed_at=now, attempts=deliveries.c.attempts + 1)
            .returning(*_DELIVERY)
        )
        return [Delivery(*row) for row in self._connection.execute(taken)]

    def _keep_to_allowance(self, taken: Sequence[Delivery], now: datetime, per_minute: int) -> list[Delivery]:
        """Those that may go out now; the others are due as before, once their workspace has tokens again."""
        left = Pace(self._connection).spend(Counter(one.workspace for one in taken), per_minute, now)
        granted: list[Delivery] = []
        over: list[Delivery] = []
        for one in sorted(taken, key=lambda each: each.due_at):
            left[one.workspace] -= 1
            (granted if left[one.workspace] >= 0 else over).append(one)
        if over:
            given_back = tuple_(*_KEY).in_([(one.workspace, one.id) for one in over])
            self._connection.execute(update(deliveries).where(given_back).values(_AS_BEFORE))
        return granted

    def mark_sending(self, sending: Sequence[Delivery], now: datetime) -> set[str]:
        """From here on Slack may have it; ids of those that nobody else took up meanwhile, and may be sent.

        `channel`, `thread` and `file` are what Slack can be asked by.
        """
        if not sending:
            return set()
        marked = self._connection.execute(_MARK_SENDING, [mark_of(one, now) for one in sending])
        if marked.rowcount == len(sending):
            return {one.id for one in sending}
        claims = [(one.workspace, one.id, one.attempts) for one in sending]
        ours = (deliveries.c.sending_at == now) & tuple_(*_KEY, deliveries.c.attempts).in_(claims)
        return set(self._connection.execute(select(deliveries.c.id).where(ours)).scalars())

    def record(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """What became of them."""
        if outcomes:
            self._connection.execute(_RECORD, [record_of(outcome, now) for outcome in outcomes])

    def get_by_message(self, workspace: str, channel: str, ts: str) -> Delivery | None:
        """The delivery that stands in Slack as this message."""
        here = (
            (deliveries.c.workspace_id == workspace)
            & (deliveries.c.channel == channel)
            & (deliveries.c.ts == ts)
        )
        row = self._connection.execute(select(*_DELIVERY).where(here)).first()
        return Delivery(*row) if row else None

    def get_newest_message(
        self, workspace: str, channel: str, since: datetime, besides: str
    ) -> Delivery | None:
        """The newest message in this conversation, threads and one kind aside."""
        here = (deliveries.c.workspace_id == workspace) & (deliveries.c.channel == channel)
        top = (deliveries.c.thread == "") & (deliveries.c.ts != "") & (deliveries.c.sending_at >= since)
        wanted = select(*_DELIVERY).where(here, top, deliveries.c.kind != besides)
        row = self._connection.execute(wanted.order_by(deliveries.c.ts.desc()).limit(1)).first()
        return Delivery(*row) if row else None

    def get_once(self, workspace: str, once: str) -> Delivery | None:
        """The delivery owed under this name."""
        named = (deliveries.c.workspace_id == workspace) & (deliveries.c.once == once)
        row = self._connection.execute(select(*_DELIVERY).where(named)).first()
        return Delivery(*row) if row else None

    def stand(self, now: datetime) -> Standing:
        """How many there are in each state that is not over, and how late the oldest is."""
        counted = select(deliveries.c.state, func.count().label("number")).where(
            deliveries.c.state.in_(NOT_OVER)
        )
        rows = self._connection.execute(counted.group_by(deliveries.c.state)).all()
        waiting = deliveries.c.state.in_(("pending", "claimed", "sending")) & (deliveries.c.due_at <= now)
        oldest = self._connection.execute(select(func.min(deliveries.c.due_at)).where(waiting)).scalar()
        late = (now - oldest).total_seconds() if oldest else 0.0
        return Standing(dict.fromkeys(NOT_OVER, 0) | {row.state: row.number for row in rows}, late)

    def get_latest(self, states: Collection[State], limit: int) -> list[tuple[Delivery, str]]:
        """Deliveries in these states with the reason, newest first; for whoever runs it."""
        wanted = select(*_DELIVERY, deliveries.c.reason).where(deliveries.c.state.in_(states))
        rows = self._connection.execute(wanted.order_by(deliveries.c.due_at.desc()).limit(limit))
        return [(Delivery(*row[:-1]), row[-1]) for row in rows]


def _is_due(now: datetime) -> ColumnElement[bool]:
    return (deliveries.c.look_at <= now) & ~is_paused(deliveries.c.workspace_id, now)


_OWE = Prepared(
    lambda dialect: adding(dialect, deliveries).values(AS_NEW | {name: bindparam(name) for name in GIVEN})
)
_TO_SEND = deliveries.c.state.in_(("pending", "claimed"))
_AS_BEFORE: Any = {"state": "pending", "look_at": deliveries.c.due_at, "attempts": deliveries.c.attempts - 1}


_HERE = (
    (deliveries.c.workspace_id == bindparam("at_workspace"))
    & (deliveries.c.id == bindparam("at_id"))
    & (deliveries.c.attempts == bindparam("at_attempts"))
)

_MARK_SENDING = (
    update(deliveries)
    .where(_HERE, deliveries.c.state == "claimed")
    .values(
        state="sending",
        sending_at=bindparam("now"),
        changed_at=bindparam("now"),
        look_at=bindparam("lease"),
        channel=bindparam("to_channel"),
        thread=bindparam("to_thread"),
        file=bindparam("to_file"),
    )
)

_RECORD = (
    update(deliveries)
    .where(_HERE)
    .values(
        state=bindparam("to_state"),
        changed_at=bindparam("now"),
        look_at=bindparam("again"),
        channel=bindparam("to_channel"),
        ts=bindparam("to_ts"),
        reason=bindparam("to_reason"),
    )
)
