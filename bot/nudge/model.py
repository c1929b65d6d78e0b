"""A weekly question as the program knows it, and one that was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from bot.ladder.marks import Marked
from bot.ladder.model import Reach
from bot.people.model import PersonId, Profile, Standing

Kind = Literal[
    "open",
    "learning",
    "people",
    "quiet-work",
    "looking-back",
    "chose-not-to",
    "handed-over",
    "reframe",
    "pre-mortem",
    "expectation",
]
"""What a question is after; `expectation` is a frame around what the ladder itself asks."""
Every = Literal["week", "month", "quarter"]
FOLLOW_UP: Literal["follow-up"] = "follow-up"
AskedKind = Kind | Literal["follow-up"]
"""A `follow-up` asks what became of something the person said they would do."""
AskedState = Literal["open", "answered", "nothing", "replaced", "silent"]
"""`nothing`: there was nothing this week, which is a reply. `silent`: the next one came without a reply."""

NUDGE = "nudge.weekly"
"""The kind of delivery that asks the weekly question."""
ANSWERED = "nudge.answered"
"""The kind that shows a question as answered."""
QUIET = 3  # weeks without a reply, after which it is asked every other week

_AIM = re.compile(r"\baim(?:s|ed|ing)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyQuestion(Marked):
    """One question. `ask` is mrkdwn and a template: of `level`, and of `ask` and `competency` in a frame."""

    id: str
    kind: Kind
    ask: str
    every: Every = "week"

    @property
    def names_level(self) -> bool:
        return "{{ level }}" in self.ask

    @property
    def speaks_of_aim(self) -> bool:
        """“Since you're aiming at …” is nothing to say to someone who grows where they are."""
        return self.names_level and _AIM.search(self.ask) is not None


@dataclass(frozen=True, slots=True)
class Proof:
    """What someone confirmed as evidence for one thing: how much, how new, how far it reached."""

    count: int
    newest: date
    reach: Reach | None


class Asked(NamedTuple):
    """A question as it was asked; `question` is a frame where it is about an `expectation`.

    A delivery has several, by `number`, where another question was wanted. `on` is the person's own day.
    """

    person: PersonId
    delivery: str
    number: int
    question: str
    kind: AskedKind
    on: date
    at: datetime
    ladder: str = ""
    level: str = ""
    expectation: str = ""
    state: AskedState = "open"
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What someone said they would do, in their words, in the message of this channel and ts.

    `due` is the first day on which it makes sense to ask; `delivery` is the question that did.
    """

    person: PersonId
    channel: str
    ts: str
    words: str
    made_on: date
    due: date
    delivery: str = ""


Proofs = Mapping[tuple[str, str], Proof]
"""By competency and expectation; the latter empty for the competency as a whole."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of someone whose turn it is; `proofs` by ladder.

    `wrote_at`: when they wrote something down last, in whatever way; asked only of those who seem silent.
    """

    standing: Standing | None
    profile: Profile
    past: Sequence[Asked]
    proofs: Mapping[str, Proofs]
    promises: Sequence[Promise]
    wrote_at: datetime | None = None


def count_silent(past: Iterable[Asked], wrote_at: datetime | None = None) -> int:
    """Weeks without a word since the last reply, or the last thing written down.

    A question not followed by another is open yet.
    """
    newest_first = sorted(past, key=lambda one: (one.at, one.number), reverse=True)
    replied = {one.delivery: one.answered_at for one in newest_first if one.answered_at}
    last_heard = max(filter(None, (*replied.values(), wrote_at)), default=None)
    unheard = [one for one in newest_first if last_heard is None or one.at > last_heard]
    newest_of_each = {one.delivery: one for one in reversed(unheard) if one.delivery not in replied}
    return sum(one.state == "silent" for one in newest_of_each.values())
