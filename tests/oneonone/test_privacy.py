"""`/coach privacy`: by name who sees what, what nobody sees, who looked, and how to change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.oneonone.linking.listeners import LinkingListeners
from bot.oneonone.linking.store import AccessStore
from bot.oneonone.model import Access
from bot.people.model import PersonId
from bot.playground.world import User
from tests.brag.stranger import Stranger
from tests.support.workspace import ANA, BEN, CHANNEL, Workspace

NOOR = User("UNOOR", "noor", "Noor Haddad")


@pytest.fixture(autouse=True)
def noor(workspace: Workspace) -> None:
    workspace.world.users[NOOR.id] = replace(NOOR)
    workspace.world.conversations[CHANNEL].members.append(NOOR.id)


async def look(workspace: Workspace, viewer: User = BEN, what: str = "agenda", owner: User = ANA) -> None:
    """As the agenda does it."""
    person = PersonId(workspace.world.team_id, owner.id)
    one = Access(person, viewer.id, what, workspace.clock())
    await workspace.rung.database.write(AccessStore, AccessStore.add, one)


async def test_somebody_with_nothing_is_told_so_kindly(workspace: Workspace) -> None:
    said = await workspace.type("/coach privacy")
    assert "Nobody sees anything of yours" in said
    assert "New entries* are private until you share them" in said
    assert "Nobody but you ever sees* private entries" in said
    assert "Nobody has looked at anything of yours" in said


async def test_everyone_who_sees_something_is_named_with_what_and_since_when(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await workspace.type("/brag Shipped the checkout")
    await workspace.click("Share with my manager")
    await workspace.type("/coach manager <@UBEN>")
    await workspace.click("Keep my target to myself")
    await workspace.type("/coach mentor <@UNOOR>")
    said = await workspace.type("/coach privacy")
    since = f"{workspace.clock().day} {workspace.clock():%B %Y}"
    assert f"*<@UBEN>*, your manager since {since}, sees" in said
    assert f"*<@UNOOR>*, your mentor since {since}, sees" in said
    assert said.count("one entry so far") == 2
    assert said.count("the one you aim for stays with you") == 1
    assert said.count("the one you aim for, Staff Engineer") == 1


async def test_an_end_there_shows_who_is_left(workspace: Workspace) -> None:
    await workspace.type("/coach manager <@UBEN>")
    await workspace.type("/coach privacy")
    said = await workspace.click("End")
    assert "Nobody sees anything of yours" in said


async def test_a_question_that_waits_can_be_answered_there(workspace: Workspace) -> None:
    await workspace.type("/coach report <@UANA>", BEN)
    said = await workspace.type("/coach privacy")
    assert "<@UBEN> would like to be linked as your manager, and sees nothing until you say yes" in said
    assert "<@UBEN> is your manager in Rung" in await workspace.click("Yes")


async def test_sharing_new_ones_can_be_stopped_there(workspace: Workspace) -> None:
    await workspace.type("/coach share new entries on")
    assert "are shared as soon as they are kept" in await workspace.type("/coach privacy")
    assert "new entries are private to you" in await workspace.click("Stop sharing new ones")


async def test_whose_things_one_sees_oneself_is_said_too(workspace: Workspace) -> None:
    await workspace.type("/coach manager <@UBEN>")
    said = await workspace.type("/coach privacy", BEN)
    assert "You see what these share with you:* <@UANA> (as their manager)" in said
    assert "Nobody sees anything of yours" in said


async def test_who_looked_at_what_and_when_stands_there_newest_first_in_ones_own_time(
    workspace: Workspace,
) -> None:
    await workspace.slack.change_person(ANA.id, tz="Asia/Kolkata")
    await look(workspace)
    await workspace.move(timedelta(hours=1))
    await look(workspace, NOOR, "case")
    said = await workspace.type("/coach privacy")
    first, second = said.index("<@UNOOR> opened the promotion case"), said.index("<@UBEN> opened the agenda")
    assert first < second
    there = workspace.clock() + timedelta(hours=5, minutes=30)
    assert f"{there.day} {there:%B %Y} at {there:%H:}" in said


async def test_older_looks_are_a_click_away(workspace: Workspace) -> None:
    for _ in range(21):
        await look(workspace)
    assert (await workspace.type("/coach privacy")).count("opened the agenda") == 10
    assert (await workspace.click("Older")).count("opened the agenda") == 10
    assert (await workspace.click("Older")).count("opened the agenda") == 1
    assert "Older" not in workspace.buttons()


async def test_nobody_reads_the_log_of_others(workspace: Workspace) -> None:
    await workspace.type("/coach manager <@UBEN>")
    await look(workspace)
    for person in (BEN, NOOR):
        assert "opened" not in await workspace.type("/coach privacy", person)


# What other parts build on


def listeners(workspace: Workspace) -> LinkingListeners:
    """As the router has them."""
    handler: Any = workspace.rung.router.clicks["link"]
    found: LinkingListeners = handler.__self__
    return found


async def test_home_says_in_a_line_who_sees_what(workspace: Workspace) -> None:
    ana = PersonId(workspace.world.team_id, ANA.id)

    async def line() -> str:
        [block] = await listeners(workspace).privacy.show_at_home(ana)
        assert block["accessory"]["text"]["text"] == "Privacy"
        return str(block["text"]["text"])

    assert "you alone" in await line()
    await workspace.type("/coach report <@UANA>", BEN)
    assert "Someone waits for your yes or no" in await line()
    await workspace.type("/coach manager <@UBEN>")
    assert "Who sees what you share:* <@UBEN>." in await line()


async def test_what_the_other_sees_is_shown_to_the_engineer_alone(workspace: Workspace) -> None:
    sight = "This is what <@UBEN> sees"
    await workspace.type("/coach manager <@UBEN>")
    assert sight in await workspace.click("See as my manager")
    await workspace.type("/coach privacy")
    assert sight in await workspace.click("See as Ben")
    for team in (workspace.world.team_id, "T0002"):
        reply = await Stranger(workspace, BEN.id, team).click("link:see", "UANA|UBEN")
        assert sight not in reply.text + workspace.read(BEN)
