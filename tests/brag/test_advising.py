"""What someone confirmed is held in memory: for them alone, and no longer than it holds."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.brag.advising import Advisor
from bot.brag.model import Entry, Evidence, Words
from bot.brag.store import BragStore
from bot.ladder.service import Reader
from bot.people.model import PersonId
from bot.people.store import PeopleStore
from bot.storage.database import Database
from bot.storage.vault import KEY_BYTES, Vault
from tests.brag.evidence import ANA, SMALL, speaks_for

STORE = partial(BragStore, Vault([bytes(KEY_BYTES)]))
NOW = datetime(2026, 11, 20, tzinfo=UTC)
OTHERS = [PersonId(ANA.workspace, "BEN"), PersonId("T2", ANA.user)]


Suggested = Callable[..., Awaitable[list[str]]]


@pytest.fixture
def elsewhere(database: Database) -> Iterator[Database]:
    """The same database in another process."""
    other = Database(database.engine.url.render_as_string(hide_password=False))
    yield other
    other.close()


def confirmed(text: str, competency: str, person: PersonId = ANA) -> Entry:
    return replace(speaks_for(f"{competency}:"), words=Words(text), person=person)


@pytest.fixture
def suggested(database: Database) -> Suggested:
    """Competencies for a text, by one advisor that knows what the profile tells."""
    for person in (ANA, *OTHERS):
        database.write_now(PeopleStore, PeopleStore.change_profile, person, {"zone": "UTC"}, NOW)
    advisor = Advisor(database, STORE)

    async def suggest(text: str, person: PersonId = ANA) -> list[str]:
        profile = await database.look_up(PeopleStore, PeopleStore.get_profile, person)
        assert profile
        found = await advisor.suggest_for(Reader(person, SMALL), profile.changes)
        return [one.competency for one in found(text)]

    return suggest


async def test_what_one_confirmed_is_suggested_to_them_and_to_nobody_else(
    database: Database, suggested: Suggested
) -> None:
    database.write_now(STORE, BragStore.add, [confirmed("Falcon digest", "people")])
    for _ in range(2):
        assert await suggested("Another Falcon digest") == ["people"]
        assert [await suggested("Another Falcon digest", other) for other in OTHERS] == [[], []]


async def test_each_has_their_own(database: Database, suggested: Suggested) -> None:
    entries = [confirmed("Falcon digest", "people"), confirmed("Falcon digest", "craft", OTHERS[0])]
    database.write_now(STORE, BragStore.add, entries)
    for _ in range(2):
        assert await suggested("Another Falcon digest") == ["people"]
        assert await suggested("Another Falcon digest", OTHERS[0]) == ["craft"]


async def test_a_yes_in_another_process_counts_at_once(elsewhere: Database, suggested: Suggested) -> None:
    elsewhere.write_now(STORE, BragStore.add, [confirmed("Falcon digest", "people")])
    assert await suggested("Osprey quartz again") == []
    elsewhere.write_now(STORE, BragStore.add, [confirmed("Osprey quartz", "craft")])
    assert await suggested("Osprey quartz again") == ["craft"]


async def test_what_was_taken_back_counts_no_longer(elsewhere: Database, suggested: Suggested) -> None:
    kept, gone = confirmed("Osprey quartz", "craft"), confirmed("Falcon digest", "people")
    elsewhere.write_now(STORE, BragStore.add, [kept, gone])
    assert await suggested("Another Falcon digest") == ["people"]
    elsewhere.write_now(STORE, BragStore.delete, ANA, [gone.id])
    assert await suggested("Another Falcon digest") == []


async def test_other_words_in_another_process_count_as_they_are_now(
    elsewhere: Database, suggested: Suggested
) -> None:
    entry = confirmed("Falcon digest", "people")
    elsewhere.write_now(STORE, BragStore.add, [entry])
    assert await suggested("Another Falcon digest") == ["people"]
    elsewhere.write_now(STORE, BragStore.put, [replace(entry, words=Words("Osprey quartz"))])
    assert await suggested("Another Falcon digest") == []
    assert await suggested("Osprey quartz again") == ["people"]


async def test_a_mere_suggestion_teaches_nothing(database: Database, suggested: Suggested) -> None:
    entry = confirmed("Falcon digest", "people")
    mere = replace(entry, evidence=(Evidence("small", "senior", "people"),))
    database.write_now(STORE, BragStore.add, [mere])
    assert await suggested("Another Falcon digest") == []
