"""What someone writes to the bot in their DM: a command, an answer to a question, or something to keep."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.brag.captures import Captures
from bot.brag.reading import without_command
from bot.ground import Ground
from bot.outbox.model import Delivery
from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.payloads import Answer, Command, Event, Message, read_message, read_text
from bot.slack.router import Router

TYPED = (None, "file_share", "thread_broadcast")
MOST_WORDS = 6  # “ladder staff communication” asks for something; a longer sentence is something to keep
NO_SENTENCE = re.compile(r"/brag|/coach 1(?::1s?|-1|on1)\b", re.IGNORECASE)  # however much comes after it

FILE = "home/messages"
BRAG, COACH = "/brag", "/coach"

IsWish = Callable[[PersonId, str], Awaitable[bool]]
TakeReply = Callable[[Message, Delivery], Awaitable[None]]
TakeMessage = Callable[[Message], Awaitable[None]]
TryMessage = Callable[[Message], Awaitable[bool]]


class Conversation:
    """One way in for the DM. `replies` take what is written in the thread of a delivery, by its kind."""

    def __init__(self, ground: Ground, captures: Captures, is_wish: IsWish) -> None:
        """`is_wish`: are these words of `/coach`?"""
        self._ground = ground
        self._captures = captures
        self._is_wish = is_wish
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
        if about and (take := self.replies.get(about.kind)):
            await take(message, about)
        elif about or not (await self._is_answered(message) or await self._is_taken(message)):
            await self._captures.keep_message(message, about)
            for tell in self.kept if not message.thread else ():
                await tell(message)

    async def _is_answered(self, message: Message) -> bool:
        """Was it a command? One that understood nothing may be a sentence that begins with such a word."""
        if message.text.strip().lower().strip("/!?. ") == "help":
            said = self._ground.words.say(FILE, "help")
            answer = Answer(said, [blocks.section(said)])
            await self._ground.gateway.post(message.channel, answer, message.thread)
            return True
        command = await self._read_command(message)
        if command is None:
            return False
        if message.edited:  # an edit asks nothing again
            person = PersonId(message.workspace, message.user)
            return not await self._captures.has(person, message.channel, message.ts)
        answer = await self._router.run(command)
        if not answer.understood and (command.name == BRAG or not message.text.startswith("/")):
            return False
        await self._ground.gateway.post(message.channel, answer, message.thread)
        return True

    async def _is_taken(self, message: Message) -> bool:
        is_meant_for_brag = without_command(message.text) != message.text.strip()
        for take in self.takers if not message.thread and not is_meant_for_brag else ():
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
        return await self._ground.database.look_up(Outbox, Outbox.get_by_message, workspace, channel, thread)

    async def _read_command(self, message: Message) -> Command | None:
        """A command without its slash, the name of a level alone, or words of `/coach` alone."""
        person = PersonId(message.workspace, message.user)
        word, _, text = message.text.strip().partition(" ")
        name = f"/{word.lower().removeprefix('/')}"
        if await self._ground.ladders.is_level(person, message.text):
            return Command(*person, "/ladder", message.text)
        if "\n" in text:
            return None
        if name not in self._router.commands:
            is_wish = await self._is_wish(person, message.text)
            return Command(*person, COACH, message.text) if is_wish else None
        is_sentence = not word.startswith("/") and not NO_SENTENCE.match(f"{name} {text}")
        if is_sentence and len(text.split()) > MOST_WORDS:
            return None
        return Command(*person, name, text.strip())


def _is_reworded(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Previews of links change a message as well, and not its words."""
    return now.get("text") != before.get("text")
