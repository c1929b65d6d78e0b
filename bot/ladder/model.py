"""A ladder as the program knows it: tracks, levels, competencies and what each level expects of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Literal

from bot.ladder.pages import Choice, Promotions

StatementKind = Literal["expectation", "fact", "bonus"]
LevelStatus = Literal["described", "named"]
Reach = Literal["me", "team", "teams", "organization", "outside"]
"""Who notices: what separates the levels. In this order, narrow to wide."""
Band = Literal["starting", "independent", "senior", "staff", "manager", "director"]
"""What a level is like whatever a ladder calls it, so that questions can be marked for any ladder."""
Family = Literal[
    "craft",
    "judgement",
    "delivery",
    "direction",
    "growing-others",
    "team",
    "collaboration",
    "communication",
    "ownership",
    "learning",
]
"""What a competency is about whatever a ladder calls it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the ideas come from. `url` may be empty; `note` says whose words these are."""

    name: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Track:
    """A line of levels. `branches_from` is the level it opens at, None for one that starts at the bottom."""

    id: str
    name: str
    summary: str
    aliases: tuple[str, ...]
    branches_from: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled thing a source says of a level: typical project, team size, promotion blocker …"""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Level:
    """A rung. `rank` is shared over tracks: equal rank means parallel. A `named` level has no cells."""

    id: str
    title: str
    track: str
    rank: int
    aliases: tuple[str, ...]
    status: LevelStatus
    summary: str
    scope: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    was: tuple[str, ...]
    reach: Reach | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Competency:
    """Something a ladder looks at. `tracks` are those it belongs to; elsewhere its cells are absent."""

    id: str
    name: str
    tracks: tuple[str, ...]
    summary: str
    aliases: tuple[str, ...]
    criteria: tuple[str, ...]
    discipline: str | None
    was: tuple[str, ...]
    families: tuple[Family, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Competencies that belong together under one lens."""

    id: str
    name: str
    aliases: tuple[str, ...]
    criteria: tuple[str, ...]
    competencies: tuple[str, ...]
    families: tuple[Family, ...] = ()


@dataclass(frozen=True, slots=True)
class Lens:
    """One way to group the competencies. The first lens of a ladder orders its cards."""

    id: str
    name: str
    groups: tuple[Group, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One bullet. Only an `expectation` is asked about; a `fact` is shown; a `bonus` is never missing."""

    id: str
    level: str
    competency: str
    kind: StatementKind
    text: str
    ask: str | None
    sample: str | None
    was: tuple[str, ...]


class CellState(Enum):
    """What a source says where a level meets a competency."""

    DESCRIBED = "described"
    EMPTY = "empty"  # the cell is there and says nothing new: what was expected before still is
    UNDEFINED = "undefined"  # the source does not say (yet)
    ABSENT = "absent"  # the competency does not belong to the level's track


@dataclass(frozen=True, slots=True)
class Cell:
    """Level × competency. An empty cell names the level whose statements still hold, where there is one."""

    state: CellState
    statements: tuple[Statement, ...] = ()
    still_from: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Something a person holds that is not a level. `near` are the levels it is usually held at."""

    id: str
    name: str
    aliases: tuple[str, ...]
    summary: str
    duties: tuple[str, ...]
    notes: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A titled thought inside guidance."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a source says about the step between two levels."""

    from_level: str
    to_level: str
    title: str
    summary: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the guide; `text` is Slack mrkdwn. `levels` are those whose cards link to it."""

    id: str
    title: str
    aliases: tuple[str, ...]
    text: str
    levels: tuple[str, ...] = ()
    lenses: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    sides: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word the ladder uses, explained."""

    name: str
    text: str


@dataclass(frozen=True, eq=False)  # told apart as objects, so that indexes can be kept by ladder
class Ladder:
    """One ladder file. Levels stand in the order of the file; `digest` changes whenever the content does."""

    id: str
    name: str
    version: str
    summary: str
    source: Source
    tracks: Mapping[str, Track]
    levels: Mapping[str, Level]
    competencies: Mapping[str, Competency]
    lenses: tuple[Lens, ...]
    cells: Mapping[tuple[str, str], Cell]
    roles: Mapping[str, Role] = field(default_factory=dict)
    guidance: tuple[Guidance, ...] = ()
    topics: Mapping[str, Topic] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    promotions: Promotions = field(default_factory=Promotions)
    digest: str = ""

    def cell(self, level_id: str, competency_id: str) -> Cell:
        return self.cells[level_id, competency_id]

    def levels_of(self, track_id: str) -> tuple[Level, ...]:
        """The levels of a track, lowest first."""
        return tuple(
            sorted((lv for lv in self.levels.values() if lv.track == track_id), key=lambda lv: lv.rank)
        )

    def parallels(self, level: Level) -> tuple[Level, ...]:
        """Levels of equal rank on other tracks."""
        return tuple(lv for lv in self.levels.values() if lv.rank == level.rank and lv.track != level.track)

    def below(self, level: Level) -> Level | None:
        """The level one comes from: the one before on its track, or where the track branches off."""
        before = [lv for lv in self.levels_of(level.track) if lv.rank < level.rank]
        if before:
            return before[-1]
        origin = self.tracks[level.track].branches_from
        return self.levels[origin] if origin else None

    def competencies_of(self, track_id: str) -> tuple[Competency, ...]:
        """The competencies of a track, in the order of the first lens, then of the file."""
        return tuple(c for _, members in self.sections_of(track_id) for c in members)

    def sections_of(self, track_id: str) -> tuple[tuple[Group | None, tuple[Competency, ...]], ...]:
        """The track's competencies by group of the first lens; those in no group come last, with None."""
        found: list[tuple[Group | None, tuple[Competency, ...]]] = []
        seen: set[str] = set()
        for group in self.lenses[0].groups if self.lenses else ():
            members = tuple(
                self.competencies[c] for c in group.competencies if track_id in self.competencies[c].tracks
            )
            seen.update(c.id for c in members)
            if members:
                found.append((group, members))
        rest = tuple(c for c in self.competencies.values() if track_id in c.tracks and c.id not in seen)
        return (*found, (None, rest)) if rest else tuple(found)

    def statements(self) -> Iterator[Statement]:
        """Every statement, level by level."""
        for cell in self.cells.values():
            yield from cell.statements

    def find_statement(self, name: str) -> Statement | None:
        """By its id, today's or an earlier one."""
        return self._statements.get(name)

    @cached_property
    def _statements(self) -> Mapping[str, Statement]:
        found = list(self.statements())
        return {name: one for one in found for name in one.was} | {one.id: one for one in found}

    def expected_at(self, level: Level, competency: Competency) -> tuple[Statement, ...]:
        """What holds at this level: the cell's own statements, or those an empty cell carries on."""
        cell = self.cell(level.id, competency.id)
        if cell.still_from is not None:
            return self.cell(cell.still_from, competency.id).statements
        return cell.statements
