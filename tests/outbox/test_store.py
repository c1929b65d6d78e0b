"""Deliveries as rows: owed once, claimed by one, never lost to a lease that ran out."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.outbox.model import LEASE, Delivery, Letter, Outcome, Owed, Post, State
from bot.outbox.pace import Pace
from bot.outbox.store import Outbox
from bot.storage.database import Database
from bot.storage.migrate import upgrade

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + LEASE + timedelta(seconds=1)
SECOND = timedelta(seconds=1)


def owed(once: str, workspace: str = "T1", due: datetime = NOW) -> Owed:
    return Owed(workspace, "UANA", "greeting", once, due, {"entry": "e1"})


class Desk:
    """The outbox of one database, a call a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def owe(self, *what: Owed) -> list[str]:
        return self._database.write_now(Outbox, Outbox.owe, what, NOW)

    def claim(self, now: datetime = NOW, limit: int = 100, ids: list[str] | None = None) -> list[Delivery]:
        if ids is None:
            return self._database.write_now(Outbox, Outbox.claim, now, limit)
        return self._database.write_now(Outbox, Outbox.claim_these, now, limit, ids)

    def claim_unclear(self, now: datetime) -> list[Delivery]:
        return self._database.write_now(Outbox, Outbox.claim_unclear, now, 100)

    def mark(self, *what: Delivery, now: datetime = NOW) -> set[str]:
        letters = [Letter(one, Post(one.channel or one.user, "words", thread=one.thread)) for one in what]
        return self._database.write_now(Outbox, Outbox.mark_sending, letters, now)

    def record(self, *what: Outcome, now: datetime = NOW) -> None:
        self._database.write_now(Outbox, Outbox.record, what, now)

    def get(self, once: str) -> Delivery:
        found = self._database.read_now(Outbox, Outbox.get_once, "T1", once)
        assert found
        return found

    def pause(self, workspace: str, method: str, until: datetime) -> None:
        self._database.write_now(Pace, Pace.pause, workspace, method, until)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


# --- owed


def test_what_is_owed_is_owed_once(desk: Desk) -> None:
    assert len(desk.owe(owed("a"), owed("b"))) == 2
    assert len(desk.owe(owed("b"), owed("c"))) == 1
    assert len(desk.claim()) == 3


def test_each_workspace_has_its_own_names(desk: Desk) -> None:
    desk.owe(owed("a"), owed("a", "T2"))
    assert {one.workspace for one in desk.claim()} == {"T1", "T2"}


def test_a_claim_brings_all_that_was_written_down(desk: Desk) -> None:
    [delivery_id] = desk.owe(owed("a"))
    [claimed] = desk.claim()
    assert claimed == Delivery(
        "T1", delivery_id, "UANA", "greeting", {"entry": "e1"}, "claimed", NOW, attempts=1
    )


# --- claimed


def test_what_is_not_due_yet_is_left(desk: Desk) -> None:
    desk.owe(owed("a", due=NOW + SECOND))
    assert desk.claim() == []
    assert len(desk.claim(NOW + SECOND)) == 1


def test_no_more_than_wanted_are_claimed_and_the_oldest_first(desk: Desk) -> None:
    desk.owe(*(owed(str(n), due=NOW - timedelta(minutes=n)) for n in range(5)))
    assert {one.due_at for one in desk.claim(limit=2)} == {NOW - timedelta(minutes=n) for n in (3, 4)}
    assert len(desk.claim()) == 3


def test_only_those_named_are_claimed(desk: Desk) -> None:
    _, second = desk.owe(owed("a"), owed("b"))
    assert [one.id for one in desk.claim(ids=[second])] == [second]
    assert desk.claim(ids=[]) == []


def test_what_one_has_claimed_no_other_gets(desk: Desk) -> None:
    desk.owe(owed("a"))
    assert len(desk.claim()) == 1
    assert desk.claim(NOW + LEASE - SECOND) == []


def test_two_who_claim_at_the_same_time_share_the_rows(database: Database, desk: Desk) -> None:
    """The first holds its transaction open while the second claims."""
    desk.owe(*(owed(str(n)) for n in range(4)))
    second: list[Delivery] = []

    def claim_second() -> None:
        second.extend(desk.claim())

    def claim_both(outbox: Outbox) -> list[Delivery]:
        first = outbox.claim(NOW, 2)
        other.start()
        if not database.is_sqlite:  # passes over what is locked; on SQLite it waits for this transaction
            other.join(10)
        return first

    other = threading.Thread(target=claim_second)
    first = database.write_now(Outbox, claim_both)
    other.join()
    assert (len(first), len(second)) == (2, 2)
    assert len({one.id for one in (*first, *second)}) == 4


