"""How `/agenda` comes in: what is typed, its buttons and its form."""

from __future__ import annotations

import uuid

from bot.oneonone.agenda import forms, service
from bot.oneonone.agenda.clicks import Clicks, Propose
from bot.oneonone.agenda.commands import Commands
from bot.oneonone.agenda.composing import Composing
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.room import Room
from bot.oneonone.agenda.values import unpack
from bot.oneonone.desk import Desk
from bot.oneonone.model import Pair, TalkingPoint
from bot.oneonone.ways import Ways
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.payloads import Answer, Command, Form, FormAnswer


class AgendaListeners:
    """Everything of this that comes in. `propose` asks someone to be linked, who is not."""

    def __init__(self, desk: Desk, room: Room, propose: Propose) -> None:
        self._desk = desk
        self.room = room
        self.commands = Commands(desk, self.room)
        self._clicks = Clicks(desk, self.room, self.commands, propose)

    def register(self, ways: Ways) -> None:
        ways.router.commands["/agenda"] = self.take_command
        ways.router.clicks["agenda"] = self._clicks.take
        ways.router.forms[forms.ADD] = self.keep_point
        Composing(self._desk, self.room).register(ways.sender)

    async def take_command(self, command: Command) -> Answer:
        """Typed into the DM an answer would stay there for good, so that only a way to it is given."""
        person, text = PersonId(command.workspace, command.user), command.text.strip()
        if command.trigger or not self.commands.is_personal(text):
            return await self.commands.answer(person, text)
        said = self._desk.words.say(FILE, "open_here")
        row = [blocks.button("Open it", "agenda:run", text or " ", primary=True)]
        return Answer(said, [blocks.section(said), blocks.actions(row)])

    async def keep_point(self, form: Form) -> FormAnswer:
        """Kept once, however often the form is sent."""
        person, text = PersonId(form.workspace, form.user), form.fields.get("text", "").strip()
        if not text:
            return FormAnswer(errors={"text": "A line is plenty."})
        pair, _ = unpack(form.workspace, form.data)
        point = self._read_point(person, pair, text, form)
        if not pair.has(person) or not await self._desk.write(service.add_point, point):
            refused = await self.room.refuse(person, [pair])
            return FormAnswer(view=blocks.modal("Add an item", refused.blocks))
        said = self._desk.words.say(FILE, "point_added" if point.shared_at else "point_kept")
        return FormAnswer(view=blocks.modal("Add an item", [blocks.section(said)]))

    def _read_point(self, person: PersonId, pair: Pair, text: str, form: Form) -> TalkingPoint:
        now = self._desk.clock()
        name = uuid.uuid5(uuid.NAMESPACE_OID, f"{form.workspace}:{form.view_id}:{person.user}").hex
        is_shared = form.fields.get("seen") == forms.BOTH
        return TalkingPoint(name, pair, person.user, text, now, now if is_shared else None)
