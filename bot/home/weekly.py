"""The rhythm in which someone is asked the weekly question, and when that will be next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, time

from bot.ground import Ground
from bot.nudge.model import NUDGE
from bot.outbox.planner import first_time, moved_time
from bot.outbox.schedules import Schedule, Schedules
from bot.people.model import PersonId
from bot.rhythm.model import Rhythm, read_zone

USUAL = Rhythm(weekday=4, at=time(15))
"""Friday at 15:00, until someone chooses otherwise."""
MOST_ROUNDS = 600  # over which one could be off or paused: more than ten years

Rests = Callable[[PersonId, date], Awaitable[bool]]
"""Is the question of this day left out, since nobody answers?"""


class Weekly:
    """What is kept of it is a schedule of the outbox."""

    def __init__(self, ground: Ground, rests: Rests) -> None:
        self._ground = ground
        self._rests = rests

    async def get(self, person: PersonId) -> Schedule | None:
        """None for someone who was never asked; one without rhythm where they ended it."""
        return await self._ground.database.look_up(Schedules, Schedules.get, *person, NUDGE)

    async def put(self, person: PersonId, rhythm: Rhythm | None) -> Schedule:
        """A week in which it came round already is not asked a second time."""
        profile, known = await self._ground.zones.get_profile(person), await self.get(person)
        last = known.last_on if known else None
        weekly = _scheduled(person, rhythm, profile.zone, self._ground.clock(), last)
        await self._ground.database.write(Schedules, _put, weekly)
        return weekly

    async def follow_zone(self, person: PersonId, zone: str) -> None:
        """What comes round for someone comes round in the zone they live in now."""
        await self._ground.database.write(Schedules, _move, person, zone)

    async def find_next(self, person: PersonId) -> datetime | None:
        """The next question that will really come, there: past days off, pauses and weeks left out.

        None where none ever will, as far as anybody plans.
        """
        weekly = await self.get(person)
        if weekly is None or weekly.next_due_at is None:
            return None
        profile = await self._ground.zones.get_profile(person)
        zone, due, rhythm = read_zone(profile.zone), weekly.next_due_at, Rhythm.from_text(weekly.rhythm)
        if rhythm.weekday in profile.days_off.weekdays:
            return None
        for _ in range(MOST_ROUNDS):
            day = due.astimezone(zone).date()
            if not profile.is_off(day) and not await self._rests(person, day):
                return due.astimezone(zone)
            due = first_time(rhythm, weekly.zone, due)
        return None


def rhythm_of(weekly: Schedule | None) -> Rhythm | None:
    return Rhythm.from_text(weekly.rhythm) if weekly and weekly.rhythm else None


def _scheduled(
    person: PersonId, rhythm: Rhythm | None, zone: str, now: datetime, last: date | None
) -> Schedule:
    due = first_time(rhythm, zone, now, last) if rhythm else None
    text, ended = (rhythm.as_text(), "") if rhythm else ("", "by the person")
    return Schedule(*person, NUDGE, text, zone, due, last_on=last, ended=ended)


def _put(schedules: Schedules, weekly: Schedule) -> None:
    """Once it is ended, one that was put off does not come either."""
    schedules.put(weekly)
    if weekly.ended:
        schedules.outbox.call_off(weekly.workspace, weekly.user, NUDGE, weekly.ended)


def _move(schedules: Schedules, person: PersonId, zone: str) -> None:
    """To another zone; a week in which it came round already is not asked a second time."""
    for schedule in schedules.get_all(*person):
        if schedule.next_due_at is not None:
            due = moved_time(schedule, schedule.next_due_at, zone)
            schedules.put(replace(schedule, zone=zone, next_due_at=due))
