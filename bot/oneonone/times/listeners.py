"""How the times of 1:1s come in: words of `/coach`, buttons, and the form that moves one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.oneonone.desk import Desk
from bot.oneonone.model import Pair
from bot.oneonone.times import service, showing
from bot.oneonone.times.commands import Act, Commands
from bot.oneonone.times.composing import Composing
from bot.oneonone.times.messages import FILE
from bot.oneonone.times.reading import read_clock_time
from bot.oneonone.times.service import GrowthOf
from bot.oneonone.ways import Ways
from bot.people.coming import Coming
from bot.people.model import PersonId
from bot.rhythm.model import in_utc
from bot.slack import blocks
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer, Click, Form, FormAnswer
from bot.slack.router import OUTDATED

WORDS = ("1:1", "1:1s", "1-1", "1on1")


class TimesListeners:
    """Everything of this that comes in. `growth` tells what an agenda asks, so that it is remembered."""

    def __init__(self, desk: Desk, growth: GrowthOf) -> None:
        self._desk = desk
        self._growth = growth
        self._commands = Commands(desk)
        self._acts: dict[str, Act] = {
            "skip": self._commands.skip,
            "shift": self._commands.shift,
            "pause": self._commands.pause,
            "resume": self._commands.resume,
            "end": self._commands.end,
        }

    def register(self, ways: Ways) -> None:
        ways.coach.update(dict.fromkeys(WORDS, self._commands.answer))
        ways.router.clicks["times"] = self.take_click
        ways.router.forms[showing.MOVE] = self.keep_move
        Composing(self._desk, self._commands, self._growth).register(ways.sender)

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person, verb = PersonId(click.workspace, click.user), click.action.split(":")[1]
        if verb in ("item-done", "item-later"):
            return [replace(await self._take_item(person, verb, click.value), replace=True)]
        pair, at = showing.unpack(click.value, person)
        await self._commands.find(person, pair)
        if verb == "move":
            await self._open_move(person, pair, click.trigger)
            return []
        if verb in ("skip", "shift") and not await self._is_next(person, pair, at):
            return [replace(await self._show_as_it_is(person, pair), replace=True)]
        act = self._acts.get(verb)
        return [replace(await act(person, pair, ""), replace=True)] if act else [OUTDATED]

    async def keep_move(self, form: Form) -> FormAnswer:
        """What cannot be read stands below its field."""
        person = PersonId(form.workspace, form.user)
        pair, _ = showing.unpack(form.data, person)
        at, day = read_clock_time(form.fields.get("at", "")), form.fields.get("day", "")
        if at is None or not day:
            return FormAnswer(errors={"at" if day else "day": self._say("move_time")})
        await self._commands.find(person, pair)
        view = await self._commands.view(person, pair)
        moment = in_utc(date.fromisoformat(day), at, view.zone)
        if moment <= self._desk.clock():
            return FormAnswer(errors={"day": self._say("past_day")})
        answer = await self._commands.move_to(person, pair, moment)
        return FormAnswer(view=blocks.modal("Moved", answer.blocks))

    async def get_coming(self, person: PersonId) -> list[Coming]:
        """The next 1:1, for Home."""
        meets = await self._desk.read(service.get_meets, person)
        series = meets[0].series if meets else None
        if series is None or series.next_at is None:
            return []
        other = (await self._commands.view(person, meets[0].pair)).person
        return [Coming(self._say("home", person=other), series.next_at, showing.open_all())]

    async def _open_move(self, person: PersonId, pair: Pair, trigger: str) -> None:
        series = await self._commands.get(person, pair)
        view = await self._commands.view(person, pair)
        at = (series.next_at or self._desk.clock()).astimezone(view.zone)
        await self._desk.gateway.open_view(trigger, showing.move_form(series, at))

    async def _is_next(self, person: PersonId, pair: Pair, at: int) -> bool:
        """Does a button still speak of the meeting that comes next?"""
        series = await self._commands.get(person, pair)
        return series.next_at is not None and int(series.next_at.timestamp()) == at

    async def _show_as_it_is(self, person: PersonId, pair: Pair) -> Answer:
        return await self._commands.show(
            person, await self._commands.find(person, pair), self._say("as_it_is")
        )

    async def _take_item(self, person: PersonId, verb: str, value: str) -> Answer:
        engineer, other, item_id, due = value.split("|")
        pair, now = Pair(person.workspace, engineer, other), self._desk.clock()
        if verb == "item-done":
            item = await self._desk.write(service.finish_item, person, pair, item_id, now)
        else:
            was_due = date.fromisoformat(due)
            item = await self._desk.write(service.put_off_item, person, pair, item_id, was_due, now)
        if item is None:
            return _plain(self._say("item_gone"))
        day = showing.say_day(item.due_on) if item.due_on else ""
        if verb == "item-done":
            return _plain(self._say("item_done", item=showing.quote(item)))
        return _plain(self._say("item_later", item=showing.quote(item), day=day))

    def _say(self, message: str, **values: str) -> Mrkdwn:
        return self._desk.words.say(FILE, message, **values)


def _plain(said: Mrkdwn) -> Answer:
    return Answer(said, [blocks.section(said)])
