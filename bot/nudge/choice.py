"""Which question comes next: what wants evidence, what was asked lately, and a change of kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zlib import crc32

from bot.brag.coverage import FRESH
from bot.ladder.marks import WIDTHS
from bot.ladder.model import Family
from bot.nudge.model import FOLLOW_UP, Asked, Every, Kind, Proof, Proofs, WeeklyQuestion
from bot.nudge.pool import Expectation, Pool

AGAIN_AFTER = timedelta(weeks=8)
REMEMBERED = timedelta(weeks=26)
"""How far back the choice looks; what was asked before then is as good as new."""

_NONE, _OLD, _NARROW, _SETTLED = range(4)
_WANTS = ("no-evidence", "old-evidence", "narrow-evidence", "settled")
_QUARTER_ENDS = (3, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question by its ids; `reason` says in ids and plain words, for the log, why it is this one."""

    question: str
    kind: Kind
    expectation: str = ""
    reason: str = ""


def choose(pool: Pool, proofs: Proofs, past: Sequence[Asked], today: date, seed: str) -> Chosen | None:
    """The next question of someone; the same for the same history.

    Nothing comes again within eight weeks while others are left; then what was asked longest ago does. None
    where everything was asked today already. `past` may be in any order.
    """
    turn = _Turn(pool, proofs, past, today, seed)
    ways = [turn.look_back, turn.ask_about_expectation, turn.ask_by_kind]
    if turn.last and turn.last.kind == "expectation":
        ways = [turn.look_back, turn.ask_by_kind, turn.ask_about_expectation]
    return next(filter(None, (way() for way in ways)), None) or turn.ask_longest_ago()


def seed_of(workspace: str, user: str, today: date) -> str:
    """Differs from person to person and from week to week."""
    year, week, _ = today.isocalendar()
    return f"{workspace}:{user}:{year}-{week}"


