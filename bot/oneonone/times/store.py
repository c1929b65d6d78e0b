"""When pairs meet, and what they were asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select

from bot.oneonone.model import AskedOf, Pair, Series, Side
from bot.oneonone.tables import asked, series
from bot.people.model import PersonId
from bot.rhythm.model import Rhythm
from bot.storage.upsert import adding, upsert

KEY = frozenset({"workspace_id", "engineer_id", "other_id"})


class TimesStore:
    """One series a pair, and the memory of what the two were asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, pair: Pair) -> Series | None:
        found = self._select(key_of(series, pair))
        return found[0] if found else None

    def get_to_change(self, pair: Pair) -> Series | None:
        """The same; nobody else changes it until this transaction is over."""
        found = self._select(key_of(series, pair), locks=True)
        return found[0] if found else None

    def get_of(self, person: PersonId) -> list[Series]:
        """Everything this person meets somebody for, on either side; the next one first."""
        either = (series.c.engineer_id == person.user) | (series.c.other_id == person.user)
        found = self._select((series.c.workspace_id == person.workspace) & either)
        return sorted(found, key=lambda one: (one.next_at is None, one.next_at))

    def put(self, one: Series, now: datetime) -> None:
        row = {
            **names_of(one.pair),
            "rhythm": one.rhythm.as_text(),
            "zone": one.zone,
            "minutes": one.minutes,
            "next_at": one.next_at,
            "paused_until": one.paused_until,
            "set_by": one.set_by,
            "changed_at": now,
        }
        upsert(self._connection, series, [row], changing=row.keys() - KEY)

    def delete(self, pair: Pair) -> None:
        self._connection.execute(delete(series).where(key_of(series, pair)))

    def get_asked(self, pair: Pair, side: Side, since: date) -> list[AskedOf]:
        """Newest first."""
        here = key_of(asked, pair) & (asked.c.side == side) & (asked.c.asked_on >= since)
        rows = self._connection.execute(
            select(asked).where(here).order_by(asked.c.asked_on.desc(), asked.c.question_id)
        )
        return [
            AskedOf(row.side, row.asked_on, row.question_id, row.ladder_id, row.expectation_id)
            for row in rows
        ]

    def remember(self, pair: Pair, questions: Sequence[AskedOf]) -> None:
        """What is remembered for a day already stays."""
        rows = [
            {
                **names_of(pair),
                "side": one.side,
                "asked_on": one.asked_on,
                "question_id": one.question,
                "ladder_id": one.ladder,
                "expectation_id": one.expectation,
            }
            for one in questions
        ]
        if rows:
            self._connection.execute(adding(self._connection.dialect.name, asked), rows)

    def _select(self, wanted: ColumnElement[bool], *, locks: bool = False) -> list[Series]:
        found = select(series).where(wanted).order_by(series.c.engineer_id, series.c.other_id)
        return [
            Series(
                Pair(row.workspace_id, row.engineer_id, row.other_id),
                Rhythm.from_text(row.rhythm),
                row.zone,
                row.next_at,
                row.set_by,
                row.minutes,
                row.paused_until,
            )
            for row in self._connection.execute(found.with_for_update() if locks else found)
        ]


def names_of(pair: Pair) -> dict[str, Any]:
    """A pair as the columns that every table of 1:1s has."""
    return {"workspace_id": pair.workspace, "engineer_id": pair.engineer, "other_id": pair.other}


def key_of(table: Any, pair: Pair) -> ColumnElement[bool]:
    """The rows of a pair."""
    mine = (table.c.workspace_id == pair.workspace) & (table.c.engineer_id == pair.engineer)
    found: ColumnElement[bool] = mine & (table.c.other_id == pair.other)
    return found
