"""Several ladders: which is mine, switching, and files that change or break under a running bot."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import opened
from bot.playground.world import Json
from tests.ladder.folder import edit
from tests.support.workspace import BEN, Workspace, settings_for, words_of


async def test_the_list_says_what_there_is_and_which_is_mine(workspace: Workspace) -> None:
    said = await workspace.type("/ladder list")
    assert "*AI engineering* (`ai`, version 1)" in said
    assert next(line for line in said.splitlines() if "*(yours)*" in line).startswith("*Artsy*")
    assert "13 levels, 10 of them described" in said
    assert "Use AI engineering" in workspace.buttons()
    assert "Use Artsy" not in workspace.buttons()


async def test_another_ladder_can_be_used_from_now_on(workspace: Workspace) -> None:
    for typed in ("use ai", "use AI", "Use  AI engineering"):
        await workspace.type("/ladder use artsy")
        assert "AI engineering is your ladder from now on." in await workspace.type(f"/ladder {typed}")
        assert "*L6*" in await workspace.type("/ladder staff")


async def test_a_ladder_can_be_chosen_from_the_list(workspace: Workspace) -> None:
    await workspace.type("/ladder list")
    before = len(workspace.messages())
    assert "AI engineering is your ladder from now on." in await workspace.click("Use AI engineering")
    assert len(workspace.messages()) == before


async def test_levels_on_the_other_ladder_are_there_when_one_comes_back(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    assert "I don't know your level on AI engineering" in await workspace.type("/ladder use ai")
    await workspace.type("/ladder current l6")
    assert "*Now:* *Senior Engineer 2* (IC5)" in await workspace.type("/ladder use artsy")


async def test_switching_is_for_oneself_alone(workspace: Workspace) -> None:
    await workspace.type("/ladder use ai")
    assert "IC6" in await workspace.type("/ladder staff", BEN)


async def test_an_unknown_ladder_brings_the_list(workspace: Workspace) -> None:
    assert "There is no ladder called “acme”." in await workspace.type("/ladder use acme")
    assert {"Use AI engineering", "Use Artsy"} <= set(workspace.buttons())


async def test_use_without_a_name_asks_which(workspace: Workspace) -> None:
    assert "Which one is yours?" in await workspace.type("/ladder use")


async def test_a_card_of_another_ladder_still_answers_from_that_one(workspace: Workspace) -> None:
    await workspace.type("/ladder staff")
    await workspace.type("/ladder use ai")
    assert "• *Artsy*" not in await workspace.click("Questions to ask myself")
    assert workspace.read().startswith("Questions to ask yourself: Staff")


# --- nobody said which ladder


@pytest.fixture
def undecided(settings_more: dict[str, Any]) -> None:
    settings_more["rung_default_ladder"] = None


async def test_without_a_default_it_asks_and_then_answers_what_was_asked(
    undecided: None, workspace: Workspace
) -> None:
    said = await workspace.type("/ladder staff")
    assert "Which one is yours?" in said
    before = len(workspace.messages())
    assert "*L6*" in await workspace.click("Use AI engineering")
    assert len(workspace.messages()) == before
    assert "*L6*" in await workspace.type("/ladder staff")


@pytest.mark.parametrize(
    ("typed", "answer"), [("target staff", "(L6) is your target now"), ("", "Where you")]
)
async def test_that_holds_for_every_command(
    undecided: None, workspace: Workspace, typed: str, answer: str
) -> None:
    await workspace.type(f"/ladder {typed}")
    assert answer in await workspace.click("Use AI engineering")


async def test_help_and_use_need_no_ladder(undecided: None, workspace: Workspace) -> None:
    assert "`/ladder search mentoring`" in await workspace.type("/ladder help")
    assert "AI engineering is your ladder" in await workspace.type("/ladder use ai")


# --- files that change


def promote(ladder: Json) -> None:
    level = next(level for level in ladder["levels"] if level["id"] == "ic6")
    level["title"] = "Staff Wizard"


async def test_a_changed_ladder_is_taken_up_without_a_restart(workspace: Workspace, ladders: Path) -> None:
    edit(ladders, promote)
    await workspace.rung.look_at_files()
    assert (await workspace.type("/ladder ic6")).startswith("Staff Wizard")


async def test_a_broken_file_leaves_the_last_good_in_force_and_readyz_tells(
    workspace: Workspace, ladders: Path
) -> None:
    edit(ladders, promote)
    await workspace.rung.look_at_files()
    break_file(ladders)
    await workspace.rung.look_at_files()
    assert (await workspace.type("/ladder ic6")).startswith("Staff Wizard")
    ready = await readiness(workspace)
    assert ready["ready"] is True
    assert any(problem.startswith("artsy.yaml:") and "→" in problem for problem in ready["problems"])


async def test_the_last_good_stays_in_force_over_a_restart(
    workspace: Workspace, ladders: Path, database_url: str
) -> None:
    edit(ladders, promote)
    await workspace.rung.look_at_files()
    break_file(ladders)
    settings = settings_for(workspace.address, database_url, rung_ladders=ladders)
    async with opened(settings) as again:
        assert again.ladders.in_force["artsy"].levels["ic6"].title == "Staff Wizard"
        assert again.ladders.broken == {"artsy"}


async def test_a_mended_file_is_in_force_again(workspace: Workspace, ladders: Path) -> None:
    good = (ladders / "artsy.yaml").read_text(encoding="utf-8")
    break_file(ladders)
    await workspace.rung.look_at_files()
    (ladders / "artsy.yaml").write_text(good, encoding="utf-8")
    edit(ladders, promote)
    await workspace.rung.look_at_files()
    assert (await workspace.type("/ladder ic6")).startswith("Staff Wizard")
    assert (await readiness(workspace))["problems"] == []


async def test_a_ladder_that_is_taken_away_says_so_from_old_buttons(
    workspace: Workspace, ladders: Path
) -> None:
    await workspace.type("/ladder use ai")
    await workspace.type("/ladder staff")
    (ladders / "ai.yaml").unlink()
    await workspace.rung.look_at_files()
    assert "That ladder is no longer here." in await workspace.click("Questions to ask myself")
    assert "IC6" in await workspace.type("/ladder staff")


def break_file(ladders: Path) -> None:
    with (ladders / "artsy.yaml").open("a", encoding="utf-8") as file:
        file.write("\nlevls: [\n")


async def readiness(workspace: Workspace) -> Json:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{workspace.bot_address}/readyz") as reply,
    ):
        ready: Json = await reply.json()
        return ready


async def test_a_target_from_another_ladder_switches_to_it_and_says_so(workspace: Workspace) -> None:
    await workspace.type("/ladder use ai")
    await workspace.type("/ladder current l5")
    await workspace.type("/ladder l6")
    await workspace.type("/ladder use artsy")
    await workspace.click("Make it my target")
    said = "".join(words_of(message) for message in workspace.messages())
    assert "*Staff* (L6) is your target now" in said
    assert "AI engineering is your ladder from now on" in said
    assert "Senior* (L5)" in await workspace.type("/ladder"), "the level set there before is still there"
