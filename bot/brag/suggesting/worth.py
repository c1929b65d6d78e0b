"""What a feature of an entry says for a competency: what it is worth in the texts there are of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from operator import truediv
from typing import TypeVar

from bot.brag.suggesting.features import Features

FADE = 0.7  # the nth best text of a competency counts 1 / n ** FADE
_FADING = [math.pow(n, FADE) for n in range(1, 1_000)]  # from there on nothing counts

Valued = Iterable[tuple[str, float]]
"""The features of a text, each with what it is worth to an entry that has it too."""

Of = TypeVar("Of", bound=Hashable)
"""What texts describe: a competency, or a passage of a ladder by its place."""

Worths = Mapping[str, Mapping[Of, float]]
"""By feature, and then by what has that feature in its texts."""


def add_up(texts: Mapping[Of, Iterable[Valued]]) -> Worths[Of]:
    """The text where a feature is worth most counts in full, the others less and less."""
    held: dict[str, dict[Of, list[float]]] = {}
    for of, its_texts in texts.items():
        for valued in its_texts:
            for name, value in valued:
                held.setdefault(name, {}).setdefault(of, []).append(value)
    return {name: {of: fade(values) for of, values in by.items()} for name, by in held.items()}


def score(features: Features, worths: Worths[Of]) -> Mapping[Of, float]:
    """What an entry with these features comes to. Whatever shares nothing is left out."""
    scores: defaultdict[Of, float] = defaultdict(float)
    for name, feature in features.items():
        if name in worths:
            weight = feature.weight
            for of, value in worths[name].items():
                scores[of] += weight * value
    return scores


def fade(values: Collection[float]) -> float:
    """What several come to: the best in full, the others less and less."""
    divided: Iterator[float] = map(truediv, sorted(values, reverse=True), _FADING)
    return sum(divided)