class _Turn:
    """One person's turn: their history put in order, and the ways to a question."""

    def __init__(self, pool: Pool, proofs: Proofs, past: Sequence[Asked], today: date, seed: str) -> None:
        self._pool = pool
        self._proofs = proofs
        self._today = today
        self._seed = crc32(seed.encode())
        self._on: dict[str, date] = {}  # by question or expectation: the last day it was asked
        self._frame_on: dict[str, date] = {}
        self._kind_on: dict[Kind, date] = {}
        self._asked_of: Counter[str] = Counter()  # by competency
        self.last: Asked | None = None
        self._last_competency = ""
        for one in sorted(past, key=lambda one: (one.at, one.number)):
            self._recall(one)

    def _recall(self, one: Asked) -> None:
        if one.kind == FOLLOW_UP:
            return
        self.last = one
        self._kind_on[one.kind] = one.on
        if one.kind != "expectation":
            self._on[one.question] = one.on
            return
        self._frame_on[one.question] = one.on
        self._on[one.expectation] = one.on
        self._last_competency = self._pool.competency_of(one.expectation)
        self._asked_of[self._last_competency] += 1

    def look_back(self) -> Chosen | None:
        """At the end of a month or quarter, once."""
        if (self._today + timedelta(weeks=1)).month == self._today.month:
            return None
        every: Every = "quarter" if self._today.month in _QUARTER_ENDS else "month"
        asked = [self._on.get(one.id) for one in self._pool.by_end[every]]
        if any(on and on > self._today - timedelta(weeks=1) for on in asked):
            return None
        return self._pick(self._pool.by_end[every], f"end-of-{every}")

    def ask_about_expectation(self) -> Chosen | None:
        """About the one that wants evidence most, and not the same competency as the last time."""
        fresh = [one for one in self._pool.expectations if self._is_fresh(one.id)]
        found = [one for one in fresh if one.competency != self._last_competency] or fresh
        return self._ask_about(self._most_wanting(found)) if found else None

    def ask_by_kind(self) -> Chosen | None:
        """Of the kind that was not asked for longest."""
        kinds = self._pool.by_kind
        for kind in sorted(kinds, key=lambda kind: (self._kind_on.get(kind, date.min), self._mix(kind))):
            if found := self._pick(kinds[kind], f"turn-of-{kind}"):
                return found
        return None

    def ask_longest_ago(self) -> Chosen | None:
        """All came lately: what did so longest ago, but nothing of today."""
        others = [one for questions in self._pool.by_kind.values() for one in questions]
        every: list[Expectation | WeeklyQuestion] = [*self._pool.expectations, *others]
        earlier = [one for one in every if self._on.get(one.id, date.min) < self._today]
        if not earlier:
            return None
        oldest = min(earlier, key=lambda one: (self._on.get(one.id, date.min), self._mix(one.id)))
        if isinstance(oldest, Expectation):
            return self._ask_about(oldest)
        return Chosen(oldest.id, oldest.kind, reason="longest-ago")

    def _ask_about(self, one: Expectation) -> Chosen:
        """In the frame that was not used for longest: there are more of them than six weeks need."""
        frames = self._pool.frames
        frame = min(frames, key=lambda frame: (self._frame_on.get(frame.id, date.min), self._mix(frame.id)))
        return Chosen(frame.id, "expectation", one.id, f"{_WANTS[self._want(one)[0]]} {one.competency}")

    def _pick(self, questions: Iterable[WeeklyQuestion], reason: str) -> Chosen | None:
        """Of those not asked lately the least recent; among these, what may show most where it is wanted."""
        fresh = [one for one in questions if self._is_fresh(one.id)]
        if not fresh:
            return None
        wanted = self._wanted_families
        best = min(fresh, key=self._rank)
        matched = sorted(wanted.intersection(best.families))
        return Chosen(best.id, best.kind, reason=" ".join([reason, *matched]))

    def _rank(self, one: WeeklyQuestion) -> tuple[date, int, int]:
        matched = self._wanted_families.intersection(one.families)
        return self._on.get(one.id, date.min), -len(matched), self._mix(one.id)

    @cached_property
    def _wanted_families(self) -> frozenset[Family]:
        """What the competency is about that wants evidence most."""
        held = self._pool.expectations
        return self._most_wanting(held).families if held else frozenset()

    def _most_wanting(self, found: Sequence[Expectation]) -> Expectation:
        """Without any evidence first, then old, then of narrow reach; and competencies in turn.

        Whatever nobody ever asked about or confirmed wants it most, and nothing but chance is between these.
        """
        touched = self._touched
        untouched = [one for one in found if one.competency not in touched]
        if untouched:
            return min(untouched, key=lambda one: self._mix(one.id))
        return min(found, key=lambda one: (*self._want(one), self._totals[one.competency], self._mix(one.id)))

    @cached_property
    def _totals(self) -> Counter[str]:
        """How much evidence there is, by competency."""
        totals: Counter[str] = Counter()
        for (competency, _), proof in self._proofs.items():
            totals[competency] += proof.count
        return totals

    @cached_property
    def _touched(self) -> Set[str]:
        return self._asked_of.keys() | self._totals.keys()

    def _want(self, one: Expectation) -> tuple[int, int, date, date]:
        """The less, the sooner: what evidence there is, its competency and itself asked lately, its age."""
        proofs = self._proofs_of(one)
        newest = max((proof.newest for proof in proofs), default=date.min)
        asked_on = self._on.get(one.id, date.min)
        return self._how_good(proofs, newest), self._asked_of[one.competency], asked_on, newest

    def _how_good(self, proofs: Sequence[Proof], newest: date) -> int:
        """Of narrow reach is what reached less far than the level does; not where either is unknown."""
        if not proofs:
            return _NONE
        if (self._today - newest).days > FRESH:
            return _OLD
        widths = [WIDTHS[proof.reach] for proof in proofs if proof.reach]
        is_narrow = self._pool.reach and widths and max(widths) < WIDTHS[self._pool.reach]
        return _NARROW if is_narrow else _SETTLED

    def _proofs_of(self, one: Expectation) -> list[Proof]:
        if one.competency not in self._totals:
            return []
        found = self._proofs
        return [found[one.competency, name] for name in one.names if (one.competency, name) in found]

    def _is_fresh(self, name: str) -> bool:
        on = self._on.get(name)
        return on is None or on < self._today - AGAIN_AFTER

    def _mix(self, name: str) -> int:
        """Chance that is the same each time."""
        return crc32(name.encode(), self._seed)
