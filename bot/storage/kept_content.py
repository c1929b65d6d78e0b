"""The last good text of every content file, so that a start with a broken file still works."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, DateTime, String, Table, Text, select

from bot.storage.tables import metadata
from bot.storage.upsert import upsert

kept_content = Table(
    "kept_content",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("text", Text, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
    # By what a later start knows that it is good without looking again; empty where it has to look.
    Column("fingerprint", String(64), nullable=False, server_default=""),
)


class KeptContent:
    """Content by kind (`ladder`, `prompt`) and file name without ending."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get_all(self, kind: str) -> dict[str, tuple[str, str]]:
        """Texts by name, each with its fingerprint."""
        columns = (kept_content.c.name, kept_content.c.text, kept_content.c.fingerprint)
        rows = self._connection.execute(select(*columns).where(kept_content.c.kind == kind))
        return {row.name: (row.text, row.fingerprint) for row in rows}

    def keep(self, kind: str, good: Mapping[str, tuple[str, str]], now: datetime) -> None:
        """Replace what is kept under these names: texts, each with its fingerprint.

        Always in one order: on PostgreSQL processes that start together would wait for each other in a ring.
        """
        rows = [
            {"kind": kind, "name": name, "text": text, "fingerprint": by, "kept_at": now}
            for name, (text, by) in sorted(good.items())
        ]
        upsert(self._connection, kept_content, rows, changing=("text", "fingerprint", "kept_at"))
