"""When what one of a pair sends to the other may come: not on days off, nor in quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.oneonone.desk import Desk
from bot.people.model import PersonId
from bot.people.store import PeopleStore
from bot.rhythm.model import in_utc, read_zone

MORNING = time(9)


async def find_later(desk: Desk, person: PersonId) -> datetime | None:
    """The next morning on a day off or in a pause, else the end of quiet hours; None: now is fine."""
    profile = await desk.database.look_up(PeopleStore, PeopleStore.get_profile, person)
    if profile:
        zone = read_zone(profile.zone)
        today = desk.clock().astimezone(zone).date()
        if profile.is_off(today):
            return in_utc(today + timedelta(days=1), MORNING, zone)
    return (await desk.quiet.until([person])).get(person)
