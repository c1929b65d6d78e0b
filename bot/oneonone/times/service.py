"""What the bot does with the times of 1:1s: change them for both, and go on to the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.oneonone.model import ActionItem, AskedOf, Pair, Series
from bot.oneonone.shared import Shared, pair_of, read_shared
from bot.oneonone.times import model, owing
from bot.outbox.model import Owed
from bot.people.model import PersonId, Profile
from bot.rhythm.model import read_zone

if TYPE_CHECKING:
    from bot.oneonone.store import OneOnOneStore  # handed in; the rules themselves need no SQL

GrowthOf = Callable[[Shared, date], AskedOf | None]
"""The growth question that the agenda of that day holds."""
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Meets:
    """A pair that is linked, and when it meets; None: nothing is set."""

    pair: Pair
    series: Series | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What a series became; `ids` of what is to be sent right away."""

    series: Series
    ids: Sequence[str] = ()
    is_new: bool = False
    """False where it was so already."""


def get_meets(store: OneOnOneStore, person: PersonId) -> list[Meets]:
    """Everybody this person is linked with, on either side; who meets next comes first."""
    linked = [*store.relations.get_of(person), *store.relations.get_to(person)]
    found = {one.pair: one for one in store.times.get_of(person)}
    pairs = [pair_of(relation) for relation in linked]
    order = list(found)
    ranked = sorted(pairs, key=lambda pair: order.index(pair) if pair in found else len(order))
    return [Meets(pair, found.get(pair)) for pair in ranked]


def is_linked(store: OneOnOneStore, pair: Pair) -> bool:
    return store.relations.get_active(pair.engineer_id, pair.other) is not None


def begin(store: OneOnOneStore, series: Series, now: datetime) -> Changed | None:
    """Set it, in place of what was set before; None where the two are not linked."""
    if not _is_theirs(store, series.pair, series.set_by):
        return None
    before = store.times.get_to_change(series.pair)
    if before and replace(before, set_by=series.set_by) == series:
        return Changed(before)
    return Changed(series, _keep(store, series, series.set_by, "told_set", now), is_new=True)


def change(
    store: OneOnOneStore, pair: Pair, by: str, how: Callable[[Series], Series], told: str, now: datetime
) -> Changed | None:
    """Change what is set, and tell the other; None where nothing is, or the two are not linked.

    What changes nothing tells nothing: a button that is pressed twice has done it once.
    """
    before = store.times.get_to_change(pair) if _is_theirs(store, pair, by) else None
    if before is None:
        return None
    after = how(before)
    if after == before:
        return Changed(before)
    return Changed(after, _keep(store, after, by, told, now), is_new=True)


def end(store: OneOnOneStore, pair: Pair, by: str, now: datetime) -> list[str] | None:
    """Nothing more comes of it; None where nothing was set. What was written stays."""
    if not _is_theirs(store, pair, by) or store.times.get_to_change(pair) is None:
        return None
    store.times.delete(pair)
    return store.outbox.owe([owing.told(pair, by, "told_ended", None, now)], now)


def rest(store: OneOnOneStore, pair: Pair, now: datetime) -> None:
    """A relation has ended: nothing comes until the two are linked again and set a time."""
    series = store.times.get_to_change(pair)
    if series and series.next_at:
        store.times.put(model.rest(series), now)


def go_on(
    store: OneOnOneStore, pair: Pair, at: datetime, growth: GrowthOf, now: datetime
) -> tuple[str, Sequence[str]]:
    """A meeting is over: the next one is owed, once; a word for what was done, and ids to be sent."""
    series = store.times.get_to_change(pair)
    if series is None or series.next_at != at:
        return "moved", []
    if not model.is_over(series, now):
        return "not over", []
    shared = read_shared(store, pair, now)
    if shared is None:
        store.times.put(model.rest(series), now)
        return "not linked", []
    _remember_growth(store, shared, growth, at)
    after = model.go_on(series, now)
    store.times.put(after, now)
    return "went on", store.outbox.owe_again(_owed(store, after), now)


def finish_item(
    store: OneOnOneStore, doer: PersonId, pair: Pair, item_id: str, now: datetime
) -> ActionItem | None:
    """Its doer has done it; None where there is nothing to be done any more."""
    item = _find_item(store, doer, pair, item_id)
    is_closed = item is not None and store.meetings.close_item(pair, item_id, "done", now)
    return item if is_closed else None


def put_off_item(
    store: OneOnOneStore, doer: PersonId, pair: Pair, item_id: str, was_due: date, now: datetime
) -> ActionItem | None:
    """A week later than it was due; pressed twice, once."""
    item = _find_item(store, doer, pair, item_id)
    if item is None or item.due_on != was_due:
        return item
    later = replace(item, due_on=was_due + A_WEEK)
    if not store.meetings.put_off(pair, item.id, was_due + A_WEEK):
        return None
    store.outbox.owe([owing.owe_item(later)], now)
    return later


def _is_theirs(store: OneOnOneStore, pair: Pair, user: str) -> bool:
    """Are they linked, and is this one of them? A button or a form says nothing of who pressed it."""
    return pair.has(PersonId(pair.workspace, user)) and is_linked(store, pair)


def _find_item(store: OneOnOneStore, doer: PersonId, pair: Pair, item_id: str) -> ActionItem | None:
    if not pair.has(doer) or not is_linked(store, pair):
        return None
    item = store.meetings.get_item(pair, item_id)
    return item if item and item.state == "open" and item.doer == doer.user else None


def _keep(store: OneOnOneStore, series: Series, by: str, told: str, now: datetime) -> list[str]:
    store.times.put(series, now)
    owed = [owing.told(series.pair, by, told, series, now), *_owed(store, series)]
    return store.outbox.owe_again(owed, now)


def _owed(store: OneOnOneStore, series: Series) -> list[Owed]:
    pair = series.pair
    engineer, other = (store.people.get_profile(one) for one in (pair.engineer_id, pair.other_id))
    return owing.of_meeting(series, engineer or Profile(), other or Profile())


def _remember_growth(store: OneOnOneStore, shared: Shared, growth: GrowthOf, at: datetime) -> None:
    """Made from shared facts only, as the agenda itself."""
    zone = read_zone(shared.series.zone if shared.series else "")
    if asked := growth(shared, at.astimezone(zone).date()):
        store.times.remember(shared.pair, [asked])
