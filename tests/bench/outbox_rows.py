"""People of many workspaces to whom something is owed, written by the database itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Concatenate, ParamSpec

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Insert,
    String,
    Table,
    cast,
    insert,
    literal,
    select,
    text,
)

from bot.nudge.model import NUDGE
from bot.nudge.tables import asked
from bot.outbox.schedules import schedules
from bot.outbox.tables import deliveries
from bot.people.store import people, profiles, standings
from bot.storage.database import Database

LADDER, LEVELS = "artsy", ("ic4", "ic5")
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)  # a Wednesday, the same day in both zones
ZONE, RHYTHM = "Europe/Berlin", "wed 12:00"
WEEKS_BEFORE = 4
ONE_DAY = timedelta(days=1)
WORKSPACES = 1_000

P = ParamSpec("P")
Values = dict[str, object]


def add_people(connection: Connection, count: int, weeks: int = WEEKS_BEFORE) -> None:
    """Everyone has a zone, a ladder, two levels and so many questions behind them."""
    one = _count_to(count)
    them = _person(one)
    row = {**them, "ladder_id": LADDER, "changed_at": NOON}
    connection.execute(_insert_each(people, one, row))
    levels = {"current_level": LEVELS[0], "target_level": LEVELS[1]}
    connection.execute(_insert_each(standings, one, row | levels))
    profile = {"zone": ZONE, "shares_new": False, "days_off": "", "changed_at": NOON}
    connection.execute(_insert_each(profiles, one, them | profile))
    for week in range(weeks):
        then = NOON - timedelta(weeks=week + 1)
        question = {"question_id": f"before-{week}", "kind": "open", "state": "answered", "number": 0}
        at = {"asked_on": then.date(), "asked_at": then, "answered_at": then, "expectation_id": ""}
        where = {"ladder_id": LADDER, "level_id": LEVELS[1], "delivery_id": _name(f"A{week}", one)}
        connection.execute(_insert_each(asked, one, {**them, **question, **at, **where}))


def add_schedules(connection: Connection, count: int, due: datetime, kind: str = NUDGE) -> None:
    """One a person, all of them due at the same time."""
    one = _count_to(count)
    row: Values = {"id": _name("S", one), "kind": kind, "name": "", "rhythm": RHYTHM, "zone": ZONE}
    when: Values = {"next_due_at": due, "last_on": date(2026, 2, 25), "about": {}, "ended": ""}
    connection.execute(_insert_each(schedules, one, {**_person(one), **row, **when}))


def add_deliveries(
    connection: Connection, count: int, people: int, due: datetime, kind: str = NUDGE, prefix: str = "D"
) -> None:
    """So many owed to so many people, in turn; `prefix` keeps them apart from those that are there."""
    one = _count_to(count)
    row: Values = {"id": _name(prefix, one), "kind": kind, "once": _name(f"once:{prefix}", one), "about": {}}
    state: Values = {"state": "pending", "due_at": due, "look_at": due, "attempts": 0}
    empty: Values = dict.fromkeys(("channel", "thread", "ts", "file", "reason"), "")
    connection.execute(_insert_each(deliveries, one, {**_person(one, people), **row, **state, **empty}))


def fill(
    database: Database, add: Callable[Concatenate[Connection, P], None], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Add rows, and let the database count them, as it does by itself after a while."""
    with database.engine.begin() as connection:
        add(connection, *args, **kwargs)
        connection.execute(text("ANALYZE"))


def _count_to(count: int) -> CTE:
    first = select(literal(0).label("n")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < count - 1))


def _person(one: CTE, people: int = 10**9) -> Values:
    """Neighbours are of different workspaces: the worst for whoever would take one workspace at a time."""
    user = one.c.n % people
    return {"workspace_id": _spell("T", user % WORKSPACES), "user_id": _spell("U", user)}


def _name(prefix: str, one: CTE) -> ColumnElement[str]:
    return _spell(prefix, one.c.n)


def _spell(prefix: str, number: ColumnElement[int]) -> ColumnElement[str]:
    return literal(prefix) + cast(number, String)


def _insert_each(table: Table, one: CTE, values: Values) -> Insert:
    """A row for every number."""
    columns = [
        value if isinstance(value, ColumnElement) else literal(value, table.c[name].type)
        for name, value in values.items()
    ]
    return insert(table).from_select(list(values), select(*columns).select_from(one))
