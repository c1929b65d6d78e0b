"""The way to the bot: by websocket or over HTTP, at once and, where an event failed, again."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.playground import payloads
from bot.playground.delivery import FIRST, Answer, Attempt, HttpDelivery, Kind, NoAnswer
from bot.playground.socket import Sockets
from bot.playground.world import Conversation, Json, Message, World

RETRY_SECONDS = (0.0, 60.0, 300.0)  # Slack's: almost at once, after a minute, after five more
MOST_EVENTS = 500


@dataclass(frozen=True)
class Event:
    """What the bot was told; `name` is that of the subscription (message.im)."""

    name: str
    payload: Json


class Messenger:
    """Tells the bot, reached at `bot_url` or, where a websocket is connected, through that.

    `retry_delays` are the seconds before each repetition of an event that failed, in real time; `events`
    are the latest told, oldest first.
    """

    def __init__(
        self,
        world: World,
        bot_url: str | None,
        signing_secret: str,
        answer_seconds: float,
        real_time: Callable[[], float],
    ) -> None:
        self.world = world
        self.bot_url = bot_url
        self.sockets = Sockets(world, answer_seconds)
        self.retry_delays: tuple[float, ...] = RETRY_SECONDS
        self.events: deque[Event] = deque(maxlen=MOST_EVENTS)
        self._http = HttpDelivery(signing_secret, answer_seconds, real_time)
        self._background: set[asyncio.Task[None]] = set()
        self._postponed: set[asyncio.Task[None]] = set()

    async def deliver(self, kind: Kind, payload: Json, attempt: Attempt = FIRST) -> Answer:
        """Raises NoAnswer."""
        if self.sockets.is_connected:
            return await self.sockets.deliver(kind, payload, attempt)
        if self.bot_url:
            return await self._http.deliver(self.bot_url, kind, payload, attempt)
        raise NoAnswer("dispatch_failed", "connection_failed")

    async def tell_event(self, name: str, content: Json) -> None:
        """Tells it if the manifest asks for it; back after the first attempt, whatever came of that."""
        if self.world.manifest.is_subscribed(name):
            event = Event(name, payloads.event(self.world, content))
            self.events.append(event)
            await self._attempt(event, FIRST)

    async def tell_of(self, message: Message, *happened: Json) -> None:
        """In order, and only where the bot is a member."""
        conversation = self.world.conversations[message.conversation_id]
        if self.world.bot_user_id in conversation.members and message.seen_only_by is None:
            for content in happened:
                await self.tell_event(name_event(content, conversation), content)

    def tell_later(self, message: Message, *happened: Json) -> None:
        """What the bot does to messages comes back to it as events, in the background."""
        self._in_background(self.tell_of(message, *happened))

    async def redeliver(self, which: int = -1) -> None:
        """Tells one of `events` once more, as Slack does when the bot's answer got lost."""
        reason = "timeout" if self.sockets.is_connected else "http_timeout"
        await self._attempt(self.events[which], Attempt(1, reason))

    async def _attempt(self, event: Event, attempt: Attempt) -> None:
        try:
            await self.deliver("events_api", event.payload, attempt)
        except NoAnswer as failure:
            if attempt.number == 0:
                self.world.refuse(event.name, failure.reason)
            if not failure.is_final and attempt.number < len(self.retry_delays):
                self._attempt_again(event, Attempt(attempt.number + 1, failure.reason))

    def _attempt_again(self, event: Event, attempt: Attempt) -> None:
        delay = self.retry_delays[attempt.number - 1]
        if delay > 0:
            keep(self._postponed, self._attempt_later(delay, event, attempt))
        else:
            self._in_background(self._attempt(event, attempt))

    # --- meanwhile

    async def settle(self) -> None:
        """Waits until what is under way has arrived; a repetition that waits for its time is not."""
        while self._background:
            await asyncio.gather(*self._background)

    async def hang_up(self) -> None:
        """Drops the repetitions that wait for their time, and waits for the rest."""
        for task in self._postponed:
            task.cancel()
        await self.settle()

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        keep(self._background, work)

    async def _attempt_later(self, delay: float, event: Event, attempt: Attempt) -> None:
        await asyncio.sleep(delay)
        self._in_background(self._attempt(event, attempt))


def name_event(content: Json, conversation: Conversation) -> str:
    """What the manifest calls it."""
    if content["type"] != "message":
        return str(content["type"])
    return "message.im" if conversation.kind == "im" else "message.channels"


def keep(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
