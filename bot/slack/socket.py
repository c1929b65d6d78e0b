"""Slack over a websocket: answers travel in the acknowledgement."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from time import time
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

PATIENCE = 10.0
"""Seconds that answers under way get at the stop; Slack itself waits three."""


class SocketMode(AsyncSocketModeHandler):
    """Sends an answer as the JSON it is; Bolt's own handler would read all of it and write it anew."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._under_way = 0
        self._all_answered = asyncio.Event()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        self._under_way += 1
        try:
            await self._answer(client, req)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._all_answered.set()

    async def finish(self) -> None:
        """Before the socket closes: what was done is also answered."""
        self._all_answered.clear()
        if self._under_way:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_answered.wait(), PATIENCE)

    async def _answer(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        start = time()
        response = await run_async_bolt_app(self.app, req)
        if response.status == 200 and response.first_headers().get("content-type") == "application/json":
            envelope = json.dumps(req.envelope_id)
            await client.send_message(f'{{"envelope_id": {envelope}, "payload": {response.body}}}')
        else:
            await send_async_response(client, req, response, start)
