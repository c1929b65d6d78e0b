"""How fast a workspace is written to: the pauses Slack asked for, and messages a minute of our own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Insert,
    String,
    Table,
    Update,
    bindparam,
    case,
    select,
    update,
)

from bot.storage.given import given, pack
from bot.storage.prepared import Prepared
from bot.storage.tables import Moment, metadata
from bot.storage.upsert import insert_into

pauses = Table(
    "pauses",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("method", String(40), primary_key=True),
    Column("until", Moment, nullable=False),
)

# A bucket of messages that may be sent at once, which fills within a minute. All there is to know of it is
# when it was empty: it holds what came in since then, and a message puts that moment off by its share.
allowances = Table(
    "allowances",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("empty_at", BigInteger, nullable=False),  # microseconds of Unix time, to be reckoned with
)

FILLING = timedelta(seconds=5)
"""A workspace whose bucket is empty is passed over that long, however much it is owed."""
MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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
        at, share = _count(now), _share(per_minute)
        spent = {**_costs(wanted, share), "at": at, "full": at - MINUTE // _MICROSECOND}
        rows = _SPEND.read(self._connection, spent)
        over = {workspace: -((at - empty_at) // share) for workspace, empty_at in rows if empty_at > at}
        if over:
            _GIVE_BACK.write(self._connection, [_costs(over, share)])
        return {workspace: number - over.get(workspace, 0) for workspace, number in wanted.items()}


def is_not_paused(workspace: ColumnElement[str], now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Slack did not ask this workspace to wait."""
    return workspace.not_in(select(pauses.c.workspace_id).where(pauses.c.until > now))


def has_allowance(workspace: ColumnElement[str]) -> ColumnElement[bool]:
    """Its bucket was not empty a moment ago; takes the values of `moment_ago`.

    A moment to come means that a clock was wrong, and holds nobody.
    """
    lately = allowances.c.empty_at.between(bindparam("lately"), bindparam("at"))
    return workspace.not_in(select(allowances.c.workspace_id).where(lately))


def moment_ago(now: datetime, per_minute: int) -> dict[str, int]:
    """In which no bucket filled enough to be looked at; one message takes longer where few are allowed."""
    return {"at": _count(now), "lately": _count(now) - max(FILLING // _MICROSECOND, _share(per_minute) - 1)}


def _count(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _share(per_minute: int) -> int:
    """By how much a message puts off the moment at which the bucket was empty."""
    return max(1, MINUTE // _MICROSECOND // per_minute)


def _costs(messages: Mapping[str, int], share: int) -> dict[str, str]:
    """In one order, so that two processes wait for each other and never both."""
    return pack((workspace, number * share) for workspace, number in sorted(messages.items()))


def _spend(dialect: str) -> Insert:
    """Whoever is new has a full bucket. Nothing is in it before the minute, nor by a clock that was wrong."""
    costs, empty_at = given(dialect, workspace=String(), cost=BigInteger()), allowances.c.empty_at
    at, full = bindparam("at", type_=BigInteger), bindparam("full", type_=BigInteger)
    fresh = select(costs.c.workspace, full + costs.c.cost).where(costs.c.cost >= 0)
    spending = insert_into(dialect, allowances).from_select(["workspace_id", "empty_at"], fresh)
    before = case((empty_at < full, full), (empty_at > at, at), else_=empty_at)
    later = {"empty_at": before + spending.excluded.empty_at - full}
    added = spending.on_conflict_do_update(index_elements=["workspace_id"], set_=later)
    return added.returning(*allowances.c)


def _give_back(dialect: str) -> Update:
    costs = given(dialect, workspace=String(), cost=BigInteger())
    here = allowances.c.workspace_id == costs.c.workspace
    return update(allowances).where(here).values(empty_at=allowances.c.empty_at - costs.c.cost)


_SPEND, _GIVE_BACK = Prepared(_spend), Prepared(_give_back)
