"""Up to three competencies for an entry, each able to say on which words it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from bot.brag.suggesting.confirmed import Confirmed
from bot.brag.suggesting.features import Feature, Features, read_features
from bot.brag.suggesting.index import Index, index_of
from bot.brag.suggesting.worth import fade, score
from bot.ladder.model import Ladder, Level

MOST = 3
FEWEST_WORDS = 2  # “thanks” alone is evidence of nothing
MOST_WORDS = 4  # shown as what a suggestion stands on
LEAST = 0.15  # of the weightiest word; below it a word explains nothing
AIMED_AT = 2.0  # how much more an expectation of the level aimed at counts


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`expectation` is the statement it speaks for best, "" where only the competency's name spoke.

    `confidence` (0–1) is how far it stands ahead of the next; `words` are the entry's own, weightiest first.
    """

    competency: str
    score: float
    confidence: float
    words: tuple[str, ...]
    expectation: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Competencies with evidence, best first; and what each passage of the ladder scored, by its place."""

    scores: dict[str, float]
    passages: Sequence[float]


Worth = Mapping[str, float]
NOTHING: Worth = MappingProxyType({})
Said = tuple[Feature, Worth, Worth]
"""A feature of an entry; what it is worth to each competency by the ladder, and by confirmed entries."""


def suggest(
    ladder: Ladder, text: str, level: Level | None = None, confirmed: Confirmed | None = None
) -> tuple[Suggestion, ...]:
    """None without evidence. With a level, only what belongs to its track, its expectations first.

    `confirmed` are the same person's entries, and nobody else's.
    """
    features = read_features(text)
    if sum(":" not in name for name in features) < FEWEST_WORDS:
        return ()
    index = index_of(ladder)
    ranking = rank(index, features, confirmed)
    fitting = [c for c in ranking.scores if level is None or level.track in ladder.competencies[c].tracks]
    scores = [*(ranking.scores[competency] for competency in fitting), 0.0]
    said = _find_worths(features, index, confirmed)
    return tuple(
        Suggestion(
            competency,
            scores[place],
            (scores[place] - scores[place + 1]) / scores[place],
            _words_for(competency, said),
            _expectation_for(index, ranking, competency, expected_of(ladder, level, competency)),
        )
        for place, competency in enumerate(fitting[:MOST])
    )


def rank(index: Index, features: Features, confirmed: Confirmed | None = None) -> Ranking:
    passages, scores = index.score_passages(features), dict[str, float]()
    for competency, places in index.places.items():
        if found := [value for value in passages[places] if value]:
            scores[competency] = fade(found)
    if confirmed:
        for competency, value in score(features, confirmed.worths).items():
            scores[competency] = scores.get(competency, 0.0) + value
        scores = {competency: value * confirmed.habit(competency) for competency, value in scores.items()}
    return Ranking(dict(sorted(scores.items(), key=lambda scored: -scored[1])), passages)


def _find_worths(features: Features, index: Index, confirmed: Confirmed | None) -> list[Said]:
    by_entries = confirmed.worths if confirmed else {}
    return [
        (feature, index.worths.get(name, NOTHING), by_entries.get(name, NOTHING))
        for name, feature in features.items()
    ]


def expected_of(ladder: Ladder, level: Level | None, competency: str) -> list[str]:
    """Ids of what a level expects of a competency."""
    expected = ladder.expected_at(level, ladder.competencies[competency]) if level else ()
    return [statement.id for statement in expected]


def _expectation_for(index: Index, ranking: Ranking, competency: str, expected: Collection[str]) -> str:
    places = index.places.get(competency, slice(0))
    found = [
        (value * (AIMED_AT if passage.statement in expected else 1), passage.statement)
        for value, passage in zip(ranking.passages[places], index.passages[places], strict=True)
        if value and passage.statement
    ]
    return max(found)[1] if found else ""


def _words_for(competency: str, said: Sequence[Said]) -> tuple[str, ...]:
    worth: dict[str, float] = {}
    for feature, by_ladder, by_entries in said:
        if found := by_ladder.get(competency, 0.0) + by_entries.get(competency, 0.0):
            share = found * feature.weight / len(feature.words)
            for word in dict.fromkeys(feature.words):
                worth[word] = worth.get(word, 0.0) + share
    least = LEAST * max(worth.values(), default=0.0)
    telling = sorted(
        (word for word in worth if worth[word] > least), key=lambda word: (-worth[word], -len(word))
    )
    whole = (w for w in telling if not any(w != other and w in other for other in telling))
    return tuple(islice(whole, MOST_WORDS))
