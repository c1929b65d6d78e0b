"""What someone writes to the bot in their DM: a command, an answer to a question, or something to keep."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.brag.captures import Captures
from bot.ladder.listeners import LadderListeners
from bot.outbox.model import Delivery
from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.slack.gateway import Gateway
from bot.slack.payloads import Command, Event, Message, read_message, read_text
from bot.slack.router import Router
from bot.storage.database import Database

TYPED = (None, "file_share", "thread_broadcast")
MOST_WORDS = 6  # “ladder staff communication” asks for something; a longer sentence is something to keep
NO_SENTENCE = re.compile(r"/brag|/coach 1(?::1s?|-1|on1)\b", re.IGNORECASE)  # however much comes after it

TakeReply = Callable[[Message, Delivery], Awaitable[None]]
TakeMessage = Callable[[Message], Awaitable[None]]
TryMessage = Callable[[Message], Awaitable[bool]]


class Conversation:
    """One way in for the DM. `replies` take what is written in the thread of a delivery, by its kind."""

    def __init__(
        self, database: Database, gateway: Gateway, ladder: LadderListeners, captures: Captures
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._ladder = ladder
        self._captures = captures
        self.replies: dict[str, TakeReply] = {}
        self.takers: list[TryMessage] = []
        """Offered, in turn, what is no command and in no thread; the first that says yes has it."""
        self.kept: list[TakeMessage] = []
        """Told of what was kept outside every thread; once more when its event comes again."""
        self.deleted: list[Callable[[PersonId, str, str], Awaitable[object]]] = []
        """Told of messages that are gone, by person, channel and ts."""

    def register(self, router: Router) -> None:
        self._router = router
        router.events["message"] = self.hear

    async def hear(self, event: Event) -> None:
        """New messages, edits and deletions; what other apps and Rung itself write is passed over."""
        body = event.body
        if body.get("channel_type") != "im":
            return
        changed = body.get("message") or {}
        match body.get("subtype"):
            case "message_deleted":
                await self._forget(event, body.get("previous_message") or {}, str(body["deleted_ts"]))
            case "message_changed" if changed.get("subtype") == "tombstone":
                await self._forget(event, body.get("previous_message") or {}, str(changed["ts"]))
            case "message_changed" if _is_reworded(changed, body.get("previous_message") or {}):
                await self._take(event, changed)
            case subtype if subtype in TYPED:
                await self._take(event, body)

    async def _take(self, event: Event, body: Mapping[str, Any]) -> None:
        if body.get("bot_id") or not body.get("user"):
            return
        message = read_message(event.workspace, body, str(event.body["channel"]))
        if message.edited:  # whole seconds; the event itself is told apart from the edit before
            edited, before = event.body.get("event_ts"), event.body.get("previous_message") or {}
            message = replace(message, edited=str(edited or message.edited), before=read_text(before))
        about = await self._find_delivery(message.workspace, message.channel, message.thread)
        if about is None and (command := await self._read_command(message)):
            if not message.edited:  # an edit asks nothing again
                await self._gateway.post(message.channel, await self._router.run(command), message.thread)
        elif about and (take := self.replies.get(about.kind)):
            await take(message, about)
        elif not await self._is_taken(message):
            await self._captures.keep_message(message, about)
            for tell in self.kept if not message.thread else ():
                await tell(message)

    async def _is_taken(self, message: Message) -> bool:
        for take in self.takers if not message.thread else ():
            if await take(message):
                return True
        return False

    async def _forget(self, event: Event, previous: Mapping[str, Any], ts: str) -> None:
        if user := previous.get("user"):
            person, channel = PersonId(event.workspace, str(user)), str(event.body["channel"])
            await self._captures.delete_message(person, channel, ts, read_text(previous))
            for tell in self.deleted:
                await tell(person, channel, ts)

    async def _find_delivery(self, workspace: str, channel: str, thread: str) -> Delivery | None:
        """Whose thread it is; None outside of every thread."""
        if not thread:
            return None
        return await self._database.look_up(Outbox, Outbox.get_by_message, workspace, channel, thread)

    async def _read_command(self, message: Message) -> Command | None:
        """A command without its slash, or the name of a level alone; `help` is the help of everything."""
        word, _, text = message.text.strip().partition(" ")
        name = f"/{word.lower().removeprefix('/')}"
        if name == "/help" and not text:
            name, text = "/ladder", "help"
        if await self._ladder.is_level(PersonId(message.workspace, message.user), message.text):
            return Command(message.workspace, message.user, "/ladder", message.text)
        if name not in self._router.commands or "\n" in text:
            return None
        is_sentence = not word.startswith("/") and not NO_SENTENCE.match(f"{name} {text}")
        if is_sentence and len(text.split()) > MOST_WORDS:
            return None
        return Command(message.workspace, message.user, name, text.strip())


def _is_reworded(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Previews of links change a message as well, and not its words."""
    return now.get("text") != before.get("text")
