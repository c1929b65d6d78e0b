"""What comes to someone next, first thing on their Home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.ground import Ground
from bot.oneonone.times.showing import say_soon
from bot.people.coming import Coming, GetComing
from bot.people.model import PersonId
from bot.rhythm.model import read_zone
from bot.slack import blocks
from bot.slack.blocks import Block

FILE = "home/messages"
MOST = 8  # lines; whoever goes through many programmes at once knows


class Upcoming:
    """One list of what every slice has in mind for someone."""

    def __init__(self, ground: Ground, sources: Sequence[GetComing]) -> None:
        self._ground = ground
        self._sources = sources

    async def show(self, person: PersonId) -> Sequence[Block]:
        """What waits already stands first, the rest by time; nothing where nothing comes."""
        found = [one for source in self._sources for one in await source(person)]
        if not found:
            return []
        profile = await self._ground.zones.get_profile(person)
        zone, today = read_zone(profile.zone), self._ground.zones.day_in(profile)
        found.sort(key=lambda one: (one.at is not None, one.at))
        title = blocks.header(self._ground.words.say(FILE, "next"))
        return [title, *(blocks.section(_say(one, zone, today), one.button) for one in found[:MOST])]


def _say(one: Coming, zone: ZoneInfo, today: date) -> str:
    return f"{one.what}, {say_soon(one.at, zone, today)}" if one.at else one.what
