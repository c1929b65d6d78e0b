"""What a `prompts/programme/*.yaml` file may say, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.content import Finding, Place, read_document
from bot.ladder.model import Band
from bot.programme.model import Answer, Option, PracticeProblem, Programme, RubricStep, Step
from bot.shape import ID_PATTERN, Part, Slug, find_repeated, read_content
from bot.wording import check_template

NAMES_OF_STEP = frozenset({"level", "current"})
NAMES_OF_CLOSING = frozenset({"count"})
ITEM_WORDS = {"aliases": "alias", "bands": "band", "rubric": "step"}

StepId = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=40)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=70)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Reply = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class OptionFile(Part):
    """A button of a choice."""

    id: Slug
    label: Title
    says: Reply | None = None


class StepFile(Part):
    """One check-in."""

    id: StepId
    day: Annotated[int, Field(ge=0, le=400, strict=True)]
    """Days after the start."""
    title: Title
    text: Text
    answer: Answer = "text"
    options: tuple[OptionFile, ...] = ()
    then: Reply | None = None
    shows: str | None = None
    """The step whose answer is shown again with this one."""


class RubricFile(Part):
    """What an answer of one strength looks like."""

    title: Title
    text: Line


class ProblemFile(Part):
    """A problem to practice on."""

    id: StepId
    title: Title
    bands: tuple[Band, ...] = ()
    problem: Text
    hint: Text
    rubric: tuple[RubricFile, ...]
    model: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2500)]


class ProgrammeFile(Part):
    """A whole programme."""

    name: Title
    aliases: tuple[Title, ...] = ()
    summary: Line
    opening: Text
    steps: tuple[StepFile, ...] = ()
    problems: tuple[ProblemFile, ...] = ()
    closing: Text


def parse_programme(text: str, file: str) -> Programme:
    """The programme of a file, whose name is its id. Raises ContentError with everything wrong with it."""
    content = read_content(read_document(text, file, ITEM_WORDS), ProgrammeFile, _check)
    return Programme(
        id=PurePath(file).stem,
        name=content.name,
        aliases=content.aliases,
        summary=content.summary,
        opening=content.opening,
        steps=tuple(map(_step, content.steps)),
        problems=tuple(map(_problem, content.problems)),
        closing=content.closing,
    )


def _step(step: StepFile) -> Step:
    options = tuple(Option(option.id, option.label, option.says or "") for option in step.options)
    then, shows = step.then or "", step.shows or ""
    return Step(step.id, step.day, step.title, step.text, step.answer, options, then, shows)


def _problem(problem: ProblemFile) -> PracticeProblem:
    return PracticeProblem(
        id=problem.id,
        title=problem.title,
        bands=problem.bands,
        problem=problem.problem,
        hint=problem.hint,
        rubric=tuple(RubricStep(step.title, step.text) for step in problem.rubric),
        model=problem.model,
    )


def _check(content: ProgrammeFile) -> Iterator[Finding]:
    yield from check_template(("opening",), content.opening, frozenset())
    yield from check_template(("closing",), content.closing, NAMES_OF_CLOSING)
    if bool(content.steps) == bool(content.problems):
        message = "a programme has steps, or problems to practice on"
        yield Finding((), message, "write either `steps:` or `problems:`, with at least one of them")
    yield from find_repeated((("steps", i, "id"), step.id) for i, step in enumerate(content.steps))
    yield from find_repeated((("problems", i, "id"), one.id) for i, one in enumerate(content.problems))
    last_day = 0
    for i, step in enumerate(content.steps):
        if step.shows and step.shows not in [before.id for before in content.steps[:i]]:
            message = f"no earlier step is called `{step.shows}`"
            yield Finding(("steps", i, "shows"), message, "name a step that stands before this one")
        if step.day < last_day:
            message = f"day {step.day} comes after day {last_day}"
            yield Finding(("steps", i, "day"), message, "put the steps in the order of their days")
        last_day = max(last_day, step.day)
        yield from _check_step(("steps", i), step)
    for i, problem in enumerate(content.problems):
        yield from _check_problem(("problems", i), problem)


def _check_step(at: Place, step: StepFile) -> Iterator[Finding]:
    yield from check_template((*at, "text"), step.text, NAMES_OF_STEP, sample="Senior")
    yield from check_template((*at, "then"), step.then or "", frozenset())
    yield from find_repeated(((*at, "options", i, "id"), option.id) for i, option in enumerate(step.options))
    for i, option in enumerate(step.options):
        yield from check_template((*at, "options", i, "says"), option.says or "", frozenset())
    count = len(step.options)
    if step.answer != "choice" and step.options:
        hint = "write `answer: choice`, or leave the options out"
        yield Finding((*at, "options"), f"`answer: {step.answer}` has no options", hint)
    elif step.answer == "choice" and not 2 <= count <= 5:
        hint = "write two to five, each with `id` and `label`"
        yield Finding((*at, "options"), f"a choice between {count or 'no'} options", hint)


def _check_problem(at: Place, problem: ProblemFile) -> Iterator[Finding]:
    for key in ("problem", "hint", "model"):
        yield from check_template((*at, key), getattr(problem, key), frozenset())
    if not 3 <= len(problem.rubric) <= 4:
        hint = "write three or four steps, from weakest to strongest"
        yield Finding((*at, "rubric"), f"a rubric of {len(problem.rubric)}", hint)
