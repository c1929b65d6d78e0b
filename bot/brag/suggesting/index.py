"""How much an entry has in common with each passage of a ladder.

The formula is BM25 as in Robertson and Zaragoza, “The Probabilistic Relevance Framework: BM25 and Beyond”
(Foundations and Trends in Information Retrieval 3, 2009), over words, topics and synonyms alike. A competency
counts its passages sorted down, each for less than the one before.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import truediv
from weakref import WeakKeyDictionary

from bot.brag.suggesting.features import Features, read_features
from bot.ladder.model import Ladder

K1, B = 1.2, 0.75  # BM25's usual saturation and length
FADE = 0.7  # the nth best passage of a competency counts 1 / n ** FADE
_FADING = [math.pow(n, FADE) for n in range(1, 1_000)]  # from there on nothing counts


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that describes a competency; `statement` is the expectation it belongs to, if to one."""

    competency: str
    text: str
    statement: str = ""


class Index:
    """Passages ready to be compared with. It must not hold the ladder, or a reload would never let it go."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.competencies = tuple(dict.fromkeys(passage.competency for passage in passages))
        self.owners = [passage.competency for passage in passages]
        self.statements = [passage.statement for passage in passages]
        features = [read_features(passage.text) for passage in passages]
        self._count = len(passages)
        self._length = sum(map(_length, features)) / max(1, len(features))
        seen = Counter(name for its_features in features for name in its_features)
        self._rarity = {name: self._rarity_of(count) for name, count in seen.items()}
        self._unseen = self._rarity_of(0)
        self._worths: dict[str, dict[str, float]] = {}
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for place, its_features in enumerate(features):
            for name, value in self.values_of(its_features):
                self._postings.setdefault(name, []).append((place, value))

    def values_of(self, features: Features) -> Iterator[tuple[str, float]]:
        """What each feature of a text is worth to an entry that has it too."""
        length = K1 * (1 - B + B * _length(features) / self._length) if self._length else K1
        for name, feature in features.items():
            rarity = self._rarity.get(name, self._unseen)
            yield name, rarity * feature.strength * (K1 + 1) / (feature.strength + length)

    def score(self, features: Features) -> dict[int, float]:
        """By place of the passage; those that share nothing are left out."""
        return score(features, self._postings, self._count)

    def worth(self, name: str, competency: str) -> float:
        """What one feature found in the passages of a competency, faded as in its score."""
        if name not in self._worths:
            found = ((self.owners[place], value) for place, value in self._postings.get(name, ()))
            self._worths[name] = fade_by_competency(found)
        return self._worths[name].get(competency, 0.0)

    def _rarity_of(self, count: int) -> float:
        return math.log(1 + (self._count - count + 0.5) / (count + 0.5))


def score(
    features: Features, postings: Mapping[str, Iterable[tuple[int, float]]], count: int
) -> dict[int, float]:
    """By place, of so many; those that share nothing are left out."""
    scores = [0.0] * count
    for name, feature in features.items():
        weight = feature.weight
        for place, value in postings.get(name, ()):
            scores[place] += weight * value
    return {place: value for place, value in enumerate(scores) if value}


def fade_by_competency(values: Iterable[tuple[str, float]]) -> dict[str, float]:
    """What each competency comes to, of values that belong to one each."""
    by_competency: dict[str, list[float]] = {}
    for competency, value in values:
        by_competency.setdefault(competency, []).append(value)
    return {competency: fade(its) for competency, its in by_competency.items()}


def fade(values: list[float]) -> float:
    divided: Iterator[float] = map(truediv, sorted(values, reverse=True), _FADING)
    return sum(divided)


def _length(features: Features) -> float:
    return sum(feature.strength for feature in features.values())


def passages_of(ladder: Ladder) -> list[Passage]:
    """What a ladder says of its competencies, and the sample entries of their expectations.

    Its questions are left out: what they add are words of asking.
    """
    passages = [
        Passage(competency.id, text)
        for competency in ladder.competencies.values()
        for text in (competency.name, competency.summary, *competency.aliases, *competency.criteria)
        if text
    ]
    for statement in ladder.statements():
        texts = filter(None, (statement.text, statement.sample))
        named = "" if statement.kind == "fact" else statement.id  # a fact is nothing to have evidence for
        passages += [Passage(statement.competency, text, named) for text in texts]
    return passages


_indexes: WeakKeyDictionary[Ladder, Index] = WeakKeyDictionary()


def index_of(ladder: Ladder) -> Index:
    """Made once a ladder, in some tens of milliseconds; a ladder that was read again is another object."""
    if ladder not in _indexes:
        _indexes[ladder] = Index(passages_of(ladder))
    return _indexes[ladder]
