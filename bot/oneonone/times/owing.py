"""What is owed around 1:1s: each named by the pair and the time of the meeting, so that it is owed once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.ids import new_id
from bot.oneonone.model import ActionItem, Pair, Series
from bot.oneonone.times.model import NINE, morning_due, prep_due
from bot.outbox.model import Delivery, Owed
from bot.people.model import Profile
from bot.rhythm.model import in_utc, read_zone

PREP, MORNING, ROUND = "oneonone.prep", "oneonone.morning", "oneonone.round"
TIME_SET, ITEM_DUE = "oneonone.time_set", "oneonone.item_due"

LOOK_AGAIN = timedelta(hours=6)  # someone may have moved meanwhile, or taken days off
PREP_FROM = timedelta(days=8)
"""From when on it is looked whether prep is due: so long a holiday before a meeting may be."""
MORNING_FROM = timedelta(days=1)
FIRST_ZONE, LAST_ZONE = read_zone("Pacific/Kiritimati"), read_zone("Etc/GMT+12")
"""Where every day begins first, and last."""


def of_meeting(series: Series, engineer: Profile, other: Profile) -> list[Owed]:
    """What the next meeting brings: prep, the other's morning, and what comes after it."""
    at, pair = series.next_at, series.pair
    if at is None:
        return []
    end = at + timedelta(minutes=series.minutes)
    return [
        _of_time(pair, pair.engineer, PREP, at, prep_due(at, engineer), at - PREP_FROM),
        _of_time(pair, pair.other, MORNING, at, morning_due(at, other), at - MORNING_FROM),
        _of_time(pair, pair.engineer, ROUND, at, end, end),
    ]


def told(pair: Pair, by: str, what: str, series: Series | None, now: datetime) -> Owed:
    """The other one hears of it; `what` is the message that says so."""
    next_at = series.next_at.isoformat() if series and series.next_at else ""
    about = {"by": by, "what": what, "at": next_at}
    return _owed(pair, pair.counterpart(by), TIME_SET, f"time-set:{new_id()}", now, about)


def owe_item(item: ActionItem) -> Owed:
    """The reminder of an item that has a day: to its doer, once for each such day.

    It is looked at from when that morning comes anywhere, and waits until it does where they are.
    """
    if item.due_on is None:
        raise ValueError("without a day there is nothing to be reminded of")
    first, last = (in_utc(item.due_on, NINE, zone) for zone in (FIRST_ZONE, LAST_ZONE))
    day = item.due_on.isoformat()
    about = {"item": item.id, "due_on": day}
    return _owed(item.pair, item.doer, ITEM_DUE, f"item:{item.id}:{day}", last, about, first)


def pair_of(delivery: Delivery) -> Pair:
    return Pair(delivery.workspace, *delivery.about["pair"])


def time_of(delivery: Delivery) -> datetime | None:
    """The meeting a delivery is about."""
    at = delivery.about["at"]
    return datetime.fromisoformat(at) if at else None


def _of_time(pair: Pair, user: str, kind: str, at: datetime, due: datetime, look_from: datetime) -> Owed:
    at, name = at.astimezone(UTC), kind.partition(".")[2]
    once = f"{name}:{pair.engineer}:{pair.other}:{at:%Y%m%dT%H%M}"
    return _owed(pair, user, kind, once, due, {"at": at.isoformat()}, min(look_from, due))


def _owed(
    pair: Pair,
    user: str,
    kind: str,
    once: str,
    due: datetime,
    about: Mapping[str, Any],
    look_from: datetime | None = None,
) -> Owed:
    named = {"pair": [pair.engineer, pair.other], **about}
    return Owed(pair.workspace, user, kind, once, due, named, look_from)
