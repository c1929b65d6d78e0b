"""Requests signed by hand, for what the playground's own people never do."""

import json
import time
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.playground import payloads
from bot.playground.delivery import Kind, encode, sign
from bot.playground.world import Json
from tests.support.workspace import ANA, CHANNEL, SECRET, Workspace


@dataclass(frozen=True)
class Reply:
    status: int
    text: str

    @property
    def content(self) -> Any:
        return json.loads(self.text)


async def deliver(workspace: Workspace, kind: Kind, payload: Json) -> Reply:
    """What the bot answers to a payload that is signed as Slack signs."""
    content_type, body = encode(kind, payload)
    return await post(workspace, body, content_type)


async def post(
    workspace: Workspace,
    body: bytes,
    content_type: str,
    *,
    secret: str = SECRET,
    timestamp: str | None = None,
    headers: dict[str, str] | None = None,
) -> Reply:
    when = str(int(time.time())) if timestamp is None else timestamp
    signed = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": when,
        "X-Slack-Signature": sign(secret, when, body),
        **(headers or {}),
    }
    url = f"{workspace.bot_address}/slack/events"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=signed) as reply:
        return Reply(reply.status, await reply.text())


def command(workspace: Workspace, text: str, name: str = "/ladder", **more: Any) -> Json:
    """A command of Ana's, as the playground would write it down."""
    place = workspace.world.conversations[CHANNEL]
    return {**payloads.command(workspace.world, ANA.id, place, name, text), **more}


def response_url(workspace: Workspace) -> str:
    return f"{workspace.address}/respond/{workspace.slack.response_urls.issue(ANA.id, CHANNEL)}"


async def press(workspace: Workspace, action: str, value: str, **more: Any) -> Reply:
    """Ana presses a button that may not even be there."""
    pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1"}
    details = {"actions": [pressed], "response_url": response_url(workspace), "container": {}, **more}
    trigger = workspace.slack.triggers.issue(ANA.id)
    written = payloads.interaction(workspace.world, "block_actions", ANA.id, trigger_id=trigger, **details)
    reply = await deliver(workspace, "interactive", written)
    await workspace.slack.settle()
    return reply
