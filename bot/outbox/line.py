"""The line of letters to Slack: marked a few ahead, so many calls at once, what became of each recorded.

What comes to one person comes in order, one call after the other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.clock import Now
from bot.outbox.calling import Calling
from bot.outbox.model import Delivery, Letter, Outcome, Repeatable
from bot.outbox.store import Outbox

Claim = Callable[[Outbox, datetime], list[Delivery]]
"""Takes the next deliveries; none where there are no more for now."""
MakeReady = Callable[[Sequence[Delivery]], Awaitable[Sequence[Letter | Outcome]]]
"""Puts them into words; outcomes of those that are not to be sent."""
KeepBooks = Callable[
    [Sequence[Outcome], Sequence[Letter], Claim | None, datetime],
    Awaitable[tuple[set[str], Sequence[Delivery]]],
]
"""Records, marks and claims in one transaction; ids of the letters that may be sent, and what was claimed."""

AT_ONCE = 32  # calls
AHEAD = 64  # marked beside them, so that a call that ends is followed by the next without a commit between
LOW = 12  # when so few wait, more are marked
IN_STOCK = 100  # with fewer, more are claimed
RECORD_WITHIN = 1.0  # seconds, however long other calls take


class Line:
    """A turn is one transaction: what became of those sent, which are sent next, and what comes after them.

    A process that dies leaves what is under way and what is marked ahead of it to be asked for; that is why
    not more is marked. What is claimed beside it is only made ready while others are on their way.
    """

    def __init__(
        self, claim: Claim, make_ready: MakeReady, calling: Calling, keep_books: KeepBooks, clock: Now
    ) -> None:
        self._claim = claim
        self._make_ready = make_ready
        self._calling = calling
        self._keep_books = keep_books
        self._clock = clock
        self._tasks = asyncio.TaskGroup()
        self._are_more = True
        self._is_making = False
        self._stock: deque[Letter] = deque()
        self._marked: deque[tuple[Letter, datetime]] = deque()
        self._addressed: set[tuple[str, str]] = set()
        self._hands = 0
        self._outcomes: list[Outcome] = []
        self._record_by = 0.0
        self._stirred = asyncio.Event()

    async def run(self) -> None:
        """Until there are no more, and all that were are recorded."""
        async with self._tasks:
            while self._is_time() or self._is_making or self._hands:
                if self._is_time():
                    await self._take_turn()
                else:
                    await self._rest()

    def _is_time(self) -> bool:
        """Is there something to mark or to claim, or has everything come back?"""
        if self._stock:
            return len(self._marked) <= LOW
        return self._may_claim() or bool(self._outcomes and not self._hands and not self._is_making)

    def _may_claim(self) -> bool:
        is_wanted = self._are_more and len(self._stock) < IN_STOCK
        return is_wanted and not self._is_making and not self._calling.is_ending

    async def _rest(self) -> None:
        """Until something comes, or what came has waited long enough to be recorded."""
        self._stirred.clear()
        try:
            async with asyncio.timeout_at(self._record_by if self._outcomes else None):
                await self._stirred.wait()
        except TimeoutError:
            await self._take_turn()

    async def _take_turn(self) -> None:
        letters, claim, now = self._take_letters(), self._claim if self._may_claim() else None, self._clock()
        outcomes, self._outcomes = self._outcomes, []
        ours, claimed = await self._keep_books(outcomes, letters, claim, now)
        self._marked += (
            (one, now) for one in letters if one.delivery.id in ours or isinstance(one.sending, Repeatable)
        )
        self._call_for_a_hand()
        if claim:
            self._are_more = self._is_making = bool(claimed)
        if claimed:
            self._tasks.create_task(self._make(claimed))

    def _take_letters(self) -> list[Letter]:
        """As many as there is room for, but for those that are held back."""
        letters: list[Letter] = []
        room = AT_ONCE + AHEAD - self._hands - len(self._marked)
        while self._stock and len(letters) < room:
            letter = self._stock.popleft()
            if held := self._calling.hold_back(letter.delivery):
                self._put(held)
            else:
                letters.append(letter)
        return letters

    async def _make(self, claimed: Sequence[Delivery]) -> None:
        for one in await self._make_ready(claimed):
            if isinstance(one, Letter):
                self._stock.append(one)
            else:
                self._put(one)
        self._is_making = False
        self._stirred.set()

    def _next(self) -> tuple[Letter, datetime] | None:
        """The first that is marked, but for those to whom something is on its way."""
        free = (one for one in self._marked if _person(one[0]) not in self._addressed)
        return next(free, None)

    def _call_for_a_hand(self) -> None:
        if self._hands < AT_ONCE and self._next():
            self._hands += 1
            self._tasks.create_task(self._send())

    async def _send(self) -> None:
        """One hand: a call after the other while something is marked. First it calls for another one."""
        while found := self._next():
            self._marked.remove(found)
            letter, marked_at = found
            person = _person(letter)
            self._addressed.add(person)
            self._call_for_a_hand()
            held = self._calling.hold_back(letter.delivery, marked_at)
            self._put(held or await self._calling.send(letter))
            self._addressed.discard(person)
            if self._is_time():
                self._stirred.set()
        self._hands -= 1
        self._stirred.set()

    def _put(self, outcome: Outcome) -> None:
        if not self._outcomes:
            self._record_by = asyncio.get_running_loop().time() + RECORD_WITHIN
        self._outcomes.append(outcome)


def _person(letter: Letter) -> tuple[str, str]:
    return letter.delivery.workspace, letter.delivery.user
