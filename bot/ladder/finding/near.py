"""Which levels to suggest where a reading of a title fits none."""

from __future__ import annotations

from dataclasses import replace

from bot.ladder.finding.match import fit_levels, fit_title
from bot.ladder.finding.reading import Reading
from bot.ladder.finding.rungs import Rungs
from bot.ladder.finding.titles import LEAD_AMONG_MAKERS, POSITIONS

MOST_SUGGESTIONS = 3
_COUNTS_FROM_ONE_HIGHER = "=amazon"  # its L6 is what most call L5
_LOWEST_USUAL_NUMBER = 2  # on most ladders L3 is junior and L5 senior


def suggest_levels(rungs: Rungs, reading: Reading) -> tuple[str, ...]:
    """At most three; none for another profession."""
    if reading.says("!"):
        return ()
    safe = reading.without("?", "unknown")
    is_shifted = reading.says(_COUNTS_FROM_ONE_HIGHER)
    fitting = () if reading.is_safe or is_shifted else rungs.in_order(fit_levels(rungs, safe))
    return (fitting or _suggest(rungs, safe))[:MOST_SUGGESTIONS]


def _suggest(rungs: Rungs, reading: Reading) -> tuple[str, ...]:
    if reading.number is not None:
        return _by_number(rungs, reading, reading.number)
    if reading.step is not None:
        same_grade = rungs.in_order(fit_title(rungs, replace(reading, step=None)))
        if same_grade:
            return _beyond(rungs, same_grade[-1])
    if reading.grade:
        return _by_grade(rungs, reading)
    plain = replace(reading, fields=frozenset(), words=frozenset(), step=None)
    return rungs.in_order(fit_title(rungs, plain)) if reading.says("engineer") else ()


def _by_number(rungs: Rungs, reading: Reading, number: int) -> tuple[str, ...]:
    is_shifted = reading.says(_COUNTS_FROM_ONE_HIGHER)
    pool = {} if is_shifted else rungs.numbers(reading)
    if pool:
        least = min(abs(number - other) for other in pool)
        near = (levels for other, levels in pool.items() if abs(number - other) == least)
        return rungs.in_order(level for levels in near for level in levels)
    if reading.scheme == "manager":
        return _neighbours(rungs, 2 + number / 2, managing=True)
    position = number - _LOWEST_USUAL_NUMBER - is_shifted
    same = rungs.among(False, lambda rung: rung.position == position)
    return rungs.in_order(same) or _neighbours(rungs, position, managing=False)


def _beyond(rungs: Rungs, level_id: str) -> tuple[str, ...]:
    """The last rung of a grade and the one after it."""
    last = rungs.levels[level_id]
    after = [lv for lv in rungs.levels.values() if lv.track == last.track and lv.rank > last.rank]
    return (last.id, *(lv.id for lv in sorted(after, key=lambda lv: lv.rank)[:1]))


def _by_grade(rungs: Rungs, reading: Reading) -> tuple[str, ...]:
    if reading.grade == "lead":
        return _neighbours(rungs, LEAD_AMONG_MAKERS, managing=False)
    if reading.grade in POSITIONS:
        return _neighbours(rungs, POSITIONS[reading.grade], reading.is_managing)
    bare = reading.grade.removeprefix("senior ").removeprefix("junior ")
    if bare in POSITIONS and not fit_title(rungs, replace(reading, grade=bare)):
        return _neighbours(rungs, POSITIONS[bare], reading.is_managing)
    parts = (fit_title(rungs, replace(reading, grade=part)) for part in reading.grade.split())
    return rungs.in_order(set().union(*parts))


def _neighbours(rungs: Rungs, position: float, managing: bool) -> tuple[str, ...]:
    known = [(r.position, r.level.rank, r.level.id, r.managing) for r in rungs.all if r.position is not None]
    known = [entry for entry in known if entry[3] == managing] or known
    below = max((entry for entry in known if entry[0] <= position), default=None)
    above = min((entry for entry in known if entry[0] > position), default=None)
    return rungs.in_order(entry[2] for entry in (below, above) if entry)
