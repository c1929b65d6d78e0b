"""`rung serve` as its own process, against the playground's Slack."""

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from bot.nudge.model import NUDGE
from bot.outbox.schedules import Schedule, Schedules
from bot.playground.server import running
from bot.playground.slack import Slack
from bot.settings import ROOT, read_settings
from bot.storage.database import Database
from tests.support.databases import Postgres
from tests.support.process import Server, free_port, get_json, run, serving
from tests.support.workspace import ANA, CHANNEL, KEY, SECRET, build_world, until_messages, words_of


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    playground = Slack(build_world(), None, SECRET)
    async with running(playground):
        yield playground
        await playground.settle()


def http_settings(slack: Slack, database_url: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.world.bot_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack.world.address}/api/",
        "DATABASE_URL": database_url,
        "RUNG_SECRET_KEY": KEY,
        "RUNG_DEFAULT_LADDER": "artsy",
    }


def socket_settings(slack: Slack, database_url: str) -> dict[str, str]:
    settings = http_settings(slack, database_url)
    del settings["SLACK_SIGNING_SECRET"]
    return {**settings, "SLACK_APP_TOKEN": slack.world.app_token}


async def look_up(slack: Slack, text: str) -> str:
    await slack.send(ANA.id, CHANNEL, text)
    return words_of(slack.world.messages(CHANNEL, ANA.id)[-1])


async def test_over_http_it_answers_a_command(slack: Slack, database_url: str) -> None:
    async with serving(**http_settings(slack, database_url)) as server:
        slack.bot_url = server.address
        assert "Staff Engineer" in await look_up(slack, "/ladder staff")
        assert await get_json(f"{server.address}/readyz") == (
            200,
            {
                "ready": True,
                "database": True,
                "sending": True,
                "slack": True,
                "ladders": True,
                "problems": [],
            },
        )
    assert server.process.returncode == 0


async def test_over_socket_mode_it_answers_a_command(slack: Slack, database_url: str) -> None:
    async with serving(**socket_settings(slack, database_url)):
        assert "Staff Engineer" in await look_up(slack, "/ladder staff")
    assert slack.world.refused == []


async def test_what_was_set_is_there_after_a_kill_and_a_restart(slack: Slack, database_url: str) -> None:
    async with serving(**http_settings(slack, database_url)) as server:
        slack.bot_url = server.address
        await look_up(slack, "/ladder target staff")
        server.process.kill()
    async with serving(**http_settings(slack, database_url)) as server:
        slack.bot_url = server.address
        assert "your target" in await look_up(slack, "/ladder")


async def test_nothing_that_is_typed_stands_in_the_log(slack: Slack, database_url: str) -> None:
    async with serving(**http_settings(slack, database_url)) as server:
        slack.bot_url = server.address
        await look_up(slack, "/ladder my secret wish")
        await slack.send(ANA.id, slack.world.im_between(ANA.id, slack.world.bot_user_id).id, "my secret wish")
    assert "ready" in server.log
    assert "secret wish" not in server.log


async def test_it_starts_with_a_broken_ladder_on_the_last_good_one_and_says_so(
    slack: Slack, database_url: str, tmp_path: Path
) -> None:
    ladders = tmp_path / "ladders"
    shutil.copytree(ROOT / "ladders", ladders)
    settings = {**http_settings(slack, database_url), "RUNG_LADDERS": str(ladders)}
    async with serving(**settings):
        pass
    (ladders / "artsy.yaml").write_text("id: [not a ladder")
    async with serving(**settings) as server:
        slack.bot_url = server.address
        assert "Staff Engineer" in await look_up(slack, "/ladder staff")
        status, told = await get_json(f"{server.address}/readyz")
    assert status == 200
    assert "artsy.yaml" in str(told["problems"])


async def test_everything_that_is_wrong_at_the_start_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("id: mine\n")
    code, _, err = await run(
        "serve",
        PORT="http",
        DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/rung.db",
        RUNG_LADDERS=str(tmp_path),
        RUNG_PROMPTS=str(tmp_path / "none"),
        SLACK_APP_TOKEN="xoxb-swapped",
    )
    assert code == 1
    for name in ("PORT", "DATABASE_URL", "RUNG_PROMPTS", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "mine.yaml"):
        assert name in err, err
    assert "Traceback" not in err


