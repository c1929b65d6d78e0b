"""A prepared statement says and hears the same as SQLAlchemy does, on either database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
    update,
)

from bot.storage.database import Database
from bot.storage.given import Each
from bot.storage.prepared import Prepared
from bot.storage.tables import Moment
from bot.storage.upsert import adding

things = Table(
    "things",
    MetaData(),
    Column("id", String(32), primary_key=True),
    Column("day", Date),
    Column("moment", Moment),
    Column("is_kept", Boolean),
    Column("number", Integer),
    Column("sealed", LargeBinary),
    Column("about", JSON),
)
FULL = {
    "id": "full",
    "day": date(2026, 11, 19),
    "moment": datetime(2026, 11, 20, 15, 4, 5, 678, tzinfo=UTC),
    "is_kept": True,
    "number": 7,
    "sealed": b"\x01\x00words",
    "about": {"days": ["2026-11-20"]},
}
EMPTY = dict.fromkeys(FULL) | {"id": "empty", "about": []}
ADD = Prepared(things.insert())


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.engine.begin() as connection:
        things.create(connection)
        yield connection


@pytest.mark.parametrize("row", [FULL, EMPTY], ids=lambda row: row["id"])
def test_a_row_comes_back_as_it_was_given(connection: Connection, row: dict[str, object]) -> None:
    whole = select(things).where(things.c.id == bindparam("id"))
    assert ADD.write(connection, [row]) == 1
    assert Prepared(whole).read(connection, {"id": row["id"]}) == [tuple(row.values())]
    assert tuple(connection.execute(whole, {"id": row["id"]}).one()) == tuple(row.values())


def test_what_is_there_already_is_not_written_again(connection: Connection) -> None:
    add = Prepared(lambda dialect: adding(dialect, things))
    assert add.write(connection, [FULL, EMPTY]) == 2
    assert add.write(connection, [FULL]) == 0


def test_what_stands_in_the_statement_need_not_be_given(connection: Connection) -> None:
    ADD.write(connection, [FULL, EMPTY])
    sevens = select(things.c.id).where(things.c.number == 7, things.c.day == bindparam("day")).limit(1)
    assert Prepared(sevens).read(connection, {"day": FULL["day"]}) == [("full",)]
    names = Prepared(insert(things).values(id=bindparam("id"), number=8))
    assert names.write(connection, [{"id": "a"}, {"id": "b"}]) == 2


def test_a_change_is_made_for_each_of_the_rows_that_are_given(connection: Connection) -> None:
    ADD.write(connection, [FULL, EMPTY, EMPTY | {"id": "third", "number": 7}])
    change = Each(
        lambda row: (
            update(things)
            .where(things.c.id == row["id"], things.c.number == row["before"])
            .values(day=row["day"], moment=row["moment"], number=bindparam("now"))
        ),
        id=String(),
        before=Integer(),
        day=Date(),
        moment=Moment(),
    )
    later = datetime(2026, 12, 24, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    rows = [("full", 7, later.date(), None), ("third", 7, None, later), ("empty", 7, later.date(), later)]
    assert change.write(connection, rows, now=8) == 2
    assert change.write(connection, [], now=9) == 0
    held = select(things.c.id, things.c.day, things.c.moment, things.c.number).order_by(things.c.id)
    assert list(map(tuple, connection.execute(held))) == [
        ("empty", None, None, None),
        ("full", later.date(), None, 8),
        ("third", None, later, 8),
    ]


def test_it_belongs_to_the_transaction_around_it(database: Database, connection: Connection) -> None:
    connection.commit()

    def fail(connection: Connection) -> None:
        ADD.write(connection, [FULL])
        raise KeyError

    with pytest.raises(KeyError):
        database.write_now(lambda connection: connection, fail)
    assert database.read_now(lambda connection: connection, count_things) == 0


def count_things(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(things)).scalar_one())
