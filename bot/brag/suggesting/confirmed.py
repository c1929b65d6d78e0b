"""What one person confirmed, as further text of their competencies."""

from __future__ import annotations

from collections.abc import Iterable

from bot.brag.suggesting.features import read_features
from bot.brag.suggesting.index import Index, index_of
from bot.brag.suggesting.worth import Valued, add_up
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
        by_competency: dict[str, dict[str, None]] = {competency: {} for competency in index.competencies}
        for text, competency in texts:
            if competency in by_competency:  # not one that the ladder has no more
                by_competency[competency][text] = None
        self.habits = [1 + HABIT * min(HABITS, len(its)) for its in by_competency.values()]
        self.worths = add_up(
            [[_weigh(index.values_of(read_features(text))) for text in its] for its in by_competency.values()]
        )

    @classmethod
    def on(cls, ladder: Ladder, texts: Iterable[tuple[str, str]]) -> Confirmed:
        return cls(index_of(ladder), texts)


def _weigh(valued: Valued) -> Valued:
    return ((name, WEIGHT * value) for name, value in valued)
