"""Top-1, top-3 and mean reciprocal rank of suggestions, from the ladder alone and with confirmed entries."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import mean
from time import perf_counter

from bot.brag.suggesting.confirmed import Confirmed
from bot.brag.suggesting.features import read_features
from bot.brag.suggesting.index import Index
from bot.brag.suggesting.suggest import rank, suggest
from bot.ladder.model import Ladder
from tests.eval.sets import Item, LabelledSet

FEW = 30
NEAR_COPY = 0.75  # of the shorter entry's words; what is almost the same would give the answer away


@dataclass(frozen=True)
class Figures:
    """`gaps` are how far each first suggestion stood ahead of the second, with whether it was right."""

    name: str
    ranks: Sequence[int]  # of the first right competency, from 1; 0 where none was found
    seconds: Sequence[float]
    gaps: Sequence[tuple[float, bool]]

    @property
    def top1(self) -> float:
        return mean(rank == 1 for rank in self.ranks)

    @property
    def top3(self) -> float:
        return mean(1 <= rank <= 3 for rank in self.ranks)

    @property
    def mrr(self) -> float:
        return mean(1 / rank if rank else 0.0 for rank in self.ranks)


def measure(labelled: LabelledSet, split: str, confirmed_each: int) -> Figures:
    """`confirmed_each` is how many other entries of the dev half stand as confirmed for every competency."""
    index = Index(labelled.passages)
    ranks: list[int] = []
    seconds: list[float] = []
    gaps: list[tuple[float, bool]] = []
    for item in labelled.items:
        if item.split != split:
            continue
        confirmed = _confirmed(index, labelled.items, item, confirmed_each) if confirmed_each else None
        start = perf_counter()
        scores = rank(index, read_features(item.text), confirmed).scores
        seconds.append(perf_counter() - start)
        ranks.append(next((n for n, found in enumerate(scores, 1) if found in item.labels), 0))
        first, second, *_ = [*scores.values(), 0.0, 0.0]
        gaps.append(((first - second) / first if first else 0.0, ranks[-1] == 1))
    return Figures(labelled.name, ranks, seconds, gaps)


def pool_small(figures: Sequence[Figures]) -> list[Figures]:
    """Sets with few entries count as one in a mean, or chance would weigh as much as a large set."""
    large = [one for one in figures if len(one.ranks) >= FEW]
    small = [one for one in figures if len(one.ranks) < FEW]
    pooled = Figures(
        "small sets",
        [rank for one in small for rank in one.ranks],
        [second for one in small for second in one.seconds],
        [gap for one in small for gap in one.gaps],
    )
    return [*large, pooled] if small else large


def time_suggestions(ladder: Ladder, texts: Sequence[str], many: int) -> list[float]:
    confirmed = Confirmed.on(ladder, zip(texts[:many], cycle(sorted(ladder.competencies))))
    seconds: list[float] = []
    for text in texts:
        start = perf_counter()
        suggest(ladder, text, confirmed=confirmed)
        seconds.append(perf_counter() - start)
    return seconds


def _confirmed(index: Index, items: Sequence[Item], measured: Item, each: int) -> Confirmed:
    chosen = _chosen(items, measured, each)
    return Confirmed(index, ((item.text, label) for item, labels in chosen for label in labels))


def _chosen(items: Sequence[Item], measured: Item, each: int) -> Iterator[tuple[Item, list[str]]]:
    """Entries of the dev half in a random order that is always the same, until a competency has enough.

    One of every other competency is left out as well, or the right one alone would be an entry short.
    """
    pool = [item for item in items if item.split == "dev" and item is not measured]
    random.Random(measured.text).shuffle(pool)
    complete = {label for item in pool for label in item.labels} - measured.labels
    counts: Counter[str] = Counter()
    for item in pool:
        labels = sorted(label for label in item.labels if counts[label] < each)
        if complete & item.labels:
            complete -= item.labels
        elif labels and not _is_near_copy(item.text, measured.text):
            counts.update(labels)
            yield item, labels


def _is_near_copy(one: str, other: str) -> bool:
    words, others = set(one.lower().split()), set(other.lower().split())
    return len(words & others) >= max(3, NEAR_COPY * min(len(words), len(others)))
