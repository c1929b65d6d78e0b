"""What someone writes about a 1:1 to come: below its prep, or straight into the DM right after it."""

from __future__ import annotations

from datetime import timedelta

from bot.brag.reading import SMALL_TALK, judge, split_items
from bot.oneonone.desk import Desk
from bot.oneonone.model import Pair
from bot.oneonone.prep import owing, service
from bot.oneonone.prep.owing import Source
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times.owing import PREP, pair_of, time_of
from bot.oneonone.times.service import is_linked
from bot.outbox.model import Delivery
from bot.people.model import PersonId
from bot.slack.payloads import Message

FRESH = timedelta(hours=24)
"""How long what is written straight into the DM after a prep is taken for a talking point."""


class Replies:
    """Words are committed before Slack is told that they arrived; receipts follow from the outbox."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def take(self, message: Message, about: Delivery) -> None:
        """Below a prep or a receipt. What belongs to no 1:1 (any more) is kept as anything else is."""
        pair = pair_of(about)
        is_point = bool(message.text.strip()) and await self._desk.read(_may_be_point, message, pair)
        if is_point:
            await self._keep(message, pair)
        else:
            await self._desk.captures.keep_message(message, about)

    async def take_flat(self, message: Message) -> bool:
        """Outside of any thread; False where it is none for a 1:1."""
        known = await self._desk.read(_find_pair, message)
        pair = known or (None if message.edited else await self._find_fresh(message))
        if pair is None:
            return False
        await self._keep(message, pair)
        return True

    async def forget(self, person: PersonId, channel: str, ts: str) -> None:
        """A message was deleted."""
        await self._desk.owe(service.forget, person, channel, ts, self._desk.clock())

    async def _keep(self, message: Message, pair: Pair) -> None:
        person, text = PersonId(message.workspace, message.user), message.text.strip()
        source = Source(pair, person, message.channel, message.ts, message.edited, message.thread)
        texts = [] if judge(text) in SMALL_TALK else split_items(text)
        await self._desk.owe(service.take, source, texts, self._desk.clock())

    async def _find_fresh(self, message: Message) -> Pair | None:
        """Whom the newest message to this person prepares for; points written since then are no bar."""
        if judge(message.text) in SMALL_TALK or not message.text.strip():
            return None
        since = self._desk.clock() - FRESH
        newest = await self._desk.read(
            lambda store: store.outbox.get_newest_message(
                message.workspace, message.channel, since, besides=owing.POINT
            )
        )
        if newest is None or newest.kind != PREP or newest.user != message.user:
            return None
        meets_at = time_of(newest)
        if meets_at and meets_at <= self._desk.clock():  # what is told of from then on has happened
            return None
        pair = pair_of(newest)
        return pair if await self._desk.read(_may_be_point, message, pair) else None


def _may_be_point(store: OneOnOneStore, message: Message, pair: Pair) -> bool:
    """Are the two linked, and does the brag document not have it already?"""
    author = PersonId(message.workspace, message.user)
    is_entry = service.is_captured(store, author, message.channel, message.ts)
    return pair.has(author) and is_linked(store, pair) and not is_entry


def _find_pair(store: OneOnOneStore, message: Message) -> Pair | None:
    """For whom a message was a point before; once it is deleted or an entry, no more."""
    author = PersonId(message.workspace, message.user)
    known = store.points.get_of_message(author, message.channel, message.ts)
    return known[0].pair if known else None
