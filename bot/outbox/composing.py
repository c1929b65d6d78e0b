"""Puts deliveries into words, each kind by the slice that owns it, at the moment they are sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

import structlog

from bot.clock import Now
from bot.logs import log_bug
from bot.outbox.model import Composed, Delivery, Drop, Later, Letter, Outcome

Compose = Callable[[Sequence[Delivery]], Awaitable[Mapping[str, Composed]]]
"""What deliveries of one kind say now, by id; asked at the moment of sending."""

LONGEST_WAIT = timedelta(minutes=5)

log = structlog.get_logger()


class Composing:
    """`kinds` says who composes what."""

    def __init__(self, kinds: Mapping[str, Compose], clock: Now) -> None:
        self._kinds = kinds
        self._clock = clock

    async def make_ready(self, batch: Sequence[Delivery]) -> list[Letter | Outcome]:
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
        return made

    async def _compose(self, batch: Sequence[Delivery]) -> Mapping[str, Composed]:
        composed: dict[str, Composed] = {}
        kind_of = attrgetter("kind")
        for kind, same in groupby(sorted(batch, key=kind_of), key=kind_of):
            if compose := self._kinds.get(kind):
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

    def _put_off(self, delivery: Delivery) -> Later:
        """A newer Rung may know this kind; while both run, it is theirs."""
        log.warning("nobody composes this", kind=delivery.kind)
        return Later(self._clock() + LONGEST_WAIT)


def each(compose: Callable[[Delivery], Awaitable[Composed]]) -> Compose:
    """A kind whose deliveries are composed one by one."""

    async def compose_all(deliveries: Sequence[Delivery]) -> Mapping[str, Composed]:
        return {delivery.id: await compose(delivery) for delivery in deliveries}

    return compose_all
