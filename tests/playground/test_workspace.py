"""The verbs by which tests of the real bot act in the playground."""

from datetime import timedelta

import pytest

from bot.playground.limits import Refused
from tests.support.workspace import ANA, BEN, CHANNEL, Workspace


async def test_people_write_reply_edit_and_delete(workspace: Workspace) -> None:
    said = await workspace.say("We shipped it", place=CHANNEL)
    reply = await workspace.reply("Well done", said.ts, user=BEN)
    await workspace.edit(said.ts, "We shipped it today")
    assert [each.text for each in workspace.messages()] == ["We shipped it today", "Well done"]
    assert workspace.thread(said.ts) == [reply]
    await workspace.delete(reply.ts, user=BEN)
    assert workspace.thread(said.ts) == []


async def test_people_react_and_take_it_back(workspace: Workspace) -> None:
    said = await workspace.say("We shipped it", place=CHANNEL)
    await workspace.react(said.ts, user=BEN)
    assert said.reactions == {"trophy": [BEN.id]}
    await workspace.unreact(said.ts, user=BEN)
    assert said.reactions == {}


async def test_what_is_written_in_the_dm_is_told_and_can_be_told_again(workspace: Workspace) -> None:
    await workspace.say("ladder staff")
    before = len(workspace.messages(ANA, workspace.dm()))
    assert [each.name for each in workspace.slack.events] == ["message.im", "message.im"]
    await workspace.redeliver(0)
    assert len(workspace.messages(ANA, workspace.dm())) >= before


async def test_the_clock_of_people_and_bot_is_moved_together(workspace: Workspace) -> None:
    before, then = workspace.clock(), await workspace.say("Before", place=CHANNEL)
    await workspace.move(timedelta(days=7))
    after = await workspace.say("After", place=CHANNEL)
    assert workspace.rung.clock() - before >= timedelta(days=7)
    assert float(after.ts) - float(then.ts) >= timedelta(days=7).total_seconds()


async def test_a_shortcut_the_manifest_does_not_name_cannot_be_used(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="shortcut_not_found"):
        await workspace.shortcut("no_such_shortcut")
