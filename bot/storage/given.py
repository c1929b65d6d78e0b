"""Rows handed to a statement as one value: the statement is the same, however many there are.

The driver and SQLAlchemy are entered once instead of once a row, which is most of what a small row costs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    String,
    Subquery,
    Update,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy import literal_column as literally
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from bot.storage.prepared import Prepared
from bot.storage.tables import Moment


def given(dialect: str, **columns: TypeEngine[Any]) -> Subquery:
    """The rows of `pack` as a table, to join or to take values from; columns stand in their order there."""
    rows = bindparam("given", type_=String)
    if dialect == "postgresql":
        each = func.jsonb_array_elements(cast(rows, JSONB)).table_valued(column("value", JSONB))
        texts = [each.c.value.op("->>")(literally(str(place))) for place in range(len(columns))]
        values = [_read(text, kind) for text, kind in zip(texts, columns.values(), strict=True)]
    else:
        each = func.json_each(rows).table_valued("value")
        values = [
            func.json_extract(each.c.value, literally(f"'$[{place}]'"), type_=kind)
            for place, kind in enumerate(columns.values())
        ]
    named = zip(values, columns, strict=True)
    return select(*(value.label(name) for value, name in named)).subquery("given")


def pack(rows: Iterable[Sequence[object]]) -> dict[str, str]:
    """The parameter for statements with `given`."""
    return {"given": json.dumps(list(rows), default=_as_kept)}


Given = Mapping[str, ColumnElement[Any]]
"""The values of a row that is given, by the names of its columns."""


class Each:
    """A change to be made once for each of many rows.

    On PostgreSQL one statement is given all of them. SQLite's driver takes row after row quicker than SQLite
    reads them from one value.
    """

    def __init__(self, change: Callable[[Given], Update], **columns: TypeEngine[Any]) -> None:
        """`change` is worded with the values of a row."""
        self._names = [f"given_{name}" for name in columns]  # a column's own name SQLAlchemy keeps for itself
        bound = [
            bindparam(name, type_=kind) for name, kind in zip(self._names, columns.values(), strict=True)
        ]
        self._one = Prepared(change(dict(zip(columns, bound, strict=True))))
        self._all = Prepared(lambda dialect: change(dict(given(dialect, **columns).c)))

    def write(self, connection: Connection, rows: Sequence[tuple[object, ...]], **same: object) -> int:
        """How many rows of the database that touched; `same` are values of the statement beside them."""
        if not rows:
            return 0
        if connection.dialect.name == "sqlite":
            return self._one.write_rows(connection, self._names, rows, same)
        return self._all.write(connection, [{**pack(rows), **same}])


def _read(text: ColumnElement[Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """PostgreSQL has to be told what a text is. Moments come without their zone, which is UTC.

    A text stays as long as it is: a cast to a length would cut it, where the column it is for refuses it.
    """
    if isinstance(kind, Moment):
        return func.timezone("UTC", cast(text, DateTime), type_=kind)
    return text if isinstance(kind, String) else cast(text, kind)


def _as_kept(value: object) -> str:
    """As SQLite keeps it; there it is compared as text."""
    match value:
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        case date():
            return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be handed over")
