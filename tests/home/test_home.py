"""The Home tab, and plain words in the bot's DM."""

from typing import Any

import pytest

from tests.ladder.form import fill
from tests.support.workspace import ANA, BEN, Workspace, words_of


async def home(workspace: Workspace) -> str:
    await workspace.slack.open_home(ANA.id)
    view = workspace.world.home(ANA.id)
    assert view
    return words_of(view)


async def press_at_home(workspace: Workspace, label: str) -> None:
    view = workspace.world.home(ANA.id)
    assert view
    await workspace.click_in(view, label)


async def say(workspace: Workspace, text: str) -> str:
    return await workspace.type(text, place=workspace.dm())


async def test_home_greets_and_says_what_it_does_and_who_sees_what(workspace: Workspace) -> None:
    said = await home(workspace)
    assert said.startswith("*Hello!")
    assert "is seen by you alone" in said
    assert "Set my levels" in [e["text"]["text"] for e in home_buttons(workspace)]


def home_buttons(workspace: Workspace) -> list[dict[str, Any]]:
    view = workspace.world.home(ANA.id)
    assert view
    return [e for b in view.payload["blocks"] if b["type"] == "actions" for e in b["elements"]]


async def test_home_shows_where_i_am(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    said = await home(workspace)
    assert "*Now:* *Senior Engineer 2* (IC5)" in said
    assert "*Aiming for:* *Staff Engineer* (IC6)" in said


async def test_homes_are_each_persons_own(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5", BEN)
    assert "I don't know your level" in await home(workspace)


async def test_a_button_at_home_answers_in_a_window(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await home(workspace)
    await press_at_home(workspace, "What Staff Engineer expects")
    assert "Staff Engineer" in words_of(workspace.modal())


async def test_levels_set_from_home_stand_there_at_once(workspace: Workspace) -> None:
    await home(workspace)
    await press_at_home(workspace, "Set my levels")
    assert await fill(workspace, current="ic5") == {}
    view = workspace.world.home(ANA.id)
    assert view
    assert "*Now:* *Senior Engineer 2* (IC5)" in words_of(view)


async def test_home_begins_with_where_i_am_once_that_is_known(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    said = await home(workspace)
    assert said.startswith("Where you are")
    assert "*ladder staff*" in said.splitlines()[-1]


@pytest.fixture
def undecided(settings_more: dict[str, Any]) -> None:
    settings_more["rung_default_ladder"] = None


async def test_with_several_ladders_and_no_default_home_asks_which(
    undecided: None, workspace: Workspace
) -> None:
    said = await home(workspace)
    assert said.startswith("*Hello!")
    assert "Which one is yours?" in said
    await press_at_home(workspace, "Use AI engineering")
    assert "AI engineering is your ladder from now on." in words_of(workspace.modal())
    assert "I don't know your level on AI engineering" in await home(workspace)


async def test_a_command_typed_as_plain_words_works_in_the_dm(workspace: Workspace) -> None:
    for typed in ("ladder staff", "Ladder staff", "  ladder  staff ", "ladder ic6"):
        assert (await say(workspace, typed)).startswith("Staff Engineer"), typed


async def test_help_in_the_dm_is_help(workspace: Workspace) -> None:
    assert "`/ladder staff`" in await say(workspace, "help")
    assert "`/ladder staff`" in await say(workspace, "Help")


async def test_a_level_alone_is_looked_up_in_the_dm(workspace: Workspace) -> None:
    assert (await say(workspace, "staff")).startswith("Staff Engineer")


async def test_a_greeting_gets_a_hint(workspace: Workspace) -> None:
    said = await say(workspace, "hello")
    assert "*ladder staff*" in said
    assert "*help*" in said


async def test_nothing_is_answered_with_silence(workspace: Workspace) -> None:
    for typed in ("thanks!", "<!channel>", "🙂", "what?"):
        before = len(workspace.messages(place=workspace.dm()))
        await say(workspace, typed)
        assert len(workspace.messages(place=workspace.dm())) == before + 2


async def test_the_bot_answers_each_message_once_and_never_itself(workspace: Workspace) -> None:
    await say(workspace, "hello")
    assert len(workspace.messages(place=workspace.dm())) == 2


async def test_what_someone_sets_in_the_dm_counts_everywhere(workspace: Workspace) -> None:
    await say(workspace, "ladder target staff")
    assert "*Aiming for:* *Staff Engineer* (IC6)" in await workspace.type("/ladder")


async def test_messages_in_channels_are_not_answered(workspace: Workspace) -> None:
    await workspace.type("ladder staff")
    assert len(workspace.messages()) == 1
