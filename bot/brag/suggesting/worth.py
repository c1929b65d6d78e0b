"""What a feature of an entry says for each competency: what it is worth in the texts there are of it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import truediv

from bot.brag.suggesting.features import Features

FADE = 0.7  # the nth best text of a competency counts 1 / n ** FADE
_FADING = [math.pow(n, FADE) for n in range(1, 1_000)]  # from there on nothing counts

Valued = Iterable[tuple[str, float]]
"""The features of a text, each with what it is worth to an entry that has it too."""

Worth = Sequence[float]
"""To each competency, by its place in the index."""

Worths = Mapping[str, Worth]
"""By feature."""


def add_up(texts: Sequence[Iterable[Valued]]) -> Worths:
    """The texts of each competency; the one where a feature is worth most counts in full, the others less.

    Arrays, since someone's worths are asked for when those of many others were: numbers on their own would
    have to be fetched from all over the memory.
    """
    held: dict[str, dict[int, list[float]]] = {}
    for place, its_texts in enumerate(texts):
        for valued in its_texts:
            for name, value in valued:
                held.setdefault(name, {}).setdefault(place, []).append(value)
    places = range(len(texts))
    return {name: array("d", (fade(by.get(place, ())) for place in places)) for name, by in held.items()}


def score(features: Features, worths: Worths, competencies: int) -> Sequence[float]:
    """What an entry with these features comes to with each of so many competencies."""
    scores = [0.0] * competencies
    for name, feature in features.items():
        if name in worths:
            weight = feature.weight
            scores = [before + weight * value for before, value in zip(scores, worths[name], strict=True)]
    return scores


def fade(values: Collection[float]) -> float:
    """What several come to: the best in full, the others less and less."""
    divided: Iterator[float] = map(truediv, sorted(values, reverse=True), _FADING)
    return sum(divided)
