"""Who looked at whose what: written before it is shown, read by its owner."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from bot.ids import new_id
from bot.oneonone.model import Access
from bot.oneonone.tables import accesses
from bot.people.model import PersonId


class AccessStore:
    """The access log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: Access) -> None:
        row = {
            "workspace_id": one.owner.workspace,
            "id": new_id(),
            "user_id": one.owner.user,
            "viewer_id": one.viewer,
            "what": one.what,
            "at": one.at,
        }
        self._connection.execute(insert(accesses), [row])

    def get(self, owner: PersonId, limit: int = 20, start: int = 0) -> list[Access]:
        """Newest first, from the one of that number on."""
        mine = (accesses.c.workspace_id == owner.workspace) & (accesses.c.user_id == owner.user)
        newest = select(accesses).where(mine).order_by(accesses.c.at.desc(), accesses.c.id)
        rows = self._connection.execute(newest.limit(limit).offset(start))
        return [Access(owner, row.viewer_id, row.what, row.at) for row in rows]

    def erase(self, person: PersonId) -> None:
        """What was looked at of theirs goes; that they looked at others' stays for those to read."""
        mine = (accesses.c.workspace_id == person.workspace) & (accesses.c.user_id == person.user)
        self._connection.execute(delete(accesses).where(mine))
