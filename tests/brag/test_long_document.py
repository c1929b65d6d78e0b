"""A long document is read in parts, and no question goes through what others wrote."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import event

from bot.brag import owing, service
from bot.brag.model import Entry, Words
from bot.brag.period import Period
from bot.brag.store import FEW, BragStore
from bot.brag.stretch import Stretch
from bot.people.model import PersonId
from bot.storage.database import Database
from bot.storage.vault import KEY_BYTES, Vault
from tests.brag.evidence import ANA, TODAY, record_of, speaks_for, suggests

KEPT_AT = datetime(2026, 3, 1, tzinfo=UTC)
STORE = partial(BragStore, Vault([bytes(KEY_BYTES)]))


def write_down(database: Database, count: int) -> list[Entry]:
    """So many entries on days before one another, newest first."""
    written = [
        replace(speaks_for("s-designs", days=number), id=f"e{number:04}", words=Words(f"Did {number}"))
        for number in range(count)
    ]
    database.write_now(STORE, BragStore.put, written)
    return written


@pytest.mark.parametrize("start", [0, 20, 40])
def test_a_page_is_what_the_whole_list_has_there(database: Database, start: int) -> None:
    written = write_down(database, 45)
    page = database.read_now(STORE, BragStore.get_page, ANA, None, start, 20)
    assert (len(page), page[start : start + 20]) == (45, written[start : start + 20])


def test_pages_of_what_was_kept_at_one_moment_show_each_entry_once(database: Database) -> None:
    """As those of an import that says no more than the day."""
    written = [replace(one, happened_on=TODAY, created_at=KEPT_AT) for one in write_down(database, 200)]
    database.write_now(STORE, BragStore.put, written)
    pages = [
        database.read_now(STORE, BragStore.get_page, ANA, None, start, 20) for start in range(0, 200, 20)
    ]
    shown = [one for page in pages for one in page.held]
    assert shown == database.read_now(STORE, BragStore.get_kept, ANA)


def test_beyond_the_end_stands_the_last_page(database: Database) -> None:
    written = write_down(database, 45)
    page = database.read_now(STORE, BragStore.get_page, ANA, None, 100, 20)
    assert page[40:60] == written[40:]


def test_where_nothing_is_kept_the_page_is_empty(database: Database) -> None:
    assert not database.read_now(STORE, BragStore.get_page, ANA, None, 0, 20)


def test_a_stretch_has_only_what_was_read() -> None:
    held = [speaks_for("s-designs", days=day) for day in range(2)]
    assert list(Stretch(held, 3, 9)[3:5]) == held
    with pytest.raises(IndexError):
        Stretch(held, 3, 9)[5]


@pytest.mark.parametrize("count", [3, FEW + 3])
def test_each_entry_has_its_own_evidence_in_short_and_long_documents(database: Database, count: int) -> None:
    written = write_down(database, count)
    assert database.read_now(STORE, BragStore.get_kept, ANA) == written


@pytest.mark.parametrize("count", [1, FEW + 1])
def test_the_best_suggestion_comes_first_in_short_and_long_documents(database: Database, count: int) -> None:
    best_first = suggests("words:", "people:s-mentors", "craft:s-designs").evidence
    entries = [replace(one, id=f"s{one.id}", evidence=best_first) for one in write_down(database, count)]
    database.write_now(STORE, BragStore.add, entries)
    page = database.read_now(STORE, BragStore.get_page, ANA, None, 0, 20)
    for read in (database.read_now(STORE, BragStore.get_kept, ANA), page[:20]):
        assert {one.evidence for one in read if one.id.startswith("s")} == {best_first}


def test_what_is_asked_weeks_later_is_not_sent_now(database: Database) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    capture = service.new_capture(ANA, service.COMMAND, "1")
    owed = [owing.ask_for_results(ANA, now), owing.tick(capture, now)]
    assert len(database.write_now(STORE, service.owe, owed, now)) == 1


def test_a_search_reads_words(database: Database) -> None:
    [entry] = write_down(database, 1)
    brief = replace(entry, capture="", evidence=())
    assert database.read_now(STORE, BragStore.get_kept_to_search, ANA) == [brief]


def test_coverage_counts_what_is_kept_newest_first(database: Database) -> None:
    written = [speaks_for("s-designs", "s-mentors", days=day, reach="team") for day in range(3)]
    draft = replace(suggests("s-designs"), state="draft")
    theirs = replace(suggests("s-designs"), person=PersonId("T", "BEN"))
    database.write_now(STORE, BragStore.add, [draft, theirs, *reversed(written)])
    record = database.read_now(STORE, BragStore.get_record, ANA)
    assert record.entries == record_of(written).entries
    assert list(record.entries) == [entry.id for entry in written]
    assert {one: names for one, names in record.speaking.items() if names} == record_of(written).speaking


def test_coverage_of_a_period_counts_nothing_else(database: Database) -> None:
    written = write_down(database, 9)
    days = Period(TODAY - timedelta(days=5), TODAY - timedelta(days=2))
    assert database.read_now(STORE, BragStore.get_record, ANA, days) == record_of(written[2:6])


@pytest.fixture
def plans(database: Database) -> Callable[[], list[str]]:
    """How SQLite goes about every question asked from here on."""
    asked: list[str] = []
    database.engine.dispose()
    event.listen(database.engine, "connect", lambda driver, _: driver.set_trace_callback(asked.append))

    def explain() -> list[str]:
        statements = [sql for sql in asked if sql.startswith(("SELECT", "DELETE", "UPDATE"))]
        with database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver
            return [step[3] for sql in statements for step in driver.execute(f"EXPLAIN QUERY PLAN {sql}")]

    return explain


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_question_goes_through_what_others_wrote(
    database: Database, plans: Callable[[], list[str]]
) -> None:
    [entry] = write_down(database, 1)
    ago = datetime(2026, 1, 1, tzinfo=UTC)
    capture = service.new_capture(ANA, service.COMMAND, "1")
    database.write_now(STORE, BragStore.add_capture, capture, ago)
    for count in (1, FEW + 1):
        write_down(database, count)
        database.read_now(STORE, BragStore.get, ANA, [entry.id])
        database.read_now(STORE, BragStore.get_kept, ANA)
        database.read_now(STORE, BragStore.get_record, ANA)
        database.read_now(STORE, BragStore.get_page, ANA, None, 0, 20)
    database.read_now(STORE, BragStore.get_of_capture, capture)
    database.read_now(STORE, BragStore.get_capture, ANA, capture.channel, capture.ts)
    database.read_now(STORE, BragStore.get_open, ANA, ago, ago + timedelta(days=400))
    database.read_now(STORE, BragStore.get_confirmed, ANA, "small")
    steps = plans()
    assert len(steps) > 20
    assert [step for step in steps if "SCAN" in step or step.endswith("(workspace_id=?)")] == []
