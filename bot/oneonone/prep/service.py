"""What the bot does for an engineer's prep: chooses what to ask, keeps talking points once, shares them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.brag.coverage import Coverage, cover
from bot.brag.model import Entry, Record
from bot.brag.reading import match_items
from bot.ladder.marks import Profile, describe
from bot.ladder.service import Reader
from bot.oneonone.model import (
    ActionItem,
    AskedOf,
    Occasion,
    OneOnOneQuestion,
    Pair,
    Series,
    TalkingPoint,
    questions_for,
)
from bot.oneonone.prep import owing
from bot.oneonone.prep.choice import LARGE, Ask, choose, occasion_of, shape_of
from bot.oneonone.prep.owing import Source
from bot.oneonone.shared import FIRST_TIME, REMEMBERED
from bot.oneonone.times.service import is_linked
from bot.outbox.model import Owed
from bot.people.model import PersonId

if TYPE_CHECKING:
    from bot.oneonone.store import OneOnOneStore  # handed in; the rules themselves need no SQL

ANYBODY = Profile(None, None, frozenset())
"""Nothing is known of their level: only what suits every band does."""
NEWEST = 3
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Prep:
    """What an engineer reads before a 1:1; nobody else does, so their own private things are in it."""

    series: Series
    asks: Sequence[Ask]
    when: Occasion
    points: Sequence[TalkingPoint]
    """Open ones of their own, and those the other one shared."""
    items: Sequence[ActionItem]
    count: int
    """Entries kept since the last time."""
    newest: Sequence[Entry]
    is_large: bool = False
    """Their points are one topic that goes on over several meetings."""


def prepare(
    store: OneOnOneStore,
    series: Series,
    reader: Reader | None,
    questions: Sequence[OneOnOneQuestion],
    today: date,
    now: datetime,
) -> Prep:
    """Chosen from all of the engineer's own, and remembered; on the same day again, the same."""
    pair, engineer = series.pair, series.pair.engineer_id
    met, record = store.meetings.get(pair), store.brag.get_record(engineer)
    asked = store.times.get_asked(pair, "engineer", (now - REMEMBERED).date())
    before = [one for one in asked if one.asked_on < today]
    days = [*(one.met_on for one in met), *(one.asked_on for one in before)]
    when = occasion_of(days, series.rhythm.every, today)
    standing, points = _stand(reader, record, today), _get_points(store, pair)
    asks = choose(
        shape_of(standing.profile.band, when, has_thread=bool(points)),
        standing.coverage,
        questions_for(questions, "engineer", when, standing.profile),
        _last_asked(store, engineer, before, now),
        today,
        f"{pair.workspace}:{pair.engineer}:{pair.other}:{today}",
    )
    remembered = [AskedOf("engineer", today, one.question, standing.ladder, one.expectation) for one in asks]
    store.times.remember(pair, remembered)
    since = met[0].created_at if met else now - FIRST_TIME
    fresh = store.brag.get_kept_since(engineer, since, NEWEST)
    items = store.meetings.get_open_items(pair)
    return Prep(series, asks, when, points, items, len(fresh), fresh.held, standing.profile.band in LARGE)


def take(store: OneOnOneStore, source: Source, texts: Sequence[str], now: datetime) -> list[str]:
    """Keep the points of a message once, or follow its edit; ids of the deliveries.

    The receipt is owed first: of two that take the same message at once, the second waits there.
    """
    receipts = [owing.receipt(source, now), *_ticks(source, now)] if texts else [owing.kindly(source, now)]
    ids = store.outbox.owe(receipts, now)
    known = store.points.get_of_message(source.author, source.channel, source.ts)
    if not known:
        _put_new(store, source, texts, now)
        return ids
    if max(one.edited for one in known) >= source.edited:
        return ids
    _follow_edit(store, source, known, texts, now)
    return [*ids, *store.outbox.owe([owing.changed(source, source.edited, now)], now)]


def forget(store: OneOnOneStore, author: PersonId, channel: str, ts: str, now: datetime) -> list[str]:
    """The message was deleted, and its words with it."""
    known = store.points.get_of_message(author, channel, ts)
    if not known:
        return []
    source = source_of(known[0])
    _empty(store, source, known)
    return store.outbox.owe([owing.changed_here(source, now)], now)


def give_back(store: OneOnOneStore, author: PersonId, channel: str, ts: str) -> bool:
    """A message was no point but an entry; False where it has not been kept as one."""
    capture = store.brag.get_capture(author, channel, ts)
    if capture is None or capture.state != "kept":
        return False
    known = store.points.get_of_message(author, channel, ts)
    store.points.delete(author, [one.id for one in known])
    return True


def is_captured(store: OneOnOneStore, author: PersonId, channel: str, ts: str) -> bool:
    """Does the brag document know this message? Then it is none for a 1:1."""
    return store.brag.get_capture(author, channel, ts) is not None


def share(store: OneOnOneStore, author: PersonId, ids: Sequence[str], now: datetime) -> list[str]:
    """Open ones are seen by both from now on, where the two are linked; their receipts say so."""
    found = [one for one in _get_open(store, author, ids) if one.shared_at is None]
    linked = {pair for pair in {one.pair for one in found} if is_linked(store, pair)}
    shared = [replace(one, shared_at=now) for one in found if one.pair in linked]
    return _put(store, shared, now)


