"""Meetings that took place, their notes, and action items."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from bot.oneonone.model import ActionItem, Meeting, Note, Pair
from bot.oneonone.tables import items, meetings, notes
from bot.oneonone.times.store import key_of, names_of
from bot.people.model import PersonId
from bot.storage.upsert import adding
from bot.storage.vault import Owner, Vault

NOTE, ITEM = "meeting_notes.text", "action_items.text"


class MeetingStore:
    """Every question names the pair; a private note is read for its author alone."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection

    def meet(self, one: Meeting) -> Meeting:
        """The meeting of that day: this one, or the one that the other has noted before."""
        row = {**names_of(one.pair), "id": one.id, "met_on": one.met_on, "created_at": one.created_at}
        self._connection.execute(adding(self._connection.dialect.name, meetings), [row])
        return self._select(one.pair, meetings.c.met_on == one.met_on)[0]

    def get(self, pair: Pair, limit: int = 50) -> list[Meeting]:
        """Newest first."""
        return self._select(pair, limit=limit)

    def get_meeting(self, pair: Pair, meeting_id: str) -> Meeting | None:
        found = self._select(pair, meetings.c.id == meeting_id)
        return found[0] if found else None

    def get_page(self, pair: Pair, start: int, limit: int) -> list[Meeting]:
        """Newest first, from the one at that place."""
        return self._select(pair, start=start, limit=limit)

    def add_notes(self, written: Sequence[Note]) -> None:
        rows = [
            {
                **names_of(one.pair),
                "id": one.id,
                "user_id": one.author,
                "meeting_id": one.meeting,
                "text": self._vault.seal(one.text, Owner(one.pair.workspace, one.author), NOTE),
                "shared_at": one.shared_at,
                "created_at": one.created_at,
            }
            for one in written
        ]
        if rows:
            self._connection.execute(adding(self._connection.dialect.name, notes), rows)

    def get_notes(self, pair: Pair, viewer: PersonId, of: Collection[str]) -> list[Note]:
        """Of these meetings: what both may see, and the viewer's own; oldest first."""
        seen = notes.c.shared_at.is_not(None) | (notes.c.user_id == viewer.user)
        these = key_of(notes, pair) & notes.c.meeting_id.in_(of)
        rows = self._connection.execute(
            select(notes).where(these, seen).order_by(notes.c.created_at, notes.c.id)
        )
        return [
            Note(
                row.id,
                pair,
                row.meeting_id,
                row.user_id,
                self._vault.open(row.text, Owner(row.workspace_id, row.user_id), NOTE),
                row.created_at,
                row.shared_at,
            )
            for row in rows
        ]

    def add_items(self, written: Sequence[ActionItem]) -> None:
        """Those that are there already stay as they are."""
        if rows := [self._item_row(one) for one in written]:
            self._connection.execute(adding(self._connection.dialect.name, items), rows)

    def get_items(self, pair: Pair, of: Collection[str]) -> list[ActionItem]:
        """Agreed in these meetings, oldest first, whatever became of them."""
        return self._select_items(key_of(items, pair) & items.c.meeting_id.in_(of))

    def get_open_items(self, pair: Pair) -> list[ActionItem]:
        return self._select_items(key_of(items, pair) & (items.c.state == "open"))

    def get_item(self, pair: Pair, item_id: str) -> ActionItem | None:
        found = self._select_items(key_of(items, pair) & (items.c.id == item_id))
        return found[0] if found else None

    def close_item(self, pair: Pair, item_id: str, state: str, now: datetime) -> bool:
        """False where it was closed before, by either."""
        here = key_of(items, pair) & (items.c.id == item_id) & (items.c.state == "open")
        closed = update(items).where(here).values(state=state, closed_at=now).returning(items.c.id)
        return self._connection.execute(closed).first() is not None

    def _select(
        self, pair: Pair, wanted: ColumnElement[bool] | None = None, start: int = 0, limit: int = 1
    ) -> list[Meeting]:
        here = key_of(meetings, pair) if wanted is None else key_of(meetings, pair) & wanted
        newest = select(meetings).where(here).order_by(meetings.c.met_on.desc()).offset(start).limit(limit)
        return [Meeting(row.id, pair, row.met_on, row.created_at) for row in self._connection.execute(newest)]

    def put_off(self, pair: Pair, item_id: str, due_on: date) -> bool:
        """An open one is due on that day; False where it was closed before, by either."""
        here = key_of(items, pair) & (items.c.id == item_id) & (items.c.state == "open")
        moved = update(items).where(here).values(due_on=due_on).returning(items.c.id)
        return self._connection.execute(moved).first() is not None

    def _select_items(self, wanted: ColumnElement[bool]) -> list[ActionItem]:
        rows = self._connection.execute(select(items).where(wanted).order_by(items.c.created_at, items.c.id))
        return [self._item(row) for row in rows]

    def _item(self, row: Any) -> ActionItem:
        owner = Owner(row.workspace_id, row.user_id)
        return ActionItem(
            row.id,
            Pair(row.workspace_id, row.engineer_id, row.other_id),
            row.user_id,
            row.doer_id,
            self._vault.open(row.text, owner, ITEM),
            row.created_at,
            row.due_on,
            row.state,
            row.meeting_id,
            row.closed_at,
        )

    def _item_row(self, one: ActionItem) -> dict[str, object]:
        return {
            **names_of(one.pair),
            "id": one.id,
            "user_id": one.author,
            "doer_id": one.doer,
            "meeting_id": one.meeting,
            "text": self._vault.seal(one.text, Owner(one.pair.workspace, one.author), ITEM),
            "due_on": one.due_on,
            "state": one.state,
            "created_at": one.created_at,
            "closed_at": one.closed_at,
        }
