"""What the bot does with meanings: the engineer's words, the manager's apart from them, then one text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.ids import new_id
from bot.outbox.model import Owed
from bot.people.model import PersonId
from bot.programme.meaning.model import Meaning, end, write

if TYPE_CHECKING:
    from bot.programme.meaning.store import MeaningStore  # handed in; the rules themselves need no SQL

ASKED, COMPARE, COMPARED = "programme.asked", "programme.compare", "programme.compared"


def begin(store: MeaningStore, written: Sequence[Meaning], now: datetime) -> list[str]:
    """The engineer's words for the expectations chosen, in place of those chosen before.

    Better words for the same expectations leave open what a manager was asked. Another choice ends it, and
    what had been agreed on for these expectations.
    """
    run, person, chosen = written[0].run, written[0].engineer, {one.expectation for one in written}
    known = store.get_on(person, written[0].ladder)
    before = [one for one in known if one.run == run]
    if {one.expectation for one in before} == chosen:
        texts = {one.expectation: one.mine for one in written}
        store.put([replace(one, mine=texts[one.expectation]) for one in before])
        return store.outbox.owe(_redraws(before, now), now)
    asks = {one.ask for one in known if one.ask and (one.run == run or one.expectation in chosen)}
    ended = [one for one in known if one.ask in asks]
    store.put([end(one) for one in ended])
    store.remove(person, written[0].ladder, [one.expectation for one in before])
    store.put(written)
    return store.outbox.owe(_redraws(ended, now), now)


def show_to(
    store: MeaningStore, engineer: PersonId, run: str, manager: str, now: datetime
) -> list[str] | None:
    """Ask a manager to write theirs; one asked before sees nothing any more. None: nothing is written."""
    known, ask = store.get_of_run(engineer, run), new_id()
    if not known:
        return None
    asked = [replace(end(one), ask=ask, manager=manager) for one in known]
    store.put(asked)
    return store.outbox.owe([*_redraws(known, now), *_to_both(asked[0], ASKED, now)], now)


def rewrite(
    store: MeaningStore, person: PersonId, ask: str, texts: Mapping[str, str], now: datetime
) -> list[str] | None:
    """One's own version in new words. The manager's first one opens both to both. None: it has ended."""
    known = [one for one in store.get_of_ask(person.workspace, ask) if one.concerns(person)]
    if not known:
        return None
    fresh = [write(one, person.user, texts.get(one.expectation, "")) for one in known]
    store.put(fresh)
    both = _to_both(fresh[0], COMPARE, now) if all(one.theirs for one in fresh) else []
    return store.outbox.owe([*both, *_redraws(known, now)], now)


def change(
    store: MeaningStore,
    person: PersonId,
    ask: str,
    expectation: str,
    how: Callable[[Meaning], Meaning],
    now: datetime,
) -> list[str] | None:
    """Common words, or a yes to them. None: it has ended."""
    known = [one for one in store.get_of_ask(person.workspace, ask) if one.concerns(person)]
    if not known:
        return None
    store.put([how(one) for one in known if one.expectation == expectation])
    return store.outbox.owe(_redraws(known, now), now)


def finish(store: MeaningStore, person: PersonId, ask: str, now: datetime) -> list[str]:
    """Either of them ends it, at once: each has their own words left, and nothing of the other's."""
    known = [one for one in store.get_of_ask(person.workspace, ask) if one.concerns(person)]
    store.put([end(one) for one in known])
    return store.outbox.owe(_redraws(known, now), now)


def leave(store: MeaningStore, person: PersonId, now: datetime) -> list[str]:
    """Someone's data is erased: their words go, and whoever saw them is shown that it has ended."""
    shared = [one for one in store.get_concerning(person) if one.ask]
    store.erase(person)
    return store.outbox.owe([one for one in _redraws(shared, now) if one.user != person.user], now)


def message_names(ask: str, user: str) -> tuple[str, str]:
    """Under which the two messages are owed to one of them: the first, and the one with both versions."""
    return f"{ASKED}:{ask}:{user}", f"{COMPARE}:{ask}:{user}"


def _to_both(one: Meaning, kind: str, now: datetime) -> list[Owed]:
    return [
        Owed(one.engineer.workspace, user, kind, f"{kind}:{one.ask}:{user}", now, {"ask": one.ask})
        for user in (one.engineer.user, one.manager)
    ]


def _redraws(meanings: Sequence[Meaning], now: datetime) -> list[Owed]:
    """Every message about them is to say what is true now."""
    asks = {one.ask: one for one in meanings if one.ask}
    return [
        Owed(
            one.engineer.workspace,
            user,
            COMPARED,
            f"redraw:{new_id()}",
            now,
            {"ask": one.ask, "message": name},
        )
        for one in asks.values()
        for user in (one.engineer.user, one.manager)
        for name in message_names(one.ask, user)
    ]
