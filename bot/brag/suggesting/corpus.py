"""Texts of competencies, and how much an entry has in common with each of them."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import truediv

from bot.brag.suggesting.features import Features

FADE = 0.7  # the nth best text of a competency counts 1 / n ** FADE
_FADING = [math.pow(n, FADE) for n in range(1, 1_000)]  # from there on nothing counts

Valued = Iterable[tuple[str, float]]
"""The features of a text, each with what it is worth to an entry that has it too."""


class Corpus:
    """Texts by competency, those of one side by side, so that they are a stretch of places.

    In arrays, by feature: a corpus of pairs, one for every person, takes several times the memory, and most
    of the time for a suggestion goes into waiting for that.
    """

    def __init__(self, texts: Mapping[str, Iterable[Valued]]) -> None:
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        self._stretches: dict[str, slice] = {}
        self._size = 0
        for competency, its_texts in texts.items():
            start = self._size
            for valued in its_texts:
                self._put(valued)
            self._stretches[competency] = slice(start, self._size)

    def _put(self, valued: Valued) -> None:
        for name, value in valued:
            if name not in self._postings:
                self._postings[name] = array("I"), array("d")
            places, values = self._postings[name]
            places.append(self._size)
            values.append(value)
        self._size += 1

    def __contains__(self, competency: str) -> bool:
        return competency in self._stretches

    def score(self, features: Features) -> list[float]:
        """By place; zero for texts that share nothing."""
        scores = [0.0] * self._size
        for name, feature in features.items():
            if name in self._postings:
                weight = feature.weight
                for place, value in zip(*self._postings[name], strict=True):
                    scores[place] += weight * value
        return scores

    def add_up(self, scores: Sequence[float]) -> dict[str, float]:
        """What each competency comes to; those that share nothing are left out."""
        totals = ((competency, fade(scores[its])) for competency, its in self._stretches.items())
        return {competency: total for competency, total in totals if total}

    def places_of(self, competency: str) -> range:
        """Where its texts stand."""
        return range(self._size)[self._stretches[competency]]

    def worths(self, names: Iterable[str], competency: str) -> dict[str, float]:
        """What each feature found in the texts of a competency, faded as in its score; where it found any."""
        its, found = self._stretches.get(competency, slice(0, 0)), {}
        for name in names:
            if name in self._postings:
                places, values = self._postings[name]
                start = bisect_left(places, its.start)
                if held := values[start : bisect_left(places, its.stop, start)]:
                    found[name] = fade(held)
        return found


def fade(values: Sequence[float]) -> float:
    """What several come to: the best in full, the others less and less."""
    if len(values) == 1:
        return values[0]
    divided: Iterator[float] = map(truediv, sorted(values, reverse=True), _FADING)
    return sum(divided)
