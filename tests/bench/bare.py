"""What Rung is compared with: `python -m tests.bench.bare http 3000 …`, a bot of one empty listener."""

from __future__ import annotations

import asyncio
import sys

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
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


async def listen_to_socket(api_url: str) -> None:
    await AsyncSocketModeHandler(build_app(api_url), APP_TOKEN).start_async()


def main(way: str, port: str, api_url: str) -> None:
    if way == "http":
        build_app(api_url).start(int(port))
    else:
        asyncio.run(listen_to_socket(api_url))


if __name__ == "__main__":
    main(*sys.argv[1:])
