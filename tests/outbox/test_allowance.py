"""So many messages a minute for each workspace: what is over waits, and nothing is lost by it."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.nudge.model import NUDGE
from bot.outbox.model import Delivery, Owed
from bot.outbox.pace import FILLING, Pace
from bot.outbox.store import Outbox
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from tests.support.workspace import ANA, BEN, Workspace

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
A_MINUTE = 60  # messages: one a second


class Desk:
    """An outbox that is owed this and that, with an allowance of one message a second."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers = iter(range(10_000))

    def owe(self, count: int, workspace: str = "T1", due: datetime = NOW) -> list[str]:
        owed = [Owed(workspace, "UANA", "letter", str(next(self._numbers)), due) for _ in range(count)]
        return self._database.write_now(Outbox, Outbox.owe, owed, NOW)

    def claim(self, now: datetime = NOW, limit: int = 100) -> list[Delivery]:
        return self._database.write_now(Outbox, Outbox.claim, now, limit, A_MINUTE)

    def claim_all(self, now: datetime = NOW) -> int:
        """As a process does: until nothing comes."""
        count = 0
        while claimed := self.claim(now):
            count += len(claimed)
        return count

    def spend(self, wanted: dict[str, int], now: datetime) -> dict[str, int]:
        return self._database.write_now(Pace, Pace.spend, wanted, A_MINUTE, now)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_no_more_goes_out_at_once_than_is_allowed_in_a_minute(desk: Desk) -> None:
    desk.owe(250)
    assert desk.claim_all() == A_MINUTE


def test_what_is_over_goes_out_as_time_passes(desk: Desk) -> None:
    desk.owe(140)
    went = [desk.claim_all(NOW + MINUTE / 2 * count) for count in range(4)]
    assert went == [60, 30, 30, 20]


def test_between_two_looks_there_is_what_the_time_between_them_allows(desk: Desk) -> None:
    desk.owe(100)
    desk.claim_all()
    assert desk.claim_all(NOW + FILLING) == 0
    assert desk.claim_all(NOW + 2 * FILLING) == 10


def test_the_oldest_go_first(desk: Desk) -> None:
    desk.owe(50, due=NOW)
    older = desk.owe(50, due=NOW - MINUTE)
    claimed = desk.claim()
    assert {one.id for one in claimed} >= set(older)
    assert len(claimed) == A_MINUTE


def test_what_was_over_comes_before_what_was_due_later(desk: Desk) -> None:
    desk.owe(100)
    desk.claim_all()
    desk.owe(100, due=NOW + MINUTE)
    assert {one.due_at for one in desk.claim(NOW + MINUTE, limit=40)} == {NOW}


def test_each_workspace_has_an_allowance_of_its_own(desk: Desk) -> None:
    """The one that is owed most stands before the others, and does not hold them up."""
    desk.owe(300, "T1", due=NOW - MINUTE)
    desk.owe(5, "T2")
    assert desk.claim_all() == A_MINUTE + 5


def test_an_allowance_that_nobody_used_does_not_grow(desk: Desk) -> None:
    desk.owe(300)
    desk.claim_all()
    assert desk.claim_all(NOW + timedelta(days=1)) == A_MINUTE


def test_what_was_given_back_counts_as_never_taken_up(desk: Desk) -> None:
    desk.owe(100)
    desk.claim_all()
    assert {one.attempts for one in desk.claim(NOW + MINUTE)} == {1}


def test_what_someone_waits_for_is_not_held_back(database: Database, desk: Desk) -> None:
    desk.owe(100)
    desk.claim_all()
    ids = desk.owe(30)
    assert len(database.write_now(Outbox, Outbox.claim_these, NOW, 100, ids)) == 30


def test_a_clock_that_was_wrong_holds_nobody(desk: Desk) -> None:
    desk.owe(100)
    desk.claim_all(NOW + timedelta(days=1))
    assert desk.claim_all(NOW) == 0
    assert desk.claim_all(NOW + MINUTE) == 40


def test_a_batch_costs_one_note_and_one_more_for_what_was_over(tmp_path: Path) -> None:
    """However many workspaces it is for."""
    database = Database(f"sqlite:///{tmp_path / 'rung.db'}")
    upgrade(database.engine)
    wanted = {f"T{number}": 100 for number in range(50)}
    asked: list[str] = []

    def spend(connection: Connection) -> dict[str, int]:
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        found = Pace(connection).spend(wanted, A_MINUTE, NOW)
        driver.set_trace_callback(None)
        return found

    assert set(database.write_now(lambda connection: connection, spend).values()) == {A_MINUTE}
    assert [statement.split()[0] for statement in asked] == ["INSERT", "UPDATE"]
    database.close()


@pytest.fixture
def settings_more() -> dict[str, Any]:
    return {"rung_messages_per_minute": 1}


async def test_a_question_that_waited_for_its_turn_is_asked_all_the_same(workspace: Workspace) -> None:
    now = workspace.clock()
    await workspace.move(datetime.combine(now.date() + timedelta(days=1), time(12), UTC) - now)
    team, noon = workspace.world.team_id, workspace.clock()
    owed = [Owed(team, user.id, NUDGE, f"weekly:{user.id}", noon) for user in (ANA, BEN)]
    await workspace.rung.database.write(Outbox, Outbox.owe, owed, noon)
    await workspace.settle()
    assert count_asked(workspace) == 1
    await workspace.move(MINUTE)
    await workspace.settle()
    assert count_asked(workspace) == 2


def count_asked(workspace: Workspace) -> int:
    return sum(len(workspace.messages(user, workspace.dm(user))) for user in (ANA, BEN))
