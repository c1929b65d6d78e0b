"""Which content there is and how each kind is read; for the bot and for the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.brag import messages as brag
from bot.content_library import Library
from bot.errors import Problem
from bot.home import messages as home
from bot.ladder import messages as ladder
from bot.ladder.load import parse_ladder
from bot.ladder.model import Ladder
from bot.nudge import messages as nudge_messages
from bot.nudge import questions as nudge
from bot.nudge.model import WeeklyQuestion
from bot.oneonone import questions as oneonone
from bot.oneonone.messages import MESSAGES as ONEONONE_MESSAGES
from bot.oneonone.model import OneOnOneQuestion
from bot.programme import messages as programme
from bot.programme.file import parse_programme
from bot.programme.model import Programme
from bot.wording import Messages, fingerprint, needs_of, read_prompts

NEEDS = needs_of(
    ladder.MESSAGES,
    brag.MESSAGES,
    nudge_messages.MESSAGES,
    ONEONONE_MESSAGES,
    programme.MESSAGES,
    home.MESSAGES,
)


PROGRAMMES = "programme"
Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompts folder: what Rung says and asks. Every file in it belongs to one of these libraries."""

    messages: Library[Messages]
    weekly: Library[tuple[WeeklyQuestion, ...]]
    oneonone: Library[tuple[OneOnOneQuestion, ...]]
    programmes: Library[Programme]

    @property
    def libraries(self) -> tuple[Library[Any], ...]:
        return self.messages, self.weekly, self.oneonone, self.programmes

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the files as they are now."""
        return (*(problem for library in self.libraries for problem in library.problems), *self.missing)

    @property
    def missing(self) -> tuple[Problem, ...]:
        """Without any programme there is nothing to choose from."""
        if self.programmes.in_force or self.programmes.broken:
            return ()
        hint = "copy one from the Rung repository"
        return (Problem(f"{PROGRAMMES}/", 0, "", "there is no programme in this folder", hint),)

    @property
    def weekly_questions(self) -> tuple[WeeklyQuestion, ...]:
        return self.weekly.in_force[nudge.FILE]

    @property
    def oneonone_questions(self) -> tuple[OneOnOneQuestion, ...]:
        return self.oneonone.in_force[oneonone.FILE]

    @property
    def programmes_by_id(self) -> dict[str, Programme]:
        return {programme.id: programme for programme in self.programmes.in_force.values()}


def open_ladders(folder: Path) -> Library[Ladder]:
    """The ladders of a folder, read once."""
    return _look(Library(folder, parse_ladder))


def open_prompts(folder: Path, known_good: Collection[str] = ()) -> Prompts:
    """The prompts of a folder, read once; a file that is missing counts as broken.

    `known_good` are fingerprints of messages that need not be tried again.
    """
    return Prompts(
        open_messages(folder, known_good),
        _open_file(folder, nudge.FILE, nudge.parse_weekly_questions),
        _open_file(folder, oneonone.FILE, oneonone.parse_oneonone_questions),
        _look(Library(folder, parse_programme, is_mine=_is_programme)),
    )


def open_messages(folder: Path, known_good: Collection[str] = ()) -> Library[Messages]:
    """What Rung says, and any file that no other library reads, which is a mistake and told as one."""
    parse, by = partial(read_prompts, NEEDS, known_good), partial(fingerprint, NEEDS)
    return _look(Library(folder, parse, must_have=NEEDS, is_mine=_is_no_other, fingerprint=by))


def _open_file(folder: Path, name: str, parse: Callable[[str, str], Content]) -> Library[Content]:
    return _look(Library(folder, parse, must_have=[name], is_mine=lambda found: found == name))


def _look(library: Library[Content]) -> Library[Content]:
    library.refresh()
    return library


def _is_programme(name: str) -> bool:
    return name.startswith(f"{PROGRAMMES}/") and not name.endswith("/messages")


def _is_no_other(name: str) -> bool:
    return name not in (nudge.FILE, oneonone.FILE) and not _is_programme(name)
