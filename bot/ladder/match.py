"""Compares a reading of what someone wrote with the levels of one ladder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.ladder.model import Ladder, Level
from bot.ladder.reading import Reading, Vocabulary
from bot.ladder.titles import (
    GRADES,
    LEAD_AMONG_MAKERS,
    MANAGING,
    MEANINGS,
    POSITIONS,
    SCHEMES,
    normalise_text,
)

MOST_SUGGESTIONS = 3
_NUMBERED = re.compile(r"([a-z]*) ?(\d+)")
_STEPS_OF_A_SINGLE_RUNG = 2  # where a ladder has one Senior, "Senior 1" and "Senior 2" are both it
_TWO_STEP_GRADES = frozenset({"staff", "principal", "director"})  # "Staff 2" may be called Senior Staff
_SENIOR = POSITIONS["senior"]


@dataclass(frozen=True, slots=True)
class Rung:
    """A level under one of its names. `own_words` tell it from the other levels of its track."""

    level: Level
    reading: Reading
    managing: bool
    own_words: frozenset[str]

    @property
    def position(self) -> float | None:
        return POSITIONS.get(self.reading.grade)


@dataclass(frozen=True, slots=True)
class _Numbered:
    level: str
    managing: bool
    prefix: str
    number: int


class Matcher:
    """The levels of a ladder, ready to be compared with readings."""

    def __init__(self, ladder: Ladder) -> None:
        self._order = {level_id: place for place, level_id in enumerate(ladder.levels)}
        self._levels = dict(ladder.levels)
        ids = {level.id: normalise_text(level.id) for level in ladder.levels.values()}
        titles = {level.id: normalise_text(level.title) for level in ladder.levels.values()}
        names = [normalise_text(name) for name in (ladder.id, ladder.name)]
        self.vocabulary = Vocabulary(list(titles.values()), names, _own_prefixes(ids.values()))
        readings = {level_id: self.read(title)[0] for level_id, title in titles.items()}
        tracks = {
            track.id: self.read(normalise_text(track.name))[0].fields for track in ladder.tracks.values()
        }
        managing = {track: _is_managing(ladder, track, readings) for track in ladder.tracks}
        self._rungs = tuple(
            rung
            for level in ladder.levels.values()
            for rung in self._rungs_of(level, readings, managing[level.track], tracks[level.track])
        )
        self._numbers = tuple(self._numbers_of(ids, managing))
        self.fields = frozenset(
            field for r in (*readings.values(), *(self.read(name)[0] for name in names)) for field in r.fields
        )

    def read(self, text: str) -> tuple[Reading, ...]:
        return self.vocabulary.read(re.findall(r"\w+|\+", text))

    def _rungs_of(
        self, level: Level, readings: dict[str, Reading], in_managing: bool, fields: frozenset[str]
    ) -> Iterable[Rung]:
        siblings = [readings[other.id].words for other in self._levels.values() if other.track == level.track]
        common = frozenset.intersection(*siblings)
        title = readings[level.id]
        managing = in_managing or title.grade.split(" ")[-1] in MANAGING
        yield Rung(level, _with_fields(title, fields), managing, title.words - common)
        for alias in level.aliases:
            read = self.read(normalise_text(alias))
            if len(read) == 1 and read[0].is_safe and read[0].says_something and not read[0].says("+"):
                yield Rung(level, _with_fields(read[0], fields), managing, frozenset())

    def _numbers_of(self, ids: dict[str, str], managing: dict[str, bool]) -> Iterable[_Numbered]:
        for level in self._levels.values():
            schemed = [normalise_text(alias) for alias in level.aliases]
            names = [ids[level.id], *(name for name in schemed if name.split(" ")[0] in SCHEMES)]
            for match in filter(None, map(_NUMBERED.fullmatch, names)):
                if not set(MEANINGS.get(match[1], "").split()) & set(GRADES):
                    yield _Numbered(level.id, managing[level.track], match[1], int(match[2]))
                    break

    def in_order(self, levels: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(levels), key=self._order.__getitem__))

    def track_of(self, level_id: str) -> str:
        return self._levels[level_id].track

    def is_managing(self, level_id: str) -> bool:
        return any(rung.managing for rung in self._rungs if rung.level.id == level_id)

    # What fits

    def fit(self, reading: Reading) -> set[str]:
        """Every level this reading can mean; none for a reading that is not safe."""
        if not reading.is_safe:
            return set()
        if reading.says("+"):
            return self._and_above(self.fit(_without(reading, "+")))
        if reading.number is not None:
            return self._fit_number(reading)
        if not (reading.grade or reading.says("engineer") or reading.words or reading.step is not None):
            return self._whole_track(reading)
        return self._fit_title(reading)

    def _and_above(self, levels: set[str]) -> set[str]:
        lowest = {
            self._levels[level].track: self._levels[level].rank for level in self.in_order(levels)[::-1]
        }
        return {lv.id for lv in self._levels.values() if lv.rank >= lowest.get(lv.track, lv.rank + 1)}

    def _whole_track(self, reading: Reading) -> set[str]:
        if not reading.flags & {"ic", "management"}:
            return set()
        return self._among(reading.says("management"), lambda rung: rung.reading.grade != "intern")

    def levels_of_track(self, track: str) -> set[str]:
        """All of a track that one grows through: an internship comes before it."""
        return {r.level.id for r in self._rungs if r.level.track == track and r.reading.grade != "intern"}

    def _among(self, managing: bool, wanted: Callable[[Rung], bool]) -> set[str]:
        return {rung.level.id for rung in self._rungs if rung.managing == managing and wanted(rung)}

    def _pool(self, reading: Reading) -> dict[int, set[str]]:
        pool: dict[int, set[str]] = {}
        for numbered in self._numbers:
            if _is_meant(numbered, reading):
                pool.setdefault(numbered.number, set()).add(numbered.level)
        return pool

    def _fit_number(self, reading: Reading) -> set[str]:
        number = reading.number
        hits = self._pool(reading).get(number or 0, set())
        titled = replace(reading, number=None, scheme="")
        if reading.grade:
            graded = self.fit(titled)
            if hits & graded or reading.scheme:
                return hits & graded or (hits and hits | graded)
            return self._fit_title(replace(titled, step=number))
        if reading.scheme == "e" or (reading.says("engineer") and not reading.scheme):
            literal = self._among(False, lambda r: not r.reading.grade and r.reading.step == number)
            return hits | literal or self._fit_title(replace(titled, step=number))
        return hits

    def _fit_title(self, reading: Reading) -> set[str]:
        rungs = self._by_grade(reading)
        sharing = [rung for rung in rungs if rung.reading.fields & reading.fields]
        return {rung.level.id for rung in sharing or rungs}

    def _by_grade(self, reading: Reading) -> Sequence[Rung]:
        if reading.grade in {"", "junior", "mid"}:
            tracks = dict.fromkeys(rung.level.track for rung in self._rungs)
            return [rung for track in tracks for rung in self._early(reading, track)]
        rungs = self._of_grade(reading, reading.grade)
        fitting = _at_step(rungs, reading.step)
        if reading.step == _STEPS_OF_A_SINGLE_RUNG and reading.grade in _TWO_STEP_GRADES:
            if not any(rung.reading.step for rung in rungs):
                fitting = [*fitting, *self._of_grade(reading, f"senior {reading.grade}")]
        return fitting

    def _of_grade(self, reading: Reading, grade: str, track: str | None = None) -> list[Rung]:
        return [
            rung
            for rung in self._rungs
            if rung.reading.grade == grade
            and rung.own_words <= reading.words <= rung.reading.words
            and track in {None, rung.level.track}
            and (rung.reading.says_something or rung.reading.fields)
        ]

    # The rungs below senior, which ladders name in different ways

    def _early(self, reading: Reading, track: str) -> Sequence[Rung]:
        plain, junior, mid, senior = (
            sorted(self._of_grade(reading, grade, track), key=lambda rung: rung.level.rank)
            for grade in ("", "junior", "mid", "senior")
        )
        plain = [rung for rung in plain if not rung.managing]
        goes_on = any(
            (rung.position or 0) >= _SENIOR and rung.level.track == track and not rung.managing
            for rung in self._rungs
        )
        if reading.grade == "junior":
            return _at_step(junior, reading.step) or (plain[:1] if goes_on and reading.step is None else [])
        if reading.grade == "mid":
            unnamed = (plain if junior else plain[1:] or plain) if goes_on and reading.step is None else []
            return _at_step(mid, reading.step) or unnamed
        if reading.step is None:
            return self._without_grade(reading, plain, [*junior, *mid], track)
        if any(rung.reading.step for rung in plain):
            beyond = senior if reading.says("sde") and reading.step == 3 else []
            return _at_step(plain, reading.step) or beyond
        return _nth([*plain, *junior, *mid], senior, reading.step, plain) if goes_on else []

    def _without_grade(
        self, reading: Reading, plain: Sequence[Rung], named: Sequence[Rung], track: str
    ) -> Sequence[Rung]:
        rungs = plain or named
        special = reading.fields - {"software"}
        if special and not special & self.fields:
            return []
        if special and not plain:
            return [
                r
                for r in self._rungs
                if r.level.track == track and not r.managing and r.reading.grade != "intern"
            ]
        if reading.fields and all(r.reading.fields and not r.reading.fields & reading.fields for r in rungs):
            return []
        return rungs

    # What is near

    def near(self, reading: Reading) -> tuple[str, ...]:
        """The levels next to what fits none; nothing for another profession."""
        if reading.says("!"):
            return ()
        safe = _without(reading, "?", "unknown")
        fitting = self.fit(safe) if not reading.is_safe and not reading.says("=amazon") else set()
        return (self.in_order(fitting) or self._near_safe(safe))[:MOST_SUGGESTIONS]

    def _near_safe(self, reading: Reading) -> tuple[str, ...]:
        if reading.number is not None:
            return self._near_number(reading, reading.number)
        if reading.step is not None and not reading.grade:
            return self._beyond(_without_step(reading))
        if reading.step is not None and self.fit(_without_step(reading)):
            return self._beyond(_without_step(reading))
        if not reading.grade:
            plain = replace(reading, fields=frozenset(), words=frozenset())
            return self.in_order(self._fit_title(plain)) if reading.says("engineer") else ()
        managing = reading.grade.split(" ")[-1] in MANAGING
        if reading.grade == "lead":
            return self._neighbours(LEAD_AMONG_MAKERS, managing)
        if reading.grade in POSITIONS:
            return self._neighbours(POSITIONS[reading.grade], managing)
        parts = (self._fit_title(replace(reading, grade=part)) for part in reading.grade.split())
        return self.in_order(set().union(*parts))

    def _near_number(self, reading: Reading, number: int) -> tuple[str, ...]:
        pool = {} if reading.says("=amazon") else self._pool(reading)
        if pool:
            least = min(abs(number - other) for other in pool)
            return self.in_order(
                level for n, levels in pool.items() if abs(number - n) == least for level in levels
            )
        if reading.scheme == "manager":
            return self._neighbours(2 + number / 2, managing=True)
        # On most ladders L3 is junior and L5 senior; one company counts from one higher.
        position = number - (3 if reading.says("=amazon") else 2)
        same = self._among(False, lambda rung: rung.position == position)
        return self.in_order(same) or self._neighbours(position, managing=False)

    def _beyond(self, reading: Reading) -> tuple[str, ...]:
        """The last rung of this grade and the one after it."""
        same = self.in_order(self._fit_title(reading))[-1:]
        ranks = {self._levels[level].track: self._levels[level].rank for level in same}
        after = [lv for lv in self._levels.values() if lv.rank > ranks.get(lv.track, 100)]
        return (*same, *(lv.id for lv in sorted(after, key=lambda lv: lv.rank)[:1]))

    def _neighbours(self, position: float, managing: bool) -> tuple[str, ...]:
        known = [
            (r.position, r.level.rank, r.level.id)
            for r in self._rungs
            if r.managing == managing and r.position is not None
        ]
        if not known:
            known = [(r.position, r.level.rank, r.level.id) for r in self._rungs if r.position is not None]
        below = max((entry for entry in known if entry[0] <= position), default=None)
        above = min((entry for entry in known if entry[0] > position), default=None)
        return self.in_order(entry[2] for entry in (below, above) if entry)


def _own_prefixes(ids: Iterable[str]) -> frozenset[str]:
    """Letters this ladder puts before its numbers, unless they are a word that means something by itself."""
    matches = filter(None, map(_NUMBERED.fullmatch, ids))
    return frozenset(m[1] for m in matches if m[1] and (m[1] in SCHEMES or m[1] not in MEANINGS))


def _is_managing(ladder: Ladder, track: str, readings: dict[str, Reading]) -> bool:
    grades = [readings[level.id].grade.split(" ")[-1] for level in ladder.levels_of(track)]
    return sum(grade in MANAGING for grade in grades) * 2 > len(grades)


def _is_meant(numbered: _Numbered, reading: Reading) -> bool:
    if reading.scheme.startswith("="):
        return numbered.prefix == reading.scheme[1:]
    if reading.scheme:
        return numbered.managing == (reading.scheme == "manager")
    if reading.grade.split(" ")[-1] in MANAGING or reading.says("management"):
        return numbered.managing
    return not (numbered.managing and (reading.grade or reading.flags & {"engineer", "ic"}))


def _at_step(rungs: Sequence[Rung], step: int | None) -> list[Rung]:
    if step is None:
        return list(rungs)
    exact = [rung for rung in rungs if rung.reading.step == step]
    if exact or any(rung.reading.step for rung in rungs):
        return exact
    return list(rungs) if 1 <= step <= _STEPS_OF_A_SINGLE_RUNG else []


def _nth(early: Sequence[Rung], senior: Sequence[Rung], step: int, plain: Sequence[Rung]) -> Sequence[Rung]:
    """ "Engineer 3" where the rungs have names instead of numbers: the third from below, senior at most."""
    levels = sorted({(rung.level.rank, rung.level.id) for rung in early})
    counted = [rung for rung in early if levels[step - 1 : step] == [(rung.level.rank, rung.level.id)]]
    beyond = senior if step == len(levels) + 1 else []
    return [*counted, *beyond, *(_at_step(plain, step) if len(plain) == 1 else [])]


def _with_fields(reading: Reading, fields: frozenset[str]) -> Reading:
    return replace(reading, fields=reading.fields | fields)


def _without(reading: Reading, *flags: str) -> Reading:
    return replace(reading, flags=reading.flags - set(flags))


def _without_step(reading: Reading) -> Reading:
    return replace(reading, step=None)
