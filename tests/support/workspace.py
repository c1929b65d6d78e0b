"""The real bot in the playground's Slack: what tests talk to."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml
from aiohttp import web
from pydantic import SecretStr

from bot import clock
from bot.app import opened
from bot.clock import MovableClock, Now
from bot.playground.server import running
from bot.playground.slack import Slack
from bot.playground.world import Conversation, Message, User, View, World
from bot.rung import Rung
from bot.settings import Settings
from bot.slack.manifest import write_manifest

SECRET = "a-signing-secret"
KEY = base64.b64encode(b"k" * 32).decode()

ANA = User("UANA", "ana", "Ana Ferreira")
BEN = User("UBEN", "ben", "Ben Mensah")
CHANNEL = "CGENERAL"
BEGINNING = datetime(2026, 3, 13, 10, tzinfo=UTC)
"""A Friday in the middle of a month: every test begins here, on whatever day it is run."""


@dataclass
class Workspace:
    """People who type and click, and what they see."""

    slack: Slack
    rung: Rung
    address: str
    bot_address: str
    clock: MovableClock

    @property
    def world(self) -> World:
        return self.slack.world

    def dm(self, user: User = ANA) -> str:
        """The conversation of a person with the bot."""
        return self.world.im_between(user.id, self.world.bot_user_id).id

    async def type(self, text: str, user: User = ANA, place: str = CHANNEL) -> str:
        """Type something, and what the newest message says to that person then."""
        await self.slack.send(user.id, place, text)
        await self.settle()
        return self.read(user, place)

    async def say(self, text: str, user: User = ANA, place: str = "") -> Message:
        """Write into the DM with the bot, or elsewhere; what was written."""
        message = await self.slack.post(user.id, place or self.dm(user), text)
        await self.settle()
        return message

    async def settle(self) -> None:
        """Wait until everybody has heard everything, and all that was due at once is there."""
        await self.slack.settle()
        await self.rung.sender.finish()
        await self.rung.send_due()
        await self.slack.settle()

    async def reply(self, text: str, to_ts: str, user: User = ANA) -> Message:
        """Write into the thread of a message; what was written."""
        parent = self.message(to_ts)
        message = await self.slack.post(user.id, parent.conversation_id, text, thread_ts=to_ts)
        await self.settle()
        return message

    async def edit(self, ts: str, text: str, user: User = ANA) -> None:
        await self.slack.edit(user.id, ts, text)
        await self.settle()

    async def delete(self, ts: str, user: User = ANA) -> None:
        await self.slack.delete(user.id, ts)
        await self.settle()

    async def react(self, ts: str, name: str = "trophy", user: User = ANA) -> None:
        await self.slack.react(user.id, ts, name)
        await self.settle()

    async def unreact(self, ts: str, name: str = "trophy", user: User = ANA) -> None:
        await self.slack.unreact(user.id, ts, name)
        await self.settle()

    async def shortcut(self, callback_id: str, ts: str = "", user: User = ANA, place: str = CHANNEL) -> None:
        """Use a shortcut on a message, or a global one."""
        if ts:
            await self.slack.run_message_shortcut(user.id, callback_id, ts)
        else:
            await self.slack.run_shortcut(user.id, callback_id, place)
        await self.settle()

    async def redeliver(self, which: int = -1) -> None:
        """The bot is told the newest event once more, or the one before (-2), and so on."""
        await self.slack.redeliver(which)
        await self.settle()

    async def move(self, by: timedelta) -> None:
        """Put the clock forward that people live by; the metronome runs at once."""
        await self.slack.move_clock(by)
        await self.settle()

    async def click(self, label: str, user: User = ANA, place: str = CHANNEL) -> str:
        """Press the newest button of that label, and what the newest message says then."""
        message, block, element = self._find_button(label, user, place)
        await self.slack.act(
            user.id,
            block_id=block["block_id"],
            action_id=element["action_id"],
            value={"value": element.get("value", "")},
            message_ts=message.ts,
        )
        await self.settle()
        return self.read(user, place)

    async def choose(self, label: str, beside: str, user: User = ANA, place: str = CHANNEL) -> None:
        """Choose this of the newest “…” menu beside such words."""
        message, block = next(
            (message, block)
            for message in reversed(self.messages(user, place))
            for block in message.blocks
            if "overflow" in str(block.get("accessory")) and beside in block["text"]["text"]
        )
        menu = block["accessory"]
        option = next(one for one in menu["options"] if one["text"]["text"] == label)
        await self.slack.act(
            user.id,
            block_id=block["block_id"],
            action_id=menu["action_id"],
            value={"selected_option": option},
            message_ts=message.ts,
        )
        await self.settle()

    async def click_in(self, view: View, label: str) -> None:
        """Press the button of that label in a modal or at Home."""
        block, element = next(b for b in _buttons(view.payload["blocks"]) if b[1]["text"]["text"] == label)
        await self.slack.act(
            view.user_id,
            block_id=block["block_id"],
            action_id=element["action_id"],
            value={"value": element.get("value", "")},
            view_id=view.id,
        )

    async def submit(self, view: View, **written: str) -> None:
        """Send a form off with these texts, by the names of its fields."""
        elements = {block["block_id"]: block.get("element") for block in view.payload["blocks"]}
        values = {
            name: {elements[name]["action_id"]: {"type": elements[name]["type"], "value": text}}
            for name, text in written.items()
        }
        await self.slack.submit(view.user_id, view.id, values)
        await self.settle()

    def messages(self, user: User = ANA, place: str = CHANNEL) -> list[Message]:
        return self.world.messages(place, user.id)

    def invite_bot(self, place: str = CHANNEL) -> None:
        """From now on the bot is a member there, and hears of reactions."""
        self.world.conversations[place].members.append(self.world.bot_user_id)

    def message(self, ts: str) -> Message:
        found = self.world.message_by_ts(ts)
        assert found, f"no message {ts}"
        return found

    def thread(self, ts: str) -> list[Message]:
        """The replies to a message, oldest first."""
        return self.world.thread(self.message(ts).conversation_id, ts)[1:]

    def read(self, user: User = ANA, place: str = CHANNEL) -> str:
        """All words of the newest message, as they were sent."""
        seen = self.messages(user, place)
        return words_of(seen[-1]) if seen else ""

    def buttons(self, user: User = ANA, place: str = CHANNEL) -> list[str]:
        """Labels of all buttons of the newest message."""
        return [element["text"]["text"] for _, element in _buttons(self.messages(user, place)[-1].blocks)]

    def modal(self, user: User = ANA) -> View:
        view = self.world.modal(user.id)
        assert view, "no modal is open"
        return view

    def _find_button(
        self, label: str, user: User, place: str
    ) -> tuple[Message, dict[str, Any], dict[str, Any]]:
        for message in reversed(self.messages(user, place)):
            for block, element in _buttons(message.blocks):
                if element["text"]["text"] == label:
                    return message, block, element
        raise AssertionError(f"no button “{label}” in sight")


def words_of(shown: Message | View) -> str:
    """Everything a person reads in a message or a view."""
    if isinstance(shown, View):
        return "\n".join(_texts(shown.payload))
    return "\n".join(_texts(shown.blocks)) or shown.text


async def until_messages(slack: Slack, count: int) -> list[str]:
    """What stands in Ana's DM with the bot, once it is so many messages."""
    dm = slack.world.im_between(ANA.id, slack.world.bot_user_id).id
    async with asyncio.timeout(20):
        while len(slack.world.messages(dm, ANA.id)) < count:
            await slack.world.changed(slack.world.version, 1)
    return [words_of(message) for message in slack.world.messages(dm, ANA.id)]


