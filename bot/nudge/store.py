"""What was asked, and what someone said they would do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    String,
    Table,
    Update,
    bindparam,
    delete,
    exists,
    select,
    tuple_,
    update,
)

from bot.brag.tables import captures
from bot.nudge.model import Asked, AskedState, Promise, Situation
from bot.nudge.situations import ASKED, WORDS, Situations, is_of, people_given, read_asked
from bot.nudge.tables import asked, promises
from bot.outbox.model import Delivery
from bot.outbox.store import Outbox
from bot.outbox.tables import deliveries
from bot.people.model import PersonId
from bot.storage.given import given, pack
from bot.storage.prepared import Prepared
from bot.storage.upsert import Insert, insert_into, upsert
from bot.storage.vault import Owner, Vault

_NEWEST = Prepared(
    select(*ASKED)
    .where(
        asked.c.workspace_id == bindparam("workspace"),
        asked.c.user_id == bindparam("user"),
        asked.c.asked_at >= bindparam("since"),
    )
    .order_by(asked.c.asked_at.desc(), asked.c.number.desc())
    .limit(1)
)


class NudgeStore:
    """Questions about a batch of people of any workspaces, or about one person."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection
        self._dialect = connection.dialect.name
        self.outbox = Outbox(connection)

    def get_situations(self, whose: Collection[PersonId], since: datetime) -> dict[PersonId, Situation]:
        """`past` since then."""
        return Situations(self._vault, self._connection).get(whose, since)

    def get_situation(self, person: PersonId, since: datetime) -> Situation:
        return self.get_situations([person], since)[person]

    def get_last_kept(self, whose: Collection[PersonId]) -> dict[PersonId, datetime]:
        """When each of these wrote the last thing down that is kept."""
        return Situations(self._vault, self._connection).get_last_kept(whose)

    def get_past(self, person: PersonId, since: datetime) -> list[Asked]:
        """What this person was asked since then, oldest first."""
        return Situations(self._vault, self._connection).get_past([person], since)[person]

    def put(self, written: Sequence[Asked]) -> None:
        """Remember what is asked; what is there under the same delivery and number changes."""
        if written:
            rows = pack((*one.person, *one[1:]) for one in written)
            self._connection.execute(_put(self._dialect), rows)

    def fall_silent(self, asking: Sequence[Asked]) -> None:
        """What else is still open of these people stays without a reply."""
        if asking:
            these = pack((*one.person, one.delivery) for one in asking)
            self._connection.execute(_fall_silent(self._dialect), these)

    def forget(self, owed: Collection[Delivery]) -> None:
        """What was to be asked by these deliveries, and was not; what was answered all the same stays."""
        if owed:
            these = pack((one.workspace, one.id) for one in owed)
            for statement in _forget(self._dialect):
                self._connection.execute(statement, these)

    def get_rows(self, person: PersonId, delivery: str) -> list[Asked]:
        """Everything one delivery asked this person, in order."""
        here = _owned(asked, person) & (asked.c.delivery_id == delivery)
        rows = self._connection.execute(select(*ASKED).where(here).order_by(asked.c.number))
        return [read_asked(row) for row in rows]

    def get_newest(self, person: PersonId, since: datetime) -> Asked | None:
        """What this person was asked last, if that was since then."""
        rows = _NEWEST.read(self._connection, {**person._asdict(), "since": since})
        return next(map(read_asked, rows), None)

    def set_state(self, one: Asked, state: AskedState, answered_at: datetime | None) -> None:
        here = (asked.c.delivery_id == one.delivery) & (asked.c.number == one.number)
        values = {"state": state, "answered_at": answered_at}
        self._connection.execute(update(asked).where(_owned(asked, one.person) & here).values(values))

    def get_sent(self, person: PersonId, delivery: str) -> tuple[datetime, str, str] | None:
        """When a delivery to this person was due, and its channel and ts; empty until they are known."""
        here = _owned(deliveries, person) & (deliveries.c.id == delivery)
        found = select(deliveries.c.due_at, deliveries.c.channel, deliveries.c.ts).where(here)
        row = self._connection.execute(found).first()
        return (row.due_at, row.channel, row.ts) if row else None

    def get_promise(self, person: PersonId, delivery: str) -> Promise | None:
        """The one that a delivery asks about."""
        said = Situations(self._vault, self._connection).get_promises([person])[person]
        return next((one for one in said if one.delivery == delivery), None)

    def put_promise(self, promise: Promise) -> None:
        """An edit changes the words; whether it was followed up stays."""
        row = {
            **_key(promise.person),
            "channel": promise.channel,
            "ts": promise.ts,
            "words": self._vault.seal(promise.words, Owner(*promise.person), WORDS),
            "made_on": promise.made_on,
            "due_on": promise.due,
            "delivery_id": promise.delivery,
        }
        upsert(self._connection, promises, [row], changing=("words", "due_on"))

    def follow_up(self, promise: Promise, delivery: str) -> None:
        """This delivery asks what became of it; no other one will."""
        here = (promises.c.channel == promise.channel) & (promises.c.ts == promise.ts)
        mine = _owned(promises, promise.person) & here
        self._connection.execute(update(promises).where(mine).values(delivery_id=delivery))

    def delete_promise(self, person: PersonId, channel: str, ts: str) -> None:
        here = (promises.c.channel == channel) & (promises.c.ts == ts)
        self._connection.execute(delete(promises).where(_owned(promises, person) & here))

    def tidy(self, whose: Collection[PersonId], before: date) -> None:
        """Let go of old promises, and of those whose message was taken back or deleted."""
        self._connection.execute(_tidy(self._dialect), {**pack(whose), "before": before})

    def export(self, person: PersonId) -> dict[str, list[dict[str, Any]]]:
        """Everything kept of this person, to be handed over."""
        asked_rows = self._connection.execute(
            select(*ASKED).where(_owned(asked, person)).order_by(asked.c.asked_at, asked.c.number)
        )
        said = Situations(self._vault, self._connection).get_promises([person])[person]
        return {
            "asked": [_export_asked(read_asked(row)) for row in asked_rows],
            "promises": [{"words": one.words, "made_on": one.made_on.isoformat()} for one in said],
        }

    def erase(self, person: PersonId) -> None:
        for table in (asked, promises):
            self._connection.execute(delete(table).where(_owned(table, person)))


