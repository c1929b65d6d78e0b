"""The levels of one ladder as readings of their titles and aliases, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.ladder.finding.reading import Reading, Vocabulary
from bot.ladder.finding.titles import GRADES, MEANINGS, POSITIONS, SCHEMES, normalise_text
from bot.ladder.model import Ladder, Level

_NUMBERED = re.compile(r"([a-z]*) ?(\d+)")


@dataclass(frozen=True, slots=True)
class Rung:
    """A level under one of its names. `own_words` tell it from the other levels of its track."""

    level: Level
    reading: Reading
    managing: bool
    own_words: frozenset[str]

    @property
    def grade(self) -> str:
        return self.reading.grade

    @property
    def step(self) -> int | None:
        return self.reading.step

    @property
    def position(self) -> float | None:
        return POSITIONS.get(self.grade)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A level whose id (or an alias such as `L5`) is letters and a number."""

    level: str
    managing: bool
    prefix: str
    number: int


class Rungs:
    """Every rung of a ladder; `fields` are the disciplines that the ladder itself is about."""

    def __init__(self, ladder: Ladder) -> None:
        self.levels = dict(ladder.levels)
        self._order = {level_id: place for place, level_id in enumerate(ladder.levels)}
        ids = {level.id: normalise_text(level.id) for level in ladder.levels.values()}
        titles = {level.id: normalise_text(level.title) for level in ladder.levels.values()}
        names = [normalise_text(name) for name in (ladder.id, ladder.name)]
        self.vocabulary = Vocabulary(list(titles.values()), names, _own_prefixes(ids.values()))
        self._readings = {level_id: self.read(title)[0] for level_id, title in titles.items()}
        self._track_fields = {
            track.id: self.read(normalise_text(track.name))[0].fields for track in ladder.tracks.values()
        }
        self._managing = {track: self._is_managing_track(ladder, track) for track in ladder.tracks}
        self.all = tuple(rung for level in self.levels.values() for rung in self._rungs_of(level))
        self.numbered = tuple(self._numbered(ids))
        of_ladder = [self.read(name)[0] for name in names]
        self.fields = frozenset(f for r in (*self._readings.values(), *of_ladder) for f in r.fields)

    def read(self, text: str) -> tuple[Reading, ...]:
        return self.vocabulary.read(re.findall(r"\w+|\+", text))

    def _is_managing_track(self, ladder: Ladder, track: str) -> bool:
        levels = ladder.levels_of(track)
        return sum(self._readings[level.id].is_managing for level in levels) * 2 > len(levels)

    def _rungs_of(self, level: Level) -> Iterator[Rung]:
        siblings = [self._readings[lv.id].words for lv in self.levels.values() if lv.track == level.track]
        title = self._readings[level.id]
        managing = self._managing[level.track] or title.is_managing
        own_words = title.words - frozenset.intersection(*siblings)
        yield Rung(level, self._in_track(title, level), managing, own_words)
        for alias in level.aliases:
            read = self.read(normalise_text(alias))
            if len(read) == 1 and read[0].is_title:
                yield Rung(level, self._in_track(read[0], level), managing, frozenset())

    def _in_track(self, reading: Reading, level: Level) -> Reading:
        return replace(reading, fields=reading.fields | self._track_fields[level.track])

    def _numbered(self, ids: dict[str, str]) -> Iterator[Numbered]:
        for level in self.levels.values():
            aliases = (normalise_text(alias) for alias in level.aliases)
            names = [ids[level.id], *(name for name in aliases if name.split(" ")[0] in SCHEMES)]
            for match in filter(None, map(_NUMBERED.fullmatch, names)):
                if not set(MEANINGS.get(match[1], "").split()) & set(GRADES):  # `senior-2` is a step
                    yield Numbered(level.id, self._managing[level.track], match[1], int(match[2]))
                    break

    def in_order(self, levels: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(levels), key=self._order.__getitem__))

    def track_of(self, level_id: str) -> str:
        return self.levels[level_id].track

    def is_managing(self, level_id: str) -> bool:
        return any(rung.managing for rung in self.all if rung.level.id == level_id)

    def among(self, managing: bool, wanted: Callable[[Rung], bool]) -> set[str]:
        return {rung.level.id for rung in self.all if rung.managing == managing and wanted(rung)}

    def of_track(self, track: str) -> set[str]:
        """All of a track that one grows through: an internship comes before it."""
        return {r.level.id for r in self.all if r.level.track == track and r.grade != "intern"}

    def of_grade(self, reading: Reading, grade: str, track: str | None = None) -> list[Rung]:
        """The rungs of a grade that the ladder's own words in the reading allow."""
        return [
            rung
            for rung in self.all
            if rung.grade == grade
            and rung.own_words <= reading.words <= rung.reading.words
            and track in {None, rung.level.track}
            and (rung.reading.says_something or rung.reading.fields)
        ]

    def numbers(self, reading: Reading) -> dict[int, set[str]]:
        """The levels by number, on the scheme that the reading names or implies."""
        pool: dict[int, set[str]] = {}
        for numbered in self.numbered:
            if _is_meant(numbered, reading):
                pool.setdefault(numbered.number, set()).add(numbered.level)
        return pool


def _own_prefixes(ids: Iterable[str]) -> frozenset[str]:
    """Letters this ladder puts before its numbers, unless they are a word that means something by itself."""
    matches = filter(None, map(_NUMBERED.fullmatch, ids))
    return frozenset(m[1] for m in matches if m[1] and (m[1] in SCHEMES or m[1] not in MEANINGS))


def _is_meant(numbered: Numbered, reading: Reading) -> bool:
    if reading.scheme.startswith("="):
        return numbered.prefix == reading.scheme[1:]
    if reading.scheme:
        return numbered.managing == (reading.scheme == "manager")
    if reading.is_managing or reading.says("management"):
        return numbered.managing
    return not (numbered.managing and (reading.grade in GRADES or reading.flags & {"engineer", "ic"}))
