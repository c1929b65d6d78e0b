"""What an engineer might raise: what wants evidence first, shaped by their level, and nothing again soon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zlib import crc32

from bot.brag.coverage import Coverage, Covered, wanting
from bot.ladder.model import Band, Family
from bot.oneonone.model import Occasion, OneOnOneQuestion

AGAIN_AFTER = timedelta(weeks=8)
AWAY = timedelta(weeks=6)
"""Two who have not met for so long, or two of their times, come back from a leave."""

Source = Literal["list", "ladder"]
Lately = Mapping[str, date]
"""By question or expectation: the last day on which it was asked, weekly questions among it."""

SHAPES: Mapping[Band, Sequence[Source]] = {
    "starting": ("list", "list", "ladder"),  # what is in the way comes first
    "independent": ("list", "ladder", "list"),
    "senior": ("list", "ladder", "list"),  # an observation with an idea
    "staff": ("list", "ladder"),  # one large topic
    "manager": ("list", "ladder", "list"),
    "director": ("list", "ladder"),
}
UNKNOWN: Sequence[Source] = ("list", "list", "ladder")
ALL_LISTED: Sequence[Source] = ("list", "list", "list")
LARGE = frozenset({"staff", "director"})
"""Bands that go on with one topic over several meetings."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question by its id; `expectation` where the ladder itself asks about one. `reason` is for the log."""

    question: str
    expectation: str = ""
    reason: str = ""


def occasion_of(days: Iterable[date], every: int, today: date) -> Occasion:
    """By the days on which the two met or were to meet."""
    last = max((day for day in days if day < today), default=None)
    if last is None:
        return "first"
    return "after-leave" if today - last > max(AWAY, timedelta(weeks=2 * every)) else "usual"


def shape_of(band: Band | None, when: Occasion, *, has_thread: bool) -> Sequence[Source]:
    """Where the questions come from, in order; a large topic that is going on needs no other beside it."""
    if when != "usual":
        return ALL_LISTED
    shape = SHAPES[band] if band else UNKNOWN
    return tuple(one for one in shape if one == "ladder") if band in LARGE and has_thread else shape


def choose(
    shape: Sequence[Source],
    coverage: Coverage | None,
    listed: Sequence[OneOnOneQuestion],
    lately: Lately,
    today: date,
    seed: str,
) -> list[Ask]:
    """The same for the same history. `listed` are those that suit the occasion and the level.

    Nothing comes again within eight weeks while others are left; then what was asked longest ago does.
    """
    turn = _Turn(wanting(coverage) if coverage else [], listed, lately, today, crc32(seed.encode()))
    found = [turn.ask_from(source) for source in shape]
    return [ask for ask in found if ask]


class _Turn:
    """One prep: what is wanted most, and what was picked already."""

    def __init__(
        self,
        wanted: Sequence[Covered],
        listed: Sequence[OneOnOneQuestion],
        lately: Lately,
        today: date,
        seed: int,
    ) -> None:
        self._wanted = wanted
        self._listed = listed
        self._lately = lately
        self._today = today
        self._seed = seed
        self._picked: set[str] = set()
        self._competencies: set[str] = set()

    def ask_from(self, source: Source) -> Ask | None:
        return self._ask_ladder() if source == "ladder" else self._ask_list()

    def _ask_ladder(self) -> Ask | None:
        """About what wants evidence first, another competency each time."""
        left = [one for one in self._wanted if one.competency.id not in self._competencies] or [
            one for one in self._wanted if one.statement.id not in self._picked
        ]
        if not left:
            return None
        fresh = [one for one in left if self._is_fresh(self._asked_on(one))]
        one = fresh[0] if fresh else min(left, key=self._asked_on)
        self._take(one.statement.id, one)
        return Ask(one.statement.id, one.statement.id, f"wanted {one.competency.id}")

    def _ask_list(self) -> Ask | None:
        """The least recent; among these, what is about the competency that wants evidence first."""
        left = [one for one in self._listed if one.id not in self._picked]
        fresh = [one for one in left if self._is_fresh(self._lately.get(one.id, date.min))]
        if not left:
            return None
        wanted = next((one for one in self._wanted if one.competency.id not in self._competencies), None)
        families = frozenset(wanted.competency.families) if wanted else frozenset[Family]()
        best = min(fresh or left, key=lambda one: self._rank(one, families))
        fits = bool(families.intersection(best.families))
        self._take(best.id, wanted if fits else None)
        return Ask(best.id, reason=f"listed {wanted.competency.id}" if wanted and fits else "listed")

    def _rank(self, one: OneOnOneQuestion, families: frozenset[Family]) -> tuple[date, int, int]:
        """What was not asked lately is all alike, so that what it is about decides."""
        on = self._lately.get(one.id, date.min)
        asked_on = date.min if self._is_fresh(on) else on
        return asked_on, -len(families.intersection(one.families)), crc32(one.id.encode(), self._seed)

    def _take(self, name: str, about: Covered | None) -> None:
        self._picked.add(name)
        if about:
            self._competencies.add(about.competency.id)

    def _asked_on(self, one: Covered) -> date:
        names = (one.statement.id, *one.statement.was)
        return max(self._lately.get(name, date.min) for name in names)

    def _is_fresh(self, on: date) -> bool:
        return on < self._today - AGAIN_AFTER
