"""What others may see of someone's brag document: shared entries and their confirmed evidence, nothing else.

Whoever shows anything of one person to another reads it here, so that nothing private can slip in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from bot.brag.model import Entry, Evidence, Record
from bot.brag.sealing import ENTRY, SAID, Sealing
from bot.brag.tables import NEWEST, entries, evidence
from bot.people.model import PersonId
from bot.storage.vault import Vault


class SharedEntries:
    """`since`: only what was shared from then on; None for everything shared."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._sealing = Sealing(vault)
        self._connection = connection

    def get_lately(
        self, owner: PersonId, since: datetime | None, after: datetime | None, limit: int
    ) -> list[Entry]:
        """Those shared after that moment, in words, newest first."""
        lately = [entries.c.shared_at > after] if after else []
        wanted = select(*ENTRY).where(*_shared(owner, since), *lately)
        return self._read(owner, wanted.order_by(*NEWEST).limit(limit))

    def get(self, owner: PersonId, since: datetime | None, ids: Collection[str]) -> list[Entry]:
        """Those of these that are shared, in words, newest first."""
        wanted = select(*ENTRY).where(*_shared(owner, since), entries.c.id.in_(ids))
        return self._read(owner, wanted.order_by(entries.c.happened_on.desc(), entries.c.id))

    def get_record(self, owner: PersonId, since: datetime | None) -> Record:
        """All of them as coverage counts them, newest first."""
        brief = select(entries.c.id, entries.c.happened_on, entries.c.reach).where(*_shared(owner, since))
        rows = self._connection.execute(brief.order_by(*NEWEST)).all()
        shared = {name: (day, reach) for name, day, reach in rows}
        said = select(func.aggregate_strings(evidence.c.entry_id, ","), *SAID).where(*_confirmed(owner))
        found = self._connection.execute(said.group_by(*SAID)) if shared else ()
        speaking = {Evidence(*fields): shared.keys() & names.split(",") for names, *fields in found}
        return Record(shared, {one: names for one, names in speaking.items() if names})

    def get_ids(self, owner: PersonId) -> frozenset[str]:
        """Of all that is shared."""
        found = self._connection.execute(select(entries.c.id).where(*_shared(owner, None)))
        return frozenset(found.scalars())

    def count(self, owner: PersonId, since: datetime | None) -> int:
        wanted = select(func.count()).select_from(entries).where(*_shared(owner, since))
        return int(self._connection.execute(wanted).scalar_one())

    def _read(self, owner: PersonId, wanted: Any) -> list[Entry]:
        rows = self._connection.execute(wanted).all()
        found = self._evidence_of(owner, [row[0] for row in rows]) if rows else {}
        return [self._sealing.read_entry(row, owner, found.get(row[0], ())) for row in rows]

    def _evidence_of(self, owner: PersonId, ids: Sequence[str]) -> dict[str, list[Evidence]]:
        """By entry. What a suggestion stood on stays sealed: it is nobody else's."""
        which = (*_confirmed(owner), evidence.c.entry_id.in_(ids))
        said = select(evidence.c.entry_id, *SAID).where(*which).order_by(evidence.c.position)
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        for name, *fields in self._connection.execute(said):
            found[name].append(Evidence(*fields))
        return found


def _confirmed(owner: PersonId) -> list[ColumnElement[bool]]:
    theirs = (evidence.c.workspace_id == owner.workspace) & (evidence.c.user_id == owner.user)
    return [theirs, evidence.c.is_confirmed]


def _shared(owner: PersonId, since: datetime | None) -> list[ColumnElement[bool]]:
    mine = (entries.c.workspace_id == owner.workspace) & (entries.c.user_id == owner.user)
    seen = (entries.c.state == "kept") & (entries.c.visibility == "shared") & entries.c.shared_at.is_not(None)
    return [mine, seen, *([entries.c.shared_at >= since] if since else [])]
