"""Finds what someone means by a name among pages and lenses: word for word, or nearly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

LIKELY = 75  # rapidfuzz score from which a name counts as meant
LONGEST = 100  # characters; no name is longer, and the rest would only cost time

Named = TypeVar("Named")


def find_named(asked: str, things: Iterable[tuple[Named, Sequence[str]]]) -> list[Named]:
    """Those of that very name, else those that come nearest; `things` come with names in small letters."""
    wanted, known = asked.strip().lower(), list(things)
    if same := [thing for thing, names in known if wanted in names]:
        return same
    scores = [_likeness(wanted[:LONGEST], names) for _, names in known]
    most = max(scores, default=0)
    return [thing for (thing, _), score in zip(known, scores, strict=True) if score == most >= LIKELY]


def _likeness(wanted: str, names: Sequence[str]) -> float:
    """Words in any order, and single names with a typo."""
    together = fuzz.token_set_ratio(wanted, " ".join(names))
    return max(together, *(fuzz.ratio(wanted, name) for name in names))
