"""`/ladder picture`: where the levels lie, which way someone stretches, and where the picture goes."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.contents import open_ladders
from bot.ladder.drawing import draw_picture
from bot.ladder.model import Ladder, Reach
from bot.ladder.picture import UNSAID, describe_picture, find_places, say_stretch
from bot.ladder.service import Reader
from bot.people.model import PersonId
from bot.playground.files import File
from bot.settings import ROOT
from tests.support.process import run
from tests.support.workspace import ANA, BEN, Workspace, until_messages

LADDERS = open_ladders(ROOT / "ladders").in_force
SIGNATURE = b"\x89PNG\r\n\x1a\n"


pytestmark = pytest.mark.usefixtures("drawn")


def reading(ladder: Ladder, current: str | None = None, target: str | None = None) -> Reader:
    levels = ladder.levels
    return Reader(PersonId("T", "U"), ladder, levels.get(current or ""), levels.get(target or ""))


def reaching(ladder: Ladder, **reaches: Reach | None) -> Ladder:
    """The ladder with these reaches, whatever its file says."""
    changed = {name: replace(ladder.levels[name], reach=reach) for name, reach in reaches.items()}
    return replace(ladder, levels={**ladder.levels, **changed})


def files_of(workspace: Workspace, user: Any = ANA) -> list[File]:
    return [file for message in workspace.messages(user, workspace.dm(user)) for file in message.files]


# --- where it goes


async def test_the_picture_comes_into_the_dm_and_the_answer_says_so(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    assert "It's in our direct messages" in await workspace.type("/ladder picture")
    (file,) = files_of(workspace)
    assert file.content
    assert file.content.startswith(SIGNATURE)
    assert (file.name, file.title) == ("artsy.png", "Artsy")
    assert "You are at Senior Engineer 2" in file.alt_text
    assert "You aim for Staff Engineer" in file.alt_text
    assert "Artsy as a picture" in workspace.messages(place=workspace.dm())[-1].text


@pytest.mark.parametrize("typed", ["map", "Picture", "as a picture"])
async def test_other_words_ask_for_it_too(workspace: Workspace, typed: str) -> None:
    await workspace.type(f"/ladder {typed}")
    assert len(files_of(workspace)) == 1


async def test_a_button_beside_the_map_draws_it(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder")
    assert "It's in our direct messages" in await workspace.click("As a picture")
    assert len(files_of(workspace)) == 1


async def test_nobody_else_gets_it(workspace: Workspace) -> None:
    await workspace.type("/ladder picture", BEN)
    assert files_of(workspace) == []
    assert len(files_of(workspace, BEN)) == 1


async def test_where_uploads_are_off_the_picture_is_told_in_words(workspace: Workspace) -> None:
    workspace.world.files.are_disabled = True
    await workspace.type("/ladder current ic5")
    said = await workspace.type("/ladder picture")
    assert "Uploading files is turned off in this workspace" in said
    assert "Your team: Senior Engineer 1" in said
    assert "You are at Senior Engineer 2" in said
    workspace.world.refused.clear()


@pytest.mark.parametrize("scope", ["files:write", "im:write"])
async def test_without_a_scope_it_is_told_in_words_and_which_one_is_missing(
    workspace: Workspace, scope: str
) -> None:
    workspace.world.manifest.scopes.remove(scope)
    said = await workspace.type("/ladder picture")
    assert f"the app needs the scope `{scope}`" in said
    assert "Staff Engineer" in said
    workspace.world.refused.clear()


@pytest.mark.parametrize("step", ["conversations.open", "files.getUploadURLExternal", "files.complete*"])
async def test_whatever_slack_refuses_the_words_are_there(workspace: Workspace, step: str) -> None:
    workspace.slack.faults.add(step, "fatal_error")
    said = await workspace.type("/ladder picture")
    assert "Slack didn't take the picture (`fatal_error`), so here it is in words." in said
    assert "Staff Engineer" in said
    assert files_of(workspace) == []


async def test_a_picture_that_takes_long_comes_later_and_until_then_there_are_words(
    workspace: Workspace,
) -> None:
    held = workspace.slack.faults.add("files.complete*", "timeout", stored=True)
    said = await workspace.type("/ladder picture")
    assert "It will come into our direct messages" in said
    assert "Staff Engineer" in said
    held.release()
    [shown] = await until_messages(workspace.slack, 1)
    assert "Artsy as a picture" in shown


async def test_a_late_picture_that_slack_refuses_is_told_in_the_dm(workspace: Workspace) -> None:
    held = workspace.slack.faults.add("files.complete*", "timeout")
    await workspace.type("/ladder picture")
    held.release()
    [told] = await until_messages(workspace.slack, 1)
    assert "Slack didn't take the picture" in told
    assert files_of(workspace) == []


async def test_in_a_terminal_it_is_told_in_words() -> None:
    code, out, _ = await run("ladder", "show", "picture", "--ladder", "artsy")
    assert code == 0
    assert out.startswith("The levels of Artsy, by how far the work reaches")
    assert "Your team: " in out


# --- what is on it


@pytest.mark.parametrize("name", LADDERS)
def test_every_ladder_is_drawn_and_described_for_everyone(name: str) -> None:
    ladder = LADDERS[name]
    ids = [None, *ladder.levels]
    for current, target in [*product(ids[:2], ids[-2:]), (ids[1], ids[1]), (ids[-1], ids[1]), (None, None)]:
        reader = reading(ladder, current, target)
        picture, said = draw_picture(reader), " ".join(describe_picture(reader))
        assert picture.startswith(SIGNATURE)
        assert len(picture) > 20_000
        assert all(level.title in said for level in ladder.levels.values())


def test_a_crowded_ladder_of_endless_titles_is_drawn() -> None:
    ladder = LADDERS["data-science"]
    title = "Distinguished Incomprehensibilities Engineer of Everything, $Special_Projects$ & Others"
    levels = {name: replace(level, title=title, reach="team") for name, level in ladder.levels.items()}
    crowded = replace(ladder, levels=levels, name=title)
    assert draw_picture(reading(crowded, "senior", "vp")).startswith(SIGNATURE)


def test_levels_of_unsaid_reach_stand_apart_and_come_last_in_words() -> None:
    ladder = reaching(LADDERS["artsy"], intern=None, ic2="me")
    assert [place.level.id for place in find_places(ladder) if place.column == UNSAID] == ["intern"]
    said = describe_picture(reading(ladder, "intern"))
    assert said[-2:] == ["Reach not said: Intern.", "You are at Intern (reach not said)."]


def test_parallel_levels_lie_at_one_height_and_are_named_together() -> None:
    ladder = reaching(LADDERS["artsy"], ic4="team", m2="team")
    heights = {place.level.id: place.row for place in find_places(ladder)}
    assert heights["ic4"] == heights["m2"]
    assert "Senior Engineer 1 beside Engineering Manager 1" in " ".join(describe_picture(reading(ladder)))


def test_where_no_levels_are_parallel_height_counts_the_steps() -> None:
    heights = {place.level.id: place.row for place in find_places(LADDERS["ai"])}
    assert [heights[name] for name in ("l3", "l5", "l6", "tl", "em")] == [1, 3, 4, 4, 5]


@pytest.mark.parametrize(
    ("start", "goal", "words"),
    [
        ("ic2", "ic3", "stretching deeper"),
        ("ic4", "m3", "stretching wider and deeper"),
        ("ic5", "m2", "stretching wider"),
        ("ic5", "m4", "stretching wider and deeper"),
        ("ic6", "m2", "changing direction"),
        ("ic4", "ic4", "growing where you are"),
        ("ic4", "ic2", "changing place"),
        ("ic3", "intern", ""),
    ],
)
def test_the_arrow_says_which_way_someone_stretches(start: str, goal: str, words: str) -> None:
    near = reaching(LADDERS["artsy"], intern=None, ic2="me", ic3="me", ic4="me", ic5="me")
    ladder = reaching(near, m2="team", m3="team", m4="teams", ic6="teams")
    assert say_stretch(ladder, ladder.levels[start], ladder.levels[goal]) == words


def test_between_tracks_that_are_not_parallel_only_a_step_that_leads_there_goes_deeper() -> None:
    ladder = reaching(LADDERS["ai"], l5="team", l7="team", em="team", dir="team")
    levels = ladder.levels
    assert say_stretch(ladder, levels["l5"], levels["em"]) == "stretching deeper"
    assert say_stretch(ladder, levels["l7"], levels["dir"]) == "changing direction"
