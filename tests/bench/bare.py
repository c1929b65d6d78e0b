"""What Rung is compared with: a bot of one empty listener, as `python -m tests.bench.bare http 3000 http://…`."""

from __future__ import annotations

import asyncio
import sys

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

TOKEN, APP_TOKEN, SECRET = "xoxb-playground", "xapp-playground", "a-signing-secret"


def build_app(api_url: str) -> AsyncApp:
    """Signatures checked, the answer leaves when the listener returns; all else as Bolt comes."""
    app = AsyncApp(
        client=AsyncWebClient(TOKEN, base_url=api_url), signing_secret=SECRET, process_before_response=True
    )
    app.command("/ladder")(acknowledge)
    return app


async def acknowledge(ack: AsyncAck) -> None:
    await ack()


def main(way: str, port: str, api_url: str) -> None:
    app = build_app(api_url)
    if way == "http":
        app.start(int(port))
    else:
        asyncio.run(AsyncSocketModeHandler(app, APP_TOKEN).start_async())


if __name__ == "__main__":
    main(*sys.argv[1:])
