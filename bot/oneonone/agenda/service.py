"""What the bot does with an agenda: opens it for one of the two, and keeps who looked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.brag.model import Entry
from bot.oneonone.model import Access, ActionItem, Pair, Series, TalkingPoint
from bot.oneonone.shared import Shared, pair_of, read_shared
from bot.oneonone.times.owing import owe_item
from bot.oneonone.times.service import is_linked
from bot.outbox.model import Owed
from bot.people.model import PersonId
from bot.people.relations import Relation

if TYPE_CHECKING:
    from bot.oneonone.store import OneOnOneStore  # handed in; the rules themselves need no SQL


@dataclass(frozen=True, slots=True)
class Opened:
    """What one of the two sees: what both may, and beside it what they alone wrote and did not share."""

    shared: Shared
    private: Sequence[TalkingPoint]
    entries: Sequence[Entry] = ()
    """Shared ones that were asked for, in words."""


@dataclass(frozen=True, slots=True)
class Next:
    """A pair one is in, with the time it meets and, for the engineer, what they bring so far."""

    pair: Pair
    series: Series | None
    brings: Sequence[TalkingPoint] = ()
    items: Sequence[ActionItem] = ()


Choose = Callable[[Shared], Collection[str]]


def find_pairs(viewer: PersonId, user: str) -> list[Pair]:
    """Two people may be linked either way; that one asks about somebody they lead comes first."""
    return [Pair(viewer.workspace, user, viewer.user), Pair(viewer.workspace, viewer.user, user)]


def open_with(
    store: OneOnOneStore,
    viewer: PersonId,
    pairs: Sequence[Pair],
    what: str,
    now: datetime,
    choose: Choose | None = None,
) -> Opened | None:
    """What both of the first linked pair see. None where there is none, whatever the reason.

    A look of the other is noted for the owner in the same transaction. `choose` says which shared entries
    are wanted in words.
    """
    for pair in pairs:
        shared = read_shared(store, pair, now) if pair.has(viewer) else None
        if shared is None:
            continue
        note_look(store, viewer, pair, what, now)
        own = store.points.get_own(pair, viewer)
        private = [one for one in own if one.shared_at is None]
        wanted = choose(shared) if choose else ()
        relation = shared.relation
        entries = store.shared.get(relation.engineer, relation.sees_from, wanted) if wanted else []
        return Opened(shared, private, entries)
    return None


def note_look(store: OneOnOneStore, viewer: PersonId, pair: Pair, what: str, now: datetime) -> None:
    """The engineer's own looks are not noted."""
    if viewer.user == pair.other:
        store.accesses.add(Access(pair.engineer_id, viewer.user, what, now))


def get_nexts(store: OneOnOneStore, person: PersonId) -> tuple[list[Next], list[Next]]:
    """Whom this person meets as an engineer, and who reports to them; the next one first."""
    times = {one.pair: one for one in store.times.get_of(person)}

    def look(relation: Relation) -> Next:
        pair = pair_of(relation)
        if relation.engineer != person:
            return Next(pair, times.get(pair))
        items = [one for one in store.meetings.get_open_items(pair) if one.doer == person.user]
        return Next(pair, times.get(pair), store.points.get_own(pair, person), items)

    mine, theirs = store.relations.get_of(person), store.relations.get_to(person)
    return sorted(map(look, mine), key=_when), sorted(map(look, theirs), key=_when)


def _when(one: Next) -> tuple[bool, str]:
    at = one.series.next_at if one.series else None
    return at is None, at.isoformat() if at else ""


def add_point(store: OneOnOneStore, point: TalkingPoint) -> bool:
    """Kept once, however often the form is sent. False where the two are not linked (any more)."""
    if not is_linked(store, point.pair):
        return False
    author = PersonId(point.pair.workspace, point.author)
    if not store.points.get(author, [point.id]):
        store.points.put(point)
    return True


def share_point(store: OneOnOneStore, author: PersonId, pair: Pair, point_id: str, now: datetime) -> None:
    """Only its author can."""
    if is_linked(store, pair):
        store.points.share(pair, author, point_id, now)


def finish_points(store: OneOnOneStore, person: PersonId, pair: Pair, ids: Collection[str]) -> None:
    """Talked about, says either of the two."""
    if pair.has(person) and is_linked(store, pair):
        store.points.finish(pair, person, ids)


def close_item(
    store: OneOnOneStore, person: PersonId, pair: Pair, item_id: str, state: str, now: datetime
) -> None:
    if pair.has(person) and is_linked(store, pair):
        store.meetings.close_item(pair, item_id, state, now)


def put_off_item(
    store: OneOnOneStore, person: PersonId, pair: Pair, item_id: str, later: date, now: datetime
) -> None:
    """To that day, wherever it stood, and its doer is reminded then; pressed twice it is the same day."""
    if pair.has(person) and is_linked(store, pair):
        store.meetings.put_off(pair, item_id, later)
        item = store.meetings.get_item(pair, item_id)
        if item and item.state == "open":
            store.outbox.owe([owe_item(item)], now)


def send(store: OneOnOneStore, person: PersonId, pair: Pair, owed: Owed, now: datetime) -> list[str] | None:
    """By the other of a pair; None where the two are not linked."""
    if person != pair.other_id or not is_linked(store, pair):
        return None
    return store.outbox.owe([owed], now)
