"""What expectations mean to whom; every question names the workspace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select, tuple_

from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.programme.meaning.model import Meaning, end
from bot.programme.tables import meanings
from bot.storage.upsert import upsert
from bot.storage.vault import Owner, Vault

_AGREED = meanings.c.agreed_at.is_not(None)
KEY = ("workspace_id", "user_id", "ladder_id", "expectation_id")


class MeaningStore:
    """Everything is the engineer's: rows are sealed for them, the manager's words among it."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection
        self.outbox = Outbox(connection)

    def put(self, written: Sequence[Meaning]) -> None:
        rows = [self._row(one) for one in written]
        if rows:
            upsert(self._connection, meanings, rows, changing=rows[0].keys() - set(KEY))

    def get_on(self, engineer: PersonId, ladder: str) -> list[Meaning]:
        return self._select(_owned(engineer) & (meanings.c.ladder_id == ladder))

    def get_of_run(self, engineer: PersonId, run: str) -> list[Meaning]:
        return self._select(_owned(engineer) & (meanings.c.run_id == run))

    def get_of_ask(self, workspace: str, ask: str) -> list[Meaning]:
        """What one manager was asked about; empty where it has ended."""
        return (
            self._select((meanings.c.workspace_id == workspace) & (meanings.c.ask_id == ask)) if ask else []
        )

    def get_agreed(self, person: PersonId, ladder: str) -> list[Meaning]:
        """What both agreed on, where this person is one of the two."""
        return self._select((_owned(person) | _managed(person)) & (meanings.c.ladder_id == ladder) & _AGREED)

    def get_agreed_of_engineers(self, people: Collection[PersonId]) -> list[Meaning]:
        """What each of these agreed on for themselves."""
        return self._select(tuple_(meanings.c.workspace_id, meanings.c.user_id).in_(people) & _AGREED)

    def are_any_agreed(self) -> bool:
        """Did anybody, in any workspace, agree on anything?"""
        one = select(meanings.c.user_id).where(_AGREED).limit(1)
        return self._connection.execute(one).first() is not None

    def remove(self, engineer: PersonId, ladder: str, expectations: Collection[str]) -> None:
        here = (meanings.c.ladder_id == ladder) & meanings.c.expectation_id.in_(expectations)
        self._connection.execute(delete(meanings).where(_owned(engineer) & here))

    def get_concerning(self, person: PersonId) -> list[Meaning]:
        """What someone wrote as engineer or as manager."""
        return self._select(_owned(person) | _managed(person))

    def export(self, person: PersonId) -> list[dict[str, Any]]:
        """What a person wrote as engineer or as manager, and what both agreed on, as JSON takes it."""
        return [
            {
                "ladder": one.ladder,
                "level": one.level,
                "expectation": one.expectation,
                "role": "engineer" if one.engineer == person else "manager",
                "mine": one.mine if one.engineer == person else one.theirs,
                "agreed": one.common if one.agreed_at else "",
            }
            for one in self.get_concerning(person)
        ]

    def erase(self, person: PersonId) -> None:
        """For good. What someone wrote as a manager goes as well, and what was agreed with them."""
        self._connection.execute(delete(meanings).where(_owned(person)))
        self.put([end(one) for one in self._select(_managed(person))])

    def _select(self, wanted: ColumnElement[bool]) -> list[Meaning]:
        statement = select(meanings).where(wanted).order_by(meanings.c.user_id, meanings.c.position)
        return [self._meaning(row) for row in self._connection.execute(statement)]

    def _meaning(self, row: Row[Any]) -> Meaning:
        owner = Owner(row.workspace_id, row.user_id)
        sealed = {name: getattr(row, name) for name in ("mine", "theirs", "common")}
        words = {
            name: self._vault.open(text, owner, f"meanings.{name}") if text is not None else ""
            for name, text in sealed.items()
        }
        return Meaning(
            engineer=PersonId(*owner),
            ladder=row.ladder_id,
            level=row.level_id,
            expectation=row.expectation_id,
            run=row.run_id,
            position=row.position,
            ask=row.ask_id,
            manager=row.manager_id,
            by_engineer=row.by_engineer,
            by_manager=row.by_manager,
            agreed_at=row.agreed_at,
            **words,
        )

    def _row(self, one: Meaning) -> dict[str, object]:
        owner = Owner(*one.engineer)
        return {
            "workspace_id": owner.workspace,
            "user_id": owner.user,
            "ladder_id": one.ladder,
            "expectation_id": one.expectation,
            "level_id": one.level,
            "run_id": one.run,
            "position": one.position,
            "ask_id": one.ask,
            "manager_id": one.manager,
            "mine": self._vault.seal(one.mine, owner, "meanings.mine"),
            "theirs": self._vault.seal(one.theirs, owner, "meanings.theirs") if one.theirs else None,
            "common": self._vault.seal(one.common, owner, "meanings.common") if one.common else None,
            "by_engineer": one.by_engineer,
            "by_manager": one.by_manager,
            "agreed_at": one.agreed_at,
        }


def _owned(engineer: PersonId) -> ColumnElement[bool]:
    return (meanings.c.workspace_id == engineer.workspace) & (meanings.c.user_id == engineer.user)


def _managed(person: PersonId) -> ColumnElement[bool]:
    return (meanings.c.workspace_id == person.workspace) & (meanings.c.manager_id == person.user)
