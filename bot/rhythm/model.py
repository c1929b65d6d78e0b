"""When something comes round: on a weekday at a local time, every week or every few weeks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SHORT = [name[:3].lower() for name in WEEKDAYS]
_TEXT = re.compile(
    rf"(?P<weekday>{'|'.join(_SHORT)}) (?P<at>\d\d:\d\d)"
    r"(?: every (?P<every>[1-9]\d*))?(?: from (?P<start>\d{4}-\d\d-\d\d))?"
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`weekday` (Monday is 0) `at` a local time, every so many weeks, from its first day since `start`."""

    weekday: int
    at: time
    every: int = 1
    start: date = date.min

    def as_text(self) -> str:
        """For keeping: `fri 15:00`, `tue 10:00 every 2 from 2026-12-01`."""
        text = f"{_SHORT[self.weekday]} {self.at:%H:%M}"
        if self.every > 1:
            text += f" every {self.every}"
        return text if self.start == date.min else f"{text} from {self.start.isoformat()}"

    @classmethod
    def from_text(cls, text: str) -> Rhythm:
        """What `as_text` wrote. Raises ValueError for anything else."""
        if not (found := _TEXT.fullmatch(text)):
            raise ValueError(f"not a rhythm: {text!r}")
        return cls(
            _SHORT.index(found["weekday"]),
            time.fromisoformat(found["at"]),
            int(found["every"] or 1),
            date.fromisoformat(found["start"]) if found["start"] else date.min,
        )

    def days_from(self, day: date) -> Iterator[date]:
        """Its days, from `day` on (included), without end."""
        first = self.start + DAY * ((self.weekday - self.start.weekday()) % 7)
        step = WEEK * self.every
        rounds = max(0, -((first - day) // step))
        while True:
            yield first + step * rounds
            rounds += 1

    def a_week_later(self) -> Rhythm:
        """The same rhythm in the other weeks; makes no difference to one of every week that has begun."""
        return Rhythm(self.weekday, self.at, self.every, self.start + WEEK)


def say(rhythm: Rhythm) -> str:
    """`Fridays at 15:00`, `every second Tuesday at 10:00`, `every 3 weeks on Tuesday at 10:00`."""
    name, at = WEEKDAYS[rhythm.weekday], f"at {rhythm.at:%H:%M}"
    match rhythm.every:
        case 1:
            return f"{name}s {at}"
        case 2:
            return f"every second {name} {at}"
    return f"every {rhythm.every} weeks on {name} {at}"


def read_zone(name: str) -> ZoneInfo:
    """The zone of IANA's name; UTC for none and for one this machine does not know."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def next_after(rhythm: Rhythm, moment: datetime, zone: ZoneInfo, last: date | None = None) -> datetime:
    """The first time strictly after `moment`; with `last`, in a later ISO week than that day."""
    return next(_times_after(rhythm, moment, zone, last))


def next_times(rhythm: Rhythm, moment: datetime, zone: ZoneInfo, count: int) -> list[datetime]:
    """The first `count` times strictly after `moment`."""
    return list(islice(_times_after(rhythm, moment, zone), count))


def moved(rhythm: Rhythm, due_at: datetime, here: ZoneInfo, there: ZoneInfo) -> datetime:
    """The same time of it, on the same day, for someone who now lives there.

    It asks for no clock, so whoever plans by it neither skips nor doubles a week when someone changes zone.
    The answer may be past (they moved east, over the hour): whether it is still good is the caller's to say.
    """
    eve = due_at.astimezone(here).date() - DAY  # a time in a gap may fall on the day after its own
    return in_utc(next(rhythm.days_from(eve)), rhythm.at, there)


def in_utc(day: date, at: time, zone: ZoneInfo, fold: int = 0) -> datetime:
    """The moment of a local time.

    A time that the clocks skip is the first moment after the gap, be it an hour or a day. Of a time that
    comes twice it is the first, or the second with `fold=1`.
    """
    local = datetime.combine(day, at, zone)
    moment = local.replace(fold=fold).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _end_of_gap(local, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day."""
    return in_utc(day, time(0), zone)


def local_day_end(moment: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after `moment` that belongs to the next local day."""
    tomorrow = moment.astimezone(zone).date() + DAY
    midnights = (in_utc(tomorrow, time(0), zone, fold) for fold in (0, 1))
    return next(midnight for midnight in midnights if midnight > moment)


def _times_after(
    rhythm: Rhythm, moment: datetime, zone: ZoneInfo, last: date | None = None
) -> Iterator[datetime]:
    first = moment.astimezone(zone).date() - DAY  # a time in a gap may fall on the day after its own
    if last:
        first = max(first, _week_after(last))
    times = (in_utc(day, rhythm.at, zone) for day in rhythm.days_from(first))
    return (at for at in times if at > moment)


def _week_after(day: date) -> date:
    return day - DAY * day.weekday() + WEEK


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """In a gap, fold 1 reckons with the offset after it and lands before it; fold 0 the other way round."""
    before, after = (local.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    offset = before.astimezone(zone).utcoffset()

    def is_over(seconds: int) -> bool:
        return (before + timedelta(seconds=seconds)).astimezone(zone).utcoffset() != offset

    gap = range(int((after - before).total_seconds()))
    return before + timedelta(seconds=bisect_left(gap, x=True, key=is_over))
