"""How replies to the weekly question come in: its buttons, its thread, and the DM around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.brag.captures import Captures
from bot.brag.reading import judge
from bot.ground import Ground
from bot.nudge import service
from bot.nudge.desk import NudgeDesk
from bot.nudge.model import AskedState, Promise
from bot.nudge.promises import day_to_ask, find_promise
from bot.nudge.service import Turn
from bot.nudge.showing import FILE, show_question, show_settled, unpack
from bot.outbox.model import Delivery
from bot.people.model import PersonId
from bot.rhythm.model import read_zone
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer, Click, Message
from bot.slack.router import OUTDATED, Router

SHORT = 8  # words


class NudgeListeners:
    """Everything that the weekly question hears."""

    def __init__(self, desk: NudgeDesk, ground: Ground, captures: Captures) -> None:
        self._desk = desk
        self._captures = captures
        self._zones = ground.zones
        self._sender = ground.sender

    def register(self, router: Router) -> None:
        router.clicks["nudge"] = self.take_click

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person = PersonId(click.workspace, click.user)
        delivery, number = unpack(click.value)
        match click.action.split(":")[1:2]:
            case ["nothing"]:
                return [await self._say_nothing(person, delivery)]
            case ["another"]:
                return [await self._ask_another(person, delivery, number)]
            case ["tomorrow"]:
                return [await self._put_off(person, delivery)]
        return [OUTDATED]

    async def take_reply(self, message: Message, delivery: Delivery) -> None:
        """Something written below a question: kept like anything else, and the question is answered.

        Both can be done twice; dying in between leaves the event unacknowledged, and it comes again.
        """
        person = PersonId(message.workspace, message.user)
        promise = await self._desk.read(service.get_quote, person, delivery.id)
        await self._captures.keep_message(_in_context(message, promise), delivery)
        await self._hear(message)
        if state := _state_of(message):
            ids = await self._desk.write(service.take_reply, person, delivery.id, state, self._desk.clock())
            self._sender.send_soon(ids)

    async def hear_beside(self, message: Message) -> None:
        """Something written in the DM outside a thread, and kept already; within a day it is a reply."""
        await self._hear(message)
        if not message.edited and (state := _state_of(message)):
            person, now = PersonId(message.workspace, message.user), self._desk.clock()
            if await self._desk.look_up(service.find_to_answer, person, now):
                self._sender.send_soon(await self._desk.write(service.take_flat_answer, person, state, now))

    def hear_kept(self, connection: Connection, person: PersonId, now: datetime) -> list[str]:
        """Something came in another way, by the form or `/brag`; within a day it is a reply as well."""
        return service.take_flat_answer(self._desk.store(connection), person, "answered", now)

    async def forget_message(self, person: PersonId, channel: str, ts: str) -> None:
        """A message was deleted or taken back, and what it promised goes with it."""
        await self._desk.write(service.keep_promise, person, channel, ts, None)

    async def rests(self, person: PersonId, day: date) -> bool:
        """Is the question of this day left out, since nobody replied to the last ones?"""
        return await self._desk.read(service.rests, person, day, self._desk.clock())

    async def hear_taken_back(self, person: PersonId, channel: str, ts: str, left: Sequence[str]) -> None:
        """Something of a message was undone; a promise that is in none of the words left goes with it."""
        if not any(map(find_promise, left)):
            await self.forget_message(person, channel, ts)

    async def _hear(self, message: Message) -> None:
        """Take up, or let go of, what a message says its writer will do."""
        person = PersonId(message.workspace, message.user)
        said = find_promise(message.text) if judge(message.text) == "entry" else None
        today = await self._zones.today(person)
        promise = (
            Promise(person, message.channel, message.ts, said, today, day_to_ask(said, today))
            if said
            else None
        )
        await self._desk.write(service.keep_promise, person, message.channel, message.ts, promise)

    async def _say_nothing(self, person: PersonId, delivery: str) -> Answer:
        turn = await self._desk.write(service.take_answer, person, delivery, "nothing", self._desk.clock())
        said = "kept_already" if turn and turn.asked.state == "answered" else "nothing_said"
        return await self._settle(turn, self._desk.words.say(FILE, said, pick=delivery))

    async def _ask_another(self, person: PersonId, delivery: str, number: int) -> Answer:
        content, words, now = self._desk.content, self._desk.words, self._desk.clock()
        turn = await self._desk.write(service.ask_another, person, delivery, number, content, now)
        if turn is None:
            last = await self._desk.read(service.get_turn, person, delivery, now)
            return await self._settle(last, words.say(FILE, "no_other"))
        [turn] = await self._desk.quote_agreed([turn])
        shown = show_question(turn, content, words)
        return Answer(shown.text, shown.blocks, replace=True)

    async def _put_off(self, person: PersonId, delivery: str) -> Answer:
        now = self._desk.clock()
        again_at = await self._desk.write(service.put_off, person, delivery, now)
        turn = await self._desk.read(service.get_turn, person, delivery, now)
        if again_at is None:
            return await self._settle(turn, self._desk.words.say(FILE, "outdated"))
        profile = await self._zones.get_profile(person)
        return await self._settle(turn, self._say_when(again_at.astimezone(read_zone(profile.zone))))

    def _say_when(self, there: datetime) -> Mrkdwn:
        day = f"{there:%A}, {there.day} {there:%B}"
        return self._desk.words.say(FILE, "put_off", day=day, time=f"{there:%H:%M}")

    async def _settle(self, turn: Turn | None, said: Mrkdwn) -> Answer:
        if turn is None:
            return Answer(self._desk.words.say(FILE, "outdated"), replace=True)
        [turn] = await self._desk.quote_agreed([turn])
        return show_settled(turn, self._desk.content, self._desk.words, said)


def _in_context(message: Message, promise: Promise | None) -> Message:
    """“Yes, on Tuesday” says nothing in a year; with what was promised before it, it does."""
    if promise is None:
        return message
    return replace(message, text=_after(promise, message.text), before=_after(promise, message.before))


def _after(promise: Promise, text: str) -> str:
    is_short = len(text.split()) <= SHORT and "\n" not in text.strip()
    return f"{promise.words}: {text}" if is_short and judge(text) == "entry" else text


def _state_of(message: Message) -> AskedState | None:
    """What a message makes of the question; a thanks, a question back or “undo” answers none."""
    match judge(message.text):
        case "nothing":
            return "nothing"
        case "entry":
            return "answered"
    return "answered" if message.files else None
