"""What is owed for a programme, put into words at the moment it is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.outbox.model import Composed, Delivery, Drop, Later, Post, Update
from bot.outbox.sender import Compose, Sender, each
from bot.people.model import PersonId
from bot.programme import service
from bot.programme.desk import Desk
from bot.programme.meaning.composing import MeaningComposing
from bot.programme.model import Programme, Step
from bot.programme.practicing import offer_hint
from bot.programme.run import Run, find_step
from bot.programme.service import Place
from bot.programme.showing import option_of, say, show_closing
from bot.programme.store import ProgrammeStore
from bot.slack import blocks
from bot.slack.mrkdwn import Mrkdwn, escape
from bot.slack.payloads import Answer
from bot.wording import fill

LOOK_AGAIN = timedelta(hours=6)  # someone may have moved meanwhile, or be back from their days off

ComposeOne = Callable[[Delivery, Run, Programme], Awaitable[Composed]]


class Composing:
    """One function a kind; each is asked again should the process die, and says the same then."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, sender: Sender) -> None:
        sender.kinds |= {
            service.STEP: self._each(self._step),
            service.RECEIPT: self._each(self._receipt),
            service.REDRAW: self._each(self._redraw),
            service.CLOSING: self._each(self._closing),
        }
        MeaningComposing(self._desk).register(sender)

    def _each(self, compose: ComposeOne) -> Compose:
        async def found(delivery: Delivery) -> Composed:
            person = PersonId(delivery.workspace, delivery.user)
            run = await self._desk.read(ProgrammeStore.get_run, person, delivery.about["run"])
            programme = self._desk.programmes().get(run.programme) if run else None
            return await compose(delivery, run, programme) if run and programme else Drop("gone")

        return each(found)

    async def _step(self, delivery: Delivery, run: Run, programme: Programme) -> Composed:
        """At its hour where the person is now; no longer when it was stopped, answered, or a week late."""
        about = delivery.about
        if run.state != "running" or run.round != about["round"]:
            return Drop(run.state)
        if (await self._desk.read(ProgrammeStore.get_answers, run)).has(about["step"]):
            return Drop("answered")
        step = find_step(programme, about["step"])
        if about["waits"] and step and (waits := await self._wait(run, programme, step)):
            return waits
        shown = await self._desk.show(run, about["step"])
        return _post(run.person.user, shown) if shown else Drop("gone")

    async def _wait(self, run: Run, programme: Programme, step: Step) -> Later | Drop | None:
        """For its day and hour, and for the end of quiet hours; None: it comes now."""
        now, profile = self._desk.clock(), await self._desk.zones.get_profile(run.person)
        due = await self._desk.write(service.find_turn, run, programme, step, profile, now)
        if due is None:
            return Drop("too late")
        if due > now:
            return Later(min(due, now + LOOK_AGAIN))
        later = await self._desk.find_later(run.person)
        return Later(later) if later else None

    async def _receipt(self, delivery: Delivery, run: Run, programme: Programme) -> Composed:
        """In the thread: that it was kept, and what is said after this step."""
        about, step = delivery.about, delivery.about["step"]
        place = await self._find_place(delivery, run)
        if place is None:
            return Drop("no message to answer")
        if said := about.get("said"):
            return _post(place.channel, say(self._desk.say(said, pick=delivery.id)), place.thread)
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        if not answers.has(step):
            return Drop("gone")
        if answers.is_replaced(step):
            shown = self._replaced(run, step)
        elif not answers.text(step):
            shown = say(self._desk.say("left_out"))
        elif run.problem and run.state == "running":
            shown = offer_hint(run, self._desk.say("kept_problem"))
        else:
            found = find_step(programme, step)
            after = say_after(found, answers.option(step)) if found else ""
            kept = self._desk.say("kept", pick=delivery.id)
            shown = say(Mrkdwn("\n".join(filter(None, (kept, after)))))
        if not place.thread:
            shown = self._offer_brag(shown, run, step, about)
        return _post(place.channel, shown, place.thread)

    async def _find_place(self, delivery: Delivery, run: Run) -> Place | None:
        """Where the answer was written; after a form, the thread of the question."""
        about = delivery.about
        if "channel" in about:
            return Place(about["channel"], about["thread"])
        asked = await self._desk.get_message(run, about["step"])
        return Place(asked.channel, asked.ts) if asked else None

    def _offer_brag(self, shown: Answer, run: Run, step: str, about: Mapping[str, str]) -> Answer:
        """It was written straight into the DM, where it might as well have been something else."""
        value = "|".join((run.id, step, about["channel"], about["source"]))
        instead = blocks.button("Keep it as a brag entry instead", "programme:brag", value)
        return replace(shown, blocks=[*shown.blocks, blocks.actions([instead])])

    def _replaced(self, run: Run, step: str) -> Answer:
        said = self._desk.say("replaced")
        both = blocks.button("Keep both", "programme:both", f"{run.id}|{step}")
        return Answer(said, [blocks.section(said), blocks.actions([both])])

    async def _redraw(self, delivery: Delivery, run: Run, _programme: Programme) -> Composed:
        """The step's message in place; where it was never sent, it says the newest by itself."""
        step = delivery.about["step"]
        sent = await self._desk.get_message(run, step)
        shown = await self._desk.show(run, step)
        if sent is None or shown is None:
            return Drop("no message yet")
        return Update(sent.channel, sent.ts, escape(shown.text), shown.blocks)

    async def _closing(self, _delivery: Delivery, run: Run, programme: Programme) -> Composed:
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        return _post(run.person.user, show_closing(programme, run, answers))


def say_after(step: Step, option: str = "") -> Mrkdwn:
    """What is said once a step is answered: to the option chosen, and to everybody."""
    says = option_of(step, option)[1]
    return Mrkdwn("\n".join(fill(text) for text in (says, step.then) if text))


def _post(channel: str, answer: Answer, thread: str = "") -> Post:
    return Post(channel, escape(answer.text), answer.blocks, thread)