@cache
def _put(dialect: str) -> Insert:
    row = given(dialect, **{column.name: column.type for column in ASKED})
    names, fixed = [column.name for column in ASKED], {column.name for column in asked.primary_key}
    writing = insert_into(dialect, asked).from_select(names, select(row).where(row.c.number >= 0))
    changing = {name: writing.excluded[name] for name in names if name not in fixed}
    return writing.on_conflict_do_update(index_elements=list(asked.primary_key), set_=changing)


@cache
def _fall_silent(dialect: str) -> Update:
    asking = people_given(dialect, delivery_id=String())
    is_left = (asked.c.state == "open") & asked.c.delivery_id.not_in(select(asking.c.delivery_id))
    return update(asked).where(is_of(asking, asked), is_left).values(state="silent")


@cache
def _forget(dialect: str) -> tuple[Delete, Update]:
    these = select(given(dialect, workspace_id=String(), delivery_id=String()))
    at = [tuple_(table.c.workspace_id, table.c.delivery_id).in_(these) for table in (asked, promises)]
    return (
        delete(asked).where(at[0], asked.c.answered_at.is_(None)),
        update(promises).where(at[1]).values(delivery_id=""),
    )


@cache
def _tidy(dialect: str) -> Delete:
    names = ("workspace_id", "user_id", "channel", "ts")
    is_gone = exists().where(
        *(promises.c[name] == captures.c[name] for name in names), captures.c.state.in_(("undone", "deleted"))
    )
    mine = tuple_(promises.c.workspace_id, promises.c.user_id).in_(select(people_given(dialect)))
    is_old = promises.c.made_on < bindparam("before", type_=promises.c.made_on.type)
    return delete(promises).where(mine, is_old | is_gone)


def _export_asked(one: Asked) -> dict[str, Any]:
    return {
        "question": one.question,
        "expectation": one.expectation,
        "ladder": one.ladder,
        "level": one.level,
        "asked_on": one.on.isoformat(),
        "state": one.state,
    }


def _owned(table: Table, person: PersonId) -> ColumnElement[bool]:
    return (table.c.workspace_id == person.workspace) & (table.c.user_id == person.user)


def _key(person: PersonId) -> dict[str, object]:
    return {"workspace_id": person.workspace, "user_id": person.user}
