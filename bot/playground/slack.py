"""One workspace: what people and the bot write in it and do to messages, and what the bot hears of that."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

from bot.playground import changes, events, payloads
from bot.playground.composer import escape, link_names
from bot.playground.faults import Faults
from bot.playground.files import File
from bot.playground.interactions import Interactions
from bot.playground.limits import Refused
from bot.playground.reach import find_conversation, find_lasting_message, find_own_message
from bot.playground.world import Message, World

Move = Callable[[timedelta], Awaitable[None]]


class Slack(Interactions):
    """The bot is reached at `bot_url` or, where a websocket is connected, through that.

    `base_url` is where this Slack itself is reached. `move` puts the clock forward that the world goes by;
    signatures, trigger ids and response URLs stay on `real_time`. `faults` is what goes wrong on purpose.
    """

    def __init__(
        self,
        world: World,
        bot_url: str | None,
        signing_secret: str,
        *,
        base_url: str = "",
        answer_seconds: float = 3.0,
        real_time: Callable[[], float] = time.time,
        move: Move | None = None,
    ) -> None:
        super().__init__(world, bot_url, signing_secret, answer_seconds=answer_seconds, real_time=real_time)
        world.address = base_url
        self.move = move
        self.faults = Faults()

    async def let_go(self) -> None:
        """Nothing may keep the server from stopping: no websocket, no call that is held."""
        self.faults.clear()
        await self.sockets.close()

    async def move_clock(self, by: timedelta) -> None:
        if self.move is None:
            raise Refused("clock_cannot_be_moved")
        await self.move(by)
        self.world.touch()

    # --- writing

    async def send(self, user_id: str, conversation_id: str, text: str, thread_ts: str | None = None) -> None:
        """What Enter in the composer does: runs a command or posts a message."""
        if not text.startswith("/"):
            await self.post(user_id, conversation_id, text, thread_ts)
        elif thread_ts:
            word = text.split(maxsplit=1)[0]
            self._slackbot(user_id, conversation_id, f"{word} is not supported in threads. Sorry!", thread_ts)
        else:
            await self.run_command(user_id, conversation_id, text)

    async def post(
        self,
        user_id: str,
        conversation_id: str,
        text: str,
        thread_ts: str | None = None,
        files: Sequence[File] = (),
    ) -> Message:
        """Shows the message and tells the bot where the manifest says so; back when the bot has it."""
        place = find_conversation(self.world, user_id, conversation_id)
        words = link_names(self.world, escape(text), labelled=False)
        message = self.world.add_message(place.id, user_id, words, thread_ts=thread_ts, files=list(files))
        await self._tell_message(message)
        return message

    def post_as_bot(self, conversation_id: str, text: str, **details: Any) -> Message:
        """Shows a message of the bot; it comes back as an event in the background, as every message does."""
        message = self.world.add_message(conversation_id, self.world.bot_user_id, text, **details)
        if message.seen_only_by is None:
            self._in_background(self._tell_message(message))
        return message

    # --- messages that stand

    async def edit(self, user_id: str, ts: str, text: str) -> None:
        """A person rewrites a message of theirs; the same words again change nothing."""
        message = find_own_message(self.world, user_id, ts, "cant_update_message")
        words = link_names(self.world, escape(text), labelled=False)
        if words != message.text:
            await self.tell_of(message, changes.edit(self.world, message, words, [], is_marked=True))

    async def delete(self, user_id: str, ts: str) -> None:
        message = find_own_message(self.world, user_id, ts, "cant_delete_message")
        await self.tell_of(message, *changes.delete(self.world, message))

    async def react(self, user_id: str, ts: str, name: str) -> None:
        message = find_lasting_message(self.world, user_id, ts)
        kept = changes.add_reaction(self.world, user_id, message, name)
        await self.tell_of(message, events.reaction(self.world, "reaction_added", user_id, message, kept))

    async def unreact(self, user_id: str, ts: str, name: str) -> None:
        message = find_lasting_message(self.world, user_id, ts)
        kept = changes.remove_reaction(self.world, user_id, message, name)
        await self.tell_of(message, events.reaction(self.world, "reaction_removed", user_id, message, kept))

    async def unfurl(self, ts: str, title: str) -> None:
        """Slack adds a preview to a message with a link: told as a change, though nobody edited anything."""
        message = self.world.message_by_ts(ts)
        if message:
            content = events.message_changed(self.world, message, payloads.message(self.world, message))
            content["message"]["attachments"] = [{"title": title}]
            await self.tell_of(message, content)

    # --- people

    async def change_person(self, user_id: str, **what: Any) -> None:
        """Sets attributes of a User (tz, deleted, real_name, …)."""
        user = self.world.users[user_id]
        for name, value in what.items():
            setattr(user, name, value)
        self.world.touch()
        await self.tell_event("user_change", events.user_change(self.world, user))

    # --- telling the bot

    async def _tell_message(self, message: Message) -> None:
        await self.tell_of(message, payloads.message_event(self.world, message))
        conversation = self.world.conversations[message.conversation_id]
        if conversation.kind == "channel" and f"<@{self.world.bot_user_id}>" in message.text:
            await self.tell_of(message, payloads.mention_event(self.world, message))
