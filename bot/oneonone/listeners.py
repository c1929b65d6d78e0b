"""All that 1:1s hear, put together."""

from __future__ import annotations

from datetime import date

from bot.oneonone.agenda.listeners import AgendaListeners
from bot.oneonone.desk import Desk
from bot.oneonone.linking.listeners import LinkingListeners
from bot.oneonone.meetings.listeners import MeetingsListeners
from bot.oneonone.model import AskedOf
from bot.oneonone.prep.listeners import PrepListeners
from bot.oneonone.shared import Shared
from bot.oneonone.times.listeners import TimesListeners
from bot.oneonone.ways import Ways


class OneOnOneListeners:
    """The parts, in the order in which two people come by them."""

    def __init__(self, desk: Desk) -> None:
        self.linking = LinkingListeners(desk)
        self.times = TimesListeners(desk, growth=ask_nothing)
        self.prep = PrepListeners(desk)
        self.agenda = AgendaListeners(desk)
        self.meetings = MeetingsListeners(desk)

    def register(self, ways: Ways) -> None:
        for part in (self.linking, self.times, self.prep, self.agenda, self.meetings):
            part.register(ways)


def ask_nothing(_shared: Shared, _day: date) -> AskedOf | None:
    """Stands where the growth question of an agenda will be told from."""
    return None
