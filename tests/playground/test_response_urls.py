"""Answering later through a response URL."""

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck

from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, RANDOM, Clock, Stage, actions, button, section


async def url_of_command(stage: Stage, channel: str = GENERAL) -> str:
    urls: list[str] = []

    @stage.bot.command("/ladder")
    async def note(ack: AsyncAck, command: Json) -> None:
        urls.append(command["response_url"])
        await ack()

    await stage.slack.send(ANA, channel, "/ladder")
    return urls[0]


async def url_of_click(stage: Stage) -> str:
    urls: list[str] = []

    @stage.bot.action("yes")
    async def note(ack: AsyncAck, body: Json) -> None:
        urls.append(body["response_url"])
        await ack()

    ts = await stage.post("Well?", GENERAL, blocks=[actions(button("yes"))])
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, message_ts=ts)
    return urls[0]


async def respond(url: str, **content: object) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json=content) as response:
        return response.status, await response.text()


async def test_an_answer_is_ephemeral_unless_it_says_otherwise(stage: Stage) -> None:
    url = await url_of_command(stage)
    assert await respond(url, text="For Ana") == (200, "ok")
    await respond(url, text="For all", response_type="in_channel")
    assert [message.text for message in stage.seen(GENERAL, ANA)] == ["For Ana", "For all"]
    assert [message.text for message in stage.seen(GENERAL, BEN)] == ["For all"]


async def test_an_answer_reaches_channels_the_bot_is_not_in(stage: Stage) -> None:
    await respond(await url_of_command(stage, RANDOM), text="Hello")
    assert stage.last(RANDOM).text == "Hello"


async def test_a_response_url_is_good_for_five_uses(stage: Stage) -> None:
    url = await url_of_command(stage)
    statuses = [(await respond(url, text=str(turn)))[0] for turn in range(6)]
    assert statuses == [200] * 5 + [404]
    assert stage.last(GENERAL).text == "4"
    assert [refusal.code for refusal in stage.world.refused] == ["used_url"]


async def test_a_response_url_is_good_for_thirty_minutes(stage: Stage, clock: Clock) -> None:
    url = await url_of_command(stage)
    clock.passed = 30 * 60 - 1
    assert (await respond(url, text="Just in time"))[0] == 200
    clock.passed = 30 * 60 + 1
    status, body = await respond(url, text="Too late")
    assert (status, "expired_url" in body) == (404, True)


async def test_a_url_nobody_issued_leads_nowhere(stage: Stage) -> None:
    assert (await respond(f"{stage.base_url}/respond/made-up", text="Hello"))[0] == 404


async def test_an_answer_to_a_click_can_replace_the_message(stage: Stage) -> None:
    await respond(await url_of_click(stage), text="Kept.", replace_original=True)
    assert [(message.text, message.blocks) for message in stage.seen(GENERAL, BEN)] == [("Kept.", [])]


async def test_an_answer_to_a_click_stands_beside_the_message_otherwise(stage: Stage) -> None:
    await respond(await url_of_click(stage), text="Kept.", blocks=[section("Kept.")])
    assert [message.text for message in stage.seen(GENERAL, ANA)] == ["Well?", "Kept."]


async def test_an_answer_to_a_click_can_delete_the_message(stage: Stage) -> None:
    await respond(await url_of_click(stage), delete_original=True)
    assert stage.seen(GENERAL) == []


async def test_an_answer_can_delete_the_message_and_say_something_new(stage: Stage) -> None:
    await respond(await url_of_click(stage), delete_original=True, text="Gone", response_type="in_channel")
    assert [message.text for message in stage.seen(GENERAL, BEN)] == ["Gone"]


async def test_an_answer_can_stand_in_a_thread(stage: Stage) -> None:
    parent = await stage.post("Question", GENERAL)
    url = await url_of_command(stage)
    await respond(url, text="Answer", response_type="in_channel", replace_original=False, thread_ts=parent)
    assert stage.last(GENERAL).thread_ts == parent


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": [{"type": "video"}]}, "invalid_blocks"),
        ({"text": 1}, "invalid_arguments"),
    ],
)
async def test_an_answer_slack_would_not_take_is_refused_and_on_record(
    stage: Stage, content: Json, code: str
) -> None:
    status, body = await respond(await url_of_command(stage), **content)
    assert (status, code in body) == (400, True)
    assert [(refusal.where, refusal.code) for refusal in stage.world.refused] == [("response_url", code)]
    assert stage.seen(GENERAL)[-1].user_id == "USLACKBOT"
    assert code in stage.seen(GENERAL)[-1].text
