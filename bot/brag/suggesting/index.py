"""How much an entry has in common with each passage of a ladder.

The formula is BM25 as in Robertson and Zaragoza, “The Probabilistic Relevance Framework: BM25 and Beyond”
(Foundations and Trends in Information Retrieval 3, 2009), over words, topics and synonyms alike. A competency
counts its passages sorted down, each for less than the one before.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from weakref import WeakKeyDictionary

from bot.brag.suggesting.features import Features, read_features
from bot.brag.suggesting.worth import add_up
from bot.ladder.model import Ladder

K1, B = 1.2, 0.75  # BM25's usual saturation and length


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that describes a competency; `statement` is the expectation it belongs to, if to one."""

    competency: str
    text: str
    statement: str = ""


class Index:
    """Passages ready to be compared with. It must not hold the ladder, or a reload would never let it go."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        passages = sorted(passages, key=attrgetter("competency"))
        features = [read_features(one.text) for one in passages]
        self._length = sum(map(_length, features)) / max(1, len(features))
        counts = Counter(chain.from_iterable(features))
        self._rarity = {name: _rarity_of(count, len(features)) for name, count in counts.items()}
        self._unseen = _rarity_of(0, len(features))
        valued = [list(self.values_of(its)) for its in features]
        self.passages = passages
        self.competencies = _find_places(passages)
        """Where the passages of each stand among all. Its own place, as worths are given, is that in here."""
        self.worths = add_up([valued[places] for places in self.competencies.values()])
        self._worths_of_passages: dict[str, tuple[array[int], array[float]]] = {}
        for place, its_values in enumerate(valued):
            for name, value in its_values:
                places, values = self._worths_of_passages.setdefault(name, (array("I"), array("d")))
                places.append(place)
                values.append(value)

    def score_passages(self, features: Features) -> list[float]:
        """What an entry with these features comes to with each passage, by its place; mostly nothing."""
        scores = [0.0] * len(self.passages)
        for name, feature in features.items():
            if name in self._worths_of_passages:
                weight = feature.weight
                for place, value in zip(*self._worths_of_passages[name], strict=True):
                    scores[place] += weight * value
        return scores

    def values_of(self, features: Features) -> Iterator[tuple[str, float]]:
        """What each feature of a text is worth to an entry that has it too."""
        length = K1 * (1 - B + B * _length(features) / self._length) if self._length else K1
        for name, feature in features.items():
            rarity = self._rarity.get(name, self._unseen)
            yield name, rarity * feature.strength * (K1 + 1) / (feature.strength + length)


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


def _find_places(passages: Sequence[Passage]) -> dict[str, slice]:
    found: dict[str, slice] = {}
    for place, passage in enumerate(passages):
        start = found[passage.competency].start if passage.competency in found else place
        found[passage.competency] = slice(start, place + 1)
    return found


_indexes: WeakKeyDictionary[Ladder, Index] = WeakKeyDictionary()


def index_of(ladder: Ladder) -> Index:
    """Made once a ladder, in some tens of milliseconds; a ladder that was read again is another object."""
    if ladder not in _indexes:
        _indexes[ladder] = Index(passages_of(ladder))
    return _indexes[ladder]


def _length(features: Features) -> float:
    return sum(feature.strength for feature in features.values())


def _rarity_of(count: int, of: int) -> float:
    """What a feature is worth that stands in so many passages."""
    return math.log(1 + (of - count + 0.5) / (count + 0.5))
