"""Everything Rung says to Slack on its own account, over one shared session."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackRefused
from bot.slack.blocks import Block
from bot.slack.payloads import Answer

# A trigger lives three seconds, and so does Slack's patience for our own answer.
AT_ONCE = aiohttp.ClientTimeout(total=2)
PASSING = frozenset({"ratelimited", "rate_limited", "fatal_error", "internal_error", "service_unavailable"})


class Gateway:
    """Calls that a person waits for. Each raises SlackRefused with Slack's own code."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._session = session

    async def respond(self, response_url: str, answer: Answer) -> None:
        """Answer a click; Slack takes five answers within 30 minutes."""
        try:
            async with self._session.post(response_url, json=answer.body(), timeout=AT_ONCE) as reply:
                if reply.status != 200:
                    raise SlackRefused("response_url", f"http_{reply.status}", permanent=reply.status < 429)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused("response_url", type(error).__name__, permanent=False) from None

    async def post(self, channel: str, answer: Answer) -> None:
        """A message; a user id as channel means the DM with that person."""
        blocks = list(answer.blocks) or None
        await self._call("chat.postMessage", channel=channel, text=answer.text, blocks=blocks)

    async def open_view(self, trigger: str, view: Block) -> None:
        await self._call("views.open", trigger_id=trigger, view=view)

    async def update_view(self, view_id: str, view: Block) -> None:
        await self._call("views.update", view_id=view_id, view=view)

    async def publish_home(self, user: str, blocks: Sequence[Block]) -> None:
        await self._call("views.publish", user_id=user, view={"type": "home", "blocks": list(blocks)})

    async def who_am_i(self) -> dict[str, Any]:
        """auth.test: team, bot user and bot id of the token."""
        return await self._call("auth.test")

    async def try_app_token(self, token: str) -> None:
        """Would Slack let this token open a socket? The address it gives is left unused, and expires."""
        await self._call("apps.connections.open", token=token)

    async def _call(self, method: str, token: str | None = None, **arguments: Any) -> dict[str, Any]:
        sent = {name: value for name, value in arguments.items() if value is not None}
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            async with asyncio.timeout(2):
                reply = await self._client.api_call(method, json=sent, headers=headers)
        except SlackApiError as error:
            code = str(error.response.get("error", "unknown"))
            raise SlackRefused(method, code, permanent=code not in PASSING) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused(method, type(error).__name__, permanent=False) from None
        return reply.data if isinstance(reply.data, dict) else {}
