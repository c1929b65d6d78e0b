"""Where people stand, kept by workspace and person."""

from datetime import UTC, datetime

from bot.people.model import PersonId, Standing
from bot.people.store import PeopleStore
from bot.storage.database import Database

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ANA = PersonId("T1", "U1")


def standing(database: Database, person: PersonId = ANA) -> Standing | None:
    return database.read_now(PeopleStore, PeopleStore.get_standing, person)


def keep(database: Database, person: PersonId, kept: Standing) -> None:
    database.write_now(PeopleStore, PeopleStore.set_levels, person, kept, NOW)


def test_nobody_is_known_before_they_say_something(database: Database) -> None:
    assert standing(database) is None


def test_levels_come_back_as_they_were_set(database: Database) -> None:
    keep(database, ANA, Standing("artsy", "ic4", "ic6"))
    assert standing(database) == Standing("artsy", "ic4", "ic6")


def test_levels_can_be_changed_and_cleared(database: Database) -> None:
    keep(database, ANA, Standing("artsy", "ic4", "ic6"))
    keep(database, ANA, Standing("artsy", "ic5", None))
    assert standing(database) == Standing("artsy", "ic5", None)


def test_switching_ladders_hides_levels_and_switching_back_shows_them_again(database: Database) -> None:
    keep(database, ANA, Standing("artsy", "ic4", "ic6"))
    database.write_now(PeopleStore, PeopleStore.use_ladder, ANA, "ai", NOW)
    assert standing(database) == Standing("ai")
    database.write_now(PeopleStore, PeopleStore.use_ladder, ANA, "artsy", NOW)
    assert standing(database) == Standing("artsy", "ic4", "ic6")


def test_the_same_user_id_in_another_workspace_is_someone_else(database: Database) -> None:
    keep(database, ANA, Standing("artsy", "ic4", "ic6"))
    assert standing(database, PersonId("T2", "U1")) is None
