"""How the prompts read, for whoever edits them: `rung prompt preview`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, groupby, product
from pathlib import PurePath
from typing import get_args

from bot.contents import NEEDS, Prompts
from bot.errors import BotError
from bot.ladder.answers import Answers
from bot.ladder.blocks import say_count
from bot.ladder.marks import Profile, describe, suiting
from bot.ladder.model import Family, Ladder, Level
from bot.nudge import questions as nudge
from bot.nudge.model import Kind, WeeklyQuestion
from bot.oneonone import questions as oneonone
from bot.oneonone.model import Occasion, OneOnOneQuestion, Side, questions_for
from bot.programme.model import PracticeProblem, Programme, Step
from bot.shape import suggest
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.wording import Wording, fill

SAMPLES: dict[str, object] = {
    "ask": "Whose work went better this week because of something you wrote?",
    "asked": "staf",
    "competency": "Communication",
    "count": 3,
    "current": "Senior Engineer",
    "expectation": "Writes down decisions so that others can build on them.",
    "first": 1,
    "ladder": "The Engineering Ladder",
    "last": 8,
    "level": "Staff Engineer",
    "name": "Ana",
    "person": "Ana",
}
"""Stand for what Rung fills in; a name without a sample stands for itself."""


class Unknown(int):
    """Shows the name of what Rung fills in, and counts as one, as it does where templates are checked."""

    _name: str

    def __new__(cls, name: str) -> Unknown:
        self = super().__new__(cls, 1)
        self._name = name
        return self

    def __str__(self) -> str:
        return f"‹{self._name}›"


@dataclass(frozen=True, slots=True)
class Whom:
    """A level of a ladder, to see only what suits it, in that ladder's own words."""

    ladder: Ladder
    level: Level

    @property
    def profile(self) -> Profile:
        return describe(self.ladder, self.level)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to look at: its file, its id there, the heading it stands under, how it reads."""

    file: str
    id: str
    heading: str
    blocks: Sequence[Block]

    def is_named(self, word: str) -> bool:
        """By its id, its file with or without the way there, or the folder of its file."""
        name = word.removesuffix(".yaml").removesuffix(".yml")
        return name in (self.id, self.file, *PurePath(self.file).parts) or name.endswith(f"/{self.file}")


def preview(prompts: Prompts, wanted: Iterable[str], whom: Whom | None) -> Iterator[Block]:
    """What is named, or everything; for `whom`, the questions that suit. Raises BotError for an unknown word.

    A question about several families stands under each of them.
    """
    pieces = [*_weekly(prompts, whom), *_oneonone(prompts, whom), *_programmes(prompts, whom)]
    pieces += [] if whom else _messages(prompts)
    words = list(wanted)
    for word in words:
        if not any(piece.is_named(word) for piece in pieces):
            known = sorted({name for piece in pieces for name in (piece.id, piece.file)})
            suits = f" that suits {whom.level.title}" if whom else ""
            raise BotError(f"There is no “{word}” among the prompts{suits}; {_hint(word, known)}")
    chosen = [piece for piece in pieces if not words or any(map(piece.is_named, words))]
    for heading, group in groupby(chosen, lambda piece: piece.heading):
        yield blocks.header(heading)
        for piece in group:
            yield from piece.blocks


def _hint(word: str, known: Sequence[str]) -> str:
    hint = suggest(word, known)
    return hint if hint.startswith("did you mean") else "name a file, a folder, or an id in one of them."


def _weekly(prompts: Prompts, whom: Whom | None) -> Iterator[Piece]:
    asks = _asks(prompts, whom)
    questions = suiting(prompts.weekly_questions, whom.profile if whom else None)
    for kind in get_args(Kind):
        for question in questions:
            if question.kind == kind and (values := _values_for(question, asks, whom)) is not None:
                text, often = fill(question.ask, **values), _say_how_often(question)
                heading = f"Weekly questions: {kind}"
                yield Piece(nudge.FILE, question.id, heading, _question(question, text, often))


def _asks(prompts: Prompts, whom: Whom | None) -> Iterator[dict[str, object]]:
    """What the ladder asks of the level, again and again, so that each frame is shown around another one."""
    if whom is None:
        return cycle([SAMPLES])
    answers = Answers(Wording(prompts.messages), dict)
    return cycle(
        [
            {"ask": answers.ask(whom.ladder, statement), "competency": competency.name}
            for competency in whom.ladder.competencies_of(whom.level.track)
            for statement in whom.ladder.expected_at(whom.level, competency)
            if statement.kind == "expectation"
        ]
    )


def _values_for(
    question: WeeklyQuestion, asks: Iterator[dict[str, object]], whom: Whom | None
) -> dict[str, object] | None:
    """None for a frame with nothing to frame: the level is only named."""
    level = {"level": whom.level.title if whom else SAMPLES["level"]}
    if question.kind != "expectation":
        return level
    asked = next(asks, None)
    return asked if asked is None else {**asked, **level}


def _oneonone(prompts: Prompts, whom: Whom | None) -> Iterator[Piece]:
    profile = whom.profile if whom else None
    for when, side in product(get_args(Occasion), get_args(Side)):
        questions = questions_for(prompts.oneonone_questions, side, when, profile)
        for family, question in product((None, *get_args(Family)), questions):
            if family in (question.families or (None,)):
                heading = f"1:1, {when}, {side} asks: {family or 'whatever the competency'}"
                text = fill(question.ask, name=SAMPLES["name"])
                yield Piece(oneonone.FILE, question.id, heading, _question(question, text))


def _question(question: WeeklyQuestion | OneOnOneQuestion, text: str, often: str = "") -> list[Block]:
    marks = [" ".join(marks) for marks in (question.bands, question.families, question.reach)]
    name = " · ".join(filter(None, (f"`{question.id}`", *marks, often)))
    return [blocks.context(name), blocks.section(text)]


def _say_how_often(question: WeeklyQuestion) -> str:
    return "" if question.every == "week" else f"about a {question.every}"


def _programmes(prompts: Prompts, whom: Whom | None) -> Iterator[Piece]:
    for file, programme in prompts.programmes.in_force.items():
        yield _piece_of(programme, file, "opening", [f"_{programme.summary}_", fill(programme.opening)])
        for step in programme.steps:
            yield Piece(file, step.id, programme.name, _step(step, whom))
        for problem in suiting(programme.problems, whom.profile if whom else None):
            yield Piece(file, problem.id, programme.name, _problem(problem))
        count = max(len(programme.steps), len(programme.problems))
        yield _piece_of(programme, file, "closing", [fill(programme.closing, count=count)])


def _piece_of(programme: Programme, file: str, name: str, texts: Iterable[str]) -> Piece:
    return Piece(file, name, programme.name, [blocks.context(f"`{name}`"), *map(blocks.section, texts)])


def _step(step: Step, whom: Whom | None) -> list[Block]:
    goal = whom.level if whom else None
    start = whom.ladder.below(whom.level) if whom else None
    level, current = goal.title if goal else SAMPLES["level"], start.title if start else SAMPLES["current"]
    text = fill(step.text, level=level, current=current)
    shown = [
        blocks.context(f"Day {step.day} · `{step.id}` · answer: {step.answer}"),
        blocks.section(f"*{step.title}*\n{text}"),
    ]
    shown += [blocks.section(f"[{option.label}] {fill(option.says)}") for option in step.options]
    return [*shown, blocks.section(f"→ {fill(step.then)}")] if step.then else shown


def _problem(problem: PracticeProblem) -> list[Block]:
    places = [f"{i}. *{step.title}*: {step.text}" for i, step in enumerate(problem.rubric, start=1)]
    texts = (f"*{problem.title}*\n{problem.problem}", f"_Hint_\n{problem.hint}")
    rest = ("_Where is your answer?_\n" + "\n".join(places), f"_One good answer_\n{problem.model}")
    marks = " · ".join(filter(None, (f"`{problem.id}`", " ".join(problem.bands))))
    return [blocks.context(marks), *map(blocks.section, (*texts, *rest))]


def _messages(prompts: Prompts) -> Iterator[Piece]:
    for file, messages in prompts.messages.in_force.items():
        for name, wordings in messages.items():
            values = {used: SAMPLES.get(used, Unknown(used)) for used in NEEDS[file][name]}
            several = f" · {say_count(len(wordings), 'wording', 'wordings')}" if len(wordings) > 1 else ""
            texts = [blocks.section(fill(wording, **values)) for wording in wordings]
            yield Piece(file, name, f"Messages: {file}", [blocks.context(f"`{name}`{several}"), *texts])
