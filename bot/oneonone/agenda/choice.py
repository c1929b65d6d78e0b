"""Which question the other may ask: about what the level expects and little that is shared speaks for yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zlib import crc32

from bot.brag.coverage import FRESH, Coverage, Covered, wanting
from bot.ladder.marks import Profile, describe
from bot.ladder.model import Family
from bot.oneonone.agenda.model import AskLine, Standpoint, Want
from bot.oneonone.model import AskedOf, Occasion, OneOnOneQuestion, questions_for

AGAIN_AFTER = timedelta(weeks=8)
AMONG = 5
"""The expectations that want evidence most take turns, so that one meeting is not like the last."""
UNKNOWN = Profile(None, None, frozenset())


class Choice:
    """One meeting's choice: the same for the same shared facts and the same day."""

    def __init__(
        self,
        questions: Sequence[OneOnOneQuestion],
        coverage: Coverage | None,
        standpoint: Standpoint,
        asked: Sequence[AskedOf],
        day: date,
        seed: str,
        meanings: Mapping[str, str],
    ) -> None:
        self._questions = questions
        self._coverage = coverage
        ladder, goal = standpoint.ladder, standpoint.goal
        self._profile = describe(ladder, goal) if ladder and goal else UNKNOWN
        self._day = day
        self._seed = crc32(seed.encode())
        self._meanings = meanings
        self._last = max(asked, key=lambda one: one.asked_on, default=None)
        self._on: dict[str, date] = {}
        for one in sorted(asked, key=lambda one: one.asked_on):
            self._on[one.question] = one.asked_on
            if ladder and one.expectation and one.ladder == ladder.id:
                self._on[one.expectation] = one.asked_on

    def to_grow_by(self) -> AskLine:
        """A question about the expectation chosen, in the family of its competency."""
        suiting = questions_for(self._questions, "manager", "usual", self._profile)
        about = self._choose_expectation()
        if about is None:
            return AskLine(self._pick(suiting))
        return AskLine(
            self._pick(_about(suiting, about.competency.families)),
            about.competency,
            about.statement,
            self._want(about),
            self._meanings.get(about.statement.id, ""),
        )

    def for_occasion(self, occasion: Occasion, count: int) -> list[AskLine]:
        """Questions for the occasion, those first that were not asked for longest."""
        found = questions_for(self._questions, "manager", occasion, self._profile)
        chosen = sorted(found, key=lambda one: (self._on.get(one.id, date.min), self._mix(one.id)))[:count]
        return [AskLine(one) for one in chosen] or [self.to_grow_by()]

    def _choose_expectation(self) -> Covered | None:
        """One of those that want evidence most, not asked about lately, nor of the last one's competency."""
        if self._coverage is None:
            return None
        ranked = rank_new(self._coverage)
        fresh = [one for one in ranked if self._is_fresh(one.statement.id)] or ranked
        others = [one for one in fresh if not self._was_last(one)] or fresh
        wanted = [one for one in others if not self._coverage.is_settled(one.tally)] or others
        return min(wanted[:AMONG], key=lambda one: self._mix(one.statement.id), default=None)

    def _was_last(self, one: Covered) -> bool:
        """Is it of the competency that was asked about the last time?"""
        if self._last is None or self._coverage is None:
            return False
        held = next(each for each in self._coverage.competencies if each.competency == one.competency)
        return any(each.statement.id == self._last.expectation for each in held.expectations)

    def _want(self, one: Covered) -> Want:
        if not one.tally.entries or self._coverage is None:
            return "none"
        if self._coverage.is_settled(one.tally):
            return "settled"
        return "narrow" if (one.tally.age or 0) <= FRESH else "old"

    def _pick(self, found: Sequence[OneOnOneQuestion]) -> OneOnOneQuestion | None:
        """The one not asked for longest; among those, by chance that is the same each time."""
        return min(found, key=lambda one: (self._recently(one.id), self._mix(one.id)), default=None)

    def _recently(self, name: str) -> date:
        """What was asked long ago is as good as new."""
        return date.min if self._is_fresh(name) else self._on[name]

    def _is_fresh(self, name: str) -> bool:
        on = self._on.get(name)
        return on is None or on <= self._day - AGAIN_AFTER

    def _mix(self, name: str) -> int:
        return crc32(name.encode(), self._seed)


def rank_new(coverage: Coverage) -> list[Covered]:
    """What is new at the level, those first that want evidence most.

    What still holds from an earlier level comes only where nothing is new.
    """
    still = {one.competency.id for one in coverage.competencies if one.still_from}
    ranked = wanting(coverage)
    return [one for one in ranked if one.competency.id not in still] or ranked


def _about(questions: Sequence[OneOnOneQuestion], families: Sequence[Family]) -> list[OneOnOneQuestion]:
    """Those whose first family is the competency's, else those that touch it at all, else all."""
    first = [one for one in questions if one.families[:1] and one.families[0] in families]
    near = [one for one in questions if set(families).intersection(one.families)]
    return first or near or list(questions)
