"""Which weekly questions there are for a level: what its ladder expects, frames around it, and all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.ladder.marks import Profile, describe
from bot.ladder.model import Family, Ladder, Level, Reach
from bot.nudge.model import Every, Kind, WeeklyQuestion

ANYBODY = Profile(None, None, frozenset())
"""Nothing is known of them: only what suits every band does."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something a level expects, to be asked about; `names` are the ids its evidence may carry."""

    id: str
    competency: str
    names: tuple[str, ...]
    families: frozenset[Family]


@dataclass(frozen=True, slots=True)
class Pool:
    """The questions for one level. `by_kind` holds those of any week, `by_end` those that look back."""

    reach: Reach | None
    expectations: tuple[Expectation, ...]
    frames: tuple[WeeklyQuestion, ...]
    by_kind: Mapping[Kind, tuple[WeeklyQuestion, ...]]
    by_end: Mapping[Every, tuple[WeeklyQuestion, ...]]
    competencies: Mapping[str, str]
    """By the ids of what is expected, old ones too."""

    def competency_of(self, expectation: str) -> str:
        """Empty for one that the level no longer holds."""
        return self.competencies.get(expectation, "")


def pool_of(
    questions: Sequence[WeeklyQuestion], ladder: Ladder | None, level: Level | None, *, is_aim: bool
) -> Pool:
    """`is_aim`: the level lies ahead. Without a level, what can be asked of anybody."""
    profile = describe(ladder, level) if ladder and level else ANYBODY
    suiting = [one for one in questions if _may_ask(one, profile, level, is_aim=is_aim)]
    frames = tuple(one for one in suiting if one.kind == "expectation")
    others = [one for one in suiting if one.kind != "expectation"]
    expected = _expectations_of(ladder, level) if ladder and level and frames else ()
    return Pool(
        profile.reach,
        expected,
        frames,
        {
            kind: tuple(one for one in others if (one.kind, one.every) == (kind, "week"))
            for kind in dict.fromkeys(one.kind for one in others if one.every == "week")
        },
        {every: tuple(one for one in others if one.every == every) for every in ("month", "quarter")},
        {name: one.competency for one in reversed(expected) for name in one.names},
    )


def _may_ask(one: WeeklyQuestion, profile: Profile, level: Level | None, *, is_aim: bool) -> bool:
    if one.names_level and (level is None or (one.speaks_of_aim and not is_aim)):
        return False
    return one.suits(profile)


def _expectations_of(ladder: Ladder, level: Level) -> tuple[Expectation, ...]:
    return tuple(
        Expectation(held.id, one.id, (held.id, *held.was), frozenset(one.families))
        for one in ladder.competencies_of(level.track)
        for held in ladder.expected_at(level, one)
        if held.kind == "expectation"
    )
