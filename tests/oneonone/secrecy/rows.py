"""All rows of a database, and those of them that one person may know of.

Every table is named here with what of it stays: a new one fails until somebody has thought about it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, select

import bot.app  # noqa: F401  (all tables are in the registry then)
from bot.oneonone.times.owing import ROUND
from bot.people.model import PersonId
from bot.storage.database import Database
from bot.storage.tables import metadata

Row = dict[str, Any]
Rows = dict[str, list[Row]]

UNCHANGING = ("kept_content", "secret_keys")
TABLES = [table for table in metadata.sorted_tables if table.name not in UNCHANGING]


def read_rows(database: Database) -> Rows:
    """In the order of their keys, so that they can be compared."""

    def read(connection: Connection) -> Rows:
        return {
            table.name: [
                dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in TABLES
        }

    return database.read_now(lambda connection: connection, read)


def write_rows(database: Database, rows: Rows) -> None:
    """In place of what is there."""

    def write(connection: Connection) -> None:
        for table in TABLES:
            connection.execute(delete(table))
            if rows.get(table.name):
                connection.execute(insert(table), rows[table.name])

    database.write_now(lambda connection: connection, write)


class Known:
    """What someone may know of all this: what is their own, and what others share with them.

    This says anew, and in other words than the bot does, what a shared fact is.
    """

    def __init__(self, rows: Rows, viewer: PersonId) -> None:
        self._rows = rows
        self._viewer = viewer
        active = [one for one in rows["relations"] if self._is_here(one) and one["state"] == "active"]
        self._sharing = {one["user_id"]: one for one in active if one["other_id"] == viewer.user}
        self._pairs = {
            (one["user_id"], one["other_id"])
            for one in active
            if viewer.user in (one["user_id"], one["other_id"])
        }
        self._entries = {one["id"] for one in rows["entries"] if self._is_here(one) and self._entry(one)}

    def pick(self) -> Rows:
        picked: Rows = {}
        for name, rows in self._rows.items():
            kept = (self._keep(name, row) for row in rows)
            picked[name] = [row for row in kept if row is not None]
        return picked

    def _keep(self, name: str, row: Row) -> Row | None:
        rule = RULES[name]
        if rule is Known._everybodys:
            return row
        if not self._is_here(row):
            return None
        return row if row.get("user_id") == self._viewer.user else rule(self, row)

    def _is_here(self, row: Row) -> bool:
        return bool(row["workspace_id"] == self._viewer.workspace)

    def _everybodys(self, row: Row) -> Row | None:
        return row

    def _nobody_elses(self, _row: Row) -> Row | None:
        return None

    # --- of those who share something

    def _person(self, row: Row) -> Row | None:
        return row if row["user_id"] in self._sharing else None

    def _standing(self, row: Row) -> Row | None:
        """On the ladder they use; without the target where they keep it to themselves."""
        user = row["user_id"]
        used = [
            one["ladder_id"] for one in self._rows["people"] if self._is_here(one) and one["user_id"] == user
        ]
        if user not in self._sharing or row["ladder_id"] not in used:
            return None
        return row if self._sharing[user]["shows_target"] else {**row, "target_level": None}

    def _entry(self, row: Row) -> Row | None:
        relation = self._sharing.get(row["user_id"])
        if relation is None or (row["state"], row["visibility"]) != ("kept", "shared"):
            return None
        since = relation["sees_from"]
        return row if since is None or row["shared_at"] >= since else None

    def _evidence(self, row: Row) -> Row | None:
        """Confirmed, and without the words that a suggestion stood on."""
        return {**row, "because": None} if row["entry_id"] in self._entries and row["is_confirmed"] else None

    def _relation(self, row: Row) -> Row | None:
        is_theirs = row["other_id"] == self._viewer.user and row["state"] == "active"
        return row if is_theirs else None

    # --- of two people

    def _of_pair(self, row: Row) -> Row | None:
        return row if (row["engineer_id"], row["other_id"]) in self._pairs else None

    def _shared_by_other(self, row: Row) -> Row | None:
        return self._of_pair(row) if row["shared_at"] is not None else None

    def _asked_of_pair(self, row: Row) -> Row | None:
        """What the engineer was asked to prepare is theirs alone."""
        is_mine = row["engineer_id"] == self._viewer.user
        return self._of_pair(row) if is_mine or row["side"] == "manager" else None

    def _delivery(self, row: Row) -> Row | None:
        """What moves a series on says nothing to anybody, and is of both."""
        is_round = row["kind"] == ROUND and tuple(row["about"]["pair"]) in self._pairs
        return row if is_round else None

    def _meaning(self, row: Row) -> Row | None:
        """Words that both agreed on."""
        is_common = row["manager_id"] == self._viewer.user and row["agreed_at"] is not None
        return row if is_common else None


Rule = Callable[[Known, Row], Row | None]
"""For a row of somebody else in the viewer's workspace."""

RULES: dict[str, Rule] = {
    "accesses": Known._nobody_elses,
    "action_items": Known._of_pair,
    "allowances": Known._everybodys,
    "asked": Known._nobody_elses,
    "captures": Known._nobody_elses,
    "deliveries": Known._delivery,
    "entries": Known._entry,
    "evidence": Known._evidence,
    "installations": Known._everybodys,
    "meanings": Known._meaning,
    "meeting_notes": Known._shared_by_other,
    "meetings": Known._of_pair,
    "oneonone_asked": Known._asked_of_pair,
    "oneonone_series": Known._of_pair,
    "pauses": Known._everybodys,
    "people": Known._person,
    "plans": Known._nobody_elses,
    "profiles": Known._nobody_elses,  # their zone is asked of Slack, which tells everybody
    "programme_answers": Known._nobody_elses,
    "programme_runs": Known._nobody_elses,
    "promises": Known._nobody_elses,
    "relations": Known._relation,
    "schedules": Known._nobody_elses,
    "standings": Known._standing,
    "talking_points": Known._shared_by_other,
}
