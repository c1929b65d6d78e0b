"""How long Bolt takes from a request to its listener, with everything of Rung's registered and with one."""

from __future__ import annotations

import gc
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import opened
from bot.playground.delivery import encode, sign
from bot.settings import Settings
from bot.slack.bolt import Identity
from tests.bench.bare import SECRET, TOKEN, acknowledge
from tests.bench.traffic import Sizes

TEAM = "T0001"
# Rung has no command of this name, so what it does itself is to look it up and to say so.
COMMAND = {"team_id": TEAM, "user_id": "UANA", "command": "/unknown", "text": "", "channel_id": "CGENERAL"}
ONLY_WHAT_RUNG_HAS: Mapping[str, Any] = {
    "request_verification_enabled": False,  # done before Bolt sees a request
    "attaching_function_token_enabled": False,
    "attaching_conversation_kwargs_enabled": False,
}


async def measure_dispatch(sizes: Sizes) -> dict[str, list[float]]:
    """Seconds a command, by round: `rung`, `bare` with the same middleware, `default` with Bolt's own."""
    async with rung_bolt() as ours:
        apps = {"bare": build_app(**ONLY_WHAT_RUNG_HAS), "default": build_app(), "rung": ours}
        found: dict[str, list[float]] = {name: [] for name in apps}
        for number in range(sizes.rounds + 1):
            for name, app in apps.items() if number % 2 else reversed(apps.items()):
                seconds = await _time_commands(app, sizes.dispatches)
                if number:
                    found[name].append(seconds)
        return found


def build_app(**middleware: Any) -> AsyncApp:
    """One listener that acknowledges; who may come is decided by a function, as in Rung."""
    app = AsyncApp(
        client=AsyncWebClient(),
        signing_secret=SECRET,
        authorize=authorize,
        process_before_response=True,
        **middleware,
    )
    app.command(COMMAND["command"])(acknowledge)
    return app


async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=TOKEN)


@asynccontextmanager
async def rung_bolt() -> AsyncIterator[AsyncApp]:
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a look is cut off at the end
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            slack_bot_token=SecretStr(TOKEN),
            slack_signing_secret=SecretStr(SECRET),
            database_url=f"sqlite:///{folder}/rung.db",
        )
        async with opened(settings, identity=Identity(TEAM, "B1", "U1")) as rung:
            yield rung.bolt


async def _time_commands(app: AsyncApp, count: int) -> float:
    requests = [_write_request() for _ in range(count)]
    gc.collect()
    gc.disable()  # as timeit does: one collection costs as much as many commands
    start = time.thread_time()  # nothing here waits, so what other programs take is left out
    for request in requests:
        response = await app.async_dispatch(request)
    seconds = (time.thread_time() - start) / count
    gc.enable()
    if response.status != 200:
        raise RuntimeError(f"{app.name} answered {response.status}")
    return seconds


def _write_request() -> AsyncBoltRequest:
    _, body = encode("slash_commands", COMMAND)
    timestamp = int(time.time())
    headers: dict[str, str | Sequence[str]] = {
        "X-Slack-Request-Timestamp": str(timestamp),
        "X-Slack-Signature": sign(SECRET, timestamp, body),
    }
    return AsyncBoltRequest(body=body.decode(), headers=headers)
