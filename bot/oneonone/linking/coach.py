"""What `/coach manager`, `mentor`, `report` and `mentee` do, whatever follows them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.oneonone.desk import Desk
from bot.oneonone.linking import cards, service
from bot.oneonone.linking.cards import say
from bot.oneonone.linking.clicks import Clicks
from bot.oneonone.linking.messages import FILE
from bot.oneonone.linking.service import Sight
from bot.oneonone.linking.whom import find_colleague, find_mentioned, mention
from bot.oneonone.model import Pair
from bot.people.model import PersonId
from bot.people.relations import Role
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer

ENDING = ("end", "none", "nobody", "off", "stop", "remove")
ALL = ("none", "nobody")
WORDS: dict[Role, str] = {"manager": "report", "mentor": "mentee"}
"""What the other calls the engineer, by role."""


class Coach:
    """Every answer is for the person alone; the other is told by a delivery, where they are told at all."""

    def __init__(self, desk: Desk, clicks: Clicks) -> None:
        self._desk = desk
        self._clicks = clicks

    async def take_engineer(self, role: Role, person: PersonId, text: str) -> Answer:
        """`/coach manager …` and `/coach mentor …`, by the engineer."""
        word, _, rest = text.strip().partition(" ")
        if word.lower() in ENDING:
            return await self._end(role, person, rest, is_all=word.lower() in ALL)
        return await (self._name(role, person, text) if word else self._show(role, person))

    async def take_other(self, role: Role, person: PersonId, text: str) -> Answer:
        """`/coach report …` and `/coach mentee …`, by the manager or mentor."""
        word, _, rest = text.strip().partition(" ")
        if word.lower() in ENDING:
            return await self._end_as_other(role, person, rest)
        return await (self._ask(role, person, text) if word else self._show_reports(role, person))

    async def _name(self, role: Role, person: PersonId, text: str) -> Answer:
        other = await find_colleague(self._desk, person, text, f"/coach {role} @ben")
        pair = Pair(person.workspace, person.user, other)
        sight, ids = await self._desk.write(service.link, pair, role, self._desk.clock())
        self._desk.sender.send_soon(ids)
        return await self._clicks.show(sight)

    async def _show(self, role: Role, person: PersonId) -> Answer:
        found = await self._desk.read(service.look_at_all, person)
        shown = [await self._show_one(one) for one in found if one.relation.role == role]
        if not shown:
            return say(self._desk.words.say(FILE, "nobody", role=role))
        return cards.show_all(shown)

    async def _show_one(self, sight: Sight) -> Answer:
        if sight.relation.is_active:
            return await self._clicks.show(sight)
        return cards.show_question(sight, self._desk.words)

    async def _end(self, role: Role, person: PersonId, text: str, *, is_all: bool) -> Answer:
        """One named, the only one, or every one of that role; ending what is none changes nothing."""
        words, now = self._desk.words, self._desk.clock()
        if named := find_mentioned(text):
            await self._desk.write(service.end, Pair(person.workspace, person.user, named), person.user, now)
            return say(words.say(FILE, "ended", person=mention(named)))
        known = await self._desk.read(lambda store: store.relations.get_of(person))
        if sum(one.role == role for one in known) > 1 and not is_all:
            return say(words.say(FILE, "end_whom", role=role))
        ended = await self._desk.write(service.end_all_in, person, role, now)
        if not ended:
            return say(words.say(FILE, "ended_none", role=role))
        return say(words.say(FILE, "ended", person=_list(ended)))

    async def _ask(self, role: Role, person: PersonId, text: str) -> Answer:
        """The answer is the same for one who is asked now, was asked before, or said no."""
        engineer = await find_colleague(self._desk, person, text, f"/coach {WORDS[role]} @ana")
        pair = Pair(person.workspace, engineer, person.user)
        name = await self._desk.find_name(engineer)
        is_linked, ids = await self._desk.write(service.ask, pair, role, person.user, self._desk.clock())
        self._desk.sender.send_soon(ids)
        if is_linked:
            said = self._desk.words.say(FILE, "asked_already", person=mention(engineer), name=name or "…")
            return say(said)
        return say(self._desk.words.say(FILE, "asking", person=mention(engineer)))

    async def _show_reports(self, role: Role, person: PersonId) -> Answer:
        known = await self._desk.read(lambda store: store.relations.get_to(person))
        people = [one.engineer.user for one in known if one.role == role]
        if not people:
            return say(self._desk.words.say(FILE, "reports_none", role=role, word=WORDS[role]))
        return say(self._desk.words.say(FILE, "reports", people=_list(people), role=role))

    async def _end_as_other(self, role: Role, person: PersonId, text: str) -> Answer:
        """The same words whether they were linked, had asked, or neither."""
        example = f"/coach {WORDS[role]} end @ana"
        if (named := find_mentioned(text)) is None:
            return say(self._desk.words.say(FILE, "whom", example=example))
        pair = Pair(person.workspace, named, person.user)
        await self._desk.write(service.end, pair, person.user, self._desk.clock())
        return say(self._desk.words.say(FILE, "report_ended", person=mention(named)))


def _list(users: Sequence[str]) -> Mrkdwn:
    return Mrkdwn(", ".join(map(mention, users)))
