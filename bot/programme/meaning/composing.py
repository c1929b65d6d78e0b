"""Messages to the two who look for common words, put into words at the moment they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.errors import BotError
from bot.outbox.model import Composed, Delivery, Drop, Post, Update
from bot.outbox.sender import Sender, each
from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.programme.desk import Desk
from bot.programme.meaning import service
from bot.programme.meaning.model import Meaning
from bot.programme.meaning.showing import show_asked, show_both
from bot.programme.meaning.store import MeaningStore
from bot.programme.showing import say
from bot.slack.mrkdwn import escape
from bot.slack.payloads import Answer


class MeaningComposing:
    """Whoever it no longer concerns is told so, and nothing else."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, sender: Sender) -> None:
        sender.kinds |= {
            service.ASKED: each(self._post),
            service.COMPARE: each(self._post),
            service.COMPARED: each(self._redraw),
        }

    async def _post(self, delivery: Delivery) -> Composed:
        found = await self._find(delivery)
        if not found:
            return Drop("ended")
        shown = await self._show(delivery, delivery.kind, found)
        return Post(delivery.user, escape(shown.text), shown.blocks)

    async def _redraw(self, delivery: Delivery) -> Composed:
        name = delivery.about["message"]
        sent = await self._desk.database.read(Outbox, Outbox.get_once, delivery.workspace, name)
        if sent is None or not sent.ts:
            return Drop("no message yet")
        shown = await self._show(delivery, sent.kind, await self._find(delivery))
        return Update(sent.channel, sent.ts, escape(shown.text), shown.blocks)

    async def _find(self, delivery: Delivery) -> list[Meaning]:
        store, person = partial(MeaningStore, self._desk.vault), PersonId(delivery.workspace, delivery.user)
        asked = (delivery.workspace, delivery.about["ask"])
        found = await self._desk.database.read(store, MeaningStore.get_of_ask, *asked)
        return [one for one in found if one.concerns(person)]

    async def _show(self, delivery: Delivery, kind: str, found: Sequence[Meaning]) -> Answer:
        ended = say(self._desk.say("together_ended"))
        if not found:
            return ended
        try:
            ladder = (await self._desk.ladders.find_reader(found[0].engineer, found[0].ladder)).ladder
        except BotError:  # the ladder is gone
            return ended
        show = show_both if kind == service.COMPARE and all(one.theirs for one in found) else show_asked
        return show(found, delivery.user, ladder, self._desk.words)
