"""Marks that say whom a question suits in general words, held against a level of any ladder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar, get_args

from bot.ladder.model import Band, Family, Ladder, Level, Reach

WIDTHS: dict[Reach, int] = {reach: width for width, reach in enumerate(get_args(Reach))}


@dataclass(frozen=True, slots=True)
class Profile:
    """A level in general words. None, and no families: its ladder does not say."""

    band: Band | None
    reach: Reach | None
    families: frozenset[Family]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Something marked for whom it suits; a mark that is left out suits all."""

    bands: tuple[Band, ...] = ()
    families: tuple[Family, ...] = ()
    reach: tuple[Reach, ...] = ()

    def suits(self, profile: Profile) -> bool:
        """Is it for this band, about something its track looks at, and within its reach?

        Of a level without a band nothing is known that could be guessed: only what suits every band suits it.
        """
        if self.bands and profile.band not in self.bands:
            return False
        if self.families and profile.families and profile.families.isdisjoint(self.families):
            return False
        return not self.reach or not profile.reach or _narrowest(self.reach) <= WIDTHS[profile.reach]


AnyMarked = TypeVar("AnyMarked", bound=Marked)


def describe(ladder: Ladder, level: Level) -> Profile:
    """The level in general words; the families are those of all competencies of its track."""
    competencies = ladder.competencies_of(level.track)
    return Profile(level.band, level.reach, frozenset(f for c in competencies for f in c.families))


def suiting(marked: Iterable[AnyMarked], profile: Profile | None) -> list[AnyMarked]:
    """Those that suit the level; without a level, all."""
    return [one for one in marked if profile is None or one.suits(profile)]


def _narrowest(reach: Iterable[Reach]) -> int:
    return min(WIDTHS[r] for r in reach)
