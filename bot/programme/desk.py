"""What every way in and every answer of a programme needs: who it is, their levels, the run they are in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Concatenate, ParamSpec

from sqlalchemy import Connection

from bot.errors import BotError
from bot.ground import Ground
from bot.ladder.marks import describe, suiting
from bot.outbox.model import Delivery
from bot.people.model import PersonId
from bot.programme.model import PracticeProblem, Programme, Step
from bot.programme.practicing import show_problem
from bot.programme.run import ANSWER, Answers, Run, due_on, find_step, next_day_on
from bot.programme.service import step_name
from bot.programme.showing import FILE, Shown, show_step
from bot.programme.store import ProgrammeStore
from bot.rhythm.model import read_zone
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer
from bot.storage.doors import Doors

P = ParamSpec("P")


@dataclass(frozen=True)
class Desk(Ground, Doors[ProgrammeStore]):
    """Everything programmes work with. `programmes` are those in force, by id."""

    programmes: Callable[[], Mapping[str, Programme]]

    @property
    def store(self) -> Callable[[Connection], ProgrammeStore]:
        return partial(ProgrammeStore, self.vault)

    async def owe(
        self,
        change: Callable[Concatenate[ProgrammeStore, P], Sequence[str]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Sequence[str]:
        """`write` of something that owes deliveries, and off they go; their ids."""
        ids = await self.write(change, *args, **kwargs)
        self.sender.send_soon(ids)
        return ids

    def say(self, message: str, *, pick: str = "", **values: object) -> Mrkdwn:
        return self.words.say(FILE, message, pick=pick, **values)

    async def get_run(self, person: PersonId, run_id: str) -> tuple[Run, Programme]:
        """A run of this person, and its programme. Raises BotError where either is gone."""
        run = await self.read(ProgrammeStore.get_run, person, run_id)
        programme = self.programmes().get(run.programme) if run else None
        if run is None or programme is None:
            raise BotError(self.say("gone"))
        return run, programme

    async def show(self, run: Run, step: str, said: str = "", *, reopened: bool = False) -> Answer | None:
        """The message of a step as it stands now; None where the programme has lost it.

        `said` is what a click just brought; `reopened` shows the buttons again.
        """
        programme = self.programmes().get(run.programme)
        answers = await self.read(ProgrammeStore.get_answers, run)
        if programme is None:
            return None
        if run.problem:
            return await self._show_problem(programme, run, answers)
        found = find_step(programme, step)
        if found is None:
            return None
        reader = await self.find_reader(run.person)
        return show_step(Shown(programme, run, found, answers, reader, said, reopened), self.words)

    async def _show_problem(self, programme: Programme, run: Run, answers: Answers) -> Answer | None:
        problem = find_problem(programme, run.problem)
        if problem is None:
            return None
        runs = await self.read(ProgrammeStore.get_runs, run.person, run.programme)
        is_first = runs[-1].id == run.id
        return show_problem(programme, problem, run, answers, self.words, is_first=is_first)

    async def suiting(self, person: PersonId, programme: Programme) -> Sequence[PracticeProblem]:
        """Problems for the level they aim for, else for the one they are at; without a level, all."""
        reader = await self.find_reader(person)
        level = (reader.target or reader.current) if reader else None
        profile = describe(reader.ladder, level) if reader and level else None
        return suiting(programme.problems, profile)

    async def find_hour(self, run: Run, step: Step) -> datetime:
        """When a step comes where the person is now, after their days off."""
        profile = await self.zones.get_profile(run.person)
        day = next_day_on(profile, run.started_on + timedelta(days=step.day))
        return due_on(day, 0, read_zone(profile.zone))

    async def get_message(self, run: Run, step: str) -> Delivery | None:
        """The newest message in which a step was asked."""
        return await self.read(_get_message, run, ANSWER if run.problem else step)


def find_problem(programme: Programme, problem_id: str) -> PracticeProblem | None:
    return next((one for one in programme.problems if one.id == problem_id), None)


def _get_message(store: ProgrammeStore, run: Run, step: str) -> Delivery | None:
    names = (step_name(run, step, number) for number in range(run.round, 0, -1))
    found = (store.outbox.get_once(run.person.workspace, name) for name in names)
    return next((delivery for delivery in found if delivery and delivery.ts), None)


def pack(*parts: Any) -> str:
    """What a button or form carries: ids, in order."""
    return "|".join(map(str, parts))
