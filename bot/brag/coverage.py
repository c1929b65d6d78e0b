"""Coverage: which expectations of a level have evidence, how old it is, how far it reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.brag.model import REACHES, Evidence, Plan, Record, is_wider
from bot.brag.period import Period
from bot.ladder.model import Competency, Group, Ladder, Level, Reach, Statement

FRESH = 90  # days; older evidence may stand beside something newer


@dataclass(frozen=True, slots=True)
class Tally:
    """What there is for one thing; `age` is that of the newest in days, `reach` the widest."""

    entries: int = 0
    age: int | None = None
    reach: Reach | None = None
    waiting: int = 0
    """Entries with a suggestion for it that nobody confirmed yet."""


@dataclass(frozen=True, slots=True)
class Covered:
    """An expectation, or a bonus, with what there is for it."""

    statement: Statement
    competency: Competency
    tally: Tally
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class CompetencyCoverage:
    """`whole`: evidence that names the competency and no expectation of this level."""

    competency: Competency
    expectations: tuple[Covered, ...]
    bonuses: tuple[Covered, ...]
    whole: Tally
    total: Tally
    """All of it, each entry once."""
    still_from: Level | None = None
    """The level whose expectations still hold here, where this one adds none."""

    @property
    def covered(self) -> int:
        """How many of its expectations have evidence."""
        return sum(one.tally.entries > 0 for one in self.expectations)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A level of a ladder with someone's evidence for it; `sections` in the order of the level's card."""

    ladder: Ladder
    level: Level
    period: Period | None
    sections: tuple[tuple[Group | None, tuple[CompetencyCoverage, ...]], ...]
    total: Tally
    """Of the whole level, each entry once; its `waiting` are those that `next_suggestion` goes through."""

    @property
    def competencies(self) -> tuple[CompetencyCoverage, ...]:
        return tuple(one for _, members in self.sections for one in members)

    @property
    def expectations(self) -> tuple[Covered, ...]:
        return tuple(each for one in self.competencies for each in one.expectations)

    @property
    def covered(self) -> int:
        return sum(one.covered for one in self.competencies)

    @property
    def as_wide(self) -> int:
        """How many expectations have evidence that reached as far as the level does."""
        return sum(one.tally.reach is not None and not self.is_narrow(one.tally) for one in self.expectations)

    def is_narrow(self, tally: Tally) -> bool:
        """Did it reach less far than the level does? Not where either is unknown."""
        return bool(self.level.reach and tally.reach and is_wider(self.level.reach, than=tally.reach))

    def is_settled(self, tally: Tally) -> bool:
        """Is there evidence, fresh and of the level's reach as far as known?"""
        return tally.age is not None and tally.age <= FRESH and not self.is_narrow(tally)


def cover(
    ladder: Ladder,
    level: Level,
    record: Record,
    plans: Mapping[str, Plan],
    today: date,
    period: Period | None = None,
) -> Coverage:
    """Kept entries, those of the period, beside what the level expects; `plans` by expectation.

    Only what its owner confirmed for this ladder is evidence. Entries of other ladders stay out, unharmed.
    """
    counts = _Counts(ladder, level, record, today)
    sections = [
        (group, [_cover_competency(counts, ladder, level, one, plans) for one in members])
        for group, members in ladder.sections_of(level.track)
    ]
    kept = ((group, tuple(filter(_says_something, members))) for group, members in sections)
    found = tuple((group, members) for group, members in kept if members)
    return Coverage(ladder, level, period, found, counts.tally(_LEVEL))


def find_proofs(ladder: Ladder, level: Level, record: Record) -> dict[tuple[str, str], set[str]]:
    """Entries confirmed as evidence, by competency and expectation of the level.

    The expectation is empty where they speak for the competency as a whole.
    """
    names = _Names.of(ladder, level)
    found: defaultdict[_Key, set[str]] = defaultdict(set)
    for one, ids in record.speaking.items():
        if one.is_confirmed and one.ladder == ladder.id and (key := names.find(one)):
            found[key].update(ids)
    return dict(found)


def wanting(coverage: Coverage) -> list[Covered]:
    """Expectations, those first that want evidence most: without any, then old, then of narrow reach.

    Among equals one of every competency comes before a second of any, little covered competencies first.
    """
    ranked = []
    for place, one in enumerate(coverage.competencies):
        turns: dict[int, int] = {}
        for each in sorted(one.expectations, key=lambda each: -(each.tally.age or 0)):
            want = _want(coverage, each.tally)
            turns[want] = turns.get(want, 0) + 1
            ranked.append(((want, turns[want], one.total.entries, -(each.tally.age or 0), place), each))
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def speaking_for(ladder: Ladder, level: Level, record: Record, expectation: str) -> list[str]:
    """Entries whose confirmed evidence counts for this expectation of the level, newest first."""
    names = _Names.of(ladder, level)
    confirmed = ((one, ids) for one, ids in record.speaking.items() if one.is_confirmed)
    found = {
        name
        for one, ids in confirmed
        if one.ladder == ladder.id and (key := names.find(one)) and key[1] == expectation
        for name in ids
    }
    return [name for name in record.entries if name in found]


