"""Messages that are edited and deleted: what stays of them, and what the bot hears."""

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.playground.limits import Refused
from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, RANDOM, Stage, actions, button, listen


def told(stage: Stage) -> list[Json]:
    """Every event told so far."""
    return [each.payload["event"] for each in stage.slack.events]


async def test_an_edit_tells_what_the_message_is_and_was(stage: Stage) -> None:
    heard = listen(stage, "message")
    message = await stage.slack.post(ANA, stage.im, "Shiped it")
    await stage.slack.edit(ANA, message.ts, "Shipped it for @ben")
    first, change = (body["event"] for body in heard)
    assert (change["subtype"], change["hidden"], change["channel"]) == ("message_changed", True, stage.im)
    assert change["channel_type"] == "im"
    now, before = change["message"], change["previous_message"]
    assert (now["text"], before["text"]) == ("Shipped it for <@U2>", "Shiped it")
    assert now["ts"] == before["ts"] == message.ts
    assert now["client_msg_id"] == before["client_msg_id"] == first["client_msg_id"]
    assert now["edited"]["user"] == ANA
    assert "edited" not in before
    assert change["ts"] == change["event_ts"] > message.ts


async def test_the_same_words_again_are_no_edit(stage: Stage) -> None:
    heard = listen(stage, "message")
    message = await stage.slack.post(ANA, stage.im, "Shipped it")
    await stage.slack.edit(ANA, message.ts, "Shipped it")
    assert len(heard) == 1
    assert stage.last(stage.im).edited_ts is None


async def test_an_edit_in_a_thread_says_which(stage: Stage) -> None:
    heard = listen(stage, "message")
    parent = await stage.post("Anything this week?")
    reply = await stage.slack.post(ANA, stage.im, "Yes", thread_ts=parent)
    await stage.slack.edit(ANA, reply.ts, "Yes: the queue")
    assert heard[-1]["event"]["message"]["thread_ts"] == parent


async def test_a_preview_of_a_link_is_a_change_that_nobody_edited(stage: Stage) -> None:
    heard = listen(stage, "message")
    message = await stage.slack.post(ANA, stage.im, "See https://example.com/x")
    await stage.slack.unfurl(message.ts, "An example")
    change = heard[-1]["event"]
    assert change["message"]["text"] == change["previous_message"]["text"]
    assert change["message"]["attachments"] == [{"title": "An example"}]
    assert "edited" not in change["message"]


async def test_a_deletion_tells_what_was_deleted(stage: Stage) -> None:
    heard = listen(stage, "message")
    message = await stage.slack.post(ANA, stage.im, "Not yet")
    await stage.slack.delete(ANA, message.ts)
    gone = heard[-1]["event"]
    assert (gone["subtype"], gone["deleted_ts"], gone["hidden"]) == ("message_deleted", message.ts, True)
    assert gone["previous_message"]["text"] == "Not yet"
    assert stage.seen(stage.im) == []


async def test_a_parent_leaves_a_tombstone_until_its_last_reply_is_gone(stage: Stage) -> None:
    heard = listen(stage, "message")
    parent = await stage.slack.post(ANA, stage.im, "Shipped it")
    reply = await stage.slack.post(ANA, stage.im, "And tested it", thread_ts=parent.ts)
    await stage.slack.delete(ANA, parent.ts)
    buried = heard[-1]["event"]
    assert buried["subtype"] == "message_changed"
    assert (buried["message"]["subtype"], buried["message"]["user"]) == ("tombstone", "USLACKBOT")
    assert buried["message"]["thread_ts"] == parent.ts
    assert buried["previous_message"]["text"] == "Shipped it"
    await stage.slack.delete(ANA, reply.ts)
    assert [body["event"].get("deleted_ts") for body in heard[-2:]] == [reply.ts, parent.ts]
    assert stage.seen(stage.im) == []


async def test_what_is_a_tombstone_cannot_be_touched(stage: Stage) -> None:
    parent = await stage.slack.post(ANA, stage.im, "Shipped it")
    await stage.slack.post(ANA, stage.im, "Tested it", thread_ts=parent.ts)
    await stage.slack.delete(ANA, parent.ts)
    for attempt in (stage.slack.delete(ANA, parent.ts), stage.slack.react(ANA, parent.ts, "trophy")):
        with pytest.raises(Refused, match="message_not_found"):
            await attempt


async def test_people_change_only_messages_of_their_own(stage: Stage) -> None:
    message = await stage.slack.post(ANA, GENERAL, "Mine")
    with pytest.raises(Refused, match="cant_update_message"):
        await stage.slack.edit(BEN, message.ts, "His")
    with pytest.raises(Refused, match="cant_delete_message"):
        await stage.slack.delete(BEN, message.ts)


async def test_nothing_is_told_of_places_the_bot_is_not_in(stage: Stage) -> None:
    stage.world.manifest.events.append("message.channels")
    message = await stage.slack.post(ANA, RANDOM, "Aside")
    await stage.slack.edit(ANA, message.ts, "Beside")
    await stage.slack.delete(ANA, message.ts)
    assert told(stage) == []


async def test_what_the_bot_changes_comes_back_to_it(stage: Stage) -> None:
    ts = await stage.post("Old")
    await stage.client.chat_update(channel=stage.im, ts=ts, text="New")
    await stage.client.chat_delete(channel=stage.im, ts=ts)
    await stage.slack.settle()
    assert [each.get("subtype") for each in told(stage)] == [None, "message_changed", "message_deleted"]


async def test_an_answer_that_replaces_its_message_is_a_change(stage: Stage) -> None:
    @stage.bot.action("go")
    async def replace(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="Done", replace_original=True)

    ts = await stage.post("Press", blocks=[actions(button("go"))])
    await stage.slack.act(ANA, block_id="row", action_id="go", value={"value": "1"}, message_ts=ts)
    await stage.slack.settle()
    change = told(stage)[-1]
    assert (change["subtype"], change["message"]["text"]) == ("message_changed", "Done")
