"""Makes the agenda of two people from what both may see, the ladder and the day; nothing else comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from bot.brag.coverage import Coverage, cover
from bot.brag.model import Entry, is_wider, width
from bot.ladder.model import Competency, Level, Statement
from bot.ladder.service import find_news
from bot.oneonone.agenda.choice import Choice
from bot.oneonone.agenda.model import (
    Agenda,
    ItemLine,
    Lack,
    Line,
    OpenerLine,
    OutlookLine,
    Part,
    PlateLine,
    PointLine,
    Standpoint,
    WinLine,
)
from bot.oneonone.model import ActionItem, Occasion, OneOnOneQuestion, Series, TalkingPoint
from bot.oneonone.shared import Shared
from bot.rhythm.model import read_zone

RESERVED = 2
"""Lines that much else never takes away: the question, and the plate."""
MOST_ASKED = 3
USUAL_MINUTES = 30
A_LEAVE = timedelta(weeks=5)
"""Not having met for so long is more than a meeting or two that fell out."""
MISSED = 3  # rounds of a rhythm


@dataclass(frozen=True, slots=True)
class Everything:
    """All there is to talk about, each part in the order in which it would stand on the agenda."""

    points: Sequence[PointLine]
    items: Sequence[ItemLine]
    wins: Sequence[WinLine]


def build_agenda(
    shared: Shared,
    standpoint: Standpoint,
    questions: Sequence[OneOnOneQuestion],
    today: date,
    *,
    occasion: Occasion | None = None,
    meanings: Mapping[str, str] | None = None,
) -> Agenda:
    """`occasion` as someone chose it; else it is told from the meetings there were.

    `meanings` are words that these two agreed on, by expectation.
    """
    series, day = shared.series, find_day(shared.series, today)
    told, seed = occasion or find_occasion(shared, day), seed_of(shared, day)
    coverage = _cover(shared, standpoint, today)
    choice = Choice(questions, coverage, standpoint, shared.asked, day, seed, meanings or {})
    limit = most_lines(series.minutes if series else USUAL_MINUTES)
    everything = list_everything(shared, standpoint, today)
    chosen = _share_out(everything, limit - RESERVED)
    return Agenda(
        pair=shared.pair,
        role=shared.relation.role,
        day=day,
        at=series.next_at if series else None,
        zone=series.zone if series else "",
        occasion=told,
        is_chosen=occasion is not None,
        standpoint=standpoint,
        lines=_arrange(chosen, choice, told, limit, shared, standpoint),
        left_out=_count_left_out(everything, chosen),
        is_bare=not (shared.counted.entries or everything.points or everything.items),
        seed=seed,
    )


def list_everything(shared: Shared, standpoint: Standpoint, today: date) -> Everything:
    """The engineer's own points come first; wins that speak for something and reached far, before others."""
    mine = [one for one in shared.points if one.author == shared.pair.engineer]
    theirs = [one for one in shared.points if one.author != shared.pair.engineer]
    met = shared.meetings[0].met_on if shared.meetings else None
    wins = [_describe_win(entry, standpoint) for entry in shared.lately]
    wins.sort(key=lambda win: (win.competency is not None, width(win.entry)), reverse=True)
    return Everything(
        [PointLine(one, _since(one, met)) for one in (*mine, *theirs)],
        [_describe_item(one, shared, today) for one in shared.items],
        wins,
    )


def most_lines(minutes: int) -> int:
    """Few enough to get through."""
    if minutes <= 15:
        return 4
    return 6 if minutes <= 30 else 7


def find_day(series: Series | None, today: date) -> date:
    """The day of the next meeting; without one the Monday of this week, so that the list stays as it is."""
    if series and series.next_at:
        return max(series.next_at.astimezone(read_zone(series.zone)).date(), today)
    return today - timedelta(days=today.weekday())


def find_occasion(shared: Shared, day: date) -> Occasion:
    """Told from shared facts alone: when the two met, and how often they mean to."""
    if not shared.meetings:
        return "first"
    usual = timedelta(weeks=shared.series.rhythm.every if shared.series else 1)
    gap = day - shared.meetings[0].met_on
    return "after-leave" if gap > max(A_LEAVE, MISSED * usual) else "usual"


