"""The tables of 1:1s: when two people meet, what they bring, what they agreed, and who looked.

Engineer and other make a pair, as in `relations`. Sealed texts belong to `user_id`, whoever wrote them.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, UniqueConstraint

from bot.storage.keys import sealed
from bot.storage.tables import Moment, metadata

# One a pair: when they meet. `next_at` is None while it rests.
series = Table(
    "oneonone_series",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("engineer_id", String(32), primary_key=True),
    Column("other_id", String(32), primary_key=True),
    Column("rhythm", String(80), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("next_at", Moment),
    Column("paused_until", Date),
    Column("set_by", String(32), nullable=False),
    Column("changed_at", Moment, nullable=False),
)
Index("ix_oneonone_series_other", series.c.workspace_id, series.c.other_id)

# What was asked of a pair, and on which day. Side `manager` reads and remembers shared facts only.
asked = Table(
    "oneonone_asked",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("engineer_id", String(32), primary_key=True),
    Column("other_id", String(32), primary_key=True),
    Column("side", String(10), primary_key=True),
    Column("asked_on", Date, primary_key=True),
    Column("question_id", String(80), primary_key=True),
    Column("ladder_id", String(80), nullable=False),
    Column("expectation_id", String(80), nullable=False),
)

points = Table(
    "talking_points",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("engineer_id", String(32), nullable=False),
    Column("other_id", String(32), nullable=False),
    sealed("text"),
    # None while it is private.
    Column("shared_at", Moment),
    Column("state", String(10), nullable=False),
    # The message it was written in, so that an edit or deletion of that finds it; or the form, by its view.
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("edited", String(32), nullable=False),
    Column("created_at", Moment, nullable=False),
)
Index("ix_talking_points_pair", points.c.workspace_id, points.c.engineer_id, points.c.other_id)
Index("ix_talking_points_author", points.c.workspace_id, points.c.user_id, points.c.ts)

meetings = Table(
    "meetings",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("engineer_id", String(32), nullable=False),
    Column("other_id", String(32), nullable=False),
    Column("met_on", Date, nullable=False),
    Column("created_at", Moment, nullable=False),
    # Whoever of the two says it first: there is one meeting of a pair on a day.
    UniqueConstraint("workspace_id", "engineer_id", "other_id", "met_on"),
)

notes = Table(
    "meeting_notes",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("engineer_id", String(32), nullable=False),
    Column("other_id", String(32), nullable=False),
    Column("meeting_id", String(32), nullable=False),
    sealed("text"),
    Column("shared_at", Moment),
    Column("created_at", Moment, nullable=False),
)
Index("ix_meeting_notes_pair", notes.c.workspace_id, notes.c.engineer_id, notes.c.other_id)

# Both of a pair see these. The text belongs to whoever wrote it, the doing to `doer_id`.
items = Table(
    "action_items",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("engineer_id", String(32), nullable=False),
    Column("other_id", String(32), nullable=False),
    Column("doer_id", String(32), nullable=False),
    Column("meeting_id", String(32), nullable=False),
    sealed("text"),
    Column("due_on", Date),
    Column("state", String(10), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
)
Index("ix_action_items_pair", items.c.workspace_id, items.c.engineer_id, items.c.other_id)
Index("ix_action_items_doer", items.c.workspace_id, items.c.doer_id, items.c.state)

# Who looked at whose what, and when; for the owner to read.
accesses = Table(
    "accesses",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("viewer_id", String(32), nullable=False),
    Column("what", String(20), nullable=False),
    Column("at", Moment, nullable=False),
)
Index("ix_accesses_owner", accesses.c.workspace_id, accesses.c.user_id, accesses.c.at)
