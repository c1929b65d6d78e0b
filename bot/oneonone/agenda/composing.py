"""An agenda that one sends to the other, put into words at the moment it is sent."""

from __future__ import annotations

from bot.oneonone.agenda.card import say_title, show_list
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.owing import SENT
from bot.oneonone.agenda.room import Room, read_occasion
from bot.oneonone.agenda.values import pack
from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Pair
from bot.oneonone.shared import read_shared
from bot.outbox.model import Composed, Delivery, Drop, Later, Post
from bot.outbox.sender import Sender, each
from bot.slack import blocks


class Composing:
    """Asked again should the process die, and says the same then."""

    def __init__(self, desk: Desk, room: Room) -> None:
        self._desk = desk
        self._room = room

    def register(self, sender: Sender) -> None:
        sender.kinds[SENT] = each(self._send)

    async def _send(self, delivery: Delivery) -> Composed:
        """To the engineer, whose own things these are; the list as both see it."""
        pair = Pair(delivery.workspace, delivery.user, delivery.about["other"])
        shared = await self._desk.read(read_shared, pair, self._desk.clock())
        if shared is None:
            return Drop("not linked")
        if later := await self._desk.find_later(pair.engineer_id):
            return Later(later)
        telling = await self._room.tell(shared, read_occasion(delivery.about["occasion"]))
        said = self._desk.words.say(FILE, "sent_intro", other=mention(pair.other))
        row = [
            blocks.button("Open it", "agenda:open", pack(pair), primary=True),
            blocks.button("Add an item", "agenda:add", pack(pair, "")),
        ]
        title = say_title(telling)
        shown = [blocks.section(said), *show_list(telling, with_buttons=False), blocks.actions(row)]
        return Post(pair.engineer, f"{said} {title}", shown)
