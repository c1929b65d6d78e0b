"""What one person confirmed, as further text of their competencies."""

from __future__ import annotations

from collections.abc import Iterable

from bot.brag.suggesting.corpus import Corpus
from bot.brag.suggesting.features import Features, read_features
from bot.brag.suggesting.index import Index, index_of
from bot.ladder.model import Ladder

WEIGHT = 0.6  # of what was confirmed, beside the ladder's own text
HABIT, HABITS = 0.03, 10  # each confirmed entry makes its competency that much likelier, up to so many


class Confirmed:
    """One person's confirmed entries, read once for one ladder.

    Holds nothing but word stems and competency ids, and belongs to one person alone: keep one for each, and
    make it anew when something is confirmed or changed, or the ladder was read again.
    """

    def __init__(self, index: Index, texts: Iterable[tuple[str, str]]) -> None:
        """Each text with its competency; one that was confirmed for several comes with each of them."""
        by_competency: dict[str, dict[str, None]] = {}
        for text, competency in texts:
            by_competency.setdefault(competency, {})[text] = None
        self._counts = {competency: len(its) for competency, its in by_competency.items()}
        self._corpus = Corpus(
            {
                competency: (index.values_of(read_features(text)) for text in its)
                for competency, its in by_competency.items()
            }
        )

    @classmethod
    def on(cls, ladder: Ladder, texts: Iterable[tuple[str, str]]) -> Confirmed:
        return cls(index_of(ladder), texts)

    def score(self, features: Features) -> dict[str, float]:
        """By competency; those whose entries share nothing are left out."""
        scores = self._corpus.add_up(self._corpus.score(features))
        return {competency: WEIGHT * score for competency, score in scores.items()}

    def worths(self, features: Features, competency: str) -> dict[str, float]:
        """What each feature found in the entries of a competency, where it found any."""
        found = self._corpus.worths(features, competency)
        return {name: WEIGHT * worth for name, worth in found.items()}

    def habit(self, competency: str) -> float:
        return 1 + HABIT * min(HABITS, self._counts.get(competency, 0))