def next_suggestion(record: Record, ladder: Ladder, after: str = "") -> str | None:
    """The newest entry that waits for a yes; with the id of one, the next older."""
    found = find_waiting(record, ladder)
    waiting = [name for name in record.entries if name in found]
    start = waiting.index(after) + 1 if after in found else 0
    return next(iter(waiting[start:]), None)


def find_waiting(record: Record, ladder: Ladder) -> set[str]:
    """Entries that have suggestions, and of which their owner confirmed none yet."""
    mine = [(one, names) for one, names in record.speaking.items() if one.ladder == ladder.id]
    suggested = (names for one, names in mine if one.competency in ladder.competencies)
    return set().union(*suggested).difference(*(names for one, names in mine if one.is_confirmed))


_LEVEL = ("", "")
_Key = tuple[str, str]
"""Competency and expectation; the latter empty for the competency as a whole."""
_ALL = "*"


@dataclass(frozen=True, slots=True)
class _Names:
    """Ids as entries may carry them, today's and earlier ones, and what they mean on this level."""

    statements: Mapping[str, _Key]
    competencies: Mapping[str, str]

    @classmethod
    def of(cls, ladder: Ladder, level: Level) -> _Names:
        held = ladder.competencies_of(level.track)
        return cls(
            {
                name: (competency.id, statement.id)
                for competency in held
                for statement in ladder.expected_at(level, competency)
                if statement.kind != "fact"
                for name in (statement.id, *statement.was)
            },
            {name: competency.id for competency in held for name in (competency.id, *competency.was)},
        )

    def find(self, one: Evidence) -> _Key | None:
        """What it is evidence for here; of another level's expectation, the competency as a whole."""
        if one.expectation in self.statements:
            return self.statements[one.expectation]
        competency = self.competencies.get(one.competency)
        return (competency, "") if competency else None


class _Counts:
    """Entries put together by expectation, by competency (as a whole, and all of it) and for the level."""

    def __init__(self, ladder: Ladder, level: Level, record: Record, today: date) -> None:
        self._record = record
        self._today = today
        self._entries: defaultdict[_Key, set[str]] = defaultdict(set)
        self._waiting: defaultdict[_Key, set[str]] = defaultdict(set)
        names, waiting = _Names.of(ladder, level), find_waiting(record, ladder)
        for one, speaking in record.speaking.items():
            key = names.find(one) if one.ladder == ladder.id else None
            for each in (key, (key[0], _ALL), _LEVEL) if key else ():
                if one.is_confirmed:
                    self._entries[each].update(speaking)
                else:
                    self._waiting[each].update(waiting.intersection(speaking))
        self._waiting[_LEVEL] = waiting

    def tally(self, key: _Key) -> Tally:
        found = [self._record.entries[name] for name in self._entries[key]]
        newest = max((day for day, _ in found), default=None)
        age = max(0, (self._today - newest).days) if newest else None
        reaches = {reach for _, reach in found}
        widest = next((reach for reach in reversed(REACHES) if reach in reaches), None)
        return Tally(len(found), age, widest, len(self._waiting[key]))


def _cover_competency(
    counts: _Counts, ladder: Ladder, level: Level, competency: Competency, plans: Mapping[str, Plan]
) -> CompetencyCoverage:
    held = [
        Covered(one, competency, counts.tally((competency.id, one.id)), _find_plan(one, plans))
        for one in ladder.expected_at(level, competency)
    ]
    origin = ladder.cell(level.id, competency.id).still_from
    return CompetencyCoverage(
        competency,
        tuple(one for one in held if one.statement.kind == "expectation"),
        tuple(one for one in held if one.statement.kind == "bonus"),
        counts.tally((competency.id, "")),
        counts.tally((competency.id, _ALL)),
        ladder.levels[origin] if origin else None,
    )


def _says_something(one: CompetencyCoverage) -> bool:
    """Something is expected, or something was done all the same."""
    return bool(one.expectations or one.bonuses or one.total.entries)


def _find_plan(statement: Statement, plans: Mapping[str, Plan]) -> Plan | None:
    return next((plans[name] for name in (statement.id, *statement.was) if name in plans), None)


def _want(coverage: Coverage, tally: Tally) -> int:
    if not tally.entries:
        return 0
    if coverage.is_settled(tally):
        return 3
    return 2 if (tally.age or 0) <= FRESH else 1
