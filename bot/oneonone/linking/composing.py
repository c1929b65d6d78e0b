"""Questions and news about relations, put into words at the moment they are sent."""

from __future__ import annotations

from bot.oneonone.desk import Desk
from bot.oneonone.linking import cards, owing, service
from bot.oneonone.linking.messages import FILE
from bot.oneonone.linking.service import Sight
from bot.oneonone.linking.whom import mention
from bot.oneonone.store import OneOnOneStore
from bot.outbox.model import Composed, Delivery, Drop, Later, Post
from bot.outbox.sender import Sender, each
from bot.people.model import PersonId

TOLD: dict[owing.How, str] = {"named": "told_named", "confirmed": "told_confirmed"}


class Composing:
    """One function a kind; what no longer holds is not said."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, sender: Sender) -> None:
        sender.kinds |= {owing.ASKED: each(self._ask), owing.LINKED: each(self._tell)}

    async def _ask(self, delivery: Delivery) -> Composed:
        engineer = PersonId(delivery.workspace, delivery.user)
        sight = await self._desk.read(_find_waiting, engineer, delivery.about["other"])
        if sight is None:
            return Drop("no longer asked")
        if later := await self._desk.find_later(engineer):
            return Later(later)
        answer = cards.show_question(sight, self._desk.words)
        return Post(engineer.user, answer.text, answer.blocks)

    async def _tell(self, delivery: Delivery) -> Composed:
        other = PersonId(delivery.workspace, delivery.user)
        engineer = PersonId(delivery.workspace, delivery.about["engineer"])
        relation = await self._desk.read(lambda store: store.relations.get_active(engineer, other.user))
        if relation is None:
            return Drop("ended")
        if later := await self._desk.find_later(other):
            return Later(later)
        name = await self._desk.find_name(engineer.user)
        said = self._desk.words.say(
            FILE,
            TOLD[delivery.about["how"]],
            person=mention(engineer.user),
            role=relation.role,
            name=name or "…",
        )
        return Post(other.user, said, cards.say(said).blocks)


def _find_waiting(store: OneOnOneStore, engineer: PersonId, other: str) -> Sight | None:
    known = store.relations.get(engineer, other)
    return service.look(store, known) if known and known.state == "proposed" else None
