"""Two people who meet: when, what they bring, what they agreed; and a question for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from bot.ladder.marks import Marked, Profile, suiting
from bot.people.model import PersonId
from bot.rhythm.model import Rhythm

Side = Literal["engineer", "manager"]
"""Who asks it."""
Occasion = Literal["usual", "first", "after-leave", "before-review", "after-a-no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOnOneQuestion(Marked):
    """One question. `ask` is mrkdwn and, on the manager's side, a template of the engineer's first `name`."""

    id: str
    side: Side
    when: Occasion = "usual"
    ask: str


def questions_for(
    questions: Iterable[OneOnOneQuestion], side: Side, when: Occasion, profile: Profile | None
) -> list[OneOnOneQuestion]:
    """Those of one side for an occasion that suit the engineer's level."""
    return suiting((q for q in questions if (q.side, q.when) == (side, when)), profile)


class Pair(NamedTuple):
    """An engineer and the manager or mentor they meet."""

    workspace: str
    engineer: str
    other: str

    @property
    def engineer_id(self) -> PersonId:
        return PersonId(self.workspace, self.engineer)

    @property
    def other_id(self) -> PersonId:
        return PersonId(self.workspace, self.other)

    def has(self, person: PersonId) -> bool:
        return person in (self.engineer_id, self.other_id)

    def counterpart(self, user: str) -> str:
        """The one of the two whom this one meets."""
        return self.other if user == self.engineer else self.engineer


@dataclass(frozen=True, slots=True)
class Series:
    """When a pair meets: a rhythm in the zone of whoever set it, and the next time, which may be moved.

    `next_at` is None while it rests.
    """

    pair: Pair
    rhythm: Rhythm
    zone: str
    next_at: datetime | None
    set_by: str
    minutes: int = 30
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    """Something one of a pair wants to talk about, perhaps over several meetings.

    Private to its `author` until `shared_at`. `channel` and `ts` are the message it was written in, or the
    form. One that is `gone` holds no words any more, and stays so that a late repeat of its message changes
    nothing.
    """

    id: str
    pair: Pair
    author: str
    text: str
    created_at: datetime
    shared_at: datetime | None = None
    state: Literal["open", "done", "gone"] = "open"
    channel: str = ""
    ts: str = ""
    edited: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One that took place; a pair has at most one a day."""

    id: str
    pair: Pair
    met_on: date
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """Of a meeting; private to its `author` until `shared_at`."""

    id: str
    pair: Pair
    meeting: str
    author: str
    text: str
    created_at: datetime
    shared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something one of a pair, the `doer`, will do; both see it. `meeting` is where it was agreed."""

    id: str
    pair: Pair
    author: str
    doer: str
    text: str
    created_at: datetime
    due_on: date | None = None
    state: Literal["open", "done", "dropped"] = "open"
    meeting: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question that a pair was given on a day, with the expectation it was about, where there was one."""

    side: Side
    asked_on: date
    question: str
    ladder: str = ""
    expectation: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """Someone looked at what another one shares; `what` is a word such as `agenda`."""

    owner: PersonId
    viewer: str
    what: str
    at: datetime
