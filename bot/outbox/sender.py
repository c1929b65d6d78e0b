"""Sends what is due: claim, compose, mark, send, record; and asks Slack where the outcome is not known."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from bot.clock import Now
from bot.errors import SlackRefused, SlackUnclear
from bot.logs import log_bug
from bot.outbox.courier import Courier
from bot.outbox.model import (
    LEASE,
    PER_MINUTE,
    Composed,
    Delivery,
    Drop,
    Later,
    Outcome,
    Post,
    React,
    Repeatable,
    Sending,
    Update,
    Upload,
)
from bot.outbox.pace import Pace
from bot.outbox.schedules import Schedules
from bot.outbox.store import Outbox
from bot.storage.database import Database

Compose = Callable[[Sequence[Delivery]], Awaitable[Mapping[str, Composed]]]
"""What deliveries of one kind say now, by id; asked at the moment of sending."""

Watch = Callable[[Sequence[Outcome], datetime], None]
"""Told what became of deliveries, once that is recorded."""

Ready = list[tuple[Delivery, Sending]]
Prepared = tuple[Delivery, Sending, str]
"""With the address that takes the content of a file; empty where there is none."""

BATCH = 100
BATCHES_AT_ONCE = 2  # each is marked and recorded as a whole; while one comes to its end, the next begins
IN_FLIGHT = 32
ASK_AT_ONCE = 16
START_WITHIN = LEASE / 4  # what is marked is sent before someone else may ask whether it was
ASK_AFTER = timedelta(seconds=10)  # what got lost on the way may still arrive at Slack
LONGEST_WAIT = timedelta(minutes=5)

log = structlog.get_logger()


class Sender:
    """What this process takes of the outbox. Any number of processes may have one."""

    def __init__(
        self, database: Database, courier: Courier, clock: Now, per_minute: int = PER_MINUTE
    ) -> None:
        """`per_minute`: how many messages each workspace is sent at most."""
        self._database = database
        self._courier = courier
        self._clock = clock
        self._per_minute = per_minute
        self._room = asyncio.Semaphore(BATCHES_AT_ONCE)
        self._line = asyncio.Semaphore(IN_FLIGHT)
        self._paused: dict[str, datetime] = {}
        self._soon: set[asyncio.Task[None]] = set()
        self.kinds: dict[str, Compose] = {}
        self.watch: Watch = _watch_nothing
        self.is_ending = False
        """What is in hand is sent, and nothing more is taken up."""

    def send_soon(self, ids: Sequence[str]) -> None:
        """Send these right away, beside what is being answered; if this process dies, another one does."""
        if ids:
            task = asyncio.create_task(self._send_now(list(ids)))
            self._soon.add(task)
            task.add_done_callback(self._soon.discard)

    async def send_due(self) -> None:
        """Everything that is due; the next hundred are made ready while the last are on their way."""
        async with asyncio.TaskGroup() as under_way:
            while (ready := await self._take_up_due()) is not None:
                await self._room.acquire()
                sending = under_way.create_task(self._send_together(ready))
                sending.add_done_callback(lambda _: self._room.release())

    async def ask_for_unclear(self) -> None:
        """Ask Slack for deliveries of which nobody knows whether they arrived."""
        unclear = await self._database.write(Outbox, Outbox.claim_unclear, self._clock(), ASK_AT_ONCE)
        if unclear:
            await self._record(await asyncio.gather(*map(self._ask, unclear)))

    async def finish(self) -> None:
        """Wait for what is being sent."""
        await asyncio.gather(*self._soon, return_exceptions=True)

    async def _send_now(self, ids: Sequence[str]) -> None:
        """Does not wait behind what is merely due."""
        batch = await self._database.write(Outbox, Outbox.claim_these, self._clock(), BATCH, ids)
        if ready := await self._make_ready(batch):
            await self._send_together(ready)

    async def _take_up_due(self) -> Ready | None:
        """What is to be sent of the next that are due; None where nothing is due, or it is time to end."""
        if self.is_ending:
            return None
        batch = await self._database.write(Outbox, Outbox.claim, self._clock(), BATCH, self._per_minute)
        return await self._make_ready(batch) if batch else None

    async def _make_ready(self, batch: Sequence[Delivery]) -> Ready:
        composed = await self._compose(batch)
        ready: Ready = []
        done: list[Outcome] = []
        for delivery in batch:
            match composed.get(delivery.id) or self._put_off(delivery):
                case Drop(reason):
                    done.append(Outcome(delivery, "dropped", reason=reason))
                case Later(at):
                    done.append(Outcome(delivery, "pending", again_at=at))
                case sending:
                    ready.append((delivery, sending))
        await self._record(done)
        return ready

    def _put_off(self, delivery: Delivery) -> Later:
        """A newer Rung may know this kind; while both run, it is theirs."""
        log.warning("nobody composes this", kind=delivery.kind)
        return Later(self._clock() + LONGEST_WAIT)

    async def _compose(self, batch: Sequence[Delivery]) -> dict[str, Composed]:
        composed: dict[str, Composed] = {}
        by_kind = sorted(batch, key=lambda one: one.kind)
        for kind, same in groupby(by_kind, key=lambda one: one.kind):
            if compose := self.kinds.get(kind):
                composed |= await self._compose_kind(compose, list(same))
        return composed

    async def _compose_kind(self, compose: Compose, same: Sequence[Delivery]) -> Mapping[str, Composed]:
        """All at once; after a bug one by one, so that one bad row does not hold up the others."""
        try:
            return await compose(same)
        except Exception as error:
            log_bug(f"compose {same[0].kind}", error)
            if len(same) == 1:
                return {same[0].id: Later(self._clock() + LONGEST_WAIT)}
        alone = [await self._compose_kind(compose, [each]) for each in same]
        return {delivery_id: one for found in alone for delivery_id, one in found.items()}

    async def _send_together(self, batch: Ready) -> None:
        """Two commits, however many there are."""
        aimed = [(_aim(one, sending, self._clock()), sending) for one, sending in batch]
        uploads = [(one, sending) for one, sending in aimed if isinstance(sending, Upload)]
        prepared: list[Prepared | Outcome] = [
            (one, sending, "") for one, sending in aimed if not isinstance(sending, Upload)
        ]
        prepared += await asyncio.gather(*(self._announce_in_turn(*one) for one in uploads))
        await self._record([outcome for outcome in prepared if isinstance(outcome, Outcome)])
        ready = [one for one in prepared if not isinstance(one, Outcome)]
        marked = [delivery for delivery, sending, _ in ready if not isinstance(sending, Repeatable)]
        ours = await self._database.write(Outbox, Outbox.mark_sending, marked, self._clock())
        free = [one for one in ready if isinstance(one[1], Repeatable) or one[0].id in ours]
        await self._record(await asyncio.gather(*(self._send_in_turn(*one) for one in free)))

    async def _announce_in_turn(self, delivery: Delivery, sending: Upload) -> Prepared | Outcome:
        async with self._line:
            return self._hold_back(delivery) or await self._announce(delivery, sending)

    async def _announce(self, delivery: Delivery, sending: Upload) -> Prepared | Outcome:
        """Nobody sees the file before it is brought."""
        try:
            if sending.channel == delivery.user:  # a file needs a conversation, not a person
                sending = replace(sending, channel=await self._courier.open_dm(delivery))
            file_id, address = await self._courier.announce(delivery, sending)
        except (SlackRefused, SlackUnclear) as error:  # nobody saw anything yet
            return await self._judge(delivery, error, may_repeat=True)
        return replace(delivery, channel=sending.channel, file=file_id), sending, address

    async def _send_in_turn(self, delivery: Delivery, sending: Sending, address: str) -> Outcome:
        async with self._line:
            return self._hold_back(delivery) or await self._send(delivery, sending, address)

    def _hold_back(self, delivery: Delivery) -> Outcome | None:
        """Where Slack asked to wait since it was claimed, and where it stood in line for too long."""
        now = self._clock()
        until = self._paused.get(delivery.workspace, now)
        if until > now or (delivery.sending_at or now) + START_WITHIN < now:
            return Outcome(delivery, "pending", again_at=until)
        return None

    async def _send(self, delivery: Delivery, sending: Sending, address: str) -> Outcome:
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
            return await self._judge(delivery, error, may_repeat=isinstance(sending, Repeatable))
        return Outcome(delivery, "sent")

    async def _judge(
        self, delivery: Delivery, error: SlackRefused | SlackUnclear, *, may_repeat: bool
    ) -> Outcome:
        """A no for good ends it, a no for now puts it off, and an unknown outcome is asked for."""
        log.warning("not delivered", kind=delivery.kind, method=error.method, code=error.code)
        now = self._clock()
        if isinstance(error, SlackUnclear) and not may_repeat:
            return Outcome(delivery, "sending", again_at=now + ASK_AFTER, reason=error.code)
        if isinstance(error, SlackRefused) and error.permanent:
            return Outcome(delivery, "failed", reason=error.code)
        again_at = now + _wait(delivery.attempts)
        if isinstance(error, SlackRefused) and error.retry_after:
            again_at = now + timedelta(seconds=error.retry_after)
            await self._pause(delivery.workspace, error.method, again_at)
        return Outcome(delivery, "pending", again_at=again_at, reason=error.code)

    async def _pause(self, workspace: str, method: str, until: datetime) -> None:
        """For every process what is not claimed yet, and for this one what it holds already."""
        self._paused[workspace] = max(until, self._paused.get(workspace, until))
        await self._database.write(Pace, Pace.pause, workspace, method, until)

    async def _ask(self, delivery: Delivery) -> Outcome:
        """Did it arrive? If not, it is sent again."""
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
                return Outcome(delivery, "failed", reason=refused.code)
            again = max(timedelta(seconds=refused.retry_after), ASK_AFTER)
            return Outcome(delivery, "sending", again_at=now + again)
        except SlackUnclear:
            return Outcome(delivery, "sending", again_at=now + ASK_AFTER)
        log.info("asked Slack", kind=delivery.kind, arrived=arrived)
        return Outcome(delivery, "sent", ts=ts) if arrived else Outcome(delivery, "pending", again_at=now)

    async def _in_conversation(self, delivery: Delivery) -> Delivery:
        if delivery.channel != delivery.user:
            return delivery
        return replace(delivery, channel=await self._courier.open_dm(delivery))

    async def _record(self, outcomes: Sequence[Outcome]) -> None:
        if outcomes:
            now = self._clock()
            await self._database.write(Schedules, record, outcomes, now)
            self.watch(outcomes, now)


def record(schedules: Schedules, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Keep what became of them; nothing comes round any more for a person whom Slack cannot reach."""
    schedules.outbox.record(outcomes, now)
    for outcome in outcomes:
        if outcome.person_is_gone:
            schedules.end(outcome.delivery.workspace, outcome.delivery.user, outcome.reason)


def _aim(delivery: Delivery, sending: Sending, now: datetime) -> Delivery:
    """The delivery with what Slack can be asked by."""
    thread = "" if isinstance(sending, Repeatable) else sending.thread
    return replace(delivery, channel=sending.channel, thread=thread, sending_at=now)


def _watch_nothing(_outcomes: Sequence[Outcome], _now: datetime) -> None:
    pass


def _wait(attempts: int) -> timedelta:
    """Twice as long each time."""
    return min(timedelta(seconds=2**attempts), LONGEST_WAIT)


def each(compose: Callable[[Delivery], Awaitable[Composed]]) -> Compose:
    """A kind whose deliveries are composed one by one."""

    async def compose_all(deliveries: Sequence[Delivery]) -> Mapping[str, Composed]:
        return {delivery.id: await compose(delivery) for delivery in deliveries}

    return compose_all
