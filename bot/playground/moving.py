"""The steps by which the page moves the clock, and how it says what time it is."""

from datetime import UTC, datetime, time, timedelta

from bot.playground.limits import Refused
from bot.playground.reader import Reader, clock_time, write_day

FRIDAY, NUDGE_TIME = 4, time(15)
LENGTHS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
STEPS = {"hour": "+1 hour", "day": "+1 day", "week": "+1 week", "friday": "To Friday 15:00"}


def measure(step: str, now: datetime) -> timedelta:
    """How far a step leads from `now`, which is in the zone of the person who looks."""
    if step not in STEPS:
        raise Refused("unknown_step")
    return LENGTHS.get(step) or to_friday(now)


def to_friday(now: datetime) -> timedelta:
    day = now.date() + timedelta(days=(FRIDAY - now.weekday()) % 7)
    if datetime.combine(day, NUDGE_TIME, now.tzinfo) <= now:
        day += timedelta(weeks=1)
    return datetime.combine(day, NUDGE_TIME, now.tzinfo).astimezone(UTC) - now.astimezone(UTC)


def say_now(reader: Reader) -> str:
    """Fri, 20 Nov, 15:00"""
    now = reader.now.astimezone(reader.zone)
    return f"{write_day(now.date(), now.date(), '%a', '%b')}, {clock_time(now)}"
