"""What is owed for talking points: each named by the message, so that it is owed once; ids and no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.brag import owing as brag
from bot.ids import new_id
from bot.oneonone.model import Pair
from bot.outbox.model import Owed
from bot.people.model import PersonId

POINT, POINT_CHANGED = "oneonone.point", "oneonone.point_changed"
FORM = "form"
"""Channel of points that were written in no message; their ts is the id of the form's view."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where points were written, and its newest change; `thread` is where the receipt goes."""

    pair: Pair
    author: PersonId
    channel: str
    ts: str
    edited: str = ""
    thread: str = ""


def receipt(source: Source, now: datetime) -> Owed:
    """The line that says that they are kept."""
    return _owed(source, POINT, receipt_name(source.channel, source.ts), now, {"thread": source.thread})


def kindly(source: Source, now: datetime) -> Owed:
    """There was nothing to keep, and that is fine."""
    about = {"thread": source.thread, "said": "nothing_said"}
    return _owed(source, POINT, f"kindly:{source.channel}:{source.ts}:{source.edited}", now, about)


def tick(source: Source, now: datetime) -> Owed:
    """The reaction that a kept entry gets as well."""
    return _owed(source, brag.TICK, f"tick:{source.channel}:{source.ts}", now, {})


def changed(source: Source, why: str, now: datetime) -> Owed:
    """The receipt is to say what is true now."""
    return _owed(source, POINT_CHANGED, f"point-changed:{source.channel}:{source.ts}:{why}", now, {})


def changed_here(source: Source, now: datetime) -> Owed:
    """Something was done to a point by a button elsewhere."""
    return changed(source, new_id(), now)


def receipt_name(channel: str, ts: str) -> str:
    return f"point:{channel}:{ts}"


def _owed(source: Source, kind: str, once: str, now: datetime, about: Mapping[str, Any]) -> Owed:
    pair = [source.pair.engineer, source.pair.other]
    here = {"pair": pair, "channel": source.channel, "ts": source.ts, **about}
    return Owed(source.author.workspace, source.author.user, kind, once, now, here)
