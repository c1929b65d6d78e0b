"""Sends what is due: claim, compose, mark, send, record; and asks Slack where the outcome is not known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.clock import Now
from bot.outbox.calling import Calling
from bot.outbox.composing import Compose, Composing
from bot.outbox.courier import Courier
from bot.outbox.line import Claim, Line
from bot.outbox.model import PER_MINUTE, Delivery, Letter, Outcome, Repeatable
from bot.outbox.pace import Pace
from bot.outbox.schedules import Schedules
from bot.outbox.store import Outbox
from bot.storage.database import Database

Watch = Callable[[Sequence[Outcome], datetime], None]
"""Told what became of deliveries, once that is recorded."""

BATCH = 200
ASK_AT_ONCE = 16


class Sender:
    """What this process takes of the outbox. Any number of processes may have one."""

    def __init__(
        self, database: Database, courier: Courier, clock: Now, per_minute: int = PER_MINUTE
    ) -> None:
        """`per_minute`: how many messages each workspace is sent at most."""
        self._database = database
        self._clock = clock
        self._per_minute = per_minute
        self.kinds: dict[str, Compose] = {}
        self._composing = Composing(self.kinds, clock)
        self._calling = Calling(courier, clock, self._pause)
        self._soon: set[asyncio.Task[None]] = set()
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
        return await self._calling.announce_files(await self._composing.make_ready(batch))

    async def _pause(self, workspace: str, method: str, until: datetime) -> None:
        await self._database.write(Pace, Pace.pause, workspace, method, until)

    async def _keep_books(
        self, outcomes: Sequence[Outcome], letters: Sequence[Letter], claim: Claim | None, now: datetime
    ) -> tuple[set[str], list[Delivery]]:
        kept = await self._database.write(Schedules, keep_books, outcomes, letters, claim, now)
        self.watch(outcomes, now)
        return kept


def keep_books(
    schedules: Schedules,
    outcomes: Sequence[Outcome],
    letters: Sequence[Letter],
    claim: Claim | None,
    now: datetime,
) -> tuple[set[str], list[Delivery]]:
    """What became of those sent, which are sent next, and what is taken up; ids of the former two's latter.

    Nothing comes round any more for a person whom Slack cannot reach.
    """
    outbox = schedules.outbox
    outbox.record(outcomes, now)
    for outcome in outcomes:
        if outcome.person_is_gone:
            schedules.end(outcome.delivery.workspace, outcome.delivery.user, outcome.reason)
    marked = outbox.mark_sending([one for one in letters if not isinstance(one.sending, Repeatable)], now)
    return marked, claim(outbox, now) if claim else []


def _take_these(ids: Sequence[str]) -> Claim:
    """These alone, which do not wait behind what is merely due."""
    rest = list(ids)

    def claim(outbox: Outbox, now: datetime) -> list[Delivery]:
        these, rest[:] = rest[:], []
        return outbox.claim_these(now, len(these), these) if these else []

    return claim


def _watch_nothing(_outcomes: Sequence[Outcome], _now: datetime) -> None:
    pass
