"""Up to three competencies for an entry, each able to say on which words it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.brag.suggesting.confirmed import Confirmed
from bot.brag.suggesting.features import Features, read_features
from bot.brag.suggesting.index import Index, index_of
from bot.brag.suggesting.worth import Worth, fade, score
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


Said = tuple[Sequence[str], float, Worth, Worth]
"""The words of a feature and how much each of them says of it; what it is worth to each competency by the
ladder, and by confirmed entries.
"""


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
    places = list(index.competencies)
    return tuple(
        Suggestion(
            competency,
            scores[n],
            (scores[n] - scores[n + 1]) / scores[n],
            _words_for(places.index(competency), said),
            _expectation_for(index, ranking, competency, expected_of(ladder, level, competency)),
        )
        for n, competency in enumerate(fitting[:MOST])
    )


def rank(index: Index, features: Features, confirmed: Confirmed | None = None) -> Ranking:
    passages, count = index.score_passages(features), len(index.competencies)
    by_entries = score(features, confirmed.worths, count) if confirmed else [0.0] * count
    habits = confirmed.habits if confirmed else [1.0] * count
    by_ladder = (fade(list(filter(None, passages[places]))) for places in index.competencies.values())
    each = zip(index.competencies, by_ladder, by_entries, habits, strict=True)
    scores = {name: (one + other) * habit for name, one, other, habit in each if one or other}
    return Ranking(dict(sorted(scores.items(), key=lambda scored: -scored[1])), passages)


def _find_worths(features: Features, index: Index, confirmed: Confirmed | None) -> list[Said]:
    nothing = [0.0] * len(index.competencies)
    by_entries = confirmed.worths if confirmed else {}
    return [
        (
            tuple(dict.fromkeys(feature.words)),
            feature.weight / len(feature.words),
            index.worths.get(name, nothing),
            by_entries.get(name, nothing),
        )
        for name, feature in features.items()
    ]


def expected_of(ladder: Ladder, level: Level | None, competency: str) -> list[str]:
    """Ids of what a level expects of a competency."""
    expected = ladder.expected_at(level, ladder.competencies[competency]) if level else ()
    return [statement.id for statement in expected]


def _expectation_for(index: Index, ranking: Ranking, competency: str, expected: Collection[str]) -> str:
    places = index.competencies[competency]
    found = [
        (value * (AIMED_AT if passage.statement in expected else 1), passage.statement)
        for value, passage in zip(ranking.passages[places], index.passages[places], strict=True)
        if value and passage.statement
    ]
    return max(found)[1] if found else ""


def _words_for(place: int, said: Sequence[Said]) -> tuple[str, ...]:
    """Those that say most for the competency at this place, weightiest first."""
    worth: dict[str, float] = {}
    for words, share, by_ladder, by_entries in said:
        if found := by_ladder[place] + by_entries[place]:
            for word in words:
                worth[word] = worth.get(word, 0.0) + share * found
    least = LEAST * max(worth.values(), default=0.0)
    telling = [word for word, value in worth.items() if value > least]
    telling.sort(key=lambda word: (-worth[word], -len(word)))
    together = "\0".join(telling)
    whole = (word for word in telling if together.count(word) == 1)  # and is no part of another
    return tuple(islice(whole, MOST_WORDS))
