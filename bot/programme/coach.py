"""What `/coach programme …` does: begin, go on, stop, show."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ladder.naming import find_named
from bot.people.model import PersonId
from bot.programme import service
from bot.programme.desk import Desk, find_problem
from bot.programme.model import Programme
from bot.programme.practicing import offer_hint
from bot.programme.run import ANSWER, Answers, Run, pick_problem
from bot.programme.showing import (
    offer_names,
    offer_resume,
    say,
    show_all,
    show_answers,
)
from bot.programme.store import ProgrammeStore
from bot.slack.payloads import Answer


class Coach:
    """Every answer is for the person alone; the check-ins themselves come to their DM."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, person: PersonId, text: str) -> Answer:
        """What `/coach programme …` answers to these words."""
        word, _, rest = text.strip().partition(" ")
        return await (self.stop(person, rest) if word.lower() == "stop" else self.start(person, text))

    async def start(self, person: PersonId, name: str) -> Answer:
        """By id, name or alias, or nearly; one begun before can be taken up again."""
        if not name.strip():
            return await self.show(person)
        programmes = self._desk.programmes()
        things = [(one, names_of(one)) for one in programmes.values()]
        found = find_named(" ".join(name.replace("-", " ").split()), things)
        if len(found) > 1:
            return offer_names(self._desk.say("which", asked=name[:80]), found)
        if not found:
            return await self.show(person, self._desk.say("unknown", asked=name[:80]))
        return await self.start_this(person, found[0].id)

    async def start_this(self, person: PersonId, programme_id: str) -> Answer:
        programme = self._desk.programmes().get(programme_id)
        if programme is None:
            return await self.show(person)
        known = await self._desk.read(ProgrammeStore.get_runs, person, programme.id)
        if known and known[0].state != "finished":
            answers = await self._desk.read(ProgrammeStore.get_answers, known[0])
            if known[0].state == "running" or answers.count:
                return offer_resume(known[0], programme, answers, self._desk.words)
        return await self._begin(person, programme, known)

    async def anew(self, person: PersonId, run_id: str) -> Answer:
        """From the beginning, or another problem."""
        run, programme = await self._desk.get_run(person, run_id)
        known = await self._desk.read(ProgrammeStore.get_runs, person, programme.id)
        return await self._begin(person, programme, known, run)

    async def resume(self, person: PersonId, run_id: str) -> Answer:
        run, programme = await self._desk.get_run(person, run_id)
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        if run.problem and run.state == "running" and answers.has(ANSWER):
            return offer_hint(run, self._desk.say("kept_problem"))
        today, now = await self._desk.zones.today(person), self._desk.clock()
        ids = await self._desk.write(service.resume, run, programme, today, now)
        if ids is None:
            return await self.answers(person, run_id)
        self._desk.sender.send_soon(ids)
        return say(self._desk.say("resumed", programme=programme.name))

    async def stop(self, person: PersonId, name: str = "") -> Answer:
        """The one they are going through, or the one named; several are asked about."""
        running = [
            run for run in await self._desk.read(ProgrammeStore.get_runs, person) if run.state == "running"
        ]
        programmes = self._desk.programmes()
        if name.strip():
            things = [
                (run, names_of(programmes[run.programme])) for run in running if run.programme in programmes
            ]
            running = find_named(" ".join(name.replace("-", " ").split()), things)
        if not running:
            return say(self._desk.say("nothing_to_stop"))
        if len(running) > 1:
            return await self._ask_which(running)
        return await self.stop_this(person, running[0].id)

    async def stop_this(self, person: PersonId, run_id: str) -> Answer:
        run, programme = await self._desk.get_run(person, run_id)
        await self._desk.owe(service.stop, run, programme, self._desk.clock())
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        return say(self._desk.say("stopped", programme=programme.name, count=answers.count))

    async def show(self, person: PersonId, note: str = "") -> Answer:
        """Which programme they are in and at which step, and all there are to choose from."""
        programmes = self._desk.programmes()
        known = [
            (run, programmes[run.programme])
            for run in await self._desk.read(ProgrammeStore.get_runs, person)
            if run.programme in programmes
        ]
        running = await self._get_running(known)
        ended = [(run, programme) for run, programme in known if run.state != "running"]
        return show_all(programmes.values(), running, ended, self._desk.words, note)

    async def _ask_which(self, runs: Sequence[Run]) -> Answer:
        """Several are running: which one shall stop?"""
        programmes = self._desk.programmes()
        running = [(run, programmes[run.programme]) for run in runs if run.programme in programmes]
        said = self._desk.say("stop_which")
        return show_all((), await self._get_running(running), (), self._desk.words, said)

    async def _get_running(
        self, known: Sequence[tuple[Run, Programme]]
    ) -> list[tuple[Run, Programme, Answers]]:
        return [
            (run, programme, await self._desk.read(ProgrammeStore.get_answers, run))
            for run, programme in known
            if run.state == "running"
        ]

    async def answers(self, person: PersonId, run_id: str) -> Answer:
        """Everything they answered in a run."""
        run, programme = await self._desk.get_run(person, run_id)
        answers = await self._desk.read(ProgrammeStore.get_answers, run)
        return show_answers(programme, run, answers, self._desk.words)

    async def _begin(
        self, person: PersonId, programme: Programme, known: Sequence[Run], old: Run | None = None
    ) -> Answer:
        problem = await self._pick(person, programme, known)
        today, now = await self._desk.zones.today(person), self._desk.clock()
        run = service.new_run(person, programme, problem, today, now)
        if old:
            await self._desk.owe(service.begin_anew, old, run, programme, now)
        else:
            await self._desk.owe(service.begin, run, programme, now)
        return say(self._desk.say("begun", programme=programme.name))

    async def _pick(self, person: PersonId, programme: Programme, known: Sequence[Run]) -> str:
        """The problem to practice on; empty for a programme of steps."""
        if not programme.problems:
            return ""
        done = [run.problem for run in known if find_problem(programme, run.problem)]
        suiting = await self._desk.suiting(person, programme)
        return pick_problem(suiting, programme.problems, done).id


def names_of(programme: Programme) -> list[str]:
    """As they are typed, in small letters."""
    names = (programme.id.replace("-", " "), programme.name, *programme.aliases)
    return [name.lower().replace("-", " ") for name in names]