def test_a_claim_that_is_taken_back_leaves_all_for_the_next(database: Database, desk: Desk) -> None:
    desk.owe(owed("a"))

    def claim_and_die(outbox: Outbox) -> None:
        assert outbox.claim(NOW, 1)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        database.write_now(Outbox, claim_and_die)
    assert len(desk.claim()) == 1


# --- left behind


def test_what_was_claimed_and_left_behind_is_due_again(desk: Desk) -> None:
    desk.owe(owed("a"))
    desk.claim()
    assert len(desk.claim(LATER)) == 1


def test_what_slack_may_have_is_never_claimed_again_but_asked_for(desk: Desk) -> None:
    desk.owe(owed("a"))
    desk.mark(*desk.claim())
    assert desk.claim_unclear(NOW) == []
    assert desk.claim(LATER) == []
    assert [one.state for one in desk.claim_unclear(LATER)] == ["sending"]
    assert desk.claim(LATER) == []
    assert desk.claim_unclear(LATER) == []


def test_what_was_marked_can_be_asked_for(desk: Desk) -> None:
    desk.owe(owed("a"))
    [claimed] = desk.claim()
    where: dict[str, Any] = {"channel": "D1", "thread": "1.2", "file": "F1"}
    desk.mark(claimed._replace(**where))
    [unclear] = desk.claim_unclear(LATER)
    assert (unclear.channel, unclear.thread, unclear.file, unclear.sending_at) == ("D1", "1.2", "F1", NOW)


def test_whoever_lost_its_claim_may_not_send(desk: Desk) -> None:
    desk.owe(owed("a"))
    slow, [fast] = desk.claim(), desk.claim(LATER)
    assert desk.mark(*slow, now=LATER) == set()
    assert desk.mark(fast, now=LATER) == {fast.id}


def test_whoever_lost_some_of_its_claim_may_send_the_others(desk: Desk) -> None:
    mine, lost = desk.owe(owed("a"), owed("b"))
    slow = desk.claim()
    desk.mark(*desk.claim(LATER, ids=[lost]), now=LATER)
    assert desk.mark(*slow, now=LATER) == {mine}


def test_whoever_lost_its_claim_changes_nothing_at_the_end(desk: Desk) -> None:
    desk.owe(owed("a"))
    [slow] = desk.claim()
    [fast] = desk.claim(LATER)
    desk.record(Outcome(fast, "sent", "D1", "7.1"))
    desk.record(Outcome(slow, "pending", again_at=NOW))
    assert (desk.get("a").state, desk.get("a").ts) == ("sent", "7.1")
    assert desk.claim(LATER) == []


# --- the end


def test_what_was_sent_is_found_by_its_message(database: Database, desk: Desk) -> None:
    desk.owe(owed("a"))
    [one] = desk.claim()
    desk.record(Outcome(one, "sent", "D1", "7.1"))
    find = Outbox.get_by_message
    found = database.read_now(Outbox, find, "T1", "D1", "7.1")
    assert found
    assert found.id == one.id
    assert database.read_now(Outbox, find, "T2", "D1", "7.1") is None


@pytest.mark.parametrize("state", ["sent", "dropped", "failed"])
def test_what_is_done_is_never_taken_up_again(desk: Desk, state: Any) -> None:
    desk.owe(owed("a"))
    [one] = desk.claim()
    desk.record(Outcome(one, state))
    assert desk.claim(NOW + timedelta(days=365)) == []
    assert desk.claim_unclear(NOW + timedelta(days=365)) == []
    assert desk.owe(owed("a")) == []


def test_what_is_put_off_comes_again_at_its_time(desk: Desk) -> None:
    desk.owe(owed("a"))
    [one] = desk.claim()
    desk.record(Outcome(one, "pending", again_at=NOW + timedelta(hours=1)))
    assert desk.claim(NOW + timedelta(minutes=59)) == []
    [again] = desk.claim(NOW + timedelta(hours=1))
    assert (again.id, again.attempts) == (one.id, 2)


def test_a_long_reason_is_shortened(desk: Desk) -> None:
    desk.owe(owed("a"))
    desk.record(*(Outcome(one, "failed", reason="x" * 500) for one in desk.claim()))
    assert desk.get("a").state == "failed"


