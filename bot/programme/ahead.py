"""The next check-in of what someone goes through, for their Home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.people.coming import Coming
from bot.people.model import PersonId
from bot.programme.desk import Desk, find_problem
from bot.programme.model import Programme
from bot.programme.run import ANSWER, Run, first_open
from bot.programme.store import ProgrammeStore


class Ahead:
    """What every programme that is under way has in mind for someone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def get_coming(self, person: PersonId) -> Sequence[Coming]:
        programmes = self._desk.programmes()
        runs = await self._desk.read(ProgrammeStore.get_runs, person)
        running = [run for run in runs if run.state == "running" and run.programme in programmes]
        found = [await self._look_at(run, programmes[run.programme]) for run in running]
        return [one for one in found if one]

    async def _look_at(self, run: Run, programme: Programme) -> Coming | None:
        """The problem or the step that comes next, or was asked already and waits for an answer."""
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        if problem := find_problem(programme, run.problem):
            return None if answers.has(ANSWER) else self._say(programme, problem.title)
        step = first_open(programme, answers.steps)
        if step is None:
            return None
        is_there = await self._desk.get_message(run, step.id) is not None
        return self._say(programme, step.title, None if is_there else await self._desk.find_hour(run, step))

    def _say(self, programme: Programme, title: str, at: datetime | None = None) -> Coming:
        message = "coming" if at else "waits"
        return Coming(self._desk.say(message, programme=programme.name, step=title), at)
