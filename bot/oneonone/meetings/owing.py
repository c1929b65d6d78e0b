"""What is owed for meetings and for what one offers the other: ids and no words."""

from __future__ import annotations

from datetime import datetime

from bot.brag.model import Capture
from bot.oneonone.model import Pair
from bot.outbox.model import Owed

MET, OFFERED = "oneonone.met", "oneonone.offered"


def met(pair: Pair, by: str, meeting: str, view: str, now: datetime) -> Owed:
    """The other one hears of it; of the same form once."""
    user = pair.counterpart(by)
    about = {"engineer": pair.engineer, "other": pair.other, "meeting": meeting, "by": by}
    return Owed(pair.workspace, user, MET, f"met:{view}:{user}", now, about)


def offered(pair: Pair, capture: Capture, now: datetime) -> Owed:
    about = {"other": pair.other, "capture": capture.id}
    return Owed(pair.workspace, pair.engineer, OFFERED, f"offer:{capture.id}", now, about)
