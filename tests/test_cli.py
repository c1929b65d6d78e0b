"""The commands for whoever writes ladders, as they are typed."""

import json
import shutil
from pathlib import Path

import yaml

from bot.settings import ROOT
from tests.support.process import run


async def test_a_level_is_printed_as_slack_shows_it() -> None:
    code, out, _ = await run("ladder", "show", "staff", "--ladder", "artsy")
    assert code == 0
    assert "Staff Engineer" in out
    assert "Cross-functional collaboration" in out


async def test_without_a_ladder_named_every_ladder_shows_its_level() -> None:
    code, out, _ = await run("ladder", "show", "staff")
    assert code == 0
    assert "The Artsy Engineering Ladder" in out
    assert "Career Ladders in AI" in out


async def test_one_competency_of_a_level_is_printed() -> None:
    _, out, _ = await run("ladder", "show", "staff", "communication", "--ladder", "artsy")
    assert "Communication" in out
    assert "Oversight" not in out


async def test_the_whole_ladder_as_json_holds_every_cell() -> None:
    _, out, _ = await run("ladder", "show", "--ladder", "artsy", "--json")
    ladder = json.loads(out)
    competencies = {competency["id"] for competency in ladder["competencies"]}
    assert len(ladder["levels"]) == 13
    assert all({cell["competency"] for cell in level["cells"]} == competencies for level in ladder["levels"])
    assert {cell["state"] for level in ladder["levels"] for cell in level["cells"]} >= {
        "described",
        "empty",
        "undefined",
        "absent",
    }


async def test_a_level_is_found_as_people_write_it() -> None:
    _, out, _ = await run("ladder", "find", "sr. staff", "--ladder", "artsy", "--json")
    assert json.loads(out) == {
        "query": "sr. staff",
        "kind": "alias",
        "levels": ["ic7"],
        "roles": [],
        "suggestions": [],
    }


async def test_queries_are_read_a_line_each_and_answered_a_line_each() -> None:
    _, out, _ = await run("ladder", "find", "-", "--ladder", "ai", "--json", stdin="L6\n\nstafff\nPM\n")
    found = [json.loads(line) for line in out.splitlines()]
    assert [(entry["query"], entry["levels"]) for entry in found] == [
        ("L6", ["l6"]),
        ("", []),
        ("stafff", ["l6"]),
        ("PM", []),
    ]


async def test_without_a_ladder_named_there_must_be_only_one_or_a_default() -> None:
    code, _, err = await run("ladder", "find", "staff")
    assert code == 1
    assert "--ladder" in err
    assert (await run("ladder", "find", "staff", RUNG_DEFAULT_LADDER="ai"))[0] == 0


async def test_a_ladder_that_is_not_there_is_told_with_those_that_are() -> None:
    code, _, err = await run("ladder", "show", "--ladder", "arsty")
    assert code == 1
    assert "artsy" in err


async def test_the_shipped_content_is_in_order() -> None:
    assert (await run("ladder", "check"))[0] == 0
    assert (await run("prompt", "check"))[0] == 0


async def test_all_problems_of_all_ladders_are_told_at_once(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "ladders", tmp_path / "ladders")
    for name in ("artsy", "ai"):
        file = tmp_path / "ladders" / f"{name}.yaml"
        file.write_text(file.read_text().replace("\nversion:", "\nversoin:"))
    code, _, err = await run("ladder", "check", RUNG_LADDERS=str(tmp_path / "ladders"))
    assert code == 1
    assert all(f"{name}.yaml:" in err for name in ("artsy", "ai"))
    assert "did you mean `version`?" in err


async def test_the_manifest_is_printed_for_socket_mode_and_for_http() -> None:
    assert (await run("manifest"))[1] == (ROOT / "manifest.yaml").read_text()
    _, out, _ = await run("manifest", "--url", "https://rung.example.com/")
    manifest = yaml.safe_load(out)
    addresses = [command["url"] for command in manifest["features"]["slash_commands"]]
    settings = manifest["settings"]
    addresses += [settings["event_subscriptions"]["request_url"], settings["interactivity"]["request_url"]]
    assert set(addresses) == {"https://rung.example.com/slack/events"}
    assert "socket_mode_enabled: false" in out


async def test_every_command_has_help() -> None:
    for command in (
        ["serve"],
        ["demo"],
        ["manifest"],
        ["ladder", "show"],
        ["ladder", "find"],
        ["db", "upgrade"],
    ):
        code, out, _ = await run(*command, "--help")
        assert code == 0
        assert "Usage" in out


async def test_a_database_that_cannot_be_opened_is_told_in_words_and_without_its_password() -> None:
    code, _, err = await run("db", "upgrade", DATABASE_URL="postgresql://rung:hunter2@127.0.0.1:1/rung")
    assert code == 1
    assert "DATABASE_URL" in err
    assert "hunter2" not in err
    assert "Traceback" not in err
