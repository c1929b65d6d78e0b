"""An agenda: a few lines, each about something both may see or about the ladder, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.brag.model import Entry
from bot.ladder.model import Competency, Ladder, Level, Statement
from bot.oneonone.model import ActionItem, Occasion, OneOnOneQuestion, Pair, TalkingPoint
from bot.people.relations import Role

Want = Literal["none", "old", "narrow", "settled"]
"""What shared evidence there is for an expectation."""
Lack = Literal["outcome", "reach"]
Part = Literal["points", "items", "wins"]
"""What can be more than there is room for."""


@dataclass(frozen=True, slots=True)
class PointLine:
    """Something one of the two wants to talk about; `since` where it was shared before the last meeting."""

    point: TalkingPoint
    since: date | None = None


@dataclass(frozen=True, slots=True)
class OpenerLine:
    """The engineer shared no topic: the time is offered to them first."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Something agreed that is open."""

    item: ActionItem
    agreed_on: date
    is_due: bool


@dataclass(frozen=True, slots=True)
class WinLine:
    """A shared entry worth naming, the competency it speaks for, and what it leaves unsaid."""

    entry: Entry
    competency: Competency | None
    statement: Statement | None
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class AskLine:
    """A question to ask: to grow by, about an expectation, or one for the occasion.

    Without `question` there is none that suits the level, and it is asked about the expectation itself;
    without `statement` as well, no level is known. `meaning` are the words the two agreed on.
    """

    question: OneOnOneQuestion | None
    competency: Competency | None = None
    statement: Statement | None = None
    want: Want = "none"
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """What the level aimed for adds most of, on the way from the level they are at."""

    competency: Competency
    count: int


@dataclass(frozen=True, slots=True)
class PlateLine:
    """Something the manager can take off the engineer's plate."""


Line = PointLine | OpenerLine | ItemLine | WinLine | AskLine | OutlookLine | PlateLine


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where the engineer stands, as far as the other may know. `target` is None where it is kept private."""

    ladder: Ladder | None = None
    current: Level | None = None
    target: Level | None = None

    @property
    def goal(self) -> Level | None:
        """The level that is spoken of."""
        return self.target or self.current


@dataclass(frozen=True, slots=True)
class Agenda:
    """`day` is that of the meeting, or the one it is made for; `at` the time, where one is set.

    `left_out` counts what there is beyond the lines. `seed` picks wordings, the same for the same meeting.
    """

    pair: Pair
    role: Role
    day: date
    at: datetime | None
    zone: str
    occasion: Occasion
    is_chosen: bool
    """The occasion was chosen by hand."""
    standpoint: Standpoint
    lines: Sequence[Line]
    left_out: Mapping[Part, int]
    is_bare: bool
    """Nothing is shared (yet)."""
    seed: str

    @property
    def asked(self) -> AskLine | None:
        """The growth question, to be remembered when the two have met."""
        return next((line for line in self.lines if isinstance(line, AskLine)), None)
