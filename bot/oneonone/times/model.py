"""When two people meet next, and what that means for a series when it is moved, skipped, paused or shifted.

What a moved meeting stood for is past in the rhythm itself: its `start` is the day after which it comes
round again. So no time is met twice, and none is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.oneonone.model import Pair, Series
from bot.people.model import Profile
from bot.rhythm.days_off import working_day_before
from bot.rhythm.model import DAY, Rhythm, in_utc, next_after, read_zone, start_of_day

PREP_AT = time(15)
MORNING_AT = time(8, 30)
NINE = time(9)
AHEAD = timedelta(hours=1)
"""A meeting before the morning's hour is told of that much earlier."""
LONGEST_REST = 400  # days

_MOMENT = timedelta(microseconds=1)


def begin(pair: Pair, rhythm: Rhythm, zone: str, minutes: int, by: str, now: datetime) -> Series:
    return Series(pair, rhythm, zone, next_after(rhythm, now, read_zone(zone)), by, minutes)


def take(series: Series, minutes: int) -> Series:
    """They meet for so long."""
    return replace(series, minutes=minutes)


def go_on(series: Series, now: datetime) -> Series:
    """After a meeting: the next time still to come, in a later week than the one of the meeting."""
    zone = read_zone(series.zone)
    met = series.next_at or now
    following = next_after(series.rhythm, max(met, now), zone, met.astimezone(zone).date())
    return replace(series, next_at=following, paused_until=None)


def upcoming(series: Series, count: int) -> list[datetime]:
    """The next one, which may have been moved, and those after it."""
    found: list[datetime] = []
    while series.next_at and len(found) < count:
        found.append(series.next_at)
        series = go_on(series, series.next_at)
    return found


def move(series: Series, at: datetime) -> Series:
    """The next one is then; the others stay."""
    if series.next_at == at:
        return series
    return replace(series, rhythm=_after_next(series), next_at=at)


def skip(series: Series, now: datetime) -> Series:
    """The next one falls away."""
    rhythm, zone = _after_next(series), read_zone(series.zone)
    return replace(series, rhythm=rhythm, next_at=next_after(rhythm, series.next_at or now, zone))


def shift(series: Series, now: datetime) -> Series:
    """All of them a week later; one that was moved by itself stays where it is."""
    if not is_regular(series):
        return replace(series, rhythm=series.rhythm.a_week_later())
    rhythm = replace(series.rhythm, start=_day_of_next(series)).a_week_later()
    return replace(series, rhythm=rhythm, next_at=next_after(rhythm, now, read_zone(series.zone)))


def pause(series: Series, until: date, now: datetime) -> Series:
    """None before that day; one that was moved beyond it stays."""
    zone = read_zone(series.zone)
    over = max(start_of_day(until, zone), now)
    if series.next_at and series.next_at >= over:
        return replace(series, paused_until=until)
    return replace(series, paused_until=until, next_at=next_after(series.rhythm, over - _MOMENT, zone))


def resume(series: Series, now: datetime) -> Series:
    """They meet again at the first time there is; what was not paused stays as it is."""
    if series.paused_until is None and series.next_at:
        return series
    return replace(series, paused_until=None, next_at=next_after(series.rhythm, now, read_zone(series.zone)))


def rest(series: Series) -> Series:
    """Nothing comes until it is set again."""
    return replace(series, next_at=None)


def is_regular(series: Series) -> bool:
    """Is the next one where the rhythm has it, and not moved?"""
    at = series.next_at
    return at is not None and next_after(series.rhythm, at - _MOMENT, read_zone(series.zone)) == at


def is_over(series: Series, now: datetime) -> bool:
    return series.next_at is None or now >= series.next_at + timedelta(minutes=series.minutes)


def prep_due(at: datetime, profile: Profile) -> datetime:
    """In the afternoon of the engineer's working day before."""
    zone = read_zone(profile.zone)
    eve = working_day_before(at.astimezone(zone).date(), profile.days_off)
    return in_utc(eve, PREP_AT, zone)


def morning_due(at: datetime, profile: Profile) -> datetime:
    """On the morning itself, and in any case an hour before."""
    zone = read_zone(profile.zone)
    return min(in_utc(at.astimezone(zone).date(), MORNING_AT, zone), at - AHEAD)


def first_morning(day: date, profile: Profile) -> datetime:
    """The morning of that day, or of the first one after it that is not off."""
    days: Sequence[date] = [day + DAY * count for count in range(LONGEST_REST)]
    free = next((each for each in days if not profile.is_off(each)), day)
    return in_utc(free, NINE, read_zone(profile.zone))


def _after_next(series: Series) -> Rhythm:
    """The rhythm without the time that the next meeting stands for."""
    if not is_regular(series):
        return series.rhythm
    return replace(series.rhythm, start=next(series.rhythm.days_from(_day_of_next(series) + DAY)))


def _day_of_next(series: Series) -> date:
    if series.next_at is None:
        raise ValueError("nothing comes next")
    return series.next_at.astimezone(read_zone(series.zone)).date()
