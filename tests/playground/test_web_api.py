"""How the Web API is called: tokens, scopes, encodings, and the methods about the app and its people."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.api import METHODS
from tests.playground.stage import ANA, GENERAL, Stage, section


async def test_auth_test_says_who_the_bot_is_and_what_it_may_do(stage: Stage) -> None:
    answer = await stage.client.auth_test()
    assert answer["user_id"] == "UBOT"
    assert (answer["bot_id"], answer["team_id"]) == ("B0001", "T0001")
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]


async def test_api_test_needs_no_token_and_repeats_what_it_was_given(stage: Stage) -> None:
    answer = await stage.call("api.test", token="", word="hello")
    assert answer == {"ok": True, "args": {"word": "hello"}}
    assert (await stage.call("api.test", token="", error="my_error"))["error"] == "my_error"


@pytest.mark.parametrize(
    ("method", "token", "code"),
    [
        ("auth.test", "", "not_authed"),
        ("auth.test", "xoxb-someone-else", "invalid_auth"),
        ("auth.test", "xapp-playground", "not_allowed_token_type"),
        ("apps.connections.open", "xoxb-playground", "not_allowed_token_type"),
        ("chat.shout", "xoxb-playground", "unknown_method"),
    ],
)
async def test_a_call_with_the_wrong_token_or_name_is_refused(
    stage: Stage, method: str, token: str, code: str
) -> None:
    answer = await stage.call(method, token=token)
    assert (answer["ok"], answer["error"]) == (False, code)


async def test_a_scope_the_manifest_does_not_list_is_missing(stage: Stage) -> None:
    stage.world.manifest.scopes.remove("chat:write")
    answer = await stage.call("chat.postMessage", channel=GENERAL, text="Hello")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert "im:history" in answer["provided"].split(",")


async def test_the_scope_for_reading_depends_on_the_kind_of_conversation(stage: Stage) -> None:
    stage.world.manifest.scopes.remove("channels:history")
    assert (await stage.call("conversations.history", channel=stage.im))["ok"]
    answer = await stage.call("conversations.history", channel=GENERAL)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")


async def test_views_need_no_scope(stage: Stage) -> None:
    assert {METHODS[name].scopes for name in METHODS if name.startswith("views.")} == {()}


@pytest.mark.parametrize("encoding", ["json", "form", "multipart", "query"])
async def test_a_call_may_be_encoded_in_every_way_slack_takes(stage: Stage, encoding: str) -> None:
    headers = {"Authorization": "Bearer xoxb-playground"}
    nested = {"channel": GENERAL, "text": "Hello", "blocks": json.dumps([section("Hello")])}
    ways: dict[str, Any] = {
        "json": {"json": nested | {"blocks": [section("Hello")]}},
        "form": {"data": nested},
        "multipart": {"data": aiohttp.FormData(nested, default_to_multipart=True)},
        "query": {"params": nested},
    }
    url = f"{stage.base_url}/api/chat.postMessage"
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request("GET" if encoding == "query" else "POST", url, **ways[encoding]) as response,
    ):
        assert (await response.json())["ok"]
    assert stage.last(GENERAL).blocks[0]["text"]["text"] == "Hello"


async def test_a_token_may_stand_among_the_arguments(stage: Stage) -> None:
    url = f"{stage.base_url}/api/auth.test"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data={"token": "xoxb-playground"}) as response,
    ):
        assert (await response.json())["ok"]


@pytest.mark.parametrize(
    ("content_type", "body", "code"),
    [
        ("application/json", "{", "invalid_json"),
        ("application/json", "[]", "json_not_object"),
        ("image/png", "x", "invalid_post_type"),
    ],
)
async def test_a_body_slack_cannot_read_is_refused(
    stage: Stage, content_type: str, body: str, code: str
) -> None:
    url = f"{stage.base_url}/api/auth.test"
    headers = {"Content-Type": content_type}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(url, data=body) as response,
    ):
        assert (await response.json())["error"] == code


async def test_the_sdk_raises_what_is_refused(stage: Stage) -> None:
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await stage.client.chat_postMessage(channel="C404", text="Hello")


async def test_a_person_is_described_with_zone_and_profile(stage: Stage) -> None:
    user = (await stage.client.users_info(user=ANA))["user"]
    assert (user["name"], user["real_name"], user["tz"]) == ("ana", "Ana Sousa", "Europe/Lisbon")
    assert user["tz_offset"] in (0, 3600)
    assert user["profile"]["title"] == "Engineer"
    assert not user["deleted"]


async def test_someone_deactivated_is_described_as_deleted(stage: Stage) -> None:
    assert (await stage.client.users_info(user="U3"))["user"]["deleted"]


async def test_someone_unknown_is_not_found(stage: Stage) -> None:
    assert (await stage.call("users.info", user="U404"))["error"] == "user_not_found"
    assert (await stage.call("users.info"))["error"] == "invalid_arguments"


async def test_a_socket_is_opened_by_post_only(stage: Stage) -> None:
    url = f"{stage.base_url}/api/apps.connections.open"
    headers = {"Authorization": "Bearer xapp-playground"}
    async with aiohttp.ClientSession(headers=headers) as session, session.get(url) as response:
        assert (await response.json())["error"] == "insecure_request"
