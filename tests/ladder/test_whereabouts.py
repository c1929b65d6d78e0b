"""`/ladder` alone, `/ladder current`, `/ladder target`, and the form for both."""

from pathlib import Path

from bot.playground.world import Json
from tests.ladder.folder import edit
from tests.ladder.form import fill
from tests.support.workspace import BEN, Workspace, words_of


async def test_someone_new_is_told_what_to_do_first(workspace: Workspace) -> None:
    said = await workspace.type("/ladder")
    assert "I don't know your level on Artsy yet." in said
    assert workspace.buttons() == [
        "Set my levels",
        "The ladders there are",
        "The guide",
        "Help",
        "As a picture",
    ]


async def test_both_levels_stand_on_the_map(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    lines = (await workspace.type("/ladder")).splitlines()
    assert "*Now:* *Senior Engineer 2* (IC5)" in lines
    assert "*Aiming for:* *Staff Engineer* (IC6)" in lines
    assert "*▸ Staff Engineer* (your target)  ∥  Senior Engineering Manager" in lines
    assert "*▸ Senior Engineer 2* (you are here)  ∥  Engineering Manager 2" in lines
    assert "_Management opens at Senior Engineer 2._" in lines
    assert lines.index("Principal Engineer  ∥  Senior Director of Engineering") < lines.index("Intern")


async def test_tracks_without_parallel_levels_stand_side_by_side(workspace: Workspace) -> None:
    await workspace.type("/ladder use ai")
    await workspace.type("/ladder current l5")
    await workspace.type("/ladder")
    columns = fields(workspace)
    assert columns[0][:4] == ["_Individual contributor_", "Principal", "Staff", "*▸ Senior* (you are here)"]
    assert columns[1][:2] == ["_Management_", "VP"]


def fields(workspace: Workspace) -> list[list[str]]:
    blocks = workspace.messages()[-1].blocks
    return [field["text"].split("\n") for block in blocks for field in block.get("fields", [])]


async def test_setting_a_target_says_what_follows_from_it(workspace: Workspace) -> None:
    assert "Noted: you are at *Senior Engineer 2* (IC5)." in await workspace.type("/ladder current ic5")
    said = await workspace.type("/ladder target staff")
    assert "*Staff Engineer* (IC6) is your target now." in said
    assert "32 expectations are new between the two, in 11 competencies" in said
    assert workspace.buttons() == [
        "Compare the two",
        "What Staff Engineer expects",
        "Questions to ask myself",
        "Set my levels",
    ]


async def test_what_one_sets_is_nobody_elses(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    assert "I don't know your level" in await workspace.type("/ladder", BEN)


async def test_an_unclear_level_is_asked_about_and_then_set(workspace: Workspace) -> None:
    await workspace.type("/ladder target senior")
    assert "*Senior Engineer 1* (IC4) is your target now." in await workspace.click("Senior Engineer 1")


async def test_an_unknown_level_brings_the_nearest_which_can_be_set(workspace: Workspace) -> None:
    await workspace.type("/ladder target chief")
    assert "*Principal Engineer* (IC8) is your target now." in await workspace.click("Principal Engineer")


async def test_aiming_for_the_level_one_is_at_is_a_goal_too(workspace: Workspace) -> None:
    await workspace.type("/ladder current staff")
    assert "growing where you are is a goal too" in await workspace.type("/ladder target staff")


async def test_a_target_the_source_does_not_describe_says_what_to_read(workspace: Workspace) -> None:
    await workspace.type("/ladder current staff")
    assert "does not describe it yet" in await workspace.type("/ladder target ic7")


async def test_a_level_can_be_taken_back(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    for word in ("none", "clear", "OFF"):
        await workspace.type("/ladder target ic6")
        assert "you have no target level now" in await workspace.type(f"/ladder target {word}")
        said = await workspace.type("/ladder")
        assert "*Aiming for:* not said yet" in said
        assert "*Now:* *Senior Engineer 2* (IC5)" in said


async def test_no_level_named_shows_the_map_and_how_to(workspace: Workspace) -> None:
    assert "`/ladder target staff`" in await workspace.type("/ladder target")
    assert "Set my levels" in workspace.buttons()


async def test_a_level_that_left_the_ladder_is_said_to_be_lost(workspace: Workspace, ladders: Path) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target ic8")
    edit(ladders, lambda ladder: drop_level(ladder, "ic8"))
    await workspace.rung.look_at_files()
    assert "The ladder changed: ic8 is no longer on Artsy." in await workspace.type("/ladder")
    await workspace.type("/ladder target staff")
    said = await workspace.type("/ladder")
    assert "*Now:* *Senior Engineer 2* (IC5)\n*Aiming for:* *Staff Engineer* (IC6)" in said


async def test_a_level_that_got_another_id_is_still_ones_own(workspace: Workspace, ladders: Path) -> None:
    await workspace.type("/ladder target ic8")
    edit(ladders, lambda ladder: rename_level(ladder, "ic8", "top"))
    await workspace.rung.look_at_files()
    assert "*Aiming for:* *Principal Engineer* (TOP)" in await workspace.type("/ladder")


def drop_level(ladder: Json, level_id: str) -> None:
    ladder["levels"] = [level for level in ladder["levels"] if level["id"] != level_id]
    for topic in ladder["topics"]:
        topic["levels"] = [level for level in topic.get("levels", []) if level != level_id]


def rename_level(ladder: Json, level_id: str, new_id: str) -> None:
    level = next(level for level in ladder["levels"] if level["id"] == level_id)
    level["was"], level["id"] = [level_id], new_id
    for topic in ladder["topics"]:
        topic["levels"] = [new_id if old == level_id else old for old in topic.get("levels", [])]


# --- the form


async def test_the_form_opens_with_what_is_set(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder")
    await workspace.click("Set my levels")
    current, target = (block["element"] for block in workspace.modal().payload["blocks"])
    assert current["initial_option"]["value"] == "ic5"
    assert "initial_option" not in target
    assert [group["label"]["text"] for group in target["option_groups"]] == [
        "Individual contributor",
        "Management",
    ]


async def test_the_form_asks_for_at_least_one_level(workspace: Workspace) -> None:
    await open_form(workspace)
    assert await fill(workspace) == {"current": "Choose at least one of the two."}


async def test_what_the_form_takes_is_kept_and_shown(workspace: Workspace) -> None:
    await open_form(workspace)
    assert await fill(workspace, current="ic5", target="ic6") == {}
    assert "*Aiming for:* *Staff Engineer* (IC6)" in words_of(workspace.modal())
    assert "*Now:* *Senior Engineer 2* (IC5)" in await workspace.type("/ladder")


async def test_a_level_left_empty_in_the_form_is_cleared(workspace: Workspace) -> None:
    await workspace.type("/ladder target ic6")
    await open_form(workspace)
    assert await fill(workspace, current="ic5") == {}
    assert "*Aiming for:* not said yet" in await workspace.type("/ladder")


async def test_the_buttons_in_the_form_answer_in_the_form(workspace: Workspace) -> None:
    await open_form(workspace)
    await fill(workspace, current="ic5", target="ic6")
    await click_in_form(workspace, "Compare the two")
    assert "Senior Engineer 2 → Staff Engineer" in words_of(workspace.modal())


async def test_the_saved_form_can_be_opened_again(workspace: Workspace) -> None:
    await open_form(workspace)
    await fill(workspace, current="ic5")
    await click_in_form(workspace, "Set my levels")
    assert await fill(workspace, current="ic6") == {}
    assert "*Now:* *Staff Engineer* (IC6)" in words_of(workspace.modal())


async def open_form(workspace: Workspace) -> None:
    await workspace.type("/ladder")
    await workspace.click("Set my levels")


async def click_in_form(workspace: Workspace, label: str) -> None:
    await workspace.click_in(workspace.modal(), label)
