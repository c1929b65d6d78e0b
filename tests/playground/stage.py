"""A small workspace with a real Bolt app as the bot under test, and the payloads the tests send."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import running
from bot.playground.slack import Slack
from bot.playground.world import Conversation, Json, Message, User, World

SECRET = "a-signing-secret"
ANA, BEN, ZOE = "U1", "U2", "U3"
GENERAL, RANDOM = "C1", "C2"
MANIFEST: Json = {
    "display_information": {"name": "Rung"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "rung"},
        "slash_commands": [
            {"command": "/ladder", "description": "Looks up a level"},
            {"command": "/coach", "description": "Coaches", "should_escape": True},
        ],
        "shortcuts": [
            {
                "name": "Save to my brag doc",
                "type": "message",
                "callback_id": "save",
                "description": "Keeps it",
            },
            {"name": "Add to my brag doc", "type": "global", "callback_id": "add", "description": "A form"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "chat:write",
                "commands",
                "im:history",
                "im:read",
                "im:write",
                "channels:history",
                "channels:read",
                "users:read",
                "reactions:read",
                "reactions:write",
                "dnd:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "message.im",
                "app_home_opened",
                "app_mention",
                "reaction_added",
                "reaction_removed",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
    },
}


class Clock:
    """Real time for signatures and tickets, until a test moves it."""

    def __init__(self, start: float) -> None:
        self.start = start
        self.passed = 0.0

    def __call__(self) -> float:
        return self.start + self.passed


def build_world(manifest: Json = MANIFEST) -> World:
    people = [
        User(ANA, "ana", "Ana Sousa", "Engineer", "Europe/Lisbon"),
        User(BEN, "ben", "Ben Okri"),
        User(ZOE, "zoe", "Zoe Gone", deleted=True),
    ]
    channels = [
        Conversation(GENERAL, "channel", "general", [ANA, BEN, "UBOT"]),
        Conversation(RANDOM, "channel", "random", [ANA, BEN]),
    ]
    return World(manifest, people, channels)


@dataclass
class Stage:
    """The playground, running; `bot` is the Bolt app, to which a test adds its listeners."""

    slack: Slack
    bot: AsyncApp
    client: AsyncWebClient
    base_url: str

    @property
    def world(self) -> World:
        return self.slack.world

    @property
    def im(self) -> str:
        return self.world.im_between(ANA, "UBOT").id

    def seen(self, conversation_id: str, viewer_id: str = ANA) -> list[Message]:
        return self.world.messages(conversation_id, viewer_id)

    def last(self, conversation_id: str, viewer_id: str = ANA) -> Message:
        return self.seen(conversation_id, viewer_id)[-1]

    async def call(self, method: str, token: str = "xoxb-playground", **arguments: Any) -> Json:
        """The Web API as JSON, without the SDK raising for ok: false."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{self.base_url}/api/{method}"
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, json=arguments, headers=headers) as response,
        ):
            answer: Json = await response.json()
            return answer

    async def post(self, text: str, channel: str | None = None, **arguments: Any) -> str:
        """The ts of a message of the bot."""
        answer = await self.call("chat.postMessage", channel=channel or self.im, text=text, **arguments)
        assert answer["ok"], answer
        return str(answer["ts"])


def listen(stage: Stage, kind: str) -> list[Json]:
    """The bodies of events of that type, from now on."""
    heard: list[Json] = []

    @stage.bot.event(kind)
    async def note(body: Json) -> None:
        heard.append(body)

    return heard


@asynccontextmanager
async def staged(slack: Slack) -> AsyncIterator[Stage]:
    """The playground with the bot mounted beside it, each on a port of its own."""
    async with running(slack) as base_url:
        client = AsyncWebClient(token="xoxb-playground", base_url=f"{base_url}/api/")
        bot = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)
        runner = web.AppRunner(bot.web_app("/slack/events"))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield Stage(slack, bot, client, base_url)
        finally:
            await slack.settle()
            await runner.cleanup()


# --- what bots send


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, value: str = "1", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain("Go"), "value": value, **more}


def actions(*elements: Json, block_id: str = "row") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def select(action_id: str, *values: str, **more: Any) -> Json:
    options = [option(value) for value in values]
    return {"type": "static_select", "action_id": action_id, "options": options, **more}


def text_input(action_id: str = "text", **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}