# --- pauses


def test_a_pause_holds_the_whole_workspace_and_no_other(desk: Desk) -> None:
    desk.owe(owed("a"), owed("b"), owed("a", "T2"))
    desk.pause("T1", "chat.postMessage", NOW + timedelta(seconds=30))
    assert [one.workspace for one in desk.claim()] == ["T2"]
    assert len(desk.claim(NOW + timedelta(seconds=30))) == 2


def test_of_two_pauses_the_longer_counts(desk: Desk) -> None:
    desk.owe(owed("a"))
    for seconds in (30, 5):
        desk.pause("T1", "chat.postMessage", NOW + timedelta(seconds=seconds))
    desk.pause("T1", "chat.update", NOW + timedelta(seconds=1))
    assert desk.claim(NOW + timedelta(seconds=29)) == []
    assert len(desk.claim(NOW + timedelta(seconds=30))) == 1


def test_a_pause_holds_questions_to_slack_as_well(desk: Desk) -> None:
    desk.owe(owed("a"))
    desk.mark(*desk.claim())
    desk.pause("T1", "chat.postMessage", LATER + SECOND)
    assert desk.claim_unclear(LATER) == []
    assert len(desk.claim_unclear(LATER + SECOND)) == 1


# --- many rows


def test_on_sqlite_a_look_for_what_is_due_reads_no_more_than_it_takes(tmp_path: Path) -> None:
    """Deliveries stay for good, and every second someone looks."""
    database = Database(f"sqlite:///{tmp_path / 'rung.db'}")
    upgrade(database.engine)

    def explain_claim(connection: Connection) -> list[str]:
        asked: list[str] = []
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        Outbox(connection).claim(NOW, 100)
        driver.set_trace_callback(None)
        return [str(row) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {asked[-1]}"))]

    plan = database.write_now(lambda connection: connection, explain_claim)
    assert any("ix_deliveries_look" in line for line in plan)
    assert not any("SCAN deliveries" in line for line in plan), plan
    database.close()


def test_what_was_dropped_is_owed_again_where_that_is_asked_for_and_nothing_else_is(
    desk: Desk, database: Database
) -> None:
    desk.owe(owed("dropped"), owed("sent"), owed("waits", due=LATER))
    ends: dict[str, State] = {desk.get("dropped").id: "dropped", desk.get("sent").id: "sent"}
    desk.record(*(Outcome(one, ends[one.id]) for one in desk.claim()))
    again = [owed("dropped"), owed("sent"), owed("waits"), owed("new")]
    ids = database.write_now(Outbox, Outbox.owe_again, again, NOW)
    assert set(ids) == {desk.get("dropped").id, desk.get("new").id}
    assert {one.id for one in desk.claim()} == set(ids)


def test_what_may_come_sooner_is_looked_at_before_it_is_due(desk: Desk, database: Database) -> None:
    early = replace(owed("early", due=LATER), look_from=NOW)
    desk.owe(early)
    assert [one.due_at for one in desk.claim()] == [LATER]
    standing = database.read_now(Outbox, Outbox.stand, NOW)
    assert standing.oldest_due == 0, "it is not late"


def test_what_waits_on_purpose_is_not_late_and_what_waits_for_slack_is(
    desk: Desk, database: Database
) -> None:
    desk.owe(owed("asleep"))
    asleep = Outcome(desk.claim()[0], "pending", again_at=LATER)
    desk.record(asleep)
    now = NOW + timedelta(minutes=1)
    assert database.read_now(Outbox, Outbox.stand, now).oldest_due == 0
    desk.record(asleep._replace(reason="http_500"))
    assert database.read_now(Outbox, Outbox.stand, now).oldest_due == 60


def test_the_newest_message_of_a_conversation_is_found_beside_threads_and_one_kind(
    desk: Desk, database: Database
) -> None:
    for name in ("first", "second"):
        desk.owe(owed(name))
        claimed = desk.claim()
        desk.mark(*(one._replace(channel="D1") for one in claimed))
        desk.record(*(Outcome(one, "sent", "D1", f"{name}.0") for one in claimed))

    def find(since: datetime, besides: str) -> Delivery | None:
        return database.read_now(Outbox, Outbox.get_newest_message, "T1", "D1", since, besides)

    newest = find(NOW - SECOND, "receipt")
    assert newest is not None
    assert newest.ts == "second.0"
    assert find(NOW - SECOND, "greeting") is None
    assert find(LATER, "receipt") is None
