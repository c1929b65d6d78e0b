"""What someone writes about a check-in: in its thread, or straight into the DM right after it."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.brag.reading import judge
from bot.errors import BotError
from bot.outbox.model import Delivery
from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.programme import service
from bot.programme.desk import Desk
from bot.programme.model import Programme
from bot.programme.run import Given, Run, find_step
from bot.programme.service import Place
from bot.programme.store import ProgrammeStore
from bot.slack.payloads import Answer, Message

_PASS = frozenset({"skip", "pass"})
_LATER = frozenset({"later", "today", "tomorrow", "busy", "tbd"})
_NOTHING = frozenset({"nothing", "none"})
FRESH = timedelta(hours=24)
"""How long what is written straight into the DM is taken for an answer to the newest check-in."""


class Replies:
    """Words are committed before Slack is told that they arrived; receipts follow from the outbox."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def take(self, message: Message, about: Delivery) -> None:
        """A reply in the thread of a step, or its edit."""
        person = PersonId(message.workspace, message.user)
        try:
            run, programme = await self._desk.get_run(person, about.about["run"])
        except BotError as gone:
            await self._desk.gateway.post(message.channel, Answer(str(gone)), message.thread)
            return
        place = Place(message.channel, message.thread)
        await self._keep(message, run, programme, about.about["step"], place)

    async def take_flat(self, message: Message) -> bool:
        """A message outside of any thread; False where it answers no check-in."""
        person = PersonId(message.workspace, message.user)
        found = await self._desk.read(ProgrammeStore.find_source, person, message.ts)
        if found is None and not message.edited:
            found = await self._find_fresh(person, message)
        if found is None:
            return False
        run, programme = await self._desk.get_run(person, found[0])
        await self._keep(message, run, programme, found[1], Place(message.channel, ""))
        return True

    async def forget(self, person: PersonId, ts: str) -> bool:
        """A message was deleted: its words go, and its ts stays out. False where it was no answer."""
        ids = await self._desk.owe(service.forget, person, ts, self._desk.clock())
        return bool(ids)

    async def give_back(self, person: PersonId, ts: str) -> None:
        """A message was no answer after all."""
        await self._desk.owe(service.give_back, person, ts, self._desk.clock())

    async def _keep(self, message: Message, run: Run, programme: Programme, step: str, place: Place) -> None:
        now, text = self._desk.clock(), "\n".join(filter(None, (message.text.strip(), *message.file_links)))
        said = await self._read_courtesy(run, step, text)
        text = "" if said or (_is_pass(text) and not run.problem) else text
        given = Given(run.id, step, message.ts, text, now, edited=message.edited)
        if said:
            await self._desk.owe(service.answer_kindly, run, programme, given, said, now, place)
            return
        await self._desk.owe(service.give, run, programme, given, now, place)

    async def _read_courtesy(self, run: Run, step: str, text: str) -> str:
        """Which message answers something that is no answer; “thanks” and “skip” after one leave it."""
        if not text:
            return "no_words"
        if judge(text) == "button":
            return "stop_how"
        if _is_put_off(text):
            return "whenever"
        if judge(text) not in ("thanks", "greeting") and not _is_pass(text):
            return ""
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        return "thanks" if answers.has(step) else ""

    async def _find_fresh(self, person: PersonId, message: Message) -> tuple[str, str] | None:
        """Run and step of the newest message to this person, if that is a check-in still to be written."""
        since = self._desk.clock() - FRESH
        newest = await self._desk.database.read(
            Outbox,
            Outbox.get_newest_message,
            person.workspace,
            message.channel,
            since,
            besides=service.RECEIPT,
        )
        if newest is None or newest.kind != service.STEP or judge(message.text) != "entry":
            return None
        run_id, step = newest.about["run"], newest.about["step"]
        run = await self._desk.read(ProgrammeStore.get_run, person, run_id)
        if run is None or run.state != "running" or not self._is_written(run, step):
            return None
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        return None if answers.has(step) else (run_id, step)

    def _is_written(self, run: Run, step_id: str) -> bool:
        """Is it answered in words, and not by a choice?"""
        programme = self._desk.programmes().get(run.programme)
        step = find_step(programme, step_id) if programme else None
        return bool(run.problem) or (step is not None and step.answer == "text")


def _is_pass(text: str) -> bool:
    """“Skip”, “pass on this one”."""
    return judge(text) == "nothing" and bool(_words(text) & _PASS)


def _is_put_off(text: str) -> bool:
    """“Later”, “not today”; but “nothing today” is an answer."""
    return judge(text) == "nothing" and bool(_words(text) & _LATER) and not _words(text) & _NOTHING


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))
