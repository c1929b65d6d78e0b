"""A programme as the program knows it: steps over days, or problems to practice on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ladder.marks import Marked

Answer = Literal["text", "choice", "levels", "meaning", "none"]
"""What a step asks for: words, a button, one's levels, what expectations mean here, or nothing."""


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a choice; `says` is the reply, empty for none."""

    id: str
    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Step:
    """One check-in, `day` days after the start. `text` is a template of `level` and `current`."""

    id: str
    day: int
    title: str
    text: str
    answer: Answer
    options: tuple[Option, ...]
    then: str
    shows: str = ""
    """The id of an earlier step whose answer is shown again here."""


@dataclass(frozen=True, slots=True)
class RubricStep:
    """What an answer of this strength looks like."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeProblem(Marked):
    """A career problem: one's own answer, a hint, one's place on the rubric, the model answer."""

    id: str
    title: str
    problem: str
    hint: str
    rubric: tuple[RubricStep, ...]
    """From weakest to strongest."""
    model: str


@dataclass(frozen=True, slots=True)
class Programme:
    """Either steps, in the order of their days, or problems. `closing` is a template of `count`."""

    id: str
    name: str
    aliases: tuple[str, ...]
    summary: str
    opening: str
    steps: tuple[Step, ...]
    problems: tuple[PracticeProblem, ...]
    closing: str
