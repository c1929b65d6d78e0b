"""What is owed for an agenda: ids and no words."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.oneonone.model import Occasion, Pair
from bot.outbox.model import Owed

SENT = "oneonone.agenda_sent"
ONCE_IN = timedelta(minutes=10)


def send(pair: Pair, occasion: Occasion | None, now: datetime) -> Owed:
    """The list as it is then, to the engineer; pressed again within some minutes it is the same one."""
    slot = int(now.timestamp() // ONCE_IN.total_seconds())
    about = {"other": pair.other, "occasion": occasion or ""}
    return Owed(
        pair.workspace, pair.engineer, SENT, f"agenda:{pair.engineer}:{pair.other}:{slot}", now, about
    )
