"""The tables of programmes: who goes through which, what they answered, and words agreed on."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from bot.storage.keys import sealed
from bot.storage.tables import Moment, metadata

runs = Table(
    "programme_runs",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("programme_id", String(80), nullable=False),
    Column("problem_id", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("round", Integer, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("started_at", Moment, nullable=False),
)
Index("ix_programme_runs_owner", runs.c.workspace_id, runs.c.user_id)
Index(
    "uq_programme_runs_running",
    runs.c.workspace_id,
    runs.c.user_id,
    runs.c.programme_id,
    unique=True,
    sqlite_where=runs.c.state == "running",
    postgresql_where=runs.c.state == "running",
)

# A row for each message, form or click; a deleted message leaves its row without words.
answers = Table(
    "programme_answers",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("run_id", String(32), primary_key=True),
    Column("step_id", String(40), primary_key=True),
    Column("source", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    sealed("words", nullable=True),
    Column("counts", Boolean, nullable=False),
    Column("edited", String(32), nullable=False),
    Column("answered_at", Moment, nullable=False),
)
Index("ix_programme_answers_owner", answers.c.workspace_id, answers.c.user_id, answers.c.source)

# The engineer owns the row, the manager's words among it: they go when either of them ends it.
meanings = Table(
    "meanings",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("ladder_id", String(80), primary_key=True),
    Column("expectation_id", String(80), primary_key=True),
    Column("level_id", String(80), nullable=False),
    Column("run_id", String(32), nullable=False),
    Column("position", Integer, nullable=False),
    Column("ask_id", String(32), nullable=False),
    Column("manager_id", String(32), nullable=False),
    sealed("mine"),
    sealed("theirs", nullable=True),
    sealed("common", nullable=True),
    Column("by_engineer", Boolean, nullable=False),
    Column("by_manager", Boolean, nullable=False),
    Column("agreed_at", Moment),
)
Index("ix_meanings_ask", meanings.c.workspace_id, meanings.c.ask_id)
Index("ix_meanings_manager", meanings.c.workspace_id, meanings.c.manager_id)
