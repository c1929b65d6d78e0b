"""Which levels of a ladder a reading of a title can mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.ladder.finding.reading import Reading
from bot.ladder.finding.rungs import Rung, Rungs
from bot.ladder.finding.titles import POSITIONS

_STEPS_OF_A_SINGLE_RUNG = 2  # where a ladder has one Senior, "Senior 1" and "Senior 2" are both it
_TWO_STEP_GRADES = frozenset({"staff", "principal", "director"})  # "Staff 2" may be called Senior Staff
_SENIOR = POSITIONS["senior"]


def fit_levels(rungs: Rungs, reading: Reading) -> set[str]:
    """Every level this reading can mean; none for a reading that is not safe."""
    if not reading.is_safe:
        return set()
    if reading.says("+"):
        return _and_above(rungs, fit_levels(rungs, reading.without("+")))
    if reading.number is not None:
        return _fit_number(rungs, reading, reading.number)
    if reading.grade or reading.says("engineer") or reading.words or reading.step is not None:
        return fit_title(rungs, reading)
    if not reading.flags & {"ic", "management"}:
        return set()
    return rungs.among(reading.says("management"), lambda rung: rung.grade != "intern")


def _and_above(rungs: Rungs, levels: set[str]) -> set[str]:
    lowest = {rungs.track_of(level): rungs.levels[level].rank for level in rungs.in_order(levels)[::-1]}
    return {lv.id for lv in rungs.levels.values() if lv.rank >= lowest.get(lv.track, lv.rank + 1)}


def _fit_number(rungs: Rungs, reading: Reading, number: int) -> set[str]:
    hits = rungs.numbers(reading).get(number, set())
    titled = replace(reading, number=None, scheme="")
    if reading.grade:
        graded = fit_title(rungs, titled)
        if hits & graded:
            return hits & graded
        if not reading.scheme:  # "senior engineer, level 2" is a step
            return fit_title(rungs, replace(titled, step=number))
        is_family_word = reading.grade == "manager" and all(map(rungs.is_managing, hits))
        return hits | graded if hits and not is_family_word else hits
    if reading.scheme == "e" or (reading.says("engineer") and not reading.scheme):
        literal = rungs.among(False, lambda rung: not rung.grade and rung.step == number)
        is_numbered = bool(rungs.numbers(reading))  # else nobody here counts so
        return hits | literal or (fit_title(rungs, replace(titled, step=number)) if is_numbered else set())
    return hits


def fit_title(rungs: Rungs, reading: Reading) -> set[str]:
    """By grade and step; a discipline narrows the choice where the ladder tells disciplines apart."""
    fitting = _fit_grade(rungs, reading)
    sharing = [rung for rung in fitting if rung.reading.fields & reading.fields]
    return {rung.level.id for rung in sharing or fitting}


def _fit_grade(rungs: Rungs, reading: Reading) -> Sequence[Rung]:
    if reading.grade in {"", "junior", "mid"}:
        tracks = dict.fromkeys(rung.level.track for rung in rungs.all)
        return [rung for track in tracks for rung in _fit_early(rungs, reading, track)]
    same = rungs.of_grade(reading, reading.grade)
    fitting = _at_step(same, reading.step)
    has_steps = any(rung.step for rung in same)
    if reading.step == _STEPS_OF_A_SINGLE_RUNG and reading.grade in _TWO_STEP_GRADES and not has_steps:
        fitting = [*fitting, *rungs.of_grade(reading, f"senior {reading.grade}")]
    return fitting


def _at_step(rungs: Sequence[Rung], step: int | None) -> list[Rung]:
    if step is None:
        return list(rungs)
    if any(rung.step for rung in rungs):  # beside an Engineer II, plain Engineer is the first
        exact = [rung for rung in rungs if rung.step == step]
        return exact or [rung for rung in rungs if step == 1 and not rung.step]
    return list(rungs) if 1 <= step <= _STEPS_OF_A_SINGLE_RUNG else []


# The rungs below senior, which ladders name in different ways


def _fit_early(rungs: Rungs, reading: Reading, track: str) -> Sequence[Rung]:
    plain, junior, mid, senior = (
        sorted(rungs.of_grade(reading, grade, track), key=lambda rung: rung.level.rank)
        for grade in ("", "junior", "mid", "senior")
    )
    plain = [rung for rung in plain if not rung.managing]
    lowest = {rung.level.id for rung in plain[:1]}
    named = {"junior": junior, "mid": mid}.get(reading.grade)
    if named is not None:
        if named or reading.step is not None or not _goes_on(rungs, track):
            return _at_step(named, reading.step)
        if reading.grade == "junior":
            return plain[:1]
        return (plain if junior else [rung for rung in plain if rung.level.id not in lowest]) or plain
    if reading.step is None:
        return _fit_noun(rungs, reading, plain, [*junior, *mid], track)
    if any(rung.step for rung in plain):
        beyond = senior if reading.says("sde") and reading.step == 3 else []
        return _at_step(plain, reading.step) or beyond
    return _nth([*plain, *junior, *mid], senior, reading.step, plain) if _goes_on(rungs, track) else []


def _goes_on(rungs: Rungs, track: str) -> bool:
    """Whether the track has a senior rung or one above: else nothing says where its plain titles stand."""
    return any(r.level.track == track and not r.managing and (r.position or 0) >= _SENIOR for r in rungs.all)


def _fit_noun(
    rungs: Rungs, reading: Reading, plain: Sequence[Rung], named: Sequence[Rung], track: str
) -> Sequence[Rung]:
    """ "engineer" alone is a rung below senior; with the ladder's own discipline it may be any rung."""
    special = reading.fields - {"software"}
    if special and not special & rungs.fields:
        return []
    if special and not plain:
        whole = rungs.of_track(track)
        return [rung for rung in rungs.all if rung.level.id in whole and not rung.managing]
    fitting = plain or named
    if reading.fields and all(r.reading.fields and not r.reading.fields & reading.fields for r in fitting):
        return []
    return fitting


def _nth(early: Sequence[Rung], senior: Sequence[Rung], step: int, plain: Sequence[Rung]) -> Sequence[Rung]:
    """ "Engineer 3" where the rungs have names instead of numbers: the third from below, senior at most."""
    levels = sorted({(rung.level.rank, rung.level.id) for rung in early})
    counted = [rung for rung in early if levels[step - 1 : step] == [(rung.level.rank, rung.level.id)]]
    beyond = senior if step == len(levels) + 1 else []
    return [*counted, *beyond, *(_at_step(plain, step) if len(plain) == 1 else [])]
