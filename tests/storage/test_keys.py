"""Keys at the start: found, made, refused, and changed for new ones."""

import re
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table, select, text

from bot.brag.model import Capture, Entry, Evidence, Plan, Words
from bot.brag.store import BragStore
from bot.errors import StartRefused
from bot.people.model import PersonId
from bot.storage.database import Database
from bot.storage.keys import BATCH, KeyStore, open_vault, reseal, sealed_columns
from bot.storage.migrate import upgrade
from bot.storage.tables import Moment
from bot.storage.vault import Owner, Vault, WrongKey, new_key, read_keys
from tests.support.process import Server, run, serving

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANA = PersonId("T1", "UANA")
OLD, NEW = new_key(), new_key()
# A bot needs a token to start; Slack itself may be away.
SLACK = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "s",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
    "RUNG_DEFAULT_LADDER": "artsy",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rung.db"


@pytest.fixture
def sqlite(path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    upgrade(database.engine)
    yield database
    database.close()


def write_something(database: Database, vault: Vault, count: int = 1) -> None:
    capture = Capture("c", ANA, "D1", "1.1")
    because = (Evidence("artsy", "ic5", "communication", words=("search",)),)
    entries = [
        Entry(f"e{n:04}", ANA, "c", n, Words(f"entry {n}"), date(2026, 3, 2), NOW, evidence=because)
        for n in range(count)
    ]

    def write(brag: BragStore) -> None:
        brag.add_capture(capture, NOW)
        brag.put(entries)
        brag.put_plan(ANA, Plan("artsy", "x", "When …, I will …", NOW))

    database.write_now(partial(BragStore, vault), write)


def read_everything(database: Database, vault: Vault) -> tuple[list[str], list[str], list[str]]:
    """Texts of entries, what suggestions stand on, and plans."""

    def read(brag: BragStore) -> tuple[list[str], list[str], list[str]]:
        kept = brag.get_kept(ANA)
        plans = brag.get_plans(ANA, "artsy")
        return (
            sorted(entry.words.text for entry in kept),
            sorted(word for entry in kept for one in entry.evidence for word in one.words),
            [plan.text for plan in plans.values()],
        )

    return database.read_now(partial(BragStore, vault), read)


def refusal(secret: str | None, database: Database) -> str:
    with pytest.raises(StartRefused) as refused:
        open_vault(secret, database, NOW)
    return str(refused.value)


# --- the key file beside a SQLite database


def test_a_new_sqlite_database_gets_a_key_file_that_only_its_user_may_read(
    sqlite: Database, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = open_vault(None, sqlite, NOW)
    file = Path(f"{path}.key")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [vault.first] == [Vault(read_keys(file.read_text())).first]
    told = "".join(capsys.readouterr())
    assert str(file) in told
    assert file.read_text().strip() not in told


def test_the_key_file_is_used_again(sqlite: Database, path: Path) -> None:
    first = open_vault(None, sqlite, NOW)
    write_something(sqlite, first)
    again = open_vault(None, sqlite, NOW)
    assert read_everything(sqlite, again) == (["entry 0"], ["search"], ["When …, I will …"])
    assert sorted(each.name for each in path.parent.glob("*.key*")) == ["rung.db.key"]


def test_with_the_key_file_gone_the_start_is_refused(sqlite: Database, path: Path) -> None:
    write_something(sqlite, open_vault(None, sqlite, NOW))
    Path(f"{path}.key").unlink()
    told = refusal(None, sqlite)
    assert "the key file is gone" in told
    assert f"put {path}.key back from your backup" in told
    assert not Path(f"{path}.key").exists()


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe"])
def test_with_a_broken_key_file_the_start_is_refused(sqlite: Database, path: Path, content: bytes) -> None:
    open_vault(None, sqlite, NOW)
    Path(f"{path}.key").write_bytes(content)
    assert "cannot be used" in refusal(None, sqlite)
    assert Path(f"{path}.key").read_bytes() == content


def test_another_key_file_is_refused(sqlite: Database, path: Path) -> None:
    open_vault(None, sqlite, NOW)
    Path(f"{path}.key").write_text(new_key())
    assert "not the key this database was written with" in refusal(None, sqlite)


# --- the setting


def test_a_wrong_key_is_refused_and_does_not_become_one_of_them(database: Database) -> None:
    open_vault(OLD, database, NOW)
    told = refusal(NEW, database)
    assert "not the key this database was written with" in told
    assert "rung db rekey" in told
    assert NEW not in told
    open_vault(OLD, database, NOW)


def test_a_setting_that_is_no_key_is_refused_without_being_repeated(database: Database) -> None:
    told = refusal("bm90IGEga2V5", database)
    assert "cannot be used" in told
    assert "bm90IGEga2V5" not in told


def test_without_a_key_postgresql_is_refused(request: pytest.FixtureRequest) -> None:
    database = Database(request.getfixturevalue("postgres").new_database())
    told = refusal(None, database)
    assert "is not set" in told
    assert "openssl rand -base64 32" in told
    database.close()


# --- changing keys


def test_what_was_written_can_be_read_with_the_new_key_alone(database: Database) -> None:
    write_something(database, open_vault(OLD, database, NOW))
    assert reseal(database, open_vault(f"{NEW},{OLD}", database, NOW), NOW) == 3
    only_new = open_vault(NEW, database, NOW)
    assert read_everything(database, only_new) == (["entry 0"], ["search"], ["When …, I will …"])
    with pytest.raises(WrongKey):
        read_everything(database, Vault(read_keys(OLD)))
    assert "not the key" in refusal(OLD, database)


def test_every_sealed_column_is_sealed_anew(database: Database) -> None:
    """Of every table there is: a row with something sealed in each of its columns."""
    old = open_vault(OLD, database, NOW)
    columns = list(sealed_columns())
    with database.engine.begin() as connection:
        for table in {table for table, _ in columns}:
            connection.execute(table.insert().values({each: sample(table, each, old) for each in table.c}))
    assert reseal(database, open_vault(f"{NEW},{OLD}", database, NOW), NOW) == len(columns) > 3
    new = Vault(read_keys(NEW))
    with database.engine.connect() as connection:
        for table, column in columns:
            [found] = connection.execute(select(column)).scalars()
            assert new.open(found, Owner(*ANA), f"{table.name}.{column.name}") == column.name


def sample(table: Table, column: Column[Any], vault: Vault) -> object:
    """Something that fits into the column."""
    if column.info.get("sealed"):
        return vault.seal(column.name, Owner(*ANA), f"{table.name}.{column.name}")
    if column.name in ("workspace_id", "user_id"):
        return ANA.workspace if column.name == "workspace_id" else ANA.user
    if isinstance(column.type, Moment):
        return NOW
    fitting = {datetime: NOW, date: NOW.date(), int: 1, bool: True, dict: {}, bytes: b"", str: "x"}
    return fitting[column.type.python_type]


def test_more_than_one_batch_is_sealed_anew(database: Database) -> None:
    count = 2 * BATCH + 1
    write_something(database, open_vault(OLD, database, NOW), count)
    both = open_vault(f"{NEW},{OLD}", database, NOW)
    assert reseal(database, both, NOW) == 2 * count + 1
    assert len(read_everything(database, open_vault(NEW, database, NOW))[0]) == count


def test_an_interrupted_change_of_keys_is_run_again(database: Database) -> None:
    """Until it is through, the old key is asked for."""
    write_something(database, open_vault(OLD, database, NOW))
    both = open_vault(f"{NEW},{OLD}", database, NOW)
    write_something(database, both)
    assert "not the key" in refusal(NEW, database)
    assert reseal(database, both, NOW) == 0
    assert database.read_now(KeyStore, KeyStore.get_ids) == {both.first}


def test_with_tables_of_a_newer_rung_no_key_is_forgotten(database: Database) -> None:
    write_something(database, open_vault(OLD, database, NOW))
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE diaries (id integer)"))
    with pytest.raises(StartRefused, match="does not know: diaries"):
        reseal(database, open_vault(f"{NEW},{OLD}", database, NOW), NOW)
    open_vault(f"{NEW},{OLD}", database, NOW)
    assert "not the key" in refusal(NEW, database)


async def test_the_command_changes_keys_and_the_old_one_can_go(database: Database, database_url: str) -> None:
    write_something(database, open_vault(OLD, database, NOW))
    told = await run("db", "rekey", DATABASE_URL=database_url, RUNG_SECRET_KEY=f"{NEW},{OLD}")
    assert told[0] == 0
    assert re.match("3 texts are sealed with the first key now", told[1])
    assert NEW not in told[1] + told[2]
    kept, _, _ = read_everything(database, open_vault(NEW, database, NOW))
    assert kept == ["entry 0"]


async def test_the_command_refuses_a_wrong_key_in_words(database: Database, database_url: str) -> None:
    open_vault(OLD, database, NOW)
    code, _, err = await run("db", "rekey", DATABASE_URL=database_url, RUNG_SECRET_KEY=NEW)
    assert code == 1
    assert "not the key this database was written with" in err
    assert NEW not in err


# --- the process


async def test_the_start_names_the_key_file_and_says_nothing_of_the_key(path: Path) -> None:
    async with serving(**SLACK, DATABASE_URL=f"sqlite:///{path}") as server:
        assert isinstance(server, Server)
    assert f"{path}.key" in server.log
    assert key_beside(path) not in server.log


async def test_a_start_without_its_key_ends_with_what_to_do(path: Path) -> None:
    url = f"sqlite:///{path}"
    async with serving(**SLACK, DATABASE_URL=url):
        pass
    lose_key_beside(path)
    code, _, err = await run("serve", **SLACK, DATABASE_URL=url)
    assert code == 1
    assert f"put {path}.key back" in err
    code, _, err = await run("serve", **SLACK, DATABASE_URL=url, RUNG_SECRET_KEY=NEW)
    assert code == 1
    assert "not the key this database was written with" in err
    assert NEW not in err
    assert "Traceback" not in err


def key_beside(path: Path) -> str:
    return Path(f"{path}.key").read_text().strip()


def lose_key_beside(path: Path) -> None:
    Path(f"{path}.key").unlink()
