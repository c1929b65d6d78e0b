"""What one person confirmed, as further text of their competencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from bot.brag.suggesting.features import Features, read_features
from bot.brag.suggesting.index import Index, fade_by_competency, index_of, score
from bot.ladder.model import Ladder

WEIGHT = 0.6  # of what was confirmed, beside the ladder's own text
HABIT, HABITS = 0.03, 10  # each confirmed entry makes its competency that much likelier, up to so many


class Confirmed:
    """One person's confirmed entries, read once for one ladder.

    Holds nothing but word stems and competency ids, and belongs to one person alone: keep one for each, add
    to it as entries are confirmed, and make it anew when one is changed or the ladder was read again.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._owners: list[tuple[str, ...]] = []
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._counts: Counter[str] = Counter()
        self._worths: dict[str, dict[str, float]] = {}

    @classmethod
    def on(cls, ladder: Ladder) -> Confirmed:
        return cls(index_of(ladder))

    def __len__(self) -> int:
        return len(self._owners)

    def add(self, text: str, competencies: Collection[str]) -> None:
        place = len(self._owners)
        self._owners.append(tuple(competencies))
        self._counts.update(set(competencies))
        self._worths.clear()
        for name, value in self._index.values_of(read_features(text)):
            self._postings.setdefault(name, []).append((place, value))

    def score(self, features: Features) -> dict[str, float]:
        """By competency; those whose entries share nothing are left out."""
        scores = score(features, self._postings, len(self))
        return self._weigh(scores.items())

    def worth(self, name: str, competency: str) -> float:
        """What one feature found in the entries of a competency."""
        if name not in self._worths:
            self._worths[name] = self._weigh(self._postings.get(name, ()))
        return self._worths[name].get(competency, 0.0)

    def habit(self, competency: str) -> float:
        return 1 + HABIT * min(HABITS, self._counts[competency])

    def _weigh(self, values: Iterable[tuple[int, float]]) -> dict[str, float]:
        """By competency, of values by entry."""
        owned = ((competency, value) for place, value in values for competency in self._owners[place])
        return {competency: WEIGHT * value for competency, value in fade_by_competency(owned).items()}
