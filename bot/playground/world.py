"""The state of one workspace: people, conversations, messages and open views, without any I/O."""

import asyncio
import datetime
import itertools
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.playground.files import File, Files
from bot.playground.manifest import Manifest, read_manifest

Json = dict[str, Any]
SLACKBOT = "USLACKBOT"


@dataclass
class User:
    """`quiet_hours` are those of every day, from and to, in the person's zone: do not disturb.

    `team_id` is that of another workspace for someone in a shared channel; empty for everybody else.
    """

    id: str
    name: str
    real_name: str
    title: str = ""
    tz: str = "Etc/UTC"
    is_bot: bool = False
    deleted: bool = False
    is_guest: bool = False
    is_admin: bool = False
    email: str = ""
    team_id: str = ""
    quiet_hours: tuple[datetime.time, datetime.time] | None = None


@dataclass
class Conversation:
    id: str
    kind: Literal["channel", "im"]
    name: str
    members: list[str]


@dataclass
class Message:
    """`seen_only_by` is the user id of an ephemeral message; `problem` is what went wrong with a click.

    `reactions` is emoji → user ids; a tombstone is what is left of a parent whose replies still stand.
    """

    ts: str
    conversation_id: str
    user_id: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    seen_only_by: str | None = None
    metadata: Json | None = None
    edited_ts: str | None = None
    thread_ts: str | None = None
    deleted: bool = False
    problem: str | None = None
    values: Json = field(default_factory=dict)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    is_tombstone: bool = False
    files: list[File] = field(default_factory=list)


@dataclass
class View:
    """`values` is what stands in its inputs: block_id → action_id → state; `errors` is block_id → words."""

    id: str
    user_id: str
    kind: Literal["modal", "home"]
    payload: Json
    hash: str
    external_id: str | None = None
    previous_id: str | None = None
    root_id: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    problem: str | None = None
    values: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """What Slack would not take from the bot: `where` is a method or kind of answer, `code` Slack's."""

    where: str
    code: str
    messages: tuple[str, ...] = ()


