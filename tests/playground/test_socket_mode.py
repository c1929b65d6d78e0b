"""Socket Mode: the bot connects to the playground, which delivers everything through the websocket."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import Slack
from bot.playground.world import Json
from tests.playground.stage import (
    ANA,
    GENERAL,
    SECRET,
    Stage,
    actions,
    build_world,
    button,
    field,
    modal,
    staged,
    text_input,
)


@asynccontextmanager
async def connected(stage: Stage) -> AsyncIterator[None]:
    """The bot under test comes in by websocket and cannot be reached over HTTP."""
    stage.slack.bot_url = None
    handler = AsyncSocketModeHandler(stage.bot, "xapp-playground")
    await handler.connect_async()
    try:
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def raw_socket(stage: Stage) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    url = (await stage.call("apps.connections.open", token="xapp-playground"))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        yield socket


async def test_a_command_is_answered_in_the_acknowledgement(stage: Stage) -> None:
    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck, command: Json) -> None:
        await ack(f"Looking at {command['text']}")

    async with connected(stage):
        await stage.slack.send(ANA, GENERAL, "/ladder staff")
    assert stage.last(GENERAL).text == "Looking at staff"
    assert stage.world.refused == []


async def test_events_clicks_and_forms_come_through_the_socket(stage: Stage) -> None:
    heard: list[str] = []

    @stage.bot.event("message")
    async def note_message(event: Json) -> None:
        heard.append(event["text"])

    @stage.bot.action("yes")
    async def show(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(field("name", text_input("a"))))
        await ack()

    @stage.bot.view("form")
    async def refuse(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"name": "Too vague"})

    async with connected(stage):
        await stage.slack.post(ANA, stage.im, "Shipped it")
        ts = await stage.post("Well?", blocks=[actions(button("yes"))])
        await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, message_ts=ts)
        form = stage.world.modal(ANA)
        assert form
        errors = await stage.slack.submit(ANA, form.id, {"name": {"a": {"value": "x"}}})
        await stage.slack.settle()
    assert heard == ["Shipped it"]
    assert errors == {"name": "Too vague"}
    assert stage.world.refused == []


async def test_a_bot_that_fails_does_not_acknowledge() -> None:
    async with staged(Slack(build_world(), None, SECRET, answer_seconds=0.3)) as stage, connected(stage):
        await stage.slack.send(ANA, GENERAL, "/ladder")
        assert stage.last(GENERAL).text == "/ladder failed with the error “operation_timeout”"


async def test_the_first_frame_is_a_hello(stage: Stage) -> None:
    async with raw_socket(stage) as socket:
        hello = await socket.receive_json(timeout=5)
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": "A0001"}


async def test_an_envelope_says_what_it_holds_and_whether_an_answer_is_welcome(stage: Stage) -> None:
    async with raw_socket(stage) as socket:
        await socket.receive_json(timeout=5)
        await stage.post("Hello")
        envelope = await socket.receive_json(timeout=5)
        await socket.send_str("not an acknowledgement")
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await stage.slack.settle()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    assert envelope["payload"]["type"] == "event_callback"


async def test_the_bots_own_messages_come_back_where_the_manifest_subscribes_to_them(stage: Stage) -> None:
    async with raw_socket(stage) as socket:
        await socket.receive_json(timeout=5)
        await stage.post("Where not subscribed", GENERAL)
        await stage.post("Where subscribed", stage.im)
        event = await acknowledge(socket)
        await stage.slack.settle()
    assert (event["text"], event["bot_id"], event["user"]) == ("Where subscribed", "B0001", "UBOT")
    assert "client_msg_id" not in event


async def acknowledge(socket: aiohttp.ClientWebSocketResponse) -> Json:
    envelope = await socket.receive_json(timeout=5)
    await socket.send_json({"envelope_id": envelope["envelope_id"]})
    event: Json = envelope["payload"]["event"]
    return event


async def test_a_socket_that_closes_in_the_middle_is_a_dispatch_that_failed(stage: Stage) -> None:
    async with raw_socket(stage) as socket:
        await socket.receive_json(timeout=5)
        await stage.post("Hello")
        await socket.receive_json(timeout=5)
        await socket.close()
        await stage.slack.settle()
    assert [(refusal.where, refusal.code) for refusal in stage.world.refused] == [
        ("message.im", "connection_failed")
    ]


async def test_a_ticket_is_good_for_one_connection(stage: Stage) -> None:
    url = (await stage.call("apps.connections.open", token="xapp-playground"))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            assert json.loads((await socket.receive(timeout=5)).data)["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(url)


async def test_an_app_has_at_most_ten_connections(stage: Stage) -> None:
    stage.slack.bot_url = None
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(10):
            url = (await stage.call("apps.connections.open", token="xapp-playground"))["url"]
            sockets.append(await session.ws_connect(url))
            await sockets[-1].receive_json(timeout=5)
        url = (await stage.call("apps.connections.open", token="xapp-playground"))["url"]
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(url)
