"""Coverage: which expectations of a level have evidence, how old it is, how far it reached."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.brag.model import REACHES, Entry, Evidence, Plan, is_wider
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
    entries: Sequence[Entry],
    plans: Mapping[str, Plan],
    today: date,
    period: Period | None = None,
) -> Coverage:
    """Kept entries beside what the level expects; `plans` by expectation.

    Only what its owner confirmed for this ladder is evidence. Entries of other ladders stay out, unharmed.
    """
    counts = _Counts(ladder, level, today)
    for entry in entries:
        if entry.state == "kept" and (period is None or entry.happened_on in period):
            counts.add(entry)
    sections = [
        (group, [_cover_competency(counts, ladder, level, one, plans) for one in members])
        for group, members in ladder.sections_of(level.track)
    ]
    kept = ((group, tuple(filter(_says_something, members))) for group, members in sections)
    found = tuple((group, members) for group, members in kept if members)
    return Coverage(ladder, level, period, found, counts.tally(_LEVEL))


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


def speaking_for(ladder: Ladder, level: Level, entries: Iterable[Entry], expectation: str) -> list[Entry]:
    """Kept entries whose confirmed evidence counts for this expectation of the level."""
    names = _Names.of(ladder, level)

    def is_for(one: Evidence) -> bool:
        found = names.find(one) if one.is_confirmed and one.ladder == ladder.id else None
        return found is not None and found[1] == expectation

    return [entry for entry in entries if entry.state == "kept" and any(map(is_for, entry.evidence))]


def next_suggestion(entries: Iterable[Entry], ladder: Ladder, after: str = "") -> Entry | None:
    """The newest entry that waits for a yes; with the id of one, the next older."""
    waiting = [entry for entry in entries if entry.state == "kept" and is_waiting(entry, ladder)]
    waiting.sort(key=lambda entry: (entry.happened_on, entry.created_at, -entry.position), reverse=True)
    ids = [entry.id for entry in waiting]
    start = ids.index(after) + 1 if after in ids else 0
    return next(iter(waiting[start:]), None)


def is_waiting(entry: Entry, ladder: Ladder) -> bool:
    """Has it suggestions, and did its owner confirm none yet?"""
    mine = [one for one in entry.evidence if one.ladder == ladder.id]
    is_answered = any(one.is_confirmed for one in mine)
    return not is_answered and any(one.competency in ladder.competencies for one in mine)


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

    def __init__(self, ladder: Ladder, level: Level, today: date) -> None:
        self._ladder = ladder
        self._today = today
        self._names = _Names.of(ladder, level)
        self._entries: defaultdict[_Key, list[Entry]] = defaultdict(list)
        self._waiting: Counter[_Key] = Counter()

    def add(self, entry: Entry) -> None:
        own = [one for one in entry.evidence if one.ladder == self._ladder.id]
        confirmed = [one for one in own if one.is_confirmed]
        for key in self._keys(confirmed):
            self._entries[key].append(entry)
        if not confirmed and is_waiting(entry, self._ladder):
            self._waiting.update({_LEVEL, *self._keys(own)})

    def tally(self, key: _Key) -> Tally:
        entries = self._entries.get(key, [])
        newest = max((entry.happened_on for entry in entries), default=None)
        age = max(0, (self._today - newest).days) if newest else None
        reaches = {entry.reach for entry in entries}
        widest = next((reach for reach in reversed(REACHES) if reach in reaches), None)
        return Tally(len(entries), age, widest, self._waiting[key])

    def _keys(self, evidence: list[Evidence]) -> set[_Key]:
        """All that an entry counts for, each once."""
        found = set()
        for one in evidence:
            if key := self._names.find(one):
                found |= {key, (key[0], _ALL), _LEVEL}
        return found


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
