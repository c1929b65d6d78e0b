"""Everything that both of a pair may know: what an agenda, a history and a promotion case are made from.

There is one way to read it, and it never reads anything private; so nothing made from it can give anything
away, be it by words, a count, an order or the choice of a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.brag.model import Entry, Record
from bot.oneonone.model import ActionItem, AskedOf, Meeting, Pair, Series, TalkingPoint
from bot.oneonone.store import OneOnOneStore
from bot.people.model import Standing
from bot.people.relations import Relation

REMEMBERED = timedelta(weeks=26)
"""How far back a choice looks for what was asked before."""
MOST_LATELY = 20
FIRST_TIME = timedelta(weeks=6)
"""What counts as lately for two who have not met yet."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What an active relation lets both see, at one moment.

    `counted` are all shared entries, without words; `lately` those shared since the last meeting, in words.
    Both carry confirmed evidence only. Where the target is kept private, the standing has none.
    """

    relation: Relation
    standing: Standing
    series: Series | None
    counted: Record
    lately: Sequence[Entry]
    points: Sequence[TalkingPoint]
    items: Sequence[ActionItem]
    """Open ones, oldest first."""
    meetings: Sequence[Meeting]
    """Newest first."""
    asked: Sequence[AskedOf]
    """What managers were given to ask, newest first."""

    @property
    def pair(self) -> Pair:
        return pair_of(self.relation)


def pair_of(relation: Relation) -> Pair:
    return Pair(relation.engineer.workspace, relation.engineer.user, relation.other)


def read_shared(store: OneOnOneStore, pair: Pair, now: datetime) -> Shared | None:
    """None where the two are not linked (any more), whatever there is."""
    relation = store.relations.get_active(pair.engineer_id, pair.other)
    if relation is None:
        return None
    owner, since = relation.engineer, relation.sees_from
    met = store.meetings.get(pair)
    after = _end_of(met[0]) if met else now - FIRST_TIME
    return Shared(
        relation,
        _standing_of(store, relation),
        store.times.get(pair),
        store.shared.get_record(owner, since),
        store.shared.get_lately(owner, since, after, MOST_LATELY),
        store.points.get_shared(pair),
        store.meetings.get_open_items(pair),
        met,
        store.times.get_asked(pair, "manager", (now - REMEMBERED).date()),
    )


def _end_of(meeting: Meeting) -> datetime:
    """What was shared after it is new; it may have been noted only days later."""
    next_day = datetime.combine(meeting.met_on + timedelta(days=1), time(), meeting.created_at.tzinfo)
    return min(meeting.created_at, next_day)


def _standing_of(store: OneOnOneStore, relation: Relation) -> Standing:
    known = store.people.get_standing(relation.engineer) or Standing()
    if relation.shows_target:
        return known
    return Standing(known.ladder, known.current, None)
