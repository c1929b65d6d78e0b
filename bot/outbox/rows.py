"""What is written of a delivery at each step of its way: the values of its row."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal_column

from bot.outbox.model import LEASE, Delivery, Outcome, Owed

# The same for all, so it stands in the statement and is not bound for each row.
AS_NEW: dict[str, ColumnElement[Any]] = {
    "state": literal_column("'pending'"),
    "attempts": literal_column("0"),
    **dict.fromkeys(("channel", "thread", "ts", "file", "reason"), literal_column("''")),
}

GIVEN = ("workspace_id", "id", "user_id", "kind", "once", "about", "due_at", "look_at", "changed_at")
"""What is bound for each, as `row_of` has it."""


def row_of(owed: Owed, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": owed.workspace,
        "id": uuid.uuid4().hex,
        "user_id": owed.user,
        "kind": owed.kind,
        "once": owed.once,
        "about": dict(owed.about),
        "due_at": owed.due_at,
        "look_at": owed.look_from or owed.due_at,
        "changed_at": now,
    }


def mark_of(delivery: Delivery, now: datetime) -> dict[str, object]:
    return {
        "at_workspace": delivery.workspace,
        "at_id": delivery.id,
        "at_attempts": delivery.attempts,
        "now": now,
        "lease": now + LEASE,
        "to_channel": delivery.channel,
        "to_thread": delivery.thread,
        "to_file": delivery.file,
    }


def record_of(outcome: Outcome, now: datetime) -> dict[str, object]:
    delivery = outcome.delivery
    return {
        "at_workspace": delivery.workspace,
        "at_id": delivery.id,
        "at_attempts": delivery.attempts,
        "to_state": outcome.state,
        "now": now,
        "again": outcome.again_at or now,
        "to_channel": outcome.channel or delivery.channel,
        "to_ts": outcome.ts,
        "to_reason": outcome.reason[:80],
    }