async def test_tokens_that_slack_refuses_are_told_before_anything_starts(
    slack: Slack, tmp_path: Path
) -> None:
    refused = {"SLACK_BOT_TOKEN": "xoxb-old", "SLACK_APP_TOKEN": "xapp-old"}
    settings = socket_settings(slack, f"sqlite:///{tmp_path}/rung.db") | refused
    code, _, err = await run("serve", **settings)
    assert code == 1
    assert err.count("was refused by Slack (invalid_auth)") == 2


async def test_it_starts_while_slack_is_away_and_answers_what_comes(slack: Slack, tmp_path: Path) -> None:
    away = {"SLACK_API_URL": f"http://127.0.0.1:{free_port()}/api/"}
    async with serving(**http_settings(slack, f"sqlite:///{tmp_path}/rung.db") | away) as server:
        slack.bot_url = server.address
        assert "Staff Engineer" in await look_up(slack, "/ladder staff")
    assert "Slack cannot be asked yet" in server.log


async def test_while_it_waits_for_a_socket_it_is_not_ready_and_can_be_stopped(
    slack: Slack, tmp_path: Path
) -> None:
    away = {"SLACK_API_URL": f"http://127.0.0.1:{free_port()}/api/"}
    settings = socket_settings(slack, f"sqlite:///{tmp_path}/rung.db") | away
    async with serving(until="Failed to connect", **settings) as server:
        assert (await get_json(f"{server.address}/readyz"))[0] == 503
        assert await server.stop() == 0


async def test_a_second_process_on_the_same_sqlite_file_is_refused(slack: Slack, tmp_path: Path) -> None:
    settings = http_settings(slack, f"sqlite:///{tmp_path}/rung.db")
    async with serving(**settings):
        code, _, err = await run("serve", PORT="0", **settings)
    assert code == 1
    assert "already serving" in err


