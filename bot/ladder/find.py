"""Finds the level, the two levels or the competency that someone means by what they wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.ladder.finding.lookup import Found, LevelIndex, sides_of
from bot.ladder.finding.titles import POLITE, name_key, normalise_text
from bot.ladder.model import Competency, Ladder

__all__ = ["Found", "find_competency", "find_level", "split_level_and_rest", "split_two_levels"]

_MOST_WORDS = 12
_SHORTEST_PREFIX = 3
_SHORTEST_TYPO = 5
_QUALITY = {"exact": 0, "alias": 0, "fuzzy": 1, "ambiguous": 1}

_Name = tuple[str, tuple[str, ...]]  # a normalised name and the ids of the competencies it stands for


@dataclass(frozen=True, slots=True)
class _Index:
    levels: LevelIndex
    competencies: tuple[_Name, ...]


_indexes: WeakKeyDictionary[Ladder, _Index] = WeakKeyDictionary()


def _index_of(ladder: Ladder) -> _Index:
    """Kept as long as the ladder lives, which it must not hold on to."""
    if ladder not in _indexes:
        _indexes[ladder] = _Index(LevelIndex(ladder), tuple(_names(ladder)))
    return _indexes[ladder]


def find_level(ladder: Ladder, query: str, track: str | None = None) -> Found:
    """`track`, the person's own, decides where the query names none and one fitting level alone is on it."""
    return _index_of(ladder).levels.find(query, track)


def split_level_and_rest(ladder: Ladder, text: str, track: str | None = None) -> tuple[Found, str]:
    """`staff communication`: a level, and words that name a competency or group; else empty words."""
    whole = find_level(ladder, text, track)
    words = text.split()
    if whole.kind == "exact" or len(words) > _MOST_WORDS:
        return whole, ""
    splits = []
    for cut in range(1, len(words)):
        likeness, _ = _like(ladder, " ".join(words[cut:]))
        if likeness is not None and (likeness == _Likeness.SAME or not whole.levels):
            splits.append((likeness, cut))
    for _, cut in sorted(splits):
        found = find_level(ladder, " ".join(words[:cut]), track)
        if found.levels:
            return found, " ".join(words[cut:])
    return whole, ""


def split_two_levels(ladder: Ladder, text: str) -> tuple[str, str] | None:
    """The two levels a text names, as words: `senior vs staff`, `senior staff`, `ic5 to ic6`."""
    index = _index_of(ladder).levels
    plain = normalise_text(text)
    connected = [pair for pair in map(_trim, sides_of(plain)) if all(map(index.is_weighty, pair))]
    if not connected and index.is_one_title(plain):
        return None
    words = plain.replace(",", " ").split()[:_MOST_WORDS]
    parted = (_trim((" ".join(words[:cut]), " ".join(words[cut:]))) for cut in range(1, len(words)))
    candidates = connected or [pair for pair in parted if all(map(index.is_weighty, pair))]
    return _best_pair(index, candidates) or (connected[0] if connected else None)


def _best_pair(index: LevelIndex, pairs: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    found = {pair: [index.find(side, None).kind for side in pair] for pair in pairs}
    scores = {
        pair: sum(_QUALITY[kind] for kind in kinds) for pair, kinds in found.items() if "none" not in kinds
    }
    return min(scores, key=lambda pair: (scores[pair], -len(pair[0])), default=None)


def _trim(sides: tuple[str, str]) -> tuple[str, str]:
    """Without words of politeness at the outer ends."""
    left, right = (side.split() for side in sides)
    while left and left[0] in POLITE:
        left.pop(0)
    while right and right[-1] in POLITE:
        right.pop()
    return " ".join(left), " ".join(right)


class _Likeness(IntEnum):
    SAME = 0
    BEGINNING = 1
    TYPO = 2


def find_competency(ladder: Ladder, words: str, track: str | None = None) -> tuple[Competency, ...]:
    """By name, alias or group, whole, begun or misspelt; those of `track` only, where it is given."""
    _, found = _like(ladder, words)
    return tuple(c for c in found if track is None or track in c.tracks)


def _like(ladder: Ladder, words: str) -> tuple[_Likeness | None, tuple[Competency, ...]]:
    asked = normalise_text(words)
    if not asked:
        return None, ()
    names = _index_of(ladder).competencies
    for likeness, matches in (
        (_Likeness.SAME, (members for name, members in names if name_key(name) == name_key(asked))),
        (_Likeness.BEGINNING, _begun(names, asked)),
        (_Likeness.TYPO, _misspelt(names, asked)),
    ):
        found = next(matches, None)
        if found:
            return likeness, tuple(ladder.competencies[c] for c in found)
    return None, ()


def _names(ladder: Ladder) -> Iterator[_Name]:
    """Names with the competencies they stand for; aliases last."""
    competencies = ladder.competencies.values()
    groups = [group for lens in ladder.lenses for group in lens.groups]
    named = [(name, (c.id,)) for c in competencies for name in (c.name, c.id)]
    yield from _united([*named, *((name, g.competencies) for g in groups for name in (g.name, g.id))])
    aliases = [(alias, (c.id,)) for c in competencies for alias in c.aliases]
    yield from _united([*aliases, *((alias, g.competencies) for g in groups for alias in g.aliases)])


def _united(named: Iterable[_Name]) -> Iterator[_Name]:
    united: dict[str, tuple[str, ...]] = {}
    for name, members in named:
        plain = normalise_text(name)
        united[plain] = tuple(dict.fromkeys((*united.get(plain, ()), *members)))
    yield from united.items()


def _begun(names: Sequence[_Name], asked: str) -> Iterator[tuple[str, ...]]:
    if len(asked) < _SHORTEST_PREFIX:
        return
    for inside in (False, True):  # "comm" begins a name; "quality" begins a word in one
        hits = [
            members for name, members in names if (f" {asked}" in name if inside else name.startswith(asked))
        ]
        if hits:
            yield tuple(dict.fromkeys(c for members in hits for c in members))


def _misspelt(names: Sequence[_Name], asked: str) -> Iterator[tuple[str, ...]]:
    if len(asked) < _SHORTEST_TYPO:
        return
    limit = 2 if len(asked) >= 8 else 1
    best = process.extractOne(asked, [name for name, _ in names], scorer=OSA.distance, score_cutoff=limit)
    if best:
        yield names[best[2]][1]
