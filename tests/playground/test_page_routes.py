"""The routes of the page without a browser: what they show, refuse and promise."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.typedefs import Handler
from aiohttp.web import Application, Request, StreamResponse, middleware

from bot.playground.page import PageOptions, add_page
from bot.playground.slack import Slack
from tests.playground.stage import ANA, BEN, GENERAL, SECRET, build_world

Client = TestClient[Request, Application]


@pytest.fixture
def slack() -> Slack:
    return Slack(build_world(), None, SECRET)


@pytest.fixture
def arrived() -> asyncio.Event:
    """Set when a page has begun to wait for changes."""
    return asyncio.Event()


@pytest.fixture
async def client(slack: Slack, arrived: asyncio.Event) -> AsyncIterator[Client]:
    @middleware
    async def notice(request: Request, handler: Handler) -> StreamResponse:
        if request.path == "/playground/changes":
            arrived.set()
        return await handler(request)

    app = Application(middlewares=[notice])
    add_page(app, slack, PageOptions("Northwind", "Try `/ladder staff`"))
    async with TestClient(TestServer(app)) as built:
        yield built


async def read(client: Client, path: str) -> str:
    async with client.get(path) as response:
        assert response.status == 200
        return await response.text()


async def test_the_hint_is_shown_until_the_app_has_spoken(client: Client, slack: Slack) -> None:
    path = f"/?as={ANA}&in=UBOT"
    assert "<code>/ladder staff</code>" in await read(client, path)
    slack.world.add_message(slack.world.im_between(ANA, "UBOT").id, "UBOT", "Hello")
    assert "<code>/ladder staff</code>" not in await read(client, path)


async def test_a_stranger_or_an_unknown_place_gets_the_first_person_and_the_app(client: Client) -> None:
    page = await read(client, "/?as=U404&in=C404")
    assert f'data-user="{ANA}" data-place="UBOT"' in page


async def test_messages_with_a_day_between_them_stand_under_their_days(client: Client, slack: Slack) -> None:
    now = slack.world.now()
    slack.world.now = lambda: now - 86400
    slack.world.add_message(GENERAL, BEN, "Before")
    slack.world.now = lambda: now
    slack.world.add_message(GENERAL, BEN, "After")
    page = await read(client, f"/?as={ANA}&in={GENERAL}")
    assert page.index("Yesterday") < page.index("Before") < page.index("Today") < page.index("After")


async def test_nothing_may_be_loaded_from_elsewhere(client: Client) -> None:
    async with client.get("/") as response:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
        page = await response.text()
    assert " style=" not in page
    assert "<script>" not in page


async def test_files_come_from_the_static_folder_only(client: Client) -> None:
    assert "export" in await read(client, "/playground/static/live.js")
    async with client.get("/playground/static/..%2fpage.py") as response:
        assert response.status == 404


async def test_a_form_of_another_site_cannot_act(client: Client) -> None:
    async with client.post("/playground/send", data={"user": ANA}) as response:
        assert response.status == 415
    async with client.post("/playground/send", json={"user": ANA}) as response:
        assert response.status == 400


async def test_a_click_on_something_that_is_gone_is_refused(client: Client) -> None:
    click = {"user": ANA, "block_id": "b", "action_id": "a", "value": {}, "message_ts": "1.1"}
    async with client.post("/playground/act", json=click) as response:
        assert (response.status, await response.text()) == (409, "message_not_found")


async def test_waiting_for_changes_ends_with_the_change(
    client: Client, slack: Slack, arrived: asyncio.Event
) -> None:
    version = slack.world.version
    waiting = asyncio.create_task(read(client, f"/playground/changes?since={version}"))
    await arrived.wait()
    slack.world.add_message(GENERAL, BEN, "New")
    assert json.loads(await waiting) == {"version": version + 1}


async def test_a_page_of_an_earlier_start_is_told_at_once(client: Client, slack: Slack) -> None:
    async with client.get("/playground/changes?since=999") as response:
        assert (await response.json())["version"] == slack.world.version


async def test_an_open_page_does_not_keep_the_server_from_stopping(
    client: Client, slack: Slack, arrived: asyncio.Event
) -> None:
    waiting = asyncio.create_task(read(client, f"/playground/changes?since={slack.world.version}"))
    await arrived.wait()
    await asyncio.wait_for(client.server.close(), 5)
    with pytest.raises(aiohttp.ClientError):
        await waiting
