"""Who may see what someone shares: the rules, and that they hold for two at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.people.model import PersonId
from bot.people.relation_store import RelationStore
from bot.people.relations import Relation, confirm, decline, end, link, propose
from bot.storage.database import Database

ANA = PersonId("T1", "UANA")
NOW = datetime(2026, 5, 3, 10, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def named() -> Relation:
    return link(None, ANA, "UBEN", "manager", NOW)


def asked(by: str = "UBEN") -> Relation:
    proposed = propose(None, ANA, "UBEN", "manager", by, NOW)
    assert proposed
    return proposed


# The rules


def test_whom_an_engineer_names_sees_what_is_shared_at_once() -> None:
    assert named().is_active
    assert named().since == NOW
    assert named().sees(NOW - timedelta(days=400))


def test_naming_somebody_again_keeps_what_was_chosen() -> None:
    chosen = replace(named(), shows_target=False, sees_from=NOW)
    assert link(chosen, ANA, "UBEN", "manager", LATER) == chosen
    assert link(chosen, ANA, "UBEN", "mentor", LATER) == replace(chosen, role="mentor")


def test_naming_somebody_after_an_end_begins_anew() -> None:
    over = end(replace(named(), shows_target=False, sees_from=NOW), "UANA", NOW)
    assert link(over, ANA, "UBEN", "manager", LATER) == replace(named(), changed_at=LATER, since=LATER)


def test_whoever_asks_sees_nothing_before_the_yes() -> None:
    assert not asked().sees(NOW)
    assert asked().since is None


def test_a_yes_lets_see_what_was_shared_before_it_too() -> None:
    confirmed = confirm(asked(), LATER)
    assert confirmed.sees(NOW)
    assert confirmed.since == LATER


def test_a_yes_counts_only_while_it_is_asked_for() -> None:
    for other in (decline(asked(), NOW), end(asked(), "UBEN", NOW), named()):
        assert confirm(other, LATER) == other


def test_a_no_counts_only_while_it_is_asked_for() -> None:
    for other in (end(asked(), "UBEN", NOW), named()):
        assert decline(other, LATER) == other


def test_after_a_no_nobody_is_asked_again() -> None:
    declined = decline(asked(), NOW)
    assert propose(declined, ANA, "UBEN", "manager", "UBEN", LATER) is None
    assert propose(declined, ANA, "UBEN", "manager", "", LATER) is None


def test_after_the_engineer_ended_it_nobody_is_asked_again() -> None:
    assert propose(end(named(), "UANA", NOW), ANA, "UBEN", "manager", "UBEN", LATER) is None


def test_after_somebody_left_nobody_is_asked_again() -> None:
    assert propose(end(named(), "", NOW), ANA, "UBEN", "manager", "UBEN", LATER) is None


def test_whoever_ended_it_themselves_may_ask_again() -> None:
    again = propose(end(named(), "UBEN", NOW), ANA, "UBEN", "manager", "UBEN", LATER)
    assert again == replace(asked(), changed_at=LATER)


def test_what_waits_or_stands_is_not_asked_for() -> None:
    for known in (asked(), named()):
        assert propose(known, ANA, "UBEN", "manager", "UBEN", LATER) is None


def test_the_engineer_can_always_begin_it_again() -> None:
    for known in (decline(asked(), NOW), end(named(), "UANA", NOW), end(named(), "UBEN", NOW), asked()):
        assert link(known, ANA, "UBEN", "manager", LATER).is_active


def test_either_ends_it_at_once_and_only_once() -> None:
    for by in ("UANA", "UBEN", ""):
        over = end(named(), by, LATER)
        assert (over.state, over.changed_by, over.sees(NOW)) == ("ended", by, False)
        assert end(over, "UANA", LATER + timedelta(days=1)) == over


def test_a_declined_one_stays_declined_when_the_other_ends_it() -> None:
    """Else they could ask again."""
    assert end(decline(asked(), NOW), "UBEN", LATER).state == "declined"


def test_what_is_private_is_seen_by_nobody() -> None:
    assert not named().sees(None)


def test_from_a_day_on_only_what_was_shared_since_is_seen() -> None:
    relation = replace(named(), sees_from=LATER)
    assert not relation.sees(NOW)
    assert relation.sees(LATER)


# Two at once


def change(database: Database, wait: threading.Event, ready: threading.Event) -> None:
    """Ana says yes; in the middle of it, everybody else gets their chance."""

    def say_yes(store: RelationStore) -> None:
        known = store.take(ANA, "UBEN")
        assert known
        ready.set()
        wait.wait(0.5)
        store.put(confirm(known, LATER))

    database.write_now(RelationStore, say_yes)


def test_an_end_in_the_middle_of_a_yes_comes_after_it(database: Database) -> None:
    database.write_now(RelationStore, RelationStore.put, asked())
    wait, ready = threading.Event(), threading.Event()
    yes = threading.Thread(target=change, args=(database, wait, ready))
    yes.start()
    ready.wait(5)

    def end_it(store: RelationStore) -> None:
        known = store.take(ANA, "UBEN")
        assert known
        store.put(end(known, "UBEN", LATER))

    database.write_now(RelationStore, end_it)
    wait.set()
    yes.join()
    known = database.read_now(RelationStore, RelationStore.get, ANA, "UBEN")
    assert known
    assert (known.state, known.since) == ("ended", LATER)


def test_a_question_in_the_middle_of_being_named_does_not_undo_it(database: Database) -> None:
    """There is no row yet that could be locked."""
    wait, ready = threading.Event(), threading.Event()

    def ask(store: RelationStore) -> None:
        known = store.take(ANA, "UBEN")
        ready.set()
        wait.wait(0.5)
        proposed = propose(known, ANA, "UBEN", "manager", "UBEN", NOW)
        if proposed:
            store.put(proposed)

    def name(store: RelationStore) -> None:
        store.put(link(store.take(ANA, "UBEN"), ANA, "UBEN", "manager", LATER))

    asking = threading.Thread(target=database.write_now, args=(RelationStore, ask))
    asking.start()
    ready.wait(5)
    database.write_now(RelationStore, name)
    wait.set()
    asking.join()
    assert database.read_now(RelationStore, RelationStore.get_active, ANA, "UBEN")


# What is kept


def test_a_relation_is_read_as_it_was_kept(database: Database) -> None:
    for one in (named(), replace(named(), shows_target=False, sees_from=LATER), asked()):
        database.write_now(RelationStore, RelationStore.put, one)
        assert database.read_now(RelationStore, RelationStore.get, ANA, "UBEN") == one


def test_people_of_one_id_in_two_workspaces_are_two(database: Database) -> None:
    database.write_now(RelationStore, RelationStore.put, named())
    elsewhere = PersonId("T2", "UANA")
    assert database.read_now(RelationStore, RelationStore.get, elsewhere, "UBEN") is None
    assert database.read_now(RelationStore, RelationStore.get_to, PersonId("T2", "UBEN")) == []
    assert database.read_now(RelationStore, RelationStore.get_to, PersonId("T1", "UBEN")) == [named()]


def test_erasing_someone_takes_both_sides_along(database: Database) -> None:
    upward = link(None, PersonId("T1", "UBEN"), "UNOOR", "manager", NOW)
    for one in (named(), upward):
        database.write_now(RelationStore, RelationStore.put, one)
    database.write_now(RelationStore, RelationStore.erase, PersonId("T1", "UBEN"))
    for engineer in (ANA, PersonId("T1", "UBEN")):
        assert database.read_now(RelationStore, RelationStore.get_standing, engineer) == []