class World:
    """One workspace with one app in it; `now` stamps the messages."""

    def __init__(
        self,
        manifest: Manifest | Json,
        people: Iterable[User] = (),
        channels: Iterable[Conversation] = (),
        now: Callable[[], float] = time.time,
    ) -> None:
        self.manifest = manifest if isinstance(manifest, Manifest) else read_manifest(manifest)
        self.now = now
        self.team_id, self.team_domain, self.team_name = "T0001", "playground", "Playground"
        self.app_id, self.bot_id, self.bot_user_id = "A0001", "B0001", "UBOT"
        self.address = ""  # where this Slack is reached; what it hands out begins with it
        self.bot_token, self.app_token = "xoxb-playground", "xapp-playground"
        self.users = {person.id: person for person in (*self._own_users(), *people)}
        self.conversations = {channel.id: channel for channel in channels}
        self.files = Files()
        self.refused: list[Refusal] = []
        self.version = 0
        self._changed = asyncio.Event()
        self._messages: dict[str, list[Message]] = {}
        self._homes: dict[str, View] = {}
        self._modals: dict[str, list[View]] = {}
        self._last_ts = 0
        self._numbers = itertools.count(1)

    def _own_users(self) -> tuple[User, User]:
        app_name = self.manifest.display_information.name
        bot_name = self.manifest.features.bot_user.display_name
        bot = User(self.bot_user_id, bot_name.lower(), app_name, is_bot=True)
        return bot, User(SLACKBOT, "slackbot", "Slackbot", is_bot=True)

    # --- what the page watches

    def touch(self) -> None:
        """Says that something visible has changed."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed(self, since: int, seconds: float) -> int:
        """Waits up to `seconds` for a version above `since`; the present version either way."""
        if self.version <= since:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), seconds)
        return self.version

    def refuse(self, where: str, code: str, messages: Iterable[str] = ()) -> None:
        self.refused.append(Refusal(where, code, tuple(messages)))

    # --- conversations

    def conversations_of(self, user_id: str) -> list[Conversation]:
        return [each for each in self.conversations.values() if user_id in each.members]

    def find_im(self, user_a: str, user_b: str) -> Conversation | None:
        pair = sorted((user_a, user_b))
        ims = (each for each in self.conversations.values() if each.kind == "im")
        return next((im for im in ims if sorted(im.members) == pair), None)

    def im_between(self, user_a: str, user_b: str) -> Conversation:
        known = self.find_im(user_a, user_b)
        if known:
            return known
        im = Conversation(f"D{self.next_number():04}", "im", "directmessage", [user_a, user_b])
        self.conversations[im.id] = im
        self.touch()
        return im

    # --- messages

    def messages(self, conversation_id: str, viewer_id: str) -> list[Message]:
        every = self._messages.get(conversation_id, [])
        return [each for each in every if not each.deleted and each.seen_only_by in (None, viewer_id)]

    def message(self, conversation_id: str, ts: str) -> Message | None:
        every = self._messages.get(conversation_id, [])
        return next((each for each in every if each.ts == ts and not each.deleted), None)

    def message_by_ts(self, ts: str) -> Message | None:
        found = (self.message(conversation_id, ts) for conversation_id in self._messages)
        return next((each for each in found if each), None)

    def thread(self, conversation_id: str, ts: str) -> list[Message]:
        """The parent and its replies, oldest first, without ephemeral ones."""
        every = self._messages.get(conversation_id, [])
        visible = [each for each in every if not each.deleted and each.seen_only_by is None]
        return [each for each in visible if ts in (each.ts, each.thread_ts)]

    def add_message(self, conversation_id: str, user_id: str, text: str, **details: Any) -> Message:
        message = Message(self.next_ts(), conversation_id, user_id, text, **details)
        self._messages.setdefault(conversation_id, []).append(message)
        for file in message.files:
            file.shares.append((conversation_id, message.ts))
        self.touch()
        return message

    def next_ts(self) -> str:
        """Seconds and microseconds, never twice and never going back."""
        self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
        seconds, micros = divmod(self._last_ts, 1_000_000)
        return f"{seconds}.{micros:06}"

    def next_number(self) -> int:
        return next(self._numbers)

    # --- views

    def home(self, user_id: str) -> View | None:
        return self._homes.get(user_id)

    def modal(self, user_id: str) -> View | None:
        stack = self._modals.get(user_id, [])
        return stack[-1] if stack else None

    def modals(self, user_id: str) -> list[View]:
        """The stack, the one on top last."""
        return list(self._modals.get(user_id, []))

    def views(self) -> list[View]:
        return [*self._homes.values(), *itertools.chain.from_iterable(self._modals.values())]

    def view(self, view_id: str) -> View | None:
        return next((each for each in self.views() if each.id == view_id), None)

    def publish_home(self, user_id: str, payload: Json) -> View:
        known = self._homes.get(user_id)
        if known:
            return self.update_view(known, payload)
        self._homes[user_id] = self._new_view(user_id, "home", payload)
        self.touch()
        return self._homes[user_id]

    def open_modal(self, user_id: str, payload: Json) -> View:
        """The first of a new stack; a stack that was open is gone."""
        self._modals[user_id] = []
        return self.push_modal(user_id, payload)

    def push_modal(self, user_id: str, payload: Json) -> View:
        view = self._new_view(user_id, "modal", payload)
        stack = self._modals.setdefault(user_id, [])
        below = self.modal(user_id)
        if below:
            view.previous_id, view.root_id = below.id, below.root_id
        stack.append(view)
        self.touch()
        return view

    def update_view(self, view: View, payload: Json) -> View:
        """Shows another payload; what was typed stays where the block_id is still there."""
        block_ids = {block.get("block_id") for block in payload["blocks"]}
        view.values = {each: state for each, state in view.values.items() if each in block_ids}
        view.payload, view.hash = payload, self._new_hash()
        view.external_id = payload.get("external_id") or None
        view.errors, view.problem = {}, None
        self.touch()
        return view

    def close_modal(self, view: View) -> None:
        """Closes this view and what lies on it; nothing if it is closed already."""
        stack = self._modals.get(view.user_id, [])
        if view in stack:
            del stack[stack.index(view) :]
            self.touch()

    def close_modals(self, user_id: str) -> None:
        self._modals[user_id] = []
        self.touch()

    def _new_view(self, user_id: str, kind: Literal["modal", "home"], payload: Json) -> View:
        view_id = f"V{self.next_number():04}"
        external_id = payload.get("external_id") or None
        return View(view_id, user_id, kind, payload, self._new_hash(), external_id, root_id=view_id)

    def _new_hash(self) -> str:
        return f"{int(self.now())}.{secrets.token_hex(4)}"
