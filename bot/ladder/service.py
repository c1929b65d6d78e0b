"""What the bot does with a ladder: who is asking, what is new between levels, what to ask oneself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from bot.errors import BotError
from bot.ladder.agreed import AgreedWords
from bot.ladder.model import Competency, Ladder, Level, Statement
from bot.people.model import PersonId, Standing

if TYPE_CHECKING:
    from bot.people.store import PeopleStore  # handed in; the rules themselves need no SQL

LevelField = Literal["current", "target"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who asks, and the ladder they read, which may not be theirs. `lost`: levels no longer on it."""

    person: PersonId
    ladder: Ladder
    current: Level | None = None
    target: Level | None = None
    lost: tuple[str, ...] = ()
    is_theirs: bool = True
    agreed: AgreedWords = field(default_factory=dict, compare=False)
    """What they agreed on with others about these expectations; there only where it is shown."""

    @property
    def track(self) -> str | None:
        """Their own track comes first where a question names none."""
        return self.current.track if self.current else None


@dataclass(frozen=True, slots=True)
class News:
    """What comes in addition for one competency on the way from one level to another."""

    competency: Competency
    before: tuple[Statement, ...]
    new: tuple[Statement, ...]


class NoLadderChosen(BotError):
    """There are several ladders, and the person has not said which is theirs."""


def choose_ladder(standing: Standing | None, ladders: Mapping[str, Ladder], default: str | None) -> Ladder:
    """The person's own ladder, else the default, else the only one. Raises NoLadderChosen."""
    for wanted in (standing.ladder if standing else None, default):
        if wanted and wanted in ladders:
            return ladders[wanted]
    if len(ladders) == 1:
        return next(iter(ladders.values()))
    raise NoLadderChosen("Which ladder is yours?")


def meet(person: PersonId, standing: Standing | None, ladder: Ladder) -> Reader:
    """The reader of this ladder; a standing on another one does not count here."""
    if standing is None or standing.ladder != ladder.id:
        return Reader(person, ladder, is_theirs=standing is None)
    current, target = find_kept(ladder, standing.current), find_kept(ladder, standing.target)
    kept = ((standing.current, current), (standing.target, target))
    return Reader(person, ladder, current, target, tuple(name for name, level in kept if name and not level))


def find_kept(ladder: Ladder, level_id: str | None) -> Level | None:
    """The level of a stored id, also when it was renamed since; None when it is gone."""
    if level_id is None or level_id in ladder.levels:
        return ladder.levels[level_id] if level_id else None
    return next((level for level in ladder.levels.values() if level_id in level.was), None)


def set_levels(
    people: PeopleStore, reader: Reader, changes: Mapping[LevelField, Level | None], now: datetime
) -> Reader:
    """Keep what is given (None clears), leave the rest as it was; the reader as they stand from now on.

    A ladder that was not theirs becomes theirs, with what they had set on it before.
    """
    known = meet(reader.person, people.get_standing_on(reader.person, reader.ladder.id), reader.ladder)
    current, target = changes.get("current", known.current), changes.get("target", known.target)
    standing = Standing(reader.ladder.id, current.id if current else None, target.id if target else None)
    people.set_levels(reader.person, standing, now)
    return Reader(reader.person, reader.ladder, current, target, is_theirs=reader.is_theirs)


def find_news(ladder: Ladder, start: Level | None, goal: Level) -> list[News]:
    """What the levels above `start` up to `goal` add, by competency of the goal's track.

    From another track, or from nowhere, everything up to the goal's level counts as new.
    """
    same_track = start is not None and start.track == goal.track
    floor = start.rank if start and same_track else -1
    way = [lv for lv in ladder.levels_of(goal.track) if floor < lv.rank <= goal.rank]
    news = []
    for competency in ladder.competencies_of(goal.track):
        shared = start is not None and start.track in competency.tracks
        before = ladder.expected_at(start, competency) if start and shared else ()
        new = tuple(s for level in way for s in ladder.cell(level.id, competency.id).statements)
        news.append(News(competency, before, new))
    return news


def find_base(reader: Reader, level: Level) -> Level | None:
    """The level that “new” is measured against: the reader's own when it lies below, else the one before."""
    current = reader.current
    if current and current.track == level.track and current.rank < level.rank:
        return current
    return reader.ladder.below(level)


def count_expectations(news: list[News]) -> int:
    return sum(statement.kind == "expectation" for entry in news for statement in entry.new)
