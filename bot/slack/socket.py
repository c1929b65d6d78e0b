"""Slack over a websocket: answers travel in the acknowledgement."""

from __future__ import annotations

import json
from time import time

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest


class SocketMode(AsyncSocketModeHandler):
    """Sends an answer as the JSON it is; Bolt's own handler would read all of it and write it anew."""

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        start = time()
        response = await run_async_bolt_app(self.app, req)
        if response.status == 200 and response.first_headers().get("content-type") == "application/json":
            envelope = json.dumps(req.envelope_id)
            await client.send_message(f'{{"envelope_id": {envelope}, "payload": {response.body}}}')
        else:
            await send_async_response(client, req, response, start)
