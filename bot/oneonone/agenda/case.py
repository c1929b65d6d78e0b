"""The promotion case: what shared evidence there is for the next level, and what to look for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.brag.coverage import CompetencyCoverage, Coverage, Covered, cover, find_proofs
from bot.brag.model import REACHES, Record
from bot.ladder.model import Reach
from bot.oneonone.agenda.choice import rank_new
from bot.oneonone.agenda.model import Standpoint
from bot.oneonone.shared import Shared

MOST_NAMED = 2
"""Entries named under one expectation: those that reached furthest, then the newest."""
MOST_NEXT = 3
PER_PAGE = 6  # competencies


@dataclass(frozen=True, slots=True)
class Proof:
    """An expectation, or with None the competency as a whole, with the entries that speak for it."""

    covered: Covered | None
    entries: Sequence[str]
    """Ids, those first that reached furthest, then the newest."""

    @property
    def named(self) -> Sequence[str]:
        return self.entries[:MOST_NAMED]


@dataclass(frozen=True, slots=True)
class Case:
    """`proofs` by competency's id, in the order of the level's card; those without any left out."""

    standpoint: Standpoint
    coverage: Coverage
    proofs: Mapping[str, Sequence[Proof]]

    @property
    def covered(self) -> list[CompetencyCoverage]:
        """Competencies that shared entries speak for."""
        return [one for one in self.coverage.competencies if one.competency.id in self.proofs]

    @property
    def last_page(self) -> int:
        return max(0, (len(self.covered) - 1) // PER_PAGE)

    def on_page(self, page: int) -> list[CompetencyCoverage]:
        """Of the page nearest to this one."""
        page = min(max(page, 0), self.last_page)
        return self.covered[page * PER_PAGE : (page + 1) * PER_PAGE]

    def named_on(self, page: int) -> Collection[str]:
        """Ids of the entries that a page shows in words."""
        shown = [proof for one in self.on_page(page) for proof in self.proofs[one.competency.id]]
        return {name for proof in shown for name in proof.named}

    @property
    def next(self) -> list[Covered]:
        """What to look for in the coming months."""
        wanted = [one for one in rank_new(self.coverage) if not self.coverage.is_settled(one.tally)]
        return wanted[:MOST_NEXT]


def build_case(shared: Shared, standpoint: Standpoint, today: date) -> Case | None:
    """From shared evidence only; None while no level is known, or the ladder does not describe it."""
    ladder, goal = standpoint.ladder, standpoint.goal
    if ladder is None or goal is None:
        return None
    coverage = cover(ladder, goal, shared.counted, {}, today)
    if not coverage.expectations:
        return None
    found = find_proofs(ladder, goal, shared.counted)
    order = {name: place for place, name in enumerate(_rank(shared.counted))}
    proofs = {}
    for one in coverage.competencies:
        said = []
        for covered in (*one.expectations, *one.bonuses, None):
            key = (one.competency.id, covered.statement.id if covered else "")
            if key in found:
                said.append(Proof(covered, sorted(found[key], key=order.__getitem__)))
        if said:
            proofs[one.competency.id] = said
    return Case(standpoint, coverage, proofs)


def _rank(record: Record) -> list[str]:
    """Those that reached furthest first, then the newest."""
    entries = record.entries
    return sorted(entries, key=lambda name: (_width(entries[name][1]), entries[name][0], name), reverse=True)


def _width(reach: Reach | None) -> int:
    return REACHES.index(reach) + 1 if reach else 0
