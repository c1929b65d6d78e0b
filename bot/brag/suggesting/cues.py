"""Words that tell a topic or stand for each other, so that entry and ladder meet without sharing a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.brag.suggesting.words import Word, read_words

_FOLDER = Path(__file__).parent

SHARED = 0.75  # how quickly a cue of several groups loses: 1 / groups ** SHARED

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """Stems one after another, and what they tell: `topic:…`, or `synonym:…` for words of one meaning."""

    stems: Stems
    tells: str
    strength: float
    """Of words that stand in several groups of this kind each is told less."""


Cues = dict[str, list[Cue]]
"""By first stem."""


def hear(words: Sequence[Word], cues: Cues) -> Iterator[tuple[Cue, Sequence[Word]]]:
    """Every cue in the words, with those it is heard in; one said twice is heard twice."""
    stems = tuple(word.stem for word in words)
    for at, stem in enumerate(stems):
        for cue in cues.get(stem, ()):
            end = at + len(cue.stems)
            if stems[at:end] == cue.stems:
                yield cue, words[at:end]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Of what an entry is about (mentoring, hiring, an incident …), and words that stand for each other."""
    topics: dict[str, str] = yaml.safe_load((_FOLDER / "topics.yaml").read_text(encoding="utf-8"))
    synonyms: list[str] = yaml.safe_load((_FOLDER / "synonyms.yaml").read_text(encoding="utf-8"))
    found: Cues = {}
    _add(found, {f"topic:{name}": listed for name, listed in topics.items()})
    _add(found, {f"synonym:{place}": listed for place, listed in enumerate(synonyms)})
    return found


def _add(found: Cues, groups: dict[str, str]) -> None:
    terms = {name: _stems_of(listed) for name, listed in groups.items()}
    counts = Counter(stems for its_terms in terms.values() for stems in its_terms)
    for name, its_terms in terms.items():
        for stems in its_terms:
            found.setdefault(stems[0], []).append(Cue(stems, name, counts[stems] ** -SHARED))


def _stems_of(listed: str) -> set[Stems]:
    return {tuple(word.stem for word in read_words(term)) for term in listed.split(",") if term.strip()}
