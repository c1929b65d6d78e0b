"""What changes when the time of a 1:1 does, on both databases; nothing is met twice, and nothing lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from bot.oneonone.model import AskedOf, Pair, Series
from bot.oneonone.shared import Shared
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times import model, service
from bot.people.model import PersonId
from bot.people.relations import end, link
from bot.rhythm.model import Rhythm
from bot.storage.database import Database
from tests.oneonone.pairs import STORE

ANA, BEN = PersonId("T", "UANA"), PersonId("T", "UBEN")
PAIR = Pair("T", "UANA", "UBEN")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEETING = datetime(2026, 3, 3, 10, tzinfo=UTC)
WEEK = timedelta(weeks=1)
OVER = MEETING + timedelta(minutes=30)
FRESH = model.begin(PAIR, Rhythm(1, time(10)), "Etc/UTC", 30, BEN.user, NOW)


class Times:
    """A transaction a call."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, change: Callable[..., Any], *args: Any) -> Any:
        return self._database.write_now(STORE, change, *args)

    @property
    def series(self) -> Series | None:
        found: Series | None = self._database.read_now(STORE, lambda store: store.times.get(PAIR))
        return found

    def go_on(self, now: datetime = OVER, at: datetime = MEETING) -> str:
        done: str = self.write(service.go_on, PAIR, at, ask, now)[0]
        return done

    def asked(self) -> list[AskedOf]:
        since = date(2026, 1, 1)
        return self._database.read_now(STORE, lambda store: store.times.get_asked(PAIR, "manager", since))

    def owed(self, kind: str, at: datetime) -> str:
        """The state of what is owed for that time."""
        name = f"{kind}:UANA:UBEN:{at:%Y%m%dT%H%M}"
        found = self._database.read_now(STORE, lambda store: store.outbox.get_once("T", name))
        return found.state if found else ""


def ask(shared: Shared, day: date) -> AskedOf | None:
    assert shared.pair == PAIR
    return AskedOf("manager", day, "m-next-step", "artsy", "one")


def join_up(store: OneOnOneStore) -> None:
    store.relations.put(link(None, ANA, BEN.user, "manager", NOW))


def part(store: OneOnOneStore) -> None:
    known = store.relations.get(ANA, BEN.user)
    assert known
    store.relations.put(end(known, ANA.user, NOW))


@pytest.fixture
def times(database: Database) -> Times:
    found = Times(database)
    found.write(join_up)
    found.write(service.begin, FRESH, NOW)
    return found


def test_what_a_meeting_brings_is_owed_with_it(times: Times) -> None:
    assert [times.owed(kind, MEETING) for kind in ("prep", "morning", "round")] == ["pending"] * 3
    assert times.owed("prep", MEETING + WEEK) == ""


def test_when_it_is_over_the_next_one_is_owed_and_its_question_remembered_once(times: Times) -> None:
    assert times.go_on() == "went on"
    assert times.go_on() == "moved"
    assert times.series
    assert times.series.next_at == MEETING + WEEK
    assert times.owed("morning", MEETING + WEEK) == "pending"
    assert times.asked() == [AskedOf("manager", date(2026, 3, 3), "m-next-step", "artsy", "one")]


def test_before_its_end_nothing_goes_on(times: Times) -> None:
    assert times.go_on(OVER - timedelta(seconds=1)) == "not over"
    times.write(service.change, PAIR, "UANA", partial(model.take, minutes=60), "told_set", NOW)
    assert times.go_on(OVER) == "not over"
    assert times.go_on(MEETING + timedelta(hours=1)) == "went on"


def test_where_the_two_are_not_linked_any_more_it_rests_and_asks_nothing(times: Times) -> None:
    times.write(part)
    assert times.go_on() == "not linked"
    assert times.series
    assert times.series.next_at is None
    assert times.asked() == []


def test_nobody_who_is_not_linked_sets_or_changes_anything(times: Times) -> None:
    times.write(part)
    before = times.series
    assert times.write(service.begin, FRESH, NOW + WEEK) is None
    assert (
        times.write(service.change, PAIR, "UBEN", partial(model.skip, now=NOW), "told_skipped", NOW) is None
    )
    assert times.write(service.end, PAIR, "UBEN", NOW) is None
    assert times.series == before


def test_what_changes_nothing_tells_nobody(times: Times) -> None:
    again = times.write(service.begin, FRESH, NOW)
    assert (again.ids, again.is_new) == ((), False)


def test_somebody_meets_on_either_side_and_the_next_one_comes_first(times: Times) -> None:
    cy = Pair("T", "UCY", "UANA")
    times.write(lambda store: store.relations.put(link(None, cy.engineer_id, "UANA", "mentor", NOW)))
    meets = times.write(service.get_meets, ANA)
    assert [(one.pair, one.series is None) for one in meets] == [(PAIR, False), (cy, True)]
    sooner = model.begin(cy, Rhythm(0, time(12)), "Etc/UTC", 30, "UANA", NOW)
    times.write(service.begin, sooner, NOW)
    assert [one.pair for one in times.write(service.get_meets, ANA)] == [cy, PAIR]
    assert [one.pair for one in times.write(service.get_meets, BEN)] == [PAIR]
