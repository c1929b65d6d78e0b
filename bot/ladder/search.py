"""Where words occur on a ladder: by stem, forgiving typos, best first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import snowballstemmer
from rapidfuzz import fuzz, process

from bot.ladder.model import Ladder, Statement

WORD = re.compile(r"\w[\w']*")
TYPO = 82  # rapidfuzz ratio from which an unknown word is read as a known one
SHORTEST_TYPO = 4
MAX_WORDS = 8

# Words that say nothing of what is looked for.
STOP = frozenset(
    re.findall(
        r"\w+", "a an and are as at by do does for from how i in is it my of on or the to what who with"
    )
)

_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement in which the words occur, and how many of them."""

    statement: Statement
    score: float
    words: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hits best first; `stems` are the stems that counted, for showing where."""

    hits: tuple[Hit, ...]
    topics: tuple[str, ...]
    stems: frozenset[str]


class Index:
    """The words of a ladder, stemmed once; `words` has every word with its stem, `places` where it stands.

    It must not hold the ladder itself, or neither would ever be let go after a reload.
    """

    def __init__(self, ladder: Ladder) -> None:
        competencies = ladder.competencies
        self.statements = [
            (statement, stems_of(statement.text), stems_of(competencies[statement.competency].name))
            for statement in ladder.statements()
        ]
        self.places: dict[str, list[int]] = {}
        for place, (_, text, name) in enumerate(self.statements):
            for stem in text | name:
                self.places.setdefault(stem, []).append(place)
        self.topics = {topic.id: stems_of(f"{topic.title} {topic.text}") for topic in ladder.topics.values()}
        texts = [statement.text for statement, _, _ in self.statements]
        texts += [competency.name for competency in competencies.values()]
        texts += [f"{topic.title} {topic.text}" for topic in ladder.topics.values()]
        self.words = {word: _stem(word) for text in texts for word in _words_of(text)}
        self.vocabulary = frozenset(self.words.values())


def search(ladder: Ladder, words: str, track: str | None = None) -> Found:
    """Statements that hold the most of the words: in the text before the competency's name, `track` first.

    A page is longer: it counts only if it holds every word.
    """
    index = _index_of(ladder)
    read = [_read(word, index) for word in _words_of(words)[:MAX_WORDS]]
    stems = frozenset(filter(None, read))
    places = sorted({place for stem in stems for place in index.places.get(stem, ())})
    found = [
        Hit(statement, 2.0 * len(stems & text) + len(stems & name), len(stems & (text | name)))
        for statement, text, name in map(index.statements.__getitem__, places)
    ]
    most = max((hit.words for hit in found), default=0)
    hits = [hit for hit in found if hit.words == most > 0]
    levels = ladder.levels
    hits.sort(
        key=lambda hit: (
            -hit.score,
            levels[hit.statement.level].track != track if track else False,
            levels[hit.statement.level].rank,
        )
    )
    topics = [topic for topic, its_stems in index.topics.items() if read and its_stems.issuperset(read)]
    return Found(tuple(hits), tuple(topics), stems)


def highlight(text: str, stems: frozenset[str]) -> list[tuple[str, bool]]:
    """The text in pieces, with True for the words that were looked for."""
    pieces, end = [], 0
    for match in WORD.finditer(text):
        if _stem(match.group().lower()) in stems:
            pieces += [(text[end : match.start()], False), (match.group(), True)]
            end = match.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def stems_of(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _words_of(text)))


def _words_of(text: str) -> list[str]:
    words = (word.group().lower() for word in WORD.finditer(text))
    return list(dict.fromkeys(word for word in words if word not in STOP))


def _read(word: str, index: Index) -> str | None:
    """The word's stem as the ladder knows it; None for one it does not have, not even with a typo mended."""
    stem = _stem(word)
    if stem in index.vocabulary or len(word) < SHORTEST_TYPO:
        return stem if stem in index.vocabulary else None
    if near := process.extractOne(word, index.words.keys(), scorer=fuzz.ratio, score_cutoff=TYPO):
        return index.words[near[0]]
    near = process.extractOne(stem, index.vocabulary, scorer=fuzz.ratio, score_cutoff=TYPO)
    return near[0] if near else None


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


_indexes: WeakKeyDictionary[Ladder, Index] = WeakKeyDictionary()


def _index_of(ladder: Ladder) -> Index:
    if ladder not in _indexes:
        _indexes[ladder] = Index(ladder)
    return _indexes[ladder]
