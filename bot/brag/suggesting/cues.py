"""Words that tell a topic or stand for each other, so that entry and ladder meet without sharing a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.brag.suggesting.words import Word, read_words

_FOLDER = Path(__file__).parent

Stems = tuple[str, ...]


class Cue(NamedTuple):
    """Stems one after another, and the topic or group of synonyms that they tell."""

    stems: Stems
    group: str
    groups: int
    """How many groups of this kind the same words stand in: the more, the less each is told."""


Cues = dict[str, list[Cue]]
"""By first stem."""


class Heard(NamedTuple):
    """A cue in a text, and the words it was heard in."""

    cue: Cue
    words: Sequence[Word]


def hear(words: Sequence[Word], cues: Cues) -> Iterator[Heard]:
    """Every cue in the words; one said twice is heard twice."""
    stems = tuple(word.stem for word in words)
    for at, stem in enumerate(stems):
        for cue in cues.get(stem, ()):
            end = at + len(cue.stems)
            if stems[at:end] == cue.stems:
                yield Heard(cue, words[at:end])


@lru_cache(maxsize=1)
def topics() -> Cues:
    """Cues of what an entry is about: mentoring, hiring, an incident …"""
    return _cues(yaml.safe_load((_FOLDER / "topics.yaml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def synonyms() -> Cues:
    """Words that stand for each other; a group's name is its first word."""
    groups: list[str] = yaml.safe_load((_FOLDER / "synonyms.yaml").read_text(encoding="utf-8"))
    return _cues({group.split(",")[0] + f" {place}": group for place, group in enumerate(groups)})


def _cues(groups: dict[str, str]) -> Cues:
    terms = {name: _stems_of(listed) for name, listed in groups.items()}
    counts = Counter(stems for its_terms in terms.values() for stems in its_terms)
    cues: Cues = {}
    for name, its_terms in terms.items():
        for stems in its_terms:
            cues.setdefault(stems[0], []).append(Cue(stems, name, counts[stems]))
    return cues


def _stems_of(listed: str) -> set[Stems]:
    return {tuple(word.stem for word in read_words(term)) for term in listed.split(",") if term.strip()}
