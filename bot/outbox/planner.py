"""Says when a schedule comes round next, in its own zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.outbox.schedules import Schedule, Turn
from bot.rhythm.model import Rhythm, moved, next_after, read_zone, start_of_day

SHORTEST = timedelta(microseconds=1)  # an occurrence at midnight is one of its day


@lru_cache(maxsize=256)  # many share it: a whole company is asked on Fridays at three
def next_turn(rhythm: str, zone: str, due_at: datetime, now: datetime) -> Turn:
    """The day of the occurrence being planned, and the next one: in a later week, and not before today.

    What came round while nothing ran is planned once, and then the next one whose day is not over: late
    today is still good, and due at once.
    """
    there = read_zone(zone)
    last_on = due_at.astimezone(there).date()
    today = start_of_day(now.astimezone(there).date(), there)
    return last_on, next_after(Rhythm.from_text(rhythm), today - SHORTEST, there, last_on)


def first_time(rhythm: Rhythm, zone: str, now: datetime, last: date | None = None) -> datetime:
    """When a new or changed schedule comes round first; not again in the week of `last`."""
    return next_after(rhythm, now, read_zone(zone), last)


def moved_time(schedule: Schedule, due_at: datetime, zone: str) -> datetime:
    """When what is due then comes round in another zone: on the same day, so that none is lost or doubled.

    Where that day is over there already it is past: due at once, to be recorded as too late.
    """
    rhythm = Rhythm.from_text(schedule.rhythm)
    return moved(rhythm, due_at, read_zone(schedule.zone), read_zone(zone))
