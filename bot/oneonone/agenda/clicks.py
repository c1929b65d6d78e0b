"""What the buttons of an agenda do; whoever pressed is held against the pair before anything happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.oneonone.agenda import forms, owing, service
from bot.oneonone.agenda.commands import Commands, TakeWords
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.room import Room, read_occasion
from bot.oneonone.agenda.values import unpack
from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Pair
from bot.oneonone.times.service import is_linked
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.payloads import Answer, Click
from bot.slack.router import OUTDATED

A_WEEK = timedelta(weeks=1)

Propose = Callable[[PersonId, str], Awaitable[Answer]]
Act = Callable[[PersonId, Pair, list[str]], Awaitable[Answer]]


class Clicks:
    """By verb: `agenda:done` is `done`. A value holds the pair, the occasion chosen, and an id."""

    def __init__(self, desk: Desk, room: Room, commands: Commands, propose: Propose) -> None:
        self._desk = desk
        self._room = room
        self._asking: dict[str, TakeWords] = {
            "run": commands.answer,
            "levels": commands.suggest,
            "ask": lambda person, user: propose(person, f"<@{user}>"),
        }
        self._changing: dict[str, Act] = {
            "done": self._close_as("done"),
            "drop": self._close_as("dropped"),
            "later": self._put_off,
            "talked": self._finish_point,
            "share": self._share_point,
            "occasion": self._show_again,
        }
        self._opening: dict[str, Act] = {
            "open": self._show_again,
            "all": lambda person, pair, _: room.show_everything(person, pair),
            "point": lambda person, pair, more: room.show_point(person, pair, more[-1]),
            "entry": lambda person, pair, more: room.show_entry(person, pair, more[-1]),
            "case": self._show_case,
            "as-other": lambda person, pair, _: room.show_as_other(person, pair),
            "send": self._send,
        }

    async def take(self, click: Click) -> Sequence[Answer]:
        """What changes the list shows it anew in its place; what opens something comes beside it."""
        person, verb = PersonId(click.workspace, click.user), click.action.split(":")[1]
        if take := self._asking.get(verb):
            return [replace(await take(person, click.value), fleeting=True)]
        pair, more = unpack(click.workspace, click.value)
        if verb == "add":
            return await self._open_form(person, pair, click.trigger)
        if act := self._changing.get(verb):
            return [replace(await act(person, pair, more), replace=True, fleeting=True)]
        if act := self._opening.get(verb):
            return [replace(await act(person, pair, more), fleeting=True)]
        return [OUTDATED]

    async def _show_again(self, person: PersonId, pair: Pair, more: list[str]) -> Answer:
        return await self._room.show(person, [pair], read_occasion(more[0]) if more else None)

    async def _show_case(self, person: PersonId, pair: Pair, more: list[str]) -> Answer:
        page = more[1] if len(more) > 1 and more[1].isdecimal() else "0"
        return await self._room.show_case(person, [pair], int(page))

    def _close_as(self, state: str) -> Act:
        async def close(person: PersonId, pair: Pair, more: list[str]) -> Answer:
            """Closed by the other a moment ago is closed."""
            now = self._desk.clock()
            await self._desk.write(service.close_item, person, pair, more[-1], state, now)
            return await self._show_again(person, pair, more)

        return close

    async def _put_off(self, person: PersonId, pair: Pair, more: list[str]) -> Answer:
        later = await self._desk.zones.today(person) + A_WEEK
        await self._desk.write(service.put_off_item, person, pair, more[-1], later, self._desk.clock())
        return await self._show_again(person, pair, more)

    async def _finish_point(self, person: PersonId, pair: Pair, more: list[str]) -> Answer:
        await self._desk.write(service.finish_points, person, pair, more[-1:])
        return await self._show_again(person, pair, more)

    async def _share_point(self, person: PersonId, pair: Pair, more: list[str]) -> Answer:
        await self._desk.write(service.share_point, person, pair, more[-1], self._desk.clock())
        return await self._show_again(person, pair, more)

    async def _send(self, person: PersonId, pair: Pair, more: list[str]) -> Answer:
        """By the other, to the engineer."""
        now = self._desk.clock()
        occasion = read_occasion(more[0]) if more else None
        ids = await self._desk.write(service.send, person, pair, owing.send(pair, occasion, now), now)
        if ids is None:
            return await self._room.refuse(person, [pair])
        self._desk.sender.send_soon(ids)
        said = self._desk.words.say(FILE, "sent", person=mention(pair.engineer))
        return Answer(said, [blocks.section(said)])

    async def _open_form(self, person: PersonId, pair: Pair, trigger: str) -> Sequence[Answer]:
        if not (pair.has(person) and await self._desk.read(is_linked, pair)):
            return [await self._room.refuse(person, [pair])]
        await self._desk.gateway.open_view(trigger, forms.add_form(pair, self._desk.words))
        return []
