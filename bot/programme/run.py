"""A run: someone going through a programme; what they answered, what comes next, and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from bot.people.model import PersonId, Profile
from bot.programme.model import PracticeProblem, Programme, Step

RunState = Literal["running", "stopped", "finished"]

HOUR = time(9, 30)
TOO_LATE = timedelta(days=7)
LONGEST_REST = 400  # days
FIRST_ZONE = timezone(timedelta(hours=14))  # no day begins earlier anywhere
CLICK, FORM = "click", "form"
"""Sources of answers that are no messages."""
ANSWER, PLACE = "answer", "place"
"""What one does with a problem to practice on: write, and place what one wrote."""


@dataclass(frozen=True, slots=True)
class Run:
    """`round` counts how often it was begun or taken up again; day 0 of this round is `started_on`."""

    id: str
    person: PersonId
    programme: str
    started_on: date
    started_at: datetime
    problem: str = ""
    state: RunState = "running"
    round: int = 1


@dataclass(frozen=True, slots=True)
class Given:
    """Something given as an answer to a step. Those that count are the answer, in the order they came.

    `source` is the ts of a message, or how else it came. `text` is empty for a step passed on; None for a
    message deleted since, of which nothing but its ts is kept.
    """

    run: str
    step: str
    source: str
    text: str | None
    at: datetime
    option: str = ""
    counts: bool = True
    edited: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything given in a run."""

    given: Sequence[Given] = ()

    def of(self, step: str) -> list[Given]:
        """What counts."""
        return [one for one in self.given if one.step == step and one.counts and one.text is not None]

    def text(self, step: str) -> str:
        return "\n".join(one.text for one in self.of(step) if one.text)

    def option(self, step: str) -> str:
        """The id of the option chosen."""
        return next((one.option for one in self.of(step)), "")

    def has(self, step: str) -> bool:
        """Answered, or passed on."""
        return bool(self.of(step))

    def is_replaced(self, step: str) -> bool:
        """Were there other words before?"""
        return any(one.step == step and not one.counts and one.text for one in self.given)

    @property
    def steps(self) -> set[str]:
        """Those that are done."""
        return {one.step for one in self.given if self.has(one.step)}

    @property
    def count(self) -> int:
        """How many answers there are to read."""
        return sum(bool(self.text(step)) for step in self.steps)


def due_on(started_on: date, day: int, zone: tzinfo) -> datetime:
    """When a step of this day comes where the person is."""
    return datetime.combine(started_on + timedelta(days=day), HOUR, zone).astimezone(UTC)


def next_day_on(profile: Profile, day: date) -> date:
    """That day, or the first one after it that is not off."""
    days = (day + timedelta(days=more) for more in range(LONGEST_REST))
    return next((one for one in days if not profile.is_off(one)), day)


def find_step(programme: Programme, step_id: str) -> Step | None:
    return next((step for step in programme.steps if step.id == step_id), None)


def first_open(programme: Programme, done: Collection[str]) -> Step | None:
    return next((step for step in programme.steps if step.id not in done), None)


def openings(programme: Programme, done: Collection[str]) -> list[Step]:
    """The first open step of every day."""
    found: dict[int, Step] = {}
    for step in programme.steps:
        if step.id not in done:
            found.setdefault(step.day, step)
    return list(found.values())


def next_on_day(programme: Programme, step: Step, done: Collection[str]) -> Step | None:
    """What follows at once when this step is done."""
    behind = programme.steps[programme.steps.index(step) + 1 :]
    return next((one for one in behind if one.day == step.day and one.id not in done), None)


def pick_problem(
    suiting: Sequence[PracticeProblem], problems: Sequence[PracticeProblem], done: Sequence[str]
) -> PracticeProblem:
    """A problem not worked on yet, those that suit first; else the one worked on longest ago.

    `done` are ids, newest first.
    """
    fresh = [one for one in (*suiting, *problems) if one.id not in done]
    return fresh[0] if fresh else max(suiting or problems, key=lambda one: done.index(one.id))
