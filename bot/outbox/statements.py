"""The statements of the outbox, built once, and the rows they are given.

What is done to many deliveries is one statement, but for SQLite, which changes those it is given one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Select,
    String,
    Update,
    bindparam,
    case,
    func,
    literal_column,
    select,
    tuple_,
    update,
)
from sqlalchemy.types import TypeEngine

from bot.ids import new_id
from bot.outbox.model import OVER, Delivery, Letter, Outcome, Owed, State
from bot.outbox.pace import has_allowance, is_not_paused
from bot.outbox.tables import deliveries, has_failed, is_in, is_open
from bot.storage.given import Each, Given, given
from bot.storage.prepared import Prepared
from bot.storage.tables import Moment
from bot.storage.upsert import adding

KNOWN: tuple[Column[Any], ...] = (
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
"""In the order of a Delivery."""

# The same for all, so it stands in the statement and is not bound for each row.
AS_NEW: dict[str, ColumnElement[Any]] = {
    "state": literal_column("'pending'"),
    "attempts": literal_column("0"),
    **dict.fromkeys(("channel", "thread", "ts", "file", "reason"), literal_column("''")),
}

GIVEN = ("workspace_id", "id", "user_id", "kind", "once", "about", "due_at", "look_at")
"""What is bound for each, as `row_of` has it."""

OWE = Prepared(
    lambda dialect: adding(dialect, deliveries).values(AS_NEW | {name: bindparam(name) for name in GIVEN})
)

_NUMBER = select(deliveries.c.state, func.count().label("number")).group_by(deliveries.c.state)
COUNTED = (_NUMBER.where(is_open), _NUMBER.where(has_failed))

_ONE: dict[str, TypeEngine[Any]] = {"workspace": String(), "id": String()}
_CLAIMED: dict[str, TypeEngine[Any]] = {**_ONE, "attempts": Integer()}
_TOLD: dict[str, TypeEngine[Any]] = {
    "state": String(),
    "look_at": Moment(),
    **dict.fromkeys(("channel", "ts", "reason"), String()),
}

_KEY = (deliveries.c.workspace_id, deliveries.c.id)
_NOW: ColumnElement[datetime] = bindparam("now", type_=Moment)
_LEASE: ColumnElement[datetime] = bindparam("lease", type_=Moment)
_TO_SEND = is_in("pending") | is_in("claimed")


def _claim(wanted: ColumnElement[bool], state: State, known: Iterable[Column[Any]], dialect: str) -> Update:
    """PostgreSQL passes over rows that others are taking; on SQLite writers come one after another.

    What is due is a table of its own (CTE), as PostgreSQL may run a subquery with a limit several times.
    SQLite finds a row sooner by its number.
    """
    key = (literal_column("deliveries.rowid").label("row"),) if dialect == "sqlite" else _KEY
    due = (
        select(*key)
        .where(wanted, deliveries.c.look_at <= _NOW, is_not_paused(deliveries.c.workspace_id, _NOW))
        .order_by(deliveries.c.look_at, deliveries.c.workspace_id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=deliveries)
        .cte("due")
    )
    taken = {"state": state, "look_at": _LEASE, "attempts": deliveries.c.attempts + 1}
    return update(deliveries).where(tuple_(*key).in_(select(due))).values(taken).returning(*known)


def _claim_these(dialect: str) -> Update:
    these = select(given(dialect, id=String()))
    return _claim(_TO_SEND & deliveries.c.id.in_(these), "claimed", KNOWN[:8], dialect)


def _give_back(over: Given) -> Update:
    before = {"state": "pending", "look_at": deliveries.c.due_at, "attempts": deliveries.c.attempts - 1}
    return update(deliveries).where(_is_one(over)).values(before)


def pick_keys(taken: Iterable[Delivery]) -> list[tuple[object, ...]]:
    return [(one.workspace, one.id) for one in taken]


def _mark(letter: Given) -> Update:
    asked_by = {name: letter[name] for name in ("channel", "thread", "file")}
    begun = {"state": "sending", "sending_at": _NOW, "look_at": _LEASE, **asked_by}
    return update(deliveries).where(_is_claim(letter) & is_in("claimed")).values(begun)


def pick_letters(letters: Iterable[Letter]) -> list[tuple[object, ...]]:
    """With what Slack can be asked by."""
    return [
        (one.workspace, one.id, one.attempts, sending.channel, getattr(sending, "thread", ""), one.file)
        for one, sending, _address in letters
    ]


def _marked(dialect: str) -> Select[tuple[str]]:
    letter = dict(given(dialect, **_CLAIMED).c)
    return select(deliveries.c.id).where(_is_claim(letter) & is_in("sending"))


def _record(end: Given) -> Update:
    """A channel that is known already stays where none is told."""
    channel = case((end["channel"] == "", deliveries.c.channel), else_=end["channel"])
    become = {**{name: end[name] for name in _TOLD}, "channel": channel}
    return update(deliveries).where(_is_claim(end)).values(become)


def pick_outcomes(outcomes: Iterable[Outcome], now: datetime) -> list[tuple[object, ...]]:
    return [
        (
            one.workspace,
            one.id,
            one.attempts,
            state,
            None if state in OVER else again_at or now,
            channel,
            ts,
            reason[:80],
        )
        for one, state, channel, ts, reason, again_at in outcomes
    ]


def row_of(owed: Owed) -> dict[str, Any]:
    return {
        "workspace_id": owed.workspace,
        "id": new_id(),
        "user_id": owed.user,
        "kind": owed.kind,
        "once": owed.once,
        "about": dict(owed.about),
        "due_at": owed.due_at,
        "look_at": owed.look_from or owed.due_at,
    }


def _is_one(of: Given) -> ColumnElement[bool]:
    return (deliveries.c.workspace_id == of["workspace"]) & (deliveries.c.id == of["id"])


def _is_claim(of: Given) -> ColumnElement[bool]:
    """And nobody else claimed it since."""
    return _is_one(of) & (deliveries.c.attempts == of["attempts"])


CLAIM = Prepared(partial(_claim, _TO_SEND & has_allowance(deliveries.c.workspace_id), "claimed", KNOWN[:8]))
CLAIM_THESE = Prepared(_claim_these)
CLAIM_UNCLEAR = Prepared(partial(_claim, is_in("sending"), "sending", KNOWN))
GIVE_BACK = Each(_give_back, **_ONE)
"""Takes `pick_keys`: what was claimed over an allowance is as it was before."""
MARK = Each(_mark, **_CLAIMED, channel=String(), thread=String(), file=String())
"""Takes `pick_letters`; `MARKED`, with their first three, says which of them that touched."""
MARKED = Prepared(_marked)
RECORD = Each(_record, **_CLAIMED, **_TOLD)
"""Takes `pick_outcomes`."""