def unshare(store: OneOnOneStore, author: PersonId, ids: Sequence[str], now: datetime) -> list[str]:
    """Nobody else sees them any more."""
    found = [one for one in _get_open(store, author, ids) if one.shared_at]
    return _put(store, [replace(one, shared_at=None) for one in found], now)


def finish(store: OneOnOneStore, author: PersonId, ids: Sequence[str], now: datetime) -> list[str]:
    """Talked about: no longer on the list of anybody."""
    found = _get_open(store, author, ids)
    return _put(store, [replace(one, state="done") for one in found], now)


def get_own(store: OneOnOneStore, author: PersonId) -> dict[Pair, list[TalkingPoint]]:
    """Everything open that this person wrote, by whom it is for; also where there is none."""
    linked = [*store.relations.get_of(author), *store.relations.get_to(author)]
    pairs = [Pair(author.workspace, one.engineer.user, one.other) for one in linked]
    return {pair: store.points.get_own(pair, author) for pair in pairs}


def source_of(point: TalkingPoint) -> Source:
    author = PersonId(point.pair.workspace, point.author)
    return Source(point.pair, author, point.channel, point.ts, point.edited)


def _ticks(source: Source, now: datetime) -> list[Owed]:
    return [] if source.channel == owing.FORM else [owing.tick(source, now)]


def _put_new(store: OneOnOneStore, source: Source, texts: Sequence[str], now: datetime) -> None:
    """Ids tell the place, so that whoever writes the same at once writes the same rows."""
    for place, text in enumerate(texts):
        store.points.put(_new(source, place, text, now))


def _new(source: Source, place: int, text: str, now: datetime) -> TalkingPoint:
    name = f"{source.author}:{source.channel}:{source.ts}:{source.edited}:{place}"
    return TalkingPoint(
        uuid.uuid5(uuid.NAMESPACE_OID, name).hex,
        source.pair,
        source.author.user,
        text,
        now + _TICK * place,
        channel=source.channel,
        ts=source.ts,
        edited=source.edited,
    )


def _follow_edit(
    store: OneOnOneStore, source: Source, known: Sequence[TalkingPoint], texts: Sequence[str], now: datetime
) -> None:
    """Matched ones keep whether they are shared or done; new ones come, vanished ones go."""
    if not texts:
        _empty(store, source, known)
        return
    old = [one for one in known if one.state != "gone"]
    origins = match_items([one.text for one in old], texts)
    for place, (text, origin) in enumerate(zip(texts, origins, strict=True)):
        fresh = _new(source, place, text, now)
        store.points.put(fresh if origin is None else replace(old[origin], text=text, edited=source.edited))
    kept = {old[origin].id for origin in origins if origin is not None}
    store.points.delete(source.author, [one.id for one in known if one.id not in kept])


def _empty(store: OneOnOneStore, source: Source, known: Sequence[TalkingPoint]) -> None:
    """Nothing is left but the knowledge that the message was seen."""
    store.points.delete(source.author, [one.id for one in known[1:]])
    store.points.put(replace(known[0], text="", shared_at=None, state="gone", edited=source.edited))


@dataclass(frozen=True, slots=True)
class _Standing:
    """The level that prep is for, the one aimed for first, and what there is for it."""

    ladder: str
    profile: Profile
    coverage: Coverage | None


def _stand(reader: Reader | None, record: Record, today: date) -> _Standing:
    level = (reader.target or reader.current) if reader else None
    if reader is None or level is None:
        return _Standing("", ANYBODY, None)
    ladder = reader.ladder
    return _Standing(ladder.id, describe(ladder, level), cover(ladder, level, record, {}, today))


def _get_open(store: OneOnOneStore, author: PersonId, ids: Sequence[str]) -> list[TalkingPoint]:
    return [one for one in store.points.get(author, ids) if one.state == "open"]


def _put(store: OneOnOneStore, points: Sequence[TalkingPoint], now: datetime) -> list[str]:
    """Keep them, and have the receipt of each message say so."""
    for one in points:
        store.points.put(one)
    sources = {(one.channel, one.ts): source_of(one) for one in points}
    return store.outbox.owe([owing.changed_here(source, now) for source in sources.values()], now)


def _get_points(store: OneOnOneStore, pair: Pair) -> list[TalkingPoint]:
    own = store.points.get_own(pair, pair.engineer_id)
    theirs = [one for one in store.points.get_shared(pair) if one.author != pair.engineer]
    return sorted([*own, *theirs], key=lambda one: (one.created_at, one.id))


def _last_asked(
    store: OneOnOneStore, engineer: PersonId, before: Sequence[AskedOf], now: datetime
) -> Mapping[str, date]:
    """When each question and expectation was asked last, weekly questions among it."""
    found: dict[str, date] = {}
    weekly = [
        (one.expectation or one.question, one.on) for one in store.nudges.get_past(engineer, now - REMEMBERED)
    ]
    for name, on in [*weekly, *((one.question, one.asked_on) for one in before)]:
        found[name] = max(on, found.get(name, on))
    return found
