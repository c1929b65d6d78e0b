"""Sends what is due: claim, compose, mark, send, record; and asks Slack where the outcome is not known."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import structlog

from bot.clock import Now
from bot.logs import log_bug
from bot.outbox.calling import LONGEST_WAIT, Calling
from bot.outbox.courier import Courier
from bot.outbox.line import Claim, Line
from bot.outbox.model import (
    PER_MINUTE,
    Composed,
    Delivery,
    Drop,
    Later,
    Letter,
    Outcome,
    Repeatable,
)
from bot.outbox.pace import Pace
from bot.outbox.schedules import Schedules
from bot.outbox.store import Outbox
from bot.storage.database import Database

Compose = Callable[[Sequence[Delivery]], Awaitable[Mapping[str, Composed]]]
"""What deliveries of one kind say now, by id; asked at the moment of sending."""

Watch = Callable[[Sequence[Outcome], datetime], None]
"""Told what became of deliveries, once that is recorded."""

BATCH = 200
ASK_AT_ONCE = 16

log = structlog.get_logger()


class Sender:
    """What this process takes of the outbox. Any number of processes may have one."""

    def __init__(
        self, database: Database, courier: Courier, clock: Now, per_minute: int = PER_MINUTE
    ) -> None:
        """`per_minute`: how many messages each workspace is sent at most."""
        self._database = database
        self._clock = clock
        self._per_minute = per_minute
        self._calling = Calling(courier, clock, self._pause)
        self._soon: set[asyncio.Task[None]] = set()
        self.kinds: dict[str, Compose] = {}
        self.watch: Watch = _watch_nothing

    def send_soon(self, ids: Sequence[str]) -> None:
        """Send these right away, beside what is being answered; if this process dies, another one does."""
        if ids:
            task = asyncio.create_task(self._run(_take_these(ids)))
            self._soon.add(task)
            task.add_done_callback(self._soon.discard)

    async def send_due(self) -> None:
        """Everything that is due."""
        await self._run(lambda outbox, now: outbox.claim(now, BATCH, self._per_minute))

    async def ask_for_unclear(self) -> None:
        """Ask Slack for deliveries of which nobody knows whether they arrived."""
        unclear = await self._database.write(Outbox, Outbox.claim_unclear, self._clock(), ASK_AT_ONCE)
        if unclear:
            outcomes = await asyncio.gather(*map(self._calling.ask, unclear))
            await self._keep_books(outcomes, [], None, self._clock())

    def end(self) -> None:
        """What is under way comes to its end; what was taken up beside it is given back for others."""
        self._calling.is_ending = True

    async def finish(self) -> None:
        """Wait for what is being sent."""
        await asyncio.gather(*self._soon, return_exceptions=True)

    async def _run(self, claim: Claim) -> None:
        await Line(claim, self._make_ready, self._calling, self._keep_books, self._clock).run()

    async def _make_ready(self, batch: Sequence[Delivery]) -> Sequence[Letter | Outcome]:
        """A letter for what is to be sent, an outcome for what is not, or not now."""
        composed = await self._compose(batch)
        made: list[Letter | Outcome] = []
        for delivery in batch:
            match composed.get(delivery.id) or self._put_off(delivery):
                case Drop(reason):
                    made.append(Outcome(delivery, "dropped", reason=reason))
                case Later(at):
                    made.append(Outcome(delivery, "pending", again_at=at))
                case sending:
                    made.append(Letter(delivery, sending))
        return await self._calling.announce_files(made)

    def _put_off(self, delivery: Delivery) -> Later:
        """A newer Rung may know this kind; while both run, it is theirs."""
        log.warning("nobody composes this", kind=delivery.kind)
        return Later(self._clock() + LONGEST_WAIT)

    async def _compose(self, batch: Sequence[Delivery]) -> dict[str, Composed]:
        composed: dict[str, Composed] = {}
        kind_of = attrgetter("kind")
        for kind, same in groupby(sorted(batch, key=kind_of), key=kind_of):
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

    async def _pause(self, workspace: str, method: str, until: datetime) -> None:
        await self._database.write(Pace, Pace.pause, workspace, method, until)

    async def _keep_books(
        self, outcomes: Sequence[Outcome], letters: Sequence[Letter], claim: Claim | None, now: datetime
    ) -> tuple[set[str], list[Delivery]]:
        kept = await self._database.write_down(Schedules, keep_books, outcomes, letters, claim, now)
        self.watch(outcomes, now)
        return kept


def keep_books(
    schedules: Schedules,
    outcomes: Sequence[Outcome],
    letters: Sequence[Letter],
    claim: Claim | None,
    now: datetime,
) -> tuple[set[str], list[Delivery]]:
    """Keep what became of deliveries; ids of the letters that may be sent, and what was claimed.

    Nothing comes round any more for a person whom Slack cannot reach.
    """
    outbox = schedules.outbox
    outbox.record(outcomes, now)
    for outcome in outcomes:
        if outcome.person_is_gone:
            schedules.end(outcome.delivery.workspace, outcome.delivery.user, outcome.reason)
    marked = outbox.mark_sending([one for one in letters if not isinstance(one.sending, Repeatable)], now)
    return marked, claim(outbox, now) if claim else []


def each(compose: Callable[[Delivery], Awaitable[Composed]]) -> Compose:
    """A kind whose deliveries are composed one by one."""

    async def compose_all(deliveries: Sequence[Delivery]) -> Mapping[str, Composed]:
        return {delivery.id: await compose(delivery) for delivery in deliveries}

    return compose_all


def _take_these(ids: Sequence[str]) -> Claim:
    """These alone, once, which do not wait behind what is merely due."""
    rest = list(ids)

    def claim(outbox: Outbox, now: datetime) -> list[Delivery]:
        these, rest[:] = rest[:], []
        return outbox.claim_these(now, len(these), these) if these else []

    return claim


def _watch_nothing(_outcomes: Sequence[Outcome], _now: datetime) -> None:
    pass
