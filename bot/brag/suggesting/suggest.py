"""Up to three competencies for an entry, each able to say on which words it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.brag.suggesting.confirmed import Confirmed
from bot.brag.suggesting.features import Features, read_features
from bot.brag.suggesting.index import Index, index_of
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


Said = tuple[str, tuple[str, ...], float]
"""A feature, the words it was read from, and what it counts for with each of them."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Competencies with evidence, best first; and what each passage scored, by its place."""

    scores: dict[str, float]
    passages: list[float]


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
    scores = [ranking.scores[competency] for competency in fitting] + [0.0]
    said = [
        (name, tuple(dict.fromkeys(one.words)), one.weight / len(one.words)) for name, one in features.items()
    ]
    return tuple(
        Suggestion(
            competency,
            scores[place],
            (scores[place] - scores[place + 1]) / scores[place],
            _words_for(
                said, index.worths(competency), confirmed.worths(features, competency) if confirmed else {}
            ),
            _expectation_for(competency, ranking, index, expected_of(ladder, level, competency)),
        )
        for place, competency in enumerate(fitting[:MOST])
    )


def rank(index: Index, features: Features, confirmed: Confirmed | None = None) -> Ranking:
    passages = index.corpus.score(features)
    scores = index.corpus.add_up(passages)
    if confirmed:
        for competency, value in confirmed.score(features).items():
            if competency in index.corpus:  # not one that the ladder has no more
                scores[competency] = scores.get(competency, 0.0) + value
        scores = {competency: value * confirmed.habit(competency) for competency, value in scores.items()}
    best_first = sorted(scores, key=lambda competency: -scores[competency])
    return Ranking({competency: scores[competency] for competency in best_first}, passages)


def expected_of(ladder: Ladder, level: Level | None, competency: str) -> list[str]:
    """Ids of what a level expects of a competency."""
    expected = ladder.expected_at(level, ladder.competencies[competency]) if level else ()
    return [statement.id for statement in expected]


def _expectation_for(competency: str, ranking: Ranking, index: Index, expected: Collection[str]) -> str:
    found = [
        (ranking.passages[place] * (AIMED_AT if name in expected else 1), name)
        for place in index.corpus.places_of(competency)
        if ranking.passages[place] and (name := index.statements[place])
    ]
    return max(found)[1] if found else ""


def _words_for(
    said: Iterable[Said], of_ladder: Mapping[str, float], of_entries: Mapping[str, float]
) -> tuple[str, ...]:
    worth: dict[str, float] = {}
    for name, words, weight in said:
        if found := of_ladder.get(name, 0.0) + of_entries.get(name, 0.0):
            for word in words:
                worth[word] = worth.get(word, 0.0) + found * weight
    least = LEAST * max(worth.values(), default=0.0)
    telling = sorted(
        (word for word in worth if worth[word] > least), key=lambda word: (-worth[word], -len(word))
    )
    whole = (w for w in telling if not any(w != other and w in other for other in telling))
    return tuple(islice(whole, MOST_WORDS))
