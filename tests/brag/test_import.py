"""A brag document comes back from its file: all of it, once, to the right person."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.brag.export import export
from bot.brag.exporting.packet import Packet
from bot.brag.importing import BroughtIn, bring_in, read_file
from bot.brag.model import Entry, Plan
from bot.brag.store import BragStore
from bot.errors import ContentError
from bot.people.model import PersonId
from bot.storage.database import Database
from bot.storage.vault import Vault
from tests.brag.written import ANA, KEPT_AT, entry, packet, packets
from tests.support.process import run
from tests.support.workspace import KEY

BEN = PersonId("T1", "UBEN")
VAULT = Vault([b"k" * 32])
PLAN = Plan("artsy", "ic6.a.1", "When a review opens, I will ask first.", KEPT_AT)


def bring(database: Database, made: Packet, person: PersonId = ANA) -> BroughtIn:
    file = read_file(export(made, "json").content, "x.json")
    return database.write_now(partial(BragStore, VAULT), bring_in, file, person, KEPT_AT)


def kept(database: Database, person: PersonId = ANA) -> list[Entry]:
    return database.read_now(partial(BragStore, VAULT), BragStore.get_kept, person)


def plans(database: Database, ladder: str) -> dict[str, Plan]:
    return database.read_now(partial(BragStore, VAULT), BragStore.get_plans, ANA, ladder)


def plans_of(database: Database, made: Packet) -> list[Plan]:
    return [
        plan for ladder in {plan.ladder for plan in made.plans} for plan in plans(database, ladder).values()
    ]


@given(packets)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_exported_and_imported_is_exported_the_same(database: Database, made: Packet) -> None:
    database.write_now(partial(BragStore, VAULT), BragStore.delete, ANA, [one.id for one in kept(database)])
    for plan in plans_of(database, made):
        database.write_now(
            partial(BragStore, VAULT), BragStore.delete_plan, ANA, plan.ladder, plan.expectation
        )
    bring(database, made)
    again = packet(*kept(database), plans=plans_of(database, made))
    assert export(again, "json") == export(made, "json")


def test_the_same_file_twice_keeps_everything_once(database: Database) -> None:
    made = packet(entry("Shipped the search"), entry("Wrote the runbook"), plans=[PLAN])
    assert bring(database, made) == BroughtIn(entries=2, known=0, plans=1)
    assert bring(database, made) == BroughtIn(entries=0, known=2, plans=0)
    assert len(kept(database)) == 2


def test_what_was_changed_since_stays_changed(database: Database) -> None:
    first = entry("Shipped the search")
    bring(database, packet(first))
    newer = packet(replace(first, visibility="shared"))
    bring(database, newer)
    assert kept(database)[0].visibility == "private"


def test_an_id_of_someone_else_is_given_up_and_theirs_stays_untouched(database: Database) -> None:
    theirs = entry("Shipped the search")
    bring(database, packet(theirs), BEN)
    bring(database, packet(entry("Shipped the search")))
    bring(database, packet(entry("Shipped the search")))
    assert [one.id for one in kept(database, BEN)] == [theirs.id]
    assert len(kept(database)) == 1
    assert kept(database)[0].id != theirs.id


def test_entries_of_one_message_stay_together(database: Database) -> None:
    made = packet(entry("One", capture="abc"), entry("Two", capture="abc", position=1))
    bring(database, made, BEN)
    bring(database, made)
    assert len({one.capture for one in kept(database)}) == 1


def test_a_file_by_hand_needs_only_the_words_and_the_day(database: Database) -> None:
    text = {"rung_brag_document": 1, "entries": [{"text": "Shipped it", "happened_on": "2026-09-30"}] * 2}
    file = read_file(json.dumps(text).encode(), "mine.json")
    for _ in range(2):
        database.write_now(partial(BragStore, VAULT), bring_in, file, ANA, KEPT_AT)
    assert [one.words.text for one in kept(database)] == ["Shipped it", "Shipped it"]


def test_everything_that_is_wrong_is_told_at_once_with_what_to_do() -> None:
    text = {
        "rung_brag_document": 1,
        "entries": [
            {"text": "SECRET", "happened_on": "yesterday", "kind": "SECRET"},
            {"happened_on": "2026-09-30", "txet": "SECRET"},
            {"text": "a", "happened_on": "2026-09-30", "kept_at": "2026-09-30T15:00:00"},
        ],
    }
    with pytest.raises(ContentError) as refused:
        read_file(json.dumps(text).encode(), "mine.json")
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {
        "entries[0].happened_on",
        "entries[0].kind",
        "entries[1].text",
        "entries[1].txet",
        "entries[2].kept_at",
    }
    assert all(problem.hint for problem in refused.value.problems)
    assert "SECRET" not in str(refused.value)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b"{}", b'{"rung_brag_document": 2, "entries": []}']
)
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(ContentError):
        read_file(content, "mine.json")


async def test_the_command_brings_a_file_in(tmp_path: Path) -> None:
    file = tmp_path / "brag.json"
    file.write_bytes(export(packet(entry("Shipped the search")), "json").content)
    own = {"DATABASE_URL": f"sqlite:///{tmp_path / 'rung.db'}", "RUNG_SECRET_KEY": KEY}
    code, _, err = await run("brag", "import", str(file), **own)
    assert code == 1
    assert "rung db upgrade" in err
    await run("db", "upgrade", **own)
    code, out, err = await run("brag", "import", str(file), **own)
    assert (code, "1 entry" in out, "UANA in T1" in out) == (0, True, True), err
    _, out, _ = await run("brag", "import", str(file), "--user", "UBEN", **own)
    assert "UBEN in T1" in out
