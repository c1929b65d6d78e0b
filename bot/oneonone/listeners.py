"""All that 1:1s hear, put together."""

from __future__ import annotations

from bot.oneonone.agenda.listeners import AgendaListeners
from bot.oneonone.agenda.room import Room
from bot.oneonone.desk import Desk
from bot.oneonone.linking.listeners import LinkingListeners
from bot.oneonone.meetings.listeners import MeetingsListeners
from bot.oneonone.prep.listeners import PrepListeners
from bot.oneonone.times.listeners import TimesListeners
from bot.oneonone.ways import Ways


class OneOnOneListeners:
    """The parts, in the order in which two people come by them."""

    def __init__(self, desk: Desk) -> None:
        room = Room(desk)
        self.linking = LinkingListeners(desk, room.show_as_other)
        self.agenda = AgendaListeners(desk, room, self.linking.propose)
        self.times = TimesListeners(desk, growth=room.find_growth)
        self.prep = PrepListeners(desk)
        self.meetings = MeetingsListeners(desk, room)
        self.agenda.commands.words |= self.meetings.words

    def register(self, ways: Ways) -> None:
        for part in (self.linking, self.times, self.prep, self.agenda, self.meetings):
            part.register(ways)
