"""How prep comes in: replies that are talking points, and their buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.errors import BotError
from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Pair, TalkingPoint
from bot.oneonone.prep import owing, service, showing
from bot.oneonone.prep.composing import Composing
from bot.oneonone.prep.messages import FILE
from bot.oneonone.prep.owing import Source
from bot.oneonone.prep.replies import Replies
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times.owing import PREP
from bot.oneonone.times.service import is_linked
from bot.oneonone.ways import Ways
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer, Click, Form, FormAnswer
from bot.slack.router import OUTDATED

Act = Callable[[PersonId, str, str], Awaitable[Answer]]
"""Person, value, and where the button stands: in a `receipt`, in the `list`, or in a prep."""


class PrepListeners:
    """Everything of this that comes in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._replies = Replies(desk)
        self._acts: dict[str, Act] = {
            "share": self._share,
            "private": self._make_private,
            "done": self._finish,
            "share-all": self._share_all,
            "list": self._list,
            "brag": self._keep_as_entry,
        }

    def register(self, ways: Ways) -> None:
        ways.coach.update({"points": self.show, "point": self.show})
        ways.router.clicks["prep"] = self.take_click
        ways.router.forms[showing.POINT_FORM] = self.keep_form
        ways.replies.update({PREP: self._replies.take, owing.POINT: self._replies.take})
        ways.flat.append(self._replies.take_flat)
        ways.deleted.append(self._replies.forget)
        Composing(self._desk).register(ways.sender)

    async def show(self, person: PersonId, _text: str = "") -> Answer:
        """`/coach points`: everything of theirs that is open."""
        found = await self._desk.read(service.get_own, person)
        if not found:
            raise BotError(self._say("nobody"))
        return showing.show_list(found, person.user, self._desk.words)

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person = PersonId(click.workspace, click.user)
        verb, place = (*click.action.split(":")[1:], "")[:2]
        if verb == "add":
            await self._open_form(person, click.value, click.trigger)
            return []
        act = self._acts.get(verb)
        if act is None:
            return [OUTDATED]
        answer = await act(person, click.value, place)
        return [replace(answer, replace=bool(place) or verb == "brag")]

    async def keep_form(self, form: Form) -> FormAnswer:
        """Sent twice it is one point: the view has one id."""
        text = form.fields.get("text", "").strip()
        if not text:
            return FormAnswer(errors={"text": self._say("point_empty")})
        person = PersonId(form.workspace, form.user)
        pair = await self._find_pair(person, form.data)
        source = Source(pair, person, owing.FORM, form.view_id)
        await self._desk.owe(service.take, source, [text], self._desk.clock())
        return FormAnswer()

    async def _share(self, person: PersonId, value: str, place: str) -> Answer:
        ids = await self._find_ids(person, value, place)
        found = await self._desk.read(_get_linked, person, ids)
        if ids and not found:
            raise BotError(self._say("not_linked"))
        await self._desk.owe(service.share, person, ids, self._desk.clock())
        return await self._show_again(person, value, place)

    async def _make_private(self, person: PersonId, value: str, place: str) -> Answer:
        ids = await self._find_ids(person, value, place)
        await self._desk.owe(service.unshare, person, ids, self._desk.clock())
        return await self._show_again(person, value, place)

    async def _finish(self, person: PersonId, value: str, place: str) -> Answer:
        ids = await self._find_ids(person, value, place)
        await self._desk.owe(service.finish, person, ids, self._desk.clock())
        return await self._show_again(person, value, place)

    async def _share_all(self, person: PersonId, value: str, place: str) -> Answer:
        """One button for all that is still private."""
        pair = await self._find_pair(person, value)
        ids = [one.id for one in await self._desk.read(_get_private, pair, person)]
        await self._desk.owe(service.share, person, ids, self._desk.clock())
        if place == "list":
            return await self.show(person)
        other = pair.counterpart(person.user)
        name = await self._desk.find_name(other) or mention(other)
        said = self._desk.words.say(FILE, "shared_all" if ids else "shared_none", name=name, count=len(ids))
        mine = blocks.actions([blocks.button("My points", "prep:list", "-")])
        return Answer(said, [blocks.section(said), mine])

    async def _list(self, person: PersonId, _value: str, _place: str) -> Answer:
        return await self.show(person)

    async def _keep_as_entry(self, person: PersonId, value: str, _place: str) -> Answer:
        """The entry is kept before the points go."""
        channel, _, ts = value.partition("|")
        answer = await self._desk.captures.keep_anyway(person, channel, ts)
        await self._desk.write(service.give_back, person, channel, ts)
        return answer

    async def _open_form(self, person: PersonId, value: str, trigger: str) -> None:
        pair = await self._find_pair(person, value)
        other = pair.counterpart(person.user)
        form = showing.point_form(pair, await self._desk.find_name(other) or "them", self._desk.words)
        await self._desk.gateway.open_view(trigger, form)

    async def _find_pair(self, person: PersonId, value: str) -> Pair:
        """Raises BotError where the two are not linked."""
        engineer, _, other = value.partition("|")
        pair = Pair(person.workspace, engineer, other)
        if not pair.has(person) or not await self._desk.read(is_linked, pair):
            raise BotError(self._say("not_linked"))
        return pair

    async def _find_ids(self, person: PersonId, value: str, place: str) -> list[str]:
        """A receipt stands for all points of its message, the list for each."""
        if place == "list":
            return [value]
        channel, _, ts = value.partition("|")
        return [one.id for one in await self._desk.read(_get_of_message, person, channel, ts)]

    async def _show_again(self, person: PersonId, value: str, place: str) -> Answer:
        if place == "list":
            return await self.show(person)
        channel, _, ts = value.partition("|")
        points = await self._desk.read(_get_of_message, person, channel, ts)
        other = points[0].pair.counterpart(person.user) if points else ""
        name = (await self._desk.find_name(other) or mention(other)) if other else ""
        return showing.show_receipt(points, name, self._desk.words)

    def _say(self, message: str) -> Mrkdwn:
        return self._desk.words.say(FILE, message)


def _get_of_message(store: OneOnOneStore, person: PersonId, channel: str, ts: str) -> list[TalkingPoint]:
    return store.points.get_of_message(person, channel, ts)


def _get_private(store: OneOnOneStore, pair: Pair, person: PersonId) -> list[TalkingPoint]:
    return [one for one in store.points.get_own(pair, person) if one.shared_at is None]


def _get_linked(store: OneOnOneStore, person: PersonId, ids: Sequence[str]) -> list[TalkingPoint]:
    return [one for one in store.points.get(person, ids) if is_linked(store, one.pair)]
