"""What goes wrong on purpose, as a client of the Web API sees it."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.stage import ANA, GENERAL, Stage

POST = "chat.postMessage"


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[AsyncWebClient]:
    """Repeats nothing by itself."""
    url = f"{stage.base_url}/api/"
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient("xoxb-playground", base_url=url, session=session, retry_handlers=[])


async def test_a_rate_limit_says_how_long_to_wait_and_passes(stage: Stage, client: AsyncWebClient) -> None:
    stage.slack.faults.add(POST, "ratelimited", retry_after=2)
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=GENERAL, text="Hello")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "2"
    assert refused.value.response["error"] == "ratelimited"
    assert stage.seen(GENERAL) == []
    await client.chat_postMessage(channel=GENERAL, text="Hello")
    assert stage.last(GENERAL).text == "Hello"
    assert stage.world.refused == []


async def test_a_fault_strikes_as_often_as_was_said(stage: Stage) -> None:
    stage.slack.faults.add(POST, "fatal_error", times=2)
    answers = [await stage.call(POST, channel=GENERAL, text="Hello") for _ in range(3)]
    assert [each.get("error") for each in answers] == ["fatal_error", "fatal_error", None]


async def test_a_fault_without_end_lasts_until_it_is_cleared(stage: Stage) -> None:
    stage.slack.faults.add("chat.*", "account_inactive", times=None)
    for _ in range(3):
        assert (await stage.call(POST, channel=GENERAL, text="Hello"))["error"] == "account_inactive"
    assert (await stage.call("auth.test"))["ok"]
    stage.slack.faults.clear()
    assert (await stage.call(POST, channel=GENERAL, text="Hello"))["ok"]


async def test_a_fault_may_be_for_one_place_or_person_only(stage: Stage) -> None:
    stage.slack.faults.add(POST, "channel_not_found", channel=stage.im)
    stage.slack.faults.add("conversations.open", "user_disabled", channel=ANA)
    assert (await stage.call(POST, channel=GENERAL, text="Hello"))["ok"]
    assert (await stage.call(POST, channel=stage.im, text="Hello"))["error"] == "channel_not_found"
    assert (await stage.call("conversations.open", users=ANA))["error"] == "user_disabled"


@pytest.mark.parametrize("is_stored", [False, True])
@pytest.mark.parametrize(
    ("kind", "seen_as"),
    [
        ("http_500", SlackApiError),
        ("fatal_error", SlackApiError),
        ("reset", aiohttp.ClientConnectionError),
        ("half_body", aiohttp.ClientPayloadError),
    ],
)
async def test_a_call_may_fail_before_or_after_it_was_carried_out(
    stage: Stage, client: AsyncWebClient, kind: str, seen_as: type[Exception], *, is_stored: bool
) -> None:
    stage.slack.faults.add(POST, kind, stored=is_stored)
    with pytest.raises(seen_as):
        await client.chat_postMessage(channel=GENERAL, text="Hello")
    assert [each.text for each in stage.seen(GENERAL)] == (["Hello"] if is_stored else [])


async def test_a_call_that_is_held_is_stored_and_answered_late(stage: Stage, client: AsyncWebClient) -> None:
    fault = stage.slack.faults.add(POST, "timeout", stored=True)
    posting = asyncio.create_task(client.chat_postMessage(channel=GENERAL, text="Hello"))
    await fault.reached.wait()
    assert stage.last(GENERAL).text == "Hello"
    assert not posting.done()
    fault.release()
    assert (await posting)["ts"] == stage.last(GENERAL).ts


async def test_a_call_that_is_held_before_it_is_stored_comes_to_nothing(
    stage: Stage, client: AsyncWebClient
) -> None:
    fault = stage.slack.faults.add(POST, "timeout")
    posting = asyncio.create_task(client.chat_postMessage(channel=GENERAL, text="Hello"))
    await fault.reached.wait()
    fault.release()
    with pytest.raises(aiohttp.ClientConnectionError):
        await posting
    assert stage.seen(GENERAL) == []


async def test_a_held_call_does_not_keep_the_server_from_stopping(stage: Stage) -> None:
    fault = stage.slack.faults.add("auth.test", "timeout")
    calling = asyncio.create_task(stage.call("auth.test"))
    await fault.reached.wait()
    await stage.slack.let_go()
    with pytest.raises(aiohttp.ClientConnectionError):
        await calling


async def test_a_response_url_can_fail_as_well(stage: Stage) -> None:
    stage.slack.faults.add("response_url", "http_500")
    url = f"{stage.base_url}/respond/{stage.slack.response_urls.issue(ANA, GENERAL)}"
    async with aiohttp.ClientSession() as session:
        statuses = [(await session.post(url, json={"text": "Hi"})).status for _ in range(2)]
    assert statuses == [500, 200]