def _texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for item in part for text in _texts(item)]
    if not isinstance(part, dict):
        return []
    if isinstance(part.get("text"), str):
        return [part["text"]]
    return [text for value in part.values() for text in _texts(value)]


def _buttons(blocks: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [
        (block, element)
        for block in blocks
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button"
    ]


def plain(mrkdwn: str) -> str:
    """Without bold and italics."""
    return re.sub(r"[*_]", "", mrkdwn)


def build_world(now: Now = clock.now) -> World:
    """People are copies: a test may change them."""
    manifest = yaml.safe_load(write_manifest(reactions=True))
    channel = Conversation(CHANNEL, "channel", "general", [ANA.id, BEN.id])
    return World(manifest, [replace(ANA), replace(BEN)], [channel], now=lambda: now().timestamp())


def settings_for(address: str, database_url: str, **more: Any) -> Settings:
    """Settings of a bot over HTTP whose Slack is the playground at that address."""
    return Settings(
        **{
            "slack_bot_token": SecretStr("xoxb-playground"),
            "slack_signing_secret": SecretStr(SECRET),
            "slack_api_url": f"{address}/api/",
            "database_url": database_url,
            "rung_default_ladder": "artsy",
            "rung_secret_key": SecretStr(KEY),
            **more,
        }
    )


@pytest.fixture
def settings_more() -> dict[str, Any]:
    """What a test wants set differently; override it beside the test."""
    return {}


@pytest.fixture
async def workspace(database_url: str, settings_more: dict[str, Any]) -> AsyncIterator[Workspace]:
    time = MovableClock()
    time.move(BEGINNING - time())
    slack = Slack(build_world(time), None, SECRET)
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(running(slack))
        settings = settings_for(address, database_url, **settings_more)
        rung = await stack.enter_async_context(opened(settings, now=time))

        async def move(by: timedelta) -> None:
            time.move(by)
            await rung.look_again()
            await rung.send_due()

        slack.move = move
        web_app = web.Application()
        rung.add_routes(web_app)
        runner = web.AppRunner(web_app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        stack.push_async_callback(slack.settle)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield Workspace(slack, rung, address, slack.bot_url, time)
    assert slack.world.refused == [], "Slack refused something Rung sent"
