"""Time passes for what the dead had in hand."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, select, update

from bot.outbox.model import LEASE
from bot.outbox.tables import deliveries

PAST_LEASE = LEASE + timedelta(seconds=1)


def pass_lease(connection: Connection) -> None:
    """From now on it is somebody else's."""
    rows = connection.execute(
        select(deliveries.c.workspace_id, deliveries.c.id, deliveries.c.look_at).where(
            deliveries.c.state.in_(("claimed", "sending"))
        )
    ).all()
    for workspace, delivery, look_at in rows:
        here = (deliveries.c.workspace_id == workspace) & (deliveries.c.id == delivery)
        connection.execute(update(deliveries).where(here).values(look_at=look_at - PAST_LEASE))
