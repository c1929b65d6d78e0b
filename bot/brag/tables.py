"""The tables of the brag document."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, UniqueConstraint

from bot.storage.keys import sealed
from bot.storage.tables import Moment, metadata

captures = Table(
    "captures",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("ts", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("edited", String(32), nullable=False),
    # The entry of which it says what came of it.
    Column("result_of", String(32), nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "user_id", "channel", "ts"),
)

entries = Table(
    "entries",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("capture_id", String(32), nullable=False),
    Column("position", Integer, nullable=False),
    sealed("words"),
    Column("happened_on", Date, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("reach", String(20)),
    Column("visibility", String(10), nullable=False),
    Column("shared_at", Moment),
    Column("state", String(10), nullable=False),
    Column("result", String(10), nullable=False),
    Column("is_edited_here", Boolean, nullable=False),
)
LATEST = (entries.c.created_at.desc(), entries.c.position, entries.c.id.desc())
NEWEST = (entries.c.happened_on.desc(), *LATEST)
"""No two have one place, so that pages of a list show each once; an export has the same order."""
Index("ix_entries_owner", entries.c.workspace_id, entries.c.user_id, entries.c.happened_on)
Index("ix_entries_capture", entries.c.workspace_id, entries.c.user_id, entries.c.capture_id)

evidence = Table(
    "evidence",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("entry_id", String(32), primary_key=True),
    Column("ladder_id", String(80), primary_key=True),
    Column("competency_id", String(80), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("level_id", String(80), nullable=False),
    Column("expectation_id", String(80), nullable=False),
    # Its place among the evidence of its entry: the best suggestion comes first.
    Column("position", Integer, nullable=False),
    Column("is_confirmed", Boolean, nullable=False),
    sealed("because", nullable=True),
)
Index(
    "ix_evidence_owner",
    evidence.c.workspace_id,
    evidence.c.user_id,
    evidence.c.ladder_id,
    evidence.c.is_confirmed,
    evidence.c.entry_id,
)

plans = Table(
    "plans",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("ladder_id", String(80), primary_key=True),
    Column("expectation_id", String(80), primary_key=True),
    sealed("text"),
    Column("made_at", Moment, nullable=False),
)
