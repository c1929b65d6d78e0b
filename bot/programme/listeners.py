"""How a programme comes in: its buttons and forms; what is written is taken by `replies`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.brag.captures import Captures
from bot.errors import BotError
from bot.ladder import whereabouts
from bot.ladder.service import Reader
from bot.outbox.model import Delivery
from bot.people.model import PersonId
from bot.programme import forms, service
from bot.programme.ahead import Ahead
from bot.programme.coach import Coach
from bot.programme.composing import say_after
from bot.programme.desk import Desk, find_problem
from bot.programme.meaning import service as asking
from bot.programme.meaning.agreements import Agreements
from bot.programme.meaning.listeners import MeaningListeners
from bot.programme.model import PracticeProblem, Step
from bot.programme.practicing import show_hint, show_model, show_rubric
from bot.programme.replies import Replies
from bot.programme.run import ANSWER, CLICK, FORM, PLACE, Given, Run, find_step
from bot.programme.showing import option_of, say
from bot.programme.store import ProgrammeStore
from bot.slack.payloads import Answer, Click, Form, FormAnswer, Message
from bot.slack.router import OUTDATED, Router

STAYING = ("answers",)
"""Verbs whose answer comes in addition to the message that was clicked, not in its place."""

Act = Callable[[PersonId, str], Awaitable[Answer]]
Open = Callable[[PersonId, str, str], Awaitable[None]]


class ProgrammeListeners:
    """Everything that programmes hear. `coach` answers the command, `replies` take what is written."""

    def __init__(self, desk: Desk, captures: Captures, agreements: Agreements) -> None:
        self._desk = desk
        self._captures = captures
        self.coach = Coach(desk)
        self.ahead = Ahead(desk)
        self.replies = Replies(desk)
        self._acts: dict[str, Act] = {
            "begin": self.coach.start_this,
            "resume": self.coach.resume,
            "anew": self.coach.anew,
            "next": self.coach.anew,
            "stop": self.coach.stop_this,
            "answers": self.coach.answers,
            "choose": self._choose,
            "pass": self._pass,
            "go-on": self._pass,
            "same-levels": self._keep_levels,
            "both": self._keep_both,
            "hint": self._show_hint,
            "place": self._show_rubric,
            "placed": self._place,
            "brag": self._keep_as_entry,
        }
        self.meaning = MeaningListeners(desk, agreements)
        self._opens: dict[str, Open] = {"answer": self._open_answer, "levels": self._open_levels}

    def register(self, router: Router) -> None:
        router.clicks["programme"] = self.take_click
        router.forms[forms.ANSWER] = self.keep_answer
        router.forms[forms.LEVELS] = self.keep_levels
        self.meaning.register(router)

    @property
    def takers(self) -> dict[str, Callable[[Message, Delivery], Awaitable[None]]]:
        """What takes a reply in the thread of a delivery, by its kind."""
        by_buttons = dict.fromkeys((asking.ASKED, asking.COMPARE), self.meaning.take_reply)
        return {service.STEP: self.replies.take, **by_buttons}

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person, verb = PersonId(click.workspace, click.user), click.action.split(":")[1]
        if verb == "change":
            return await self._change(person, click.value, click.trigger)
        if about_meaning := self.meaning.acts.get(verb):
            return await about_meaning(person, click)
        if open_form := self._opens.get(verb):
            await open_form(person, click.value, click.trigger)
            return []
        act = self._acts.get(verb)
        if act is None:
            return [OUTDATED]
        return [replace(await act(person, click.value), replace=verb not in STAYING)]

    async def keep_answer(self, form: Form) -> FormAnswer:
        text = form.fields.get("text", "").strip()
        if not text:
            return FormAnswer(errors={"text": "A few words are enough."})
        await self._give(PersonId(form.workspace, form.user), form.data, FORM, text)
        return FormAnswer()

    async def keep_levels(self, form: Form) -> FormAnswer:
        """The ladder's own form, kept by the ladder; then they are the answer."""
        key, _, ladder = form.data.rpartition("|")
        kept = await self._desk.ladders.keep_form(replace(form, data=ladder))
        if kept.errors:
            return kept
        person = PersonId(form.workspace, form.user)
        await self._give(person, key, FORM, await self._say_levels(person))
        return FormAnswer()

    async def _give(self, person: PersonId, key: str, source: str, text: str, option: str = "") -> Run:
        run_id, step = key.split("|")
        run, programme = await self._desk.get_run(person, run_id)
        now = self._desk.clock()
        given = Given(run_id, step, source, text, now, option)
        await self._desk.owe(service.give, run, programme, given, now)
        return run

    async def _click(self, person: PersonId, key: str, text: str, option: str = "") -> Answer:
        """Keep what a click answers, and show the step with what is said to it."""
        run, step = await self._find_step(person, key)
        await self._give(person, key, CLICK, text, option)
        said = say_after(step, option) if text or step.answer == "none" else ""
        return await self._show(run, step.id, said)

    async def _choose(self, person: PersonId, value: str) -> Answer:
        key, _, option = value.rpartition("|")
        _, step = await self._find_step(person, key)
        label, _ = option_of(step, option)
        return await self._click(person, key, label or option, option)

    async def _pass(self, person: PersonId, key: str) -> Answer:
        """On what was answered since, in a message of before, nothing is passed on."""
        run, step = await self._find_step(person, key)
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        return await (self._show(run, step.id) if answers.text(step.id) else self._click(person, key, ""))

    async def _keep_levels(self, person: PersonId, key: str) -> Answer:
        return await self._click(person, key, await self._say_levels(person))

    async def _keep_both(self, person: PersonId, key: str) -> Answer:
        run_id, step = key.split("|")
        run, _ = await self._desk.get_run(person, run_id)
        await self._desk.owe(service.keep_both, run, step, self._desk.clock())
        return say(self._desk.say("kept_both"))

    async def _change(self, person: PersonId, key: str, trigger: str) -> Sequence[Answer]:
        """Words open in a form again, choices come back as buttons."""
        run, step = await self._find_step(person, key)
        if step.answer == "text":
            await self._open_answer(person, key, trigger)
            return []
        return [replace(await self._show(run, step.id, reopened=True), replace=True)]

    async def _show_hint(self, person: PersonId, run_id: str) -> Answer:
        run, problem = await self._find_problem(person, run_id)
        return show_hint(problem, run, self._desk.words)

    async def _show_rubric(self, person: PersonId, run_id: str) -> Answer:
        run, problem = await self._find_problem(person, run_id)
        return show_rubric(problem, run, self._desk.words)

    async def _place(self, person: PersonId, value: str) -> Answer:
        """Where they place their own answer; then the model answer, and the end."""
        key, _, number = value.rpartition("|")
        _, problem = await self._find_problem(person, key.split("|")[0])
        title = problem.rubric[int(number)].title
        run = await self._give(person, f"{key.split('|')[0]}|{PLACE}", CLICK, title, number)
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        return show_model(problem, answers, self._desk.words)

    async def _keep_as_entry(self, person: PersonId, value: str) -> Answer:
        _, _, channel, ts = value.split("|")
        await self.replies.give_back(person, ts)
        return await self._captures.keep_anyway(person, channel, ts)

    async def _open_answer(self, person: PersonId, key: str, trigger: str) -> None:
        run_id, step_id = key.split("|")
        run, programme = await self._desk.get_run(person, run_id)
        known = (await self._desk.read(ProgrammeStore.get_answers, run)).text(step_id)
        problem, step = find_problem(programme, run.problem), find_step(programme, step_id)
        title = problem.title if problem else (step.title if step else programme.name)
        form = forms.answer_form(title, known, key, self._desk.say("too_long_here"))
        await self._desk.gateway.open_view(trigger, form)

    async def _open_levels(self, person: PersonId, key: str, trigger: str) -> None:
        """The ladder's form, whose answer comes back here first. Raises NoLadderChosen."""
        reader: Reader = await self._desk.ladders.find_reader(person)
        form = whereabouts.levels_form(reader)
        ours = {"callback_id": forms.LEVELS, "private_metadata": f"{key}|{reader.ladder.id}"}
        await self._desk.gateway.open_view(trigger, {**form, **ours})

    async def _say_levels(self, person: PersonId) -> str:
        reader = await self._desk.find_reader(person)
        current = reader.current.title if reader and reader.current else "not said"
        target = reader.target.title if reader and reader.target else "not said"
        return f"Now: {current}. Aiming for: {target}."

    async def _show(self, run: Run, step: str, said: str = "", *, reopened: bool = False) -> Answer:
        fresh = await self._desk.read(ProgrammeStore.get_run, run.person, run.id)
        shown = await self._desk.show(fresh or run, step, said, reopened=reopened)
        if shown is None:
            raise BotError(self._desk.say("gone"))
        return shown

    async def _find_step(self, person: PersonId, key: str) -> tuple[Run, Step]:
        run_id, step_id = key.split("|")
        run, programme = await self._desk.get_run(person, run_id)
        step = find_step(programme, step_id)
        if step is None:
            raise BotError(self._desk.say("gone"))
        return run, step

    async def _find_problem(self, person: PersonId, run_id: str) -> tuple[Run, PracticeProblem]:
        """A problem with an answer of one's own. Raises BotError."""
        run, programme = await self._desk.get_run(person, run_id)
        problem = find_problem(programme, run.problem)
        if problem is None or not (await self._desk.read(ProgrammeStore.get_answers, run)).has(ANSWER):
            raise BotError(self._desk.say("write_first" if problem else "gone"))
        return run, problem
