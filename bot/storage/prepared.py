"""Statements that are worded once and then handed to the driver as they are: those that someone waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.types import TypeEngine

Statement = Select[*tuple[Any, ...]] | Insert | Update | Delete
Values = Mapping[str, Any]
Row = tuple[Any, ...]
Convert = Callable[[Any], Any] | None


class Prepared:
    """A statement with bindparams for its values; rows come back as plain tuples.

    SQLAlchemy words it for either database, and its types convert the values. Its way of running a statement
    is left out: that takes several times as long as SQLite takes to answer.
    """

    def __init__(self, statement: Statement | Callable[[str], Statement]) -> None:
        """Where databases differ, a function of the dialect's name."""
        self._statement = statement
        self._worded: dict[str, _Worded] = {}

    def read(self, connection: Connection, values: Values) -> list[Row]:
        worded = self._word(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(worded.text, worded.bind(values))
        return worded.read(cursor.fetchall())

    def write(self, connection: Connection, rows: Sequence[Values]) -> int:
        """Once for each row; how many rows of the database that touched."""
        worded = self._word(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.executemany(worded.text, [worded.bind(values) for values in rows])
        return cursor.rowcount

    def write_rows(
        self, connection: Connection, names: Sequence[str], rows: Iterable[Row], same: Values
    ) -> int:
        """`write` for rows that differ in the values of these names alone, in their order."""
        worded = self._word(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.executemany(worded.text, worded.bind_rows(names, rows, same))
        return cursor.rowcount

    def _word(self, dialect: Dialect) -> _Worded:
        if dialect.name not in self._worded:
            made = self._statement(dialect.name) if callable(self._statement) else self._statement
            self._worded[dialect.name] = _word(made, dialect)
        return self._worded[dialect.name]


@dataclass(frozen=True, slots=True)
class _Worded:
    """`values` in the order of their places in the text; `fixed` are those that are part of the statement."""

    text: str
    is_positional: bool
    values: Sequence[tuple[str, Convert]]
    fixed: Values
    columns: Sequence[Convert]

    def bind(self, given: Values) -> Any:
        given = {**self.fixed, **given} if self.fixed else given
        found = [convert(given[name]) if convert else given[name] for name, convert in self.values]
        return (
            found if self.is_positional else dict(zip((name for name, _ in self.values), found, strict=True))
        )

    def bind_rows(self, names: Sequence[str], rows: Iterable[Row], same: Values) -> list[Row]:
        """For a text with places alone. By column, as most stay as they are."""
        differing: Values = dict(zip(names, zip(*rows, strict=True), strict=True))
        given = {**self.fixed, **same}
        columns = [
            (map(convert, differing[name]) if convert else differing[name])
            if name in differing
            else repeat(convert(given[name]) if convert else given[name])
            for name, convert in self.values
        ]
        return list(zip(*columns, strict=False))

    def read(self, rows: Sequence[Any]) -> list[Row]:
        if not rows or not any(self.columns):
            return list(map(tuple, rows))
        columns = zip(*rows, strict=True)  # by column, since most of them stay as they are
        read = [
            map(convert, column) if convert else column
            for convert, column in zip(self.columns, columns, strict=True)
        ]
        return list(zip(*read, strict=True))


def _word(statement: Statement, dialect: Dialect) -> _Worded:
    compiled = statement.compile(dialect=dialect)
    names = compiled.positiontup if compiled.positional else compiled.binds
    returned = statement.selected_columns if isinstance(statement, Select) else statement.exported_columns
    return _Worded(
        str(compiled),
        compiled.positional,
        [(name, _on_the_way_in(compiled.binds[name].type, dialect)) for name in names or ()],
        {name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        [_on_the_way_out(column.type, dialect) for column in returned],
    )


def _on_the_way_in(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _on_the_way_out(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
