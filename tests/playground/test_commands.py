"""What happens when someone types a command."""

import asyncio
import inspect

import pytest
from slack_bolt.async_app import AsyncAck

from bot.playground.limits import Refused
from bot.playground.slack import Slack
from bot.playground.world import SLACKBOT, Json
from tests.playground.stage import (
    ANA,
    BEN,
    GENERAL,
    RANDOM,
    SECRET,
    Stage,
    build_world,
    button,
    section,
    staged,
)


async def test_the_answer_to_a_command_is_seen_only_by_who_typed_it(stage: Stage) -> None:
    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck, command: Json) -> None:
        await ack(f"Looking at {command['text']}")

    await stage.slack.send(ANA, RANDOM, "/ladder staff")
    assert [message.text for message in stage.seen(RANDOM, ANA)] == ["Looking at staff"]
    assert stage.seen(RANDOM, BEN) == []
    assert stage.world.refused == []


async def test_an_answer_in_the_channel_shows_the_command_too(stage: Stage) -> None:
    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck) -> None:
        await ack(text="Staff", response_type="in_channel")

    await stage.slack.send(ANA, GENERAL, "/ladder staff")
    assert [(message.user_id, message.text) for message in stage.seen(GENERAL, BEN)] == [
        (ANA, "/ladder staff"),
        ("UBOT", "Staff"),
    ]


async def test_an_empty_answer_shows_nothing(stage: Stage) -> None:
    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck) -> None:
        await ack()

    await stage.slack.send(ANA, GENERAL, "/ladder")
    assert stage.seen(GENERAL) == []
    assert stage.world.refused == []


async def test_a_command_tells_who_where_and_how_to_answer(stage: Stage) -> None:
    heard: Json = {}

    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck, body: Json) -> None:
        heard.update(body)
        await ack()

    await stage.slack.send(ANA, RANDOM, "/ladder  staff  engineer ")
    assert heard["user_id"] == ANA
    assert (heard["channel_id"], heard["channel_name"]) == (RANDOM, "random")
    assert (heard["command"], heard["text"]) == ("/ladder", "staff  engineer")
    assert heard["team_id"] == "T0001"
    assert heard["response_url"].startswith(stage.base_url)
    assert heard["trigger_id"].count(".") == 2


async def test_names_become_links_where_the_manifest_says_so(stage: Stage) -> None:
    heard = []

    @stage.bot.command("/coach")
    async def answer(ack: AsyncAck, command: Json) -> None:
        heard.append(command["text"])
        await ack()

    await stage.slack.send(ANA, GENERAL, "/coach thank @ben in #general, not @nobody & <me>")
    assert heard == ["thank <@U2|ben> in <#C1|general>, not @nobody &amp; &lt;me&gt;"]


async def test_names_stay_as_typed_where_the_manifest_does_not_ask_for_links(stage: Stage) -> None:
    heard = []

    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck, command: Json) -> None:
        heard.append(command["text"])
        await ack()

    await stage.slack.send(ANA, GENERAL, "/ladder @ben")
    assert heard == ["@ben"]


async def test_a_command_the_manifest_does_not_have_is_answered_by_slackbot(stage: Stage) -> None:
    await stage.slack.send(ANA, GENERAL, "/foo bar")
    assert stage.last(GENERAL).user_id == SLACKBOT
    assert stage.last(GENERAL).text == "/foo is not a valid command."


async def test_a_command_in_a_thread_is_refused_by_slackbot(stage: Stage) -> None:
    parent = await stage.slack.post(ANA, GENERAL, "Hello")
    await stage.slack.send(ANA, GENERAL, "/ladder staff", thread_ts=parent.ts)
    assert stage.last(GENERAL).text == "/ladder is not supported in threads. Sorry!"
    assert stage.last(GENERAL).thread_ts == parent.ts


async def test_a_bot_that_fails_is_a_dispatch_that_failed(stage: Stage) -> None:
    @stage.bot.command("/ladder")
    async def fail() -> None:
        raise ValueError("a bug")

    await stage.slack.send(ANA, GENERAL, "/ladder")
    assert stage.last(GENERAL).user_id == SLACKBOT
    assert stage.last(GENERAL).text == "/ladder failed with the error “dispatch_failed”"
    assert [(refusal.where, refusal.code) for refusal in stage.world.refused] == [
        ("/ladder", "dispatch_failed")
    ]


async def test_a_bot_that_is_not_there_is_a_dispatch_that_failed(stage: Stage) -> None:
    stage.slack.bot_url = "http://127.0.0.1:1"
    await stage.slack.send(ANA, GENERAL, "/ladder")
    assert stage.last(GENERAL).text == "/ladder failed with the error “dispatch_failed”"


async def test_a_bot_that_takes_too_long_is_an_operation_that_timed_out() -> None:
    over = asyncio.Event()
    async with staged(Slack(build_world(), None, SECRET, answer_seconds=0.1)) as stage:

        @stage.bot.command("/ladder")
        async def dawdle(ack: AsyncAck) -> None:
            await over.wait()
            await ack()

        await stage.slack.send(ANA, GENERAL, "/ladder")
        over.set()
        assert stage.last(GENERAL).text == "/ladder failed with the error “operation_timeout”"


def test_a_bot_has_three_seconds_unless_a_test_is_in_a_hurry() -> None:
    assert inspect.signature(Slack).parameters["answer_seconds"].default == 3


async def test_an_answer_with_broken_blocks_is_shown_as_a_failure_with_its_reason(stage: Stage) -> None:
    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck) -> None:
        await ack(text="Staff", blocks=[section("x" * 3001)])

    await stage.slack.send(ANA, GENERAL, "/ladder")
    reason = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert stage.last(GENERAL).text == f"/ladder failed with the error “invalid_blocks” {reason}"
    assert stage.world.refused[0].messages == (reason,)


async def test_an_answer_may_have_blocks_with_buttons(stage: Stage) -> None:
    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck) -> None:
        await ack(text="Staff", blocks=[section("Staff", accessory=button("more"))])

    await stage.slack.send(ANA, GENERAL, "/ladder")
    assert stage.last(GENERAL).blocks[0]["accessory"]["action_id"] == "more"
    assert stage.last(GENERAL).blocks[0]["block_id"]


async def test_nobody_writes_where_they_are_not(stage: Stage) -> None:
    with pytest.raises(Refused, match="channel_not_found"):
        await stage.slack.send(BEN, stage.im, "/ladder")
