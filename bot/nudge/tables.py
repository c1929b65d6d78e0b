"""The tables of the weekly question."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table

from bot.storage.keys import sealed
from bot.storage.tables import Moment, metadata

asked = Table(
    "asked",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("delivery_id", String(32), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("question_id", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("ladder_id", String(80), nullable=False),
    Column("level_id", String(80), nullable=False),
    Column("expectation_id", String(80), nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("answered_at", Moment),
)
Index("ix_asked_person", asked.c.workspace_id, asked.c.user_id, asked.c.asked_at)

promises = Table(
    "promises",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(64), primary_key=True),
    sealed("words"),
    Column("made_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    # The question that followed it up; empty until one did.
    Column("delivery_id", String(32), nullable=False),
)
