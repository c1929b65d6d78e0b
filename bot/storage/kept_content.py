"""The last good text of every content file, so that a start with a broken file still works."""

from __future__ import annotations

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
)


class KeptContent:
    """Content by kind (`ladder`, `prompt`) and file name without ending."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get_texts(self, kind: str) -> dict[str, str]:
        rows = self._connection.execute(
            select(kept_content.c.name, kept_content.c.text).where(kept_content.c.kind == kind)
        )
        return {row.name: row.text for row in rows}

    def keep(self, kind: str, texts: dict[str, str], now: datetime) -> None:
        """Replace what is kept under these names."""
        rows = [{"kind": kind, "name": name, "text": text, "kept_at": now} for name, text in texts.items()]
        upsert(self._connection, kept_content, rows, changing=("text", "kept_at"))
