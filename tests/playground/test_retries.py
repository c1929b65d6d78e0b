"""Events that did not arrive are told again, as Slack does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.playground.slack import Slack
from tests.playground.stage import ANA, SECRET, Stage, build_world, listen
from tests.playground.test_socket_mode import raw_socket

AT_ONCE = (0.0, 0.0, 0.0)


@dataclass
class FailingBot:
    """Answers with each status in turn, then with 200; a status of 0 is no answer at all."""

    statuses: list[int]
    headers: dict[str, str] = field(default_factory=dict)
    heard: list[tuple[str | None, str | None, str]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        number = request.headers.get("X-Slack-Retry-Num")
        reason = request.headers.get("X-Slack-Retry-Reason")
        self.heard.append((number, reason, await request.text()))
        self.arrived.set()
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 0:
            await asyncio.Event().wait()
        return web.Response(status=status, headers=self.headers)

    @property
    def retries(self) -> list[tuple[str | None, str | None]]:
        return [(number, reason) for number, reason, _ in self.heard]


@asynccontextmanager
async def telling(bot: FailingBot, answer_seconds: float = 3) -> AsyncIterator[Slack]:
    slack = Slack(build_world(), None, SECRET, answer_seconds=answer_seconds)
    slack.retry_delays = AT_ONCE
    app = web.Application()
    app.router.add_post("/slack/events", bot.take)
    runner = web.AppRunner(app, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield slack
    await slack.hang_up()
    await runner.cleanup()


async def say(slack: Slack) -> None:
    place = slack.world.im_between(ANA, slack.world.bot_user_id)
    await slack.post(ANA, place.id, "Shipped it")
    await slack.settle()


async def test_an_event_that_was_taken_is_told_once() -> None:
    bot = FailingBot([])
    async with telling(bot) as slack:
        await say(slack)
    assert bot.retries == [(None, None)]
    assert slack.world.refused == []


async def test_an_event_that_failed_is_told_three_times_more_with_the_same_body() -> None:
    bot = FailingBot([500, 404, 302, 503, 500])
    async with telling(bot) as slack:
        await say(slack)
    assert bot.retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert all(body == bot.heard[0][2] for _, _, body in bot.heard)
    assert [(each.where, each.code) for each in slack.world.refused] == [("message.im", "http_error")]


async def test_it_ends_with_the_first_that_is_taken() -> None:
    bot = FailingBot([500])
    async with telling(bot) as slack:
        await say(slack)
    assert bot.retries == [(None, None), ("1", "http_error")]


async def test_a_bot_that_does_not_answer_in_time_is_told_again() -> None:
    bot = FailingBot([0])
    async with telling(bot, answer_seconds=0.1) as slack:
        await say(slack)
    assert bot.retries == [(None, None), ("1", "http_timeout")]


async def test_a_bot_may_ask_not_to_be_told_again() -> None:
    bot = FailingBot([500], {"X-Slack-No-Retry": "1"})
    async with telling(bot) as slack:
        await say(slack)
    assert bot.retries == [(None, None)]


async def test_a_bot_that_was_away_hears_of_it_later() -> None:
    bot = FailingBot([])
    async with telling(bot) as slack:
        slack.bot_url, address = "http://127.0.0.1:1", slack.bot_url
        slack.retry_delays = (0.01,)
        await say(slack)
        slack.bot_url = address
        await asyncio.wait_for(bot.arrived.wait(), 5)
    assert bot.retries == [("1", "connection_failed")]


async def test_what_waits_for_its_time_holds_nobody_up() -> None:
    bot = FailingBot([500, 500])
    async with telling(bot) as slack:
        slack.retry_delays = (0, 3600)
        await say(slack)
    assert bot.retries == [(None, None), ("1", "http_error")]


async def test_an_event_can_be_told_once_more(stage: Stage) -> None:
    heard = listen(stage, "message")
    await stage.slack.post(ANA, stage.im, "One")
    await stage.slack.post(ANA, stage.im, "Two")
    await stage.slack.redeliver(-2)
    await stage.slack.redeliver()
    assert [body["event"]["text"] for body in heard] == ["One", "Two", "One", "Two"]
    assert heard[0]["event_id"] == heard[2]["event_id"]


async def test_commands_and_shortcuts_are_not_told_again() -> None:
    bot = FailingBot([500, 500])
    async with telling(bot) as slack:
        place = slack.world.im_between(ANA, slack.world.bot_user_id)
        await slack.send(ANA, place.id, "/ladder")
        await slack.run_shortcut(ANA, "add", place.id)
        await slack.settle()
    assert bot.retries == [(None, None), (None, None)]


async def test_a_websocket_that_does_not_acknowledge_gets_another_envelope(stage: Stage) -> None:
    stage.slack.bot_url = None
    async with raw_socket(stage) as socket:
        await socket.receive_json(timeout=5)
        await stage.post("Hello")
        first = await socket.receive_json(timeout=5)
        await socket.send_json({"envelope_id": first["envelope_id"]})
        await stage.slack.settle()
        again = asyncio.create_task(stage.slack.redeliver())
        second = await socket.receive_json(timeout=5)
        await socket.send_json({"envelope_id": second["envelope_id"]})
        await again
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
    assert second["envelope_id"] != first["envelope_id"]
    assert second["payload"] == first["payload"]