async def test_postgresql_is_upgraded_by_the_operator_and_not_by_the_start(
    slack: Slack, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres").new_database("template1")
    code, _, err = await run("serve", **http_settings(slack, url))
    assert (code, "rung db upgrade" in err) == (1, True)
    assert (await run("db", "upgrade", DATABASE_URL=url))[0] == 0
    async with serving(**http_settings(slack, url)) as server:
        assert isinstance(server, Server)


async def test_in_socket_mode_it_is_ready_while_the_connection_is_open(slack: Slack, tmp_path: Path) -> None:
    async with serving(**socket_settings(slack, f"sqlite:///{tmp_path}/rung.db")) as server:
        assert (await get_json(f"{server.address}/readyz"))[0] == 200


async def test_over_a_socket_what_is_under_way_at_the_stop_is_answered(slack: Slack, tmp_path: Path) -> None:
    async with serving(**socket_settings(slack, f"sqlite:///{tmp_path}/rung.db")) as server:
        await look_up(slack, "/ladder target staff")
        with closing(sqlite3.connect(tmp_path / "rung.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            asking = asyncio.create_task(look_up(slack, "/ladder target principal"))
            await asyncio.sleep(0.5)
            server.process.terminate()
            await asyncio.sleep(0.5)
            other.execute("ROLLBACK")
        assert "Principal" in await asking
        assert await server.stop() == 0


async def test_a_worker_needs_no_socket_to_be_ready(slack: Slack, postgres_url: str) -> None:
    async with serving(command="worker", **socket_settings(slack, postgres_url)) as server:
        assert (await get_json(f"{server.address}/readyz"))[0] == 200


async def test_a_link_to_a_sqlite_file_that_is_served_is_refused_as_well(
    slack: Slack, tmp_path: Path
) -> None:
    async with serving(**http_settings(slack, f"sqlite:///{tmp_path}/rung.db")):
        (tmp_path / "link.db").symlink_to(tmp_path / "rung.db")
        code, _, err = await run("serve", PORT="0", **http_settings(slack, f"sqlite:///{tmp_path}/link.db"))
    assert code == 1
    assert "already serving" in err


async def test_it_stops_without_a_word_of_trouble(slack: Slack, database_url: str) -> None:
    async with serving(**http_settings(slack, database_url)) as server:
        pass
    assert server.process.returncode == 0
    assert "Traceback" not in server.log
    assert "error" not in server.log


async def test_told_to_stop_it_still_brings_the_picture_it_promised(slack: Slack, database_url: str) -> None:
    async with serving(**http_settings(slack, database_url)) as server:
        slack.bot_url = server.address
        held = slack.faults.add("files.getUploadURLExternal", "timeout", stored=True)
        assert "It will come into our direct messages" in await look_up(slack, "/ladder picture")
        server.process.terminate()
        await server.says("stopping")
        held.release()
        assert await server.stop() == 0
    [told] = await until_messages(slack, 1)
    assert "as a picture" in told


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> str:
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


def owe_question(database_url: str, slack: Slack) -> None:
    """Ana's weekly question is due."""
    now = datetime.now(UTC)
    weekly = Schedule(slack.world.team_id, ANA.id, NUDGE, "fri 15:00", "UTC", now)
    with closing(Database(read_settings({"DATABASE_URL": database_url})[0].database_url)) as database:
        database.write_now(Schedules, Schedules.put, weekly)


async def test_what_comes_due_is_sent_by_a_worker_and_not_by_one_who_only_answers(
    slack: Slack, postgres_url: str
) -> None:
    settings = http_settings(slack, postgres_url)
    dm = slack.world.im_between(ANA.id, slack.world.bot_user_id).id
    owe_question(postgres_url, slack)
    async with serving("--no-worker", **settings) as server:
        slack.bot_url = server.address
        await slack.post(ANA.id, dm, "Shipped the importer")
        mine, receipt = await until_messages(slack, 2)
        assert ("importer" in mine, "importer" in receipt) == (True, True)
        async with serving(command="worker", **settings) as worker:
            assert len(await until_messages(slack, 3)) == 3
            assert await worker.stop() == 0
        await slack.settle()


async def test_monitoring_sees_what_was_sent_and_what_waits(slack: Slack, postgres_url: str) -> None:
    settings = http_settings(slack, postgres_url)
    async with serving(command="worker", **settings) as worker:
        refused = slack.faults.add("chat.postMessage", "ratelimited", retry_after=1)
        owe_question(postgres_url, slack)
        await refused.reached.wait()
        await until_messages(slack, 1)
        told = await until_told(worker, 'rung_deliveries_total{kind="nudge.weekly",outcome="sent"} 1.0')
    assert 'rung_deliveries_total{kind="nudge.weekly",outcome="retried"} 1.0' in told
    assert 'rung_delivery_lag_seconds_count{kind="nudge.weekly"} 1.0' in told
    assert 'rung_outbox{state="pending"} 0.0' in told


async def test_what_slack_refuses_for_good_is_seen_by_whoever_runs_it(
    slack: Slack, postgres_url: str
) -> None:
    settings = http_settings(slack, postgres_url)
    async with serving(command="worker", **settings) as worker:
        slack.faults.add("chat.postMessage", "user_disabled")
        owe_question(postgres_url, slack)
        await until_told(worker, 'rung_outbox{state="failed"} 1.0')
    code, out, _ = await run("outbox", "list", "--failed", DATABASE_URL=postgres_url)
    assert (code, f"{ANA.id} user_disabled" in out, "1 failed" in out) == (0, True, True)


async def until_told(worker: Server, line: str) -> str:
    """What `/metrics` tells, once this line stands in it."""
    async with asyncio.timeout(20), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{worker.address}/metrics") as reply:
                told = await reply.text()
            if line in told:
                return told


async def test_a_worker_beside_another_process_on_a_sqlite_file_is_refused(
    slack: Slack, tmp_path: Path
) -> None:
    settings = http_settings(slack, f"sqlite:///{tmp_path}/rung.db")
    async with serving(**settings):
        code, _, err = await run("worker", **settings)
    assert (code, "already serving" in err) == (1, True)


async def test_a_sqlite_file_is_not_served_by_one_who_only_answers_since_nobody_could_send(
    slack: Slack, tmp_path: Path
) -> None:
    code, _, err = await run("serve", "--no-worker", **http_settings(slack, f"sqlite:///{tmp_path}/rung.db"))
    assert (code, "leave out --no-worker" in err) == (1, True)


async def test_what_nobody_takes_up_is_seen_by_whoever_runs_it(slack: Slack, postgres_url: str) -> None:
    """Every worker died, and those that answer tell of it."""
    async with serving("--no-worker", **http_settings(slack, postgres_url)) as server:
        assert 'rung_outbox{state="unplanned"} 0.0' in await until_told(server, "rung_database_up 1.0")
        owe_question(postgres_url, slack)
        told = await until_told(server, 'rung_outbox{state="unplanned"} 1.0')
    late = next(line for line in told.splitlines() if line.startswith("rung_outbox_oldest_due_seconds"))
    assert float(late.split()[1]) > 0


async def test_a_worker_that_cannot_send_is_not_ready_until_it_can_again(
    slack: Slack, postgres_url: str
) -> None:
    url = read_settings({"DATABASE_URL": postgres_url})[0].database_url
    async with serving(command="worker", **http_settings(slack, postgres_url)) as worker:
        with closing(Database(url)) as database:
            with database.engine.begin() as connection:
                connection.execute(text("ALTER TABLE allowances RENAME TO hidden"))
            owe_question(postgres_url, slack)
            told = await until_ready(worker, 503)
            assert (told["database"], told["sending"]) == (True, False)
            assert "cannot be sent" in str(told["problems"])
            with database.engine.begin() as connection:
                connection.execute(text("ALTER TABLE hidden RENAME TO allowances"))
        await until_ready(worker, 200)
        await until_messages(slack, 1)


async def until_ready(server: Server, status: int) -> Mapping[str, object]:
    """What `/readyz` tells, once it answers with this status."""
    async with asyncio.timeout(20):
        while True:
            answered, told = await get_json(f"{server.address}/readyz")
            if answered == status:
                return told
            await asyncio.sleep(0.2)


async def test_while_the_database_gives_no_answer_monitoring_is_told_so_in_time(
    slack: Slack, postgres_url: str
) -> None:
    async with serving(**http_settings(slack, postgres_url)) as server:
        with closing(Database(postgres_url)) as other, other.engine.begin() as connection:
            connection.execute(text("LOCK TABLE alembic_version, deliveries IN ACCESS EXCLUSIVE MODE"))
            async with asyncio.timeout(10):
                status, told = await get_json(f"{server.address}/readyz")
                await until_told(server, "rung_database_up 0.0")
        assert (status, told["database"]) == (503, False)
        assert "did not answer" in str(told["problems"])
        assert (await get_json(f"{server.address}/readyz"))[0] == 200


async def test_a_sqlite_file_that_is_gone_is_told(slack: Slack, tmp_path: Path) -> None:
    async with serving(**http_settings(slack, f"sqlite:///{tmp_path}/rung.db")) as server:
        (tmp_path / "rung.db").unlink()
        status, told = await get_json(f"{server.address}/readyz")
        assert (status, "lost its file" in str(told["problems"])) == (503, True)


async def test_a_disk_that_is_full_is_told(slack: Slack, small_disk: Path) -> None:
    async with serving(**http_settings(slack, f"sqlite:///{small_disk}/rung.db")) as server:
        status, told = await get_json(f"{server.address}/readyz")
        assert (status, "disk that is full" in str(told["problems"])) == (503, True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """With less room than Rung wants to see free."""
    mounting = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(tmp_path)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("a disk of one's own takes root")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


async def test_what_waits_for_a_token_to_be_mended_is_listed_with_what_failed(
    slack: Slack, postgres_url: str
) -> None:
    slack.faults.add("chat.postMessage", "account_inactive", times=None)
    owe_question(postgres_url, slack)
    async with serving(command="worker", **http_settings(slack, postgres_url)) as worker:
        await worker.says("account_inactive")
        await worker.stop()
    _, out, _ = await run("outbox", "list", "--failed", DATABASE_URL=postgres_url)
    assert f"{ANA.id} account_inactive" in out


@pytest.mark.parametrize("command", [("outbox", "list"), ("db", "rekey")])
async def test_a_command_on_a_database_without_its_tables_says_what_to_do(
    tmp_path: Path, command: tuple[str, str]
) -> None:
    code, _, err = await run(*command, DATABASE_URL=f"sqlite:///{tmp_path}/rung.db", RUNG_SECRET_KEY=KEY)
    assert (code, "rung db upgrade" in err, "Traceback" in err) == (1, True, False)


async def test_a_database_of_a_newer_rung_is_left_alone(slack: Slack, database_url: str) -> None:
    url = read_settings({"DATABASE_URL": database_url})[0].database_url
    with closing(Database(url)) as database, database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in (("serve",), ("db", "upgrade"), ("outbox", "list")):
        code, _, err = await run(*command, **http_settings(slack, database_url))
        assert (code, "newer Rung" in err, "Traceback" in err) == (1, True, False)
