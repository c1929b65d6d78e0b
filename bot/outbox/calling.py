"""One call to Slack for one delivery, and what its answer means for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.clock import Now
from bot.errors import SlackRefused, SlackUnclear
from bot.logs import log_bug
from bot.outbox.courier import Courier
from bot.outbox.model import (
    LEASE,
    UNGRANTED,
    Delivery,
    Letter,
    Outcome,
    Post,
    React,
    Repeatable,
    State,
    Update,
    Upload,
)

Pause = Callable[[str, str, datetime], Awaitable[None]]
"""Keeps that Slack asked a workspace to wait: the workspace, the method, until when."""

START_WITHIN = LEASE / 4  # what is marked is sent before someone else may ask whether it was
ANNOUNCED_AT_ONCE = 16
ASK_AFTER = timedelta(seconds=10)  # what got lost on the way may still arrive at Slack
LONGEST_WAIT = timedelta(minutes=5)
UNTIL_GRANTED = timedelta(hours=1)  # at the most; what is tried in vain takes the place of another message

Result = TypeVar("Result")

log = structlog.get_logger()


class Calling:
    """A no for good ends a delivery, a no for now puts it off, and an unknown outcome is asked for."""

    def __init__(self, courier: Courier, clock: Now, pause: Pause) -> None:
        self._courier = courier
        self._clock = clock
        self._pause = pause
        self._paused: dict[str, datetime] = {}
        self._announcing = asyncio.Semaphore(ANNOUNCED_AT_ONCE)
        self.is_ending = False
        """What is under way comes to its end, and nothing more is begun."""

    def hold_back(self, delivery: Delivery, marked_at: datetime | None = None) -> Outcome | None:
        """Where Slack asked to wait since it was claimed, where it stood in line too long, and at the end."""
        if not (marked_at or self._paused or self.is_ending):
            return None
        now = self._clock()
        until = self._paused.get(delivery.workspace, now)
        if until > now or self.is_ending or (marked_at and marked_at + START_WITHIN < now):
            return Outcome(delivery, "pending", again_at=until)
        return None

    async def announce_files(self, made: Sequence[Letter | Outcome]) -> list[Letter | Outcome]:
        """Nobody sees a file before it is brought; its id is what Slack can be asked by."""
        files = [
            self._outlive(one.delivery, self._announce(one, one.sending), "pending")
            for one in made
            if isinstance(one, Letter) and isinstance(one.sending, Upload)
        ]
        others = [one for one in made if isinstance(one, Outcome) or not isinstance(one.sending, Upload)]
        return [*others, *await asyncio.gather(*files)]

    async def _announce(self, letter: Letter, file: Upload) -> Letter | Outcome:
        delivery = letter.delivery
        async with self._announcing:
            if held := self.hold_back(delivery):
                return held
            try:
                if file.channel == delivery.user:  # a file needs a conversation, not a person
                    file = replace(file, channel=await self._courier.open_dm(delivery))
                file_id, address = await self._courier.announce(delivery, file)
            except (SlackRefused, SlackUnclear) as error:  # nobody saw anything yet
                return await self._judge(letter, error, may_repeat=True)
        return Letter(delivery._replace(file=file_id), file, address)

    async def send(self, letter: Letter) -> Outcome:
        """After a bug it may be there, like after a lost connection."""
        state: State = "pending" if isinstance(letter.sending, Repeatable) else "sending"
        return await self._outlive(letter.delivery, self._send(letter), state)

    async def ask(self, delivery: Delivery) -> Outcome:
        """Did it arrive? If not, it is sent again."""
        return await self._outlive(delivery, self._ask(delivery), "sending")

    async def _outlive(self, delivery: Delivery, doing: Awaitable[Result], state: State) -> Result | Outcome:
        """A bug ends this delivery's turn, and nobody else's; it is in that `state` then."""
        try:
            return await doing
        except Exception as error:
            log_bug("sending", error)
            again_at = self._clock() + max(ASK_AFTER, _wait(delivery))
            return Outcome(delivery, state, reason=type(error).__name__, again_at=again_at)

    async def _send(self, letter: Letter) -> Outcome:
        delivery, sending, address = letter
        try:
            match sending:
                case Post():
                    channel, ts = await self._courier.post(delivery, sending)
                    return Outcome(delivery, "sent", channel, ts)
                case React():
                    await self._courier.react(delivery, sending)
                case Update():
                    await self._courier.update(delivery, sending)
                case Upload():
                    await self._courier.upload(delivery, sending, address)
        except (SlackRefused, SlackUnclear) as error:
            return await self._judge(letter, error, may_repeat=isinstance(sending, Repeatable))
        return Outcome(delivery, "sent", sending.channel)

    async def _ask(self, delivery: Delivery) -> Outcome:
        now = self._clock()
        try:
            if delivery.file:
                arrived, ts = await self._courier.has_file(delivery), ""
            else:
                delivery = await self._in_conversation(delivery)
                found = await self._courier.find(delivery)
                arrived, ts = found is not None, found or ""
        except SlackRefused as refused:
            if refused.permanent:
                return Outcome(delivery, "failed", delivery.channel, reason=refused.code)
            again = max(timedelta(seconds=refused.retry_after), ASK_AFTER, _wait(delivery, refused.code))
            return Outcome(delivery, "sending", delivery.channel, reason=refused.code, again_at=now + again)
        except SlackUnclear:
            return Outcome(delivery, "sending", delivery.channel, again_at=now + ASK_AFTER)
        log.info("asked Slack", kind=delivery.kind, arrived=arrived)
        if arrived:
            return Outcome(delivery, "sent", delivery.channel, ts)
        return Outcome(delivery, "pending", delivery.channel, again_at=now)

    async def _judge(
        self, letter: Letter, error: SlackRefused | SlackUnclear, *, may_repeat: bool
    ) -> Outcome:
        delivery, place, now = letter.delivery, letter.sending.channel, self._clock()
        log.warning("not delivered", kind=delivery.kind, method=error.method, code=error.code)
        if isinstance(error, SlackUnclear) and not may_repeat:
            return Outcome(delivery, "sending", place, reason=error.code, again_at=now + ASK_AFTER)
        if isinstance(error, SlackRefused) and error.permanent:
            return Outcome(delivery, "failed", place, reason=error.code)
        again_at = now + _wait(delivery, error.code)
        if isinstance(error, SlackRefused) and error.retry_after:
            again_at = now + timedelta(seconds=error.retry_after)
            await self._hold(delivery.workspace, error.method, again_at)
        return Outcome(delivery, "pending", place, reason=error.code, again_at=again_at)

    async def _hold(self, workspace: str, method: str, until: datetime) -> None:
        """For every process what is not claimed yet, and for this one what it holds already."""
        self._paused[workspace] = max(until, self._paused.get(workspace, until))
        await self._pause(workspace, method, until)

    async def _in_conversation(self, delivery: Delivery) -> Delivery:
        if delivery.channel != delivery.user:
            return delivery
        return delivery._replace(channel=await self._courier.open_dm(delivery))


def _wait(delivery: Delivery, code: str = "") -> timedelta:
    """Twice as long each time."""
    longest = UNTIL_GRANTED if code in UNGRANTED else LONGEST_WAIT
    return min(timedelta(seconds=2 ** min(delivery.attempts, 16)), longest)
