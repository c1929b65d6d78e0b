"""What the buttons of a relation do; who pressed is one of the two, and it is as the database has it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.oneonone.desk import Desk
from bot.oneonone.linking import cards, service
from bot.oneonone.linking.cards import say
from bot.oneonone.linking.messages import FILE
from bot.oneonone.linking.service import Alter, Sight
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Pair
from bot.people.model import PersonId
from bot.people.relations import Relation
from bot.slack.payloads import Answer, Click
from bot.slack.router import OUTDATED

ShowAs = Callable[[PersonId, Pair], Awaitable[Answer]]
Act = Callable[[Pair], Awaitable[Answer]]


class Clicks:
    """By verb: `link:end` is `end`. All but `see` and `end` are the engineer's alone."""

    def __init__(self, desk: Desk, show_as_other: ShowAs) -> None:
        self._desk = desk
        self._show_as_other = show_as_other
        self._acts: dict[str, Act] = {
            "yes": lambda pair: self._confirm(pair, shows_target=True),
            "yes-hidden": lambda pair: self._confirm(pair, shows_target=False),
            "no": self._decline,
            "hide": lambda pair: self._change(pair, lambda one: replace(one, shows_target=False)),
            "show": lambda pair: self._change(pair, lambda one: replace(one, shows_target=True)),
            "new": lambda pair: self._change(pair, self._from_now),
            "all": lambda pair: self._change(pair, lambda one: replace(one, sees_from=None)),
            "end": self._end,
        }

    async def take(self, click: Click) -> Sequence[Answer]:
        person, verb = PersonId(click.workspace, click.user), click.action.split(":")[1]
        engineer, _, other = click.value.partition("|")
        pair = Pair(click.workspace, engineer, other)
        if verb == "see" and pair.engineer_id == person:
            return [await self._show_as_other(person, pair)]
        act = self._acts.get(verb)
        if act is None or pair.engineer_id != person:
            return [OUTDATED]
        return [replace(await act(pair), replace=True)]

    async def show(self, sight: Sight) -> Answer:
        reader = await self._desk.find_reader(sight.relation.engineer)
        return cards.show_link(sight, reader, self._desk.words)

    async def _confirm(self, pair: Pair, *, shows_target: bool) -> Answer:
        now = self._desk.clock()
        sight, ids = await self._desk.write(service.confirm, pair, now, shows_target=shows_target)
        self._desk.sender.send_soon(ids)
        return await self._show_or(sight, "no_longer_asked", pair)

    async def _decline(self, pair: Pair) -> Answer:
        sight = await self._desk.write(service.decline, pair, self._desk.clock())
        return await self._show_or(sight, "declined", pair)

    async def _change(self, pair: Pair, how: Alter) -> Answer:
        return await self._show_or(await self._desk.write(service.change, pair, how), "ended", pair)

    async def _end(self, pair: Pair) -> Answer:
        await self._desk.write(service.end, pair, pair.engineer, self._desk.clock())
        return await self._show_or(None, "ended", pair)

    async def _show_or(self, sight: Sight | None, message: str, pair: Pair) -> Answer:
        """The relation as it stands, or the words where there is none."""
        if sight:
            return await self.show(sight)
        return say(self._desk.words.say(FILE, message, person=mention(pair.other)))

    def _from_now(self, relation: Relation) -> Relation:
        return replace(relation, sees_from=self._desk.clock())