def seed_of(shared: Shared, day: date) -> str:
    return ":".join((*shared.pair, day.isoformat()))


def _cover(shared: Shared, standpoint: Standpoint, today: date) -> Coverage | None:
    if standpoint.ladder is None or standpoint.goal is None:
        return None
    return cover(standpoint.ladder, standpoint.goal, shared.counted, {}, today)


def _since(point: TalkingPoint, met: date | None) -> date | None:
    """Where it is about more than this meeting."""
    shared_on = point.shared_at.date() if point.shared_at else None
    return shared_on if met and shared_on and shared_on < met else None


def _describe_item(item: ActionItem, shared: Shared, today: date) -> ItemLine:
    met = next((one.met_on for one in shared.meetings if one.id == item.meeting), item.created_at.date())
    return ItemLine(item, met, item.due_on is not None and item.due_on <= today)


def _describe_win(entry: Entry, standpoint: Standpoint) -> WinLine:
    found = _speaks_for(entry, standpoint)
    lacks: list[Lack] = ["outcome"] if entry.result == "open" and entry.kind == "win" else []
    goal = standpoint.goal
    if goal and goal.reach and entry.reach and is_wider(goal.reach, than=entry.reach):
        lacks.append("reach")
    return WinLine(entry, *found, tuple(lacks))


def _speaks_for(entry: Entry, standpoint: Standpoint) -> tuple[Competency | None, Statement | None]:
    """The competency its owner confirmed, of the level spoken of before others, and the expectation named."""
    ladder = standpoint.ladder
    if ladder is None:
        return None, None
    confirmed = [one for one in entry.confirmed(ladder.id) if one.competency in ladder.competencies]
    confirmed.sort(key=lambda one: (_is_of(one.level, standpoint.goal), bool(one.expectation)), reverse=True)
    for one in confirmed[:1]:
        return ladder.competencies[one.competency], ladder.find_statement(one.expectation)
    return None, None


def _is_of(name: str, level: Level | None) -> bool:
    return level is not None and name in (level.id, *level.was)


def _share_out(there: Everything, room: int) -> Everything:
    """Each part gets a line before any gets a second."""
    parts: list[list[Line]] = [[], [], []]
    for each_round in zip_longest(there.points, there.items, there.wins):
        for part, line in zip(parts, each_round, strict=True):
            if line is not None and sum(map(len, parts)) < room:
                part.append(line)
    points, items, wins = map(len, parts)
    return Everything(there.points[:points], there.items[:items], there.wins[:wins])


def _arrange(
    chosen: Everything,
    choice: Choice,
    occasion: Occasion,
    limit: int,
    shared: Shared,
    standpoint: Standpoint,
) -> list[Line]:
    """Where there is little to talk about, the occasion or the ladder has more to offer."""
    given: list[Line] = [*chosen.items, *chosen.wins]
    room = limit - RESERVED - len(chosen.points) - len(given)
    first: list[Line] = list(chosen.points)
    if occasion != "usual":
        asks = choice.for_occasion(occasion, 1 + min(room, MOST_ASKED - 1))
        return [*first, *given, *asks, PlateLine()]
    if room and not any(line.point.author == shared.pair.engineer for line in chosen.points):
        first, room = [OpenerLine(), *first], room - 1
    outlook = _look_ahead(standpoint) if room and not chosen.wins else []
    return [*first, *given, choice.to_grow_by(), *outlook, PlateLine()]


def _look_ahead(standpoint: Standpoint) -> list[Line]:
    """The competency to which the level aimed for adds most."""
    ladder, target = standpoint.ladder, standpoint.target
    if ladder is None or target is None or target == standpoint.current:
        return []
    news = find_news(ladder, standpoint.current, target)
    counts = [(sum(one.kind == "expectation" for one in each.new), each.competency) for each in news]
    most = max(counts, key=lambda pair: pair[0], default=(0, None))
    return [OutlookLine(most[1], most[0])] if most[1] and most[0] else []


def _count_left_out(there: Everything, chosen: Everything) -> dict[Part, int]:
    counts: dict[Part, int] = {
        "points": len(there.points) - len(chosen.points),
        "items": len(there.items) - len(chosen.items),
        "wins": len(there.wins) - len(chosen.wins),
    }
    return {part: count for part, count in counts.items() if count}
