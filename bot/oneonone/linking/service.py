"""What the bot does with relations: begin, ask, answer, change and end one, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.oneonone.linking import owing
from bot.oneonone.model import Pair
from bot.oneonone.times.service import rest
from bot.people import relations
from bot.people.model import PersonId
from bot.people.relations import Relation, Role

if TYPE_CHECKING:
    from bot.oneonone.store import OneOnOneStore  # handed in; the rules themselves need no SQL

Alter = Callable[[Relation], Relation]


@dataclass(frozen=True, slots=True)
class Sight:
    """A relation with what it lets the other see now: how many entries, and whether new ones come to it."""

    relation: Relation
    entries: int
    shares_new: bool


def look(store: OneOnOneStore, relation: Relation) -> Sight:
    engineer = relation.engineer
    profile = store.people.get_profile(engineer)
    count = store.shared.count(engineer, relation.sees_from)
    return Sight(relation, count, profile is not None and profile.shares_new)


def look_at_all(store: OneOnOneStore, engineer: PersonId) -> list[Sight]:
    """Everyone who sees what this person shares, or waits for their yes."""
    standing = store.relations.get_standing(engineer)
    return [look(store, one) for one in standing if one.engineer == engineer]


def link(store: OneOnOneStore, pair: Pair, role: Role, now: datetime) -> tuple[Sight, list[str]]:
    """The engineer names someone; ids of the deliveries."""
    known = store.relations.take(pair.engineer_id, pair.other)
    linked = relations.link(known, pair.engineer_id, pair.other, role, now)
    store.relations.put(linked)
    news = [] if linked == known else [owing.linked(linked, "named", now)]
    return look(store, linked), store.outbox.owe(news, now)


def ask(store: OneOnOneStore, pair: Pair, role: Role, by: str, now: datetime) -> tuple[bool, list[str]]:
    """Someone else says so; is it so already? Whether the engineer is asked now, nobody is told."""
    known = store.relations.take(pair.engineer_id, pair.other)
    if known and known.is_active:
        return True, []
    proposed = relations.propose(known, pair.engineer_id, pair.other, role, by, now)
    if proposed is None:
        return False, []
    store.relations.put(proposed)
    question = owing.asked(proposed, known.since if known else None, now)
    return False, store.outbox.owe([question], now)


def confirm(
    store: OneOnOneStore, pair: Pair, now: datetime, *, shows_target: bool
) -> tuple[Sight | None, list[str]]:
    """The engineer's yes. One that waits no longer stays as it is; None where there is none to say yes to."""
    known = store.relations.take(pair.engineer_id, pair.other)
    if known is None or known.state not in ("proposed", "active"):
        return None, []
    if known.is_active:
        return look(store, known), []
    confirmed = replace(relations.confirm(known, now), shows_target=shows_target)
    store.relations.put(confirmed)
    return look(store, confirmed), store.outbox.owe([owing.linked(confirmed, "confirmed", now)], now)


def decline(store: OneOnOneStore, pair: Pair, now: datetime) -> Sight | None:
    """The engineer's no. One that is active by now is left as it is, and answered."""
    known = store.relations.take(pair.engineer_id, pair.other)
    if known is None:
        return None
    store.relations.put(relations.decline(known, now))
    return look(store, known) if known.is_active else None


def change(store: OneOnOneStore, pair: Pair, how: Alter) -> Sight | None:
    """The engineer chooses anew what the other sees; None where they are not linked."""
    known = store.relations.take(pair.engineer_id, pair.other)
    if known is None or not known.is_active:
        return None
    changed = how(known)
    store.relations.put(changed)
    return look(store, changed)


def end(store: OneOnOneStore, pair: Pair, by: str, now: datetime) -> None:
    """At once, by either of the two; an empty `by` where one of them left."""
    known = store.relations.take(pair.engineer_id, pair.other)
    if known:
        store.relations.put(relations.end(known, by, now))
        rest(store, pair, now)


def end_all_in(store: OneOnOneStore, engineer: PersonId, role: Role, now: datetime) -> Sequence[str]:
    """Every active one of that role, by the engineer; with whom they were."""
    others = [one.other for one in store.relations.get_of(engineer) if one.role == role]
    for other in others:
        end(store, Pair(engineer.workspace, engineer.user, other), engineer.user, now)
    return others


def leave(store: OneOnOneStore, person: PersonId, now: datetime) -> None:
    """Someone is gone, or a guest from now on: everything ends, on either side, and so do questions."""
    for one in store.relations.get_standing(person):
        end(store, Pair(person.workspace, one.engineer.user, one.other), "", now)
