"""Shortcuts of the manifest: on a message and from anywhere."""

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.limits import Refused
from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, RANDOM, Stage, field, modal, text_input


async def test_a_message_shortcut_brings_the_message_and_where_it_stands(stage: Stage) -> None:
    heard: list[Json] = []

    @stage.bot.shortcut("save")
    async def save(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    message = await stage.slack.post(BEN, RANDOM, "Ana fixed the queue")
    await stage.slack.run_message_shortcut(ANA, "save", message.ts)
    (body,) = heard
    assert (body["type"], body["callback_id"], body["message_ts"]) == ("message_action", "save", message.ts)
    assert body["channel"] == {"id": RANDOM, "name": "random"}
    assert (body["message"]["text"], body["message"]["user"]) == ("Ana fixed the queue", BEN)
    assert (body["user"]["id"], body["team"]["id"]) == (ANA, "T0001")
    assert body["trigger_id"]
    assert body["action_ts"]


async def test_its_answer_is_seen_by_who_used_it_alone(stage: Stage) -> None:
    @stage.bot.shortcut("save")
    async def save(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Kept")

    message = await stage.slack.post(BEN, RANDOM, "Ana fixed the queue")
    await stage.slack.run_message_shortcut(ANA, "save", message.ts)
    assert stage.last(RANDOM, ANA).text == "Kept"
    assert stage.last(RANDOM, BEN).text == "Ana fixed the queue"


async def test_a_global_shortcut_knows_no_place_and_opens_a_form(stage: Stage) -> None:
    heard: list[Json] = []

    @stage.bot.shortcut("add")
    async def add(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=modal(field("What?", text_input())))

    await stage.slack.run_shortcut(ANA, "add", GENERAL)
    assert heard[0]["type"] == "shortcut"
    assert not {"channel", "response_url", "message"} & set(heard[0])
    assert stage.world.modal(ANA)


async def test_a_shortcut_that_fails_says_so_to_that_person(stage: Stage) -> None:
    await stage.slack.run_shortcut(ANA, "add", GENERAL)
    assert stage.last(GENERAL, ANA).text == "Add to my brag doc failed with the error “dispatch_failed”"
    assert stage.seen(GENERAL, BEN) == []


async def test_only_shortcuts_of_the_manifest_can_be_used(stage: Stage) -> None:
    message = await stage.slack.post(BEN, RANDOM, "Ana fixed the queue")
    with pytest.raises(Refused, match="shortcut_not_found"):
        await stage.slack.run_shortcut(ANA, "save", GENERAL)
    with pytest.raises(Refused, match="shortcut_not_found"):
        await stage.slack.run_message_shortcut(ANA, "add", message.ts)


async def test_an_ephemeral_message_has_no_shortcuts(stage: Stage) -> None:
    ephemeral = await stage.call("chat.postEphemeral", channel=GENERAL, user=ANA, text="For Ana")
    with pytest.raises(Refused, match="message_not_found"):
        await stage.slack.run_message_shortcut(ANA, "save", ephemeral["message_ts"])
