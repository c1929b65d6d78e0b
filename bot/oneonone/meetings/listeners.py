"""How meetings come in: “We've met”, notes, action items, history, and words that are offered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.brag.receipts import say_day
from bot.errors import SlackRefused
from bot.oneonone.agenda.room import AGENDA, Room
from bot.oneonone.agenda.service import find_pairs
from bot.oneonone.agenda.values import unpack
from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import MENTION, mention
from bot.oneonone.meetings import forms, service
from bot.oneonone.meetings.composing import Composing
from bot.oneonone.meetings.history import History
from bot.oneonone.meetings.messages import FILE
from bot.oneonone.meetings.noting import names_of, read_met
from bot.oneonone.meetings.offers import Offers
from bot.oneonone.meetings.service import Met
from bot.oneonone.model import Pair
from bot.oneonone.ways import Ways
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.payloads import Answer, Click, Form, FormAnswer
from bot.slack.router import OUTDATED

MOST_ITEMS = 50

Act = Callable[[PersonId, Click], Awaitable[Sequence[Answer]]]


class MeetingsListeners:
    """Everything of this that comes in."""

    def __init__(self, desk: Desk, room: Room) -> None:
        self._desk = desk
        self._room = room
        self._offers = Offers(desk, room)
        self.words = {"history": self.show_history, "offer": self._offers.take_words}
        """By the word after `/agenda`."""
        self._acts: dict[str, Act] = {
            "new": self._open_form,
            "open": self._show_meeting,
            "history": self._turn_page,
            "offer": self._offers.open_form,
            "keep": self._offers.keep,
            "no-thanks": self._offers.decline,
        }

    def register(self, ways: Ways) -> None:
        ways.router.clicks["met"] = self.take_click
        ways.router.forms[forms.MET] = self.keep_met
        ways.router.forms[forms.OFFER] = self._offers.take_form
        Composing(self._desk).register(ways.sender)

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person = PersonId(click.workspace, click.user)
        act = self._acts.get(click.action.split(":")[1])
        return await act(person, click) if act else [OUTDATED]

    async def show_history(self, person: PersonId, text: str) -> Answer:
        """`/agenda history @ana`."""
        if found := MENTION.search(text):
            return await self._show_page(person, find_pairs(person, found[1]), 0)
        said = self._desk.words.say(FILE, "history_what")
        return Answer(said, [blocks.section(said)])

    async def keep_met(self, form: Form) -> FormAnswer:
        """What cannot be kept stands below its field."""
        person, now = PersonId(form.workspace, form.user), self._desk.clock()
        pair, _ = unpack(form.workspace, form.data)
        day, today = date.fromisoformat(form.fields["day"]), await self._desk.zones.today(person)
        if day > today:
            return FormAnswer(errors={"day": self._desk.words.say(FILE, "day_ahead")})
        items = form.fields.get("items", "")
        names = await self._find_names(pair) if items.strip() else {}
        met = read_met(form, pair, day, names, now)
        if len(met.items) > MOST_ITEMS:
            return FormAnswer(errors={"items": self._desk.words.say(FILE, "too_many_items")})
        ids = await self._desk.write(service.note_meeting, met, now)
        if ids is None:
            refused = await self._room.refuse(person, [pair])
            return FormAnswer(view=blocks.modal("We've met", refused.blocks))
        self._desk.sender.send_soon(ids)
        return FormAnswer(view=blocks.modal("We've met", [blocks.section(self._say_met(met, today))]))

    def _say_met(self, met: Met, today: date) -> str:
        return self._desk.words.say(
            FILE,
            "met",
            person=mention(met.meeting.pair.counterpart(met.by.user)),
            day=say_day(met.meeting.met_on, today),
            count=len(met.items),
            private=any(one.shared_at is None for one in met.notes),
        )

    async def _open_form(self, person: PersonId, click: Click) -> Sequence[Answer]:
        """With the topics that are open, which is a look at them."""
        pair, more = unpack(click.workspace, click.value)
        opened = await self._room.open(person, [pair], AGENDA)
        if opened is None:
            return [await self._room.refuse(person, [pair])]
        said = more[3:4]
        day = date.fromisoformat(said[0]) if said else await self._desk.zones.today(person)
        points = [*opened.shared.points, *opened.private]
        form = forms.met_form(points, day, click.value, self._desk.words)
        await self._desk.gateway.open_view(click.trigger, form)
        return []

    async def _show_meeting(self, person: PersonId, click: Click) -> Sequence[Answer]:
        pair, more = unpack(click.workspace, click.value)
        name = more[0] if more else ""
        page = await self._desk.write(service.open_meeting, person, pair, name, self._desk.clock())
        if page is None:
            return [await self._room.refuse(person, [pair])]
        today = await self._desk.zones.today(person)
        return [replace(History(page, self._desk.words, today).show_whole(), fleeting=True)]

    async def _turn_page(self, person: PersonId, click: Click) -> Sequence[Answer]:
        pair, more = unpack(click.workspace, click.value)
        shown = await self._show_page(person, [pair], int(more[0]) if more else 0)
        return [replace(shown, fleeting=True)]

    async def _show_page(self, person: PersonId, pairs: Sequence[Pair], start: int) -> Answer:
        now = self._desk.clock()
        page = await self._desk.write(service.open_history, person, pairs, start, now)
        if page is None:
            return await self._room.refuse(person, pairs)
        today = await self._desk.zones.today(person)
        return History(page, self._desk.words, today).show()

    async def _find_names(self, pair: Pair) -> dict[str, str]:
        """What the two are called, in lower case; who is called the same is not told apart by that name."""
        users = (pair.engineer, pair.other)
        found = [names_of(user) for user in await asyncio.gather(*map(self._ask, users))]
        same = found[0] & found[1]
        return {name: user for user, names in zip(users, found, strict=True) for name in names - same}

    async def _ask(self, user: str) -> Mapping[str, Any]:
        try:
            return await self._desk.gateway.get_user(user)
        except SlackRefused:
            return {}
