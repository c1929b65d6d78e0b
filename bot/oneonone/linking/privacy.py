"""`/coach privacy`: by name, who can see what; what nobody sees; who looked, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.ladder.service import Reader
from bot.oneonone.desk import Desk
from bot.oneonone.linking import cards, service
from bot.oneonone.linking.cards import say_day
from bot.oneonone.linking.messages import FILE
from bot.oneonone.linking.service import Sight
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Access
from bot.people.model import PersonId
from bot.people.relations import Relation
from bot.rhythm.model import read_zone
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer

if TYPE_CHECKING:
    from bot.oneonone.store import OneOnOneStore

PAGE = 10  # looks of others on one page
MOST_SHOWN = 8  # relations with buttons of their own


@dataclass(frozen=True, slots=True)
class Overview:
    """Both directions of one person: who sees theirs, and whose they see."""

    sights: Sequence[Sight]
    seen: Sequence[Relation]
    shares_new: bool
    looks: Sequence[Access]

    @property
    def active(self) -> list[Sight]:
        return [one for one in self.sights if one.relation.is_active]

    @property
    def waiting(self) -> list[Sight]:
        return [one for one in self.sights if not one.relation.is_active]


def look_around(store: OneOnOneStore, person: PersonId) -> Overview:
    profile = store.people.get_profile(person)
    return Overview(
        service.look_at_all(store, person),
        store.relations.get_to(person),
        profile is not None and profile.shares_new,
        store.accesses.get(person, PAGE + 1),
    )


class Privacy:
    """For its owner alone; all of it is about their own things."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, person: PersonId) -> Answer:
        around = await self._desk.read(look_around, person)
        title = self._say("privacy")
        return Answer(
            title,
            [
                blocks.section(title),
                *await self._show_seers(person, around),
                *self._show_new(around),
                blocks.section(self._say("privacy_never")),
                *self._show_seen(around),
                blocks.divider(),
                *await self._show_looks(person, around.looks, 0),
            ],
        )

    async def show_at_home(self, person: PersonId) -> list[Block]:
        """One line on who sees what, with the way to all of it."""
        around = await self._desk.read(look_around, person)
        names = Mrkdwn(", ".join(mention(one.relation.other) for one in around.active))
        said = self._say("privacy_home", names=names, waiting=len(around.waiting))
        return [blocks.section(said, blocks.button("Privacy", "link:privacy", "-"))]

    async def show_older(self, person: PersonId, value: str) -> Answer:
        """A page of who looked, from the one of that number on."""
        start = int(value) if value.isdecimal() and len(value) < 7 else 0
        looks = await self._desk.read(lambda store: store.accesses.get(person, PAGE + 1, start))
        return Answer(self._say("privacy_looks"), await self._show_looks(person, looks, start))

    async def share_new(self, person: PersonId, *, is_on: bool) -> Answer:
        """From now on; what was kept before stays as it is."""
        await self._desk.zones.change(person, shares_new=is_on)
        seers = await self._desk.read(lambda store: store.relations.get_of(person))
        names = Mrkdwn(" and ".join(mention(one.other) for one in seers))
        return cards.say(self._say("share_new_on" if is_on else "share_new_off", names=names))

    async def take_share(self, person: PersonId, text: str) -> Answer:
        """`/coach share new entries on` or `off`."""
        match text.lower().split():
            case ["new", *_, ("on" | "off") as chosen]:
                return await self.share_new(person, is_on=chosen == "on")
        return cards.say(self._say("share_what"))

    async def _show_seers(self, person: PersonId, around: Overview) -> list[Block]:
        if not around.sights:
            return [blocks.section(self._say("privacy_nobody"))]
        reader = await self._desk.find_reader(person)
        shown = around.active[:MOST_SHOWN]
        names = await asyncio.gather(*(self._desk.find_name(one.relation.other) for one in shown))
        parts = [
            self._show_seer(one, name, place, reader)
            for place, (one, name) in enumerate(zip(shown, names, strict=True))
        ]
        parts += [self._show_waiting(one) for one in around.waiting[:MOST_SHOWN]]
        return [block for part in parts for block in part]

    def _show_seer(self, sight: Sight, name: str, place: int, reader: Reader | None) -> list[Block]:
        relation, value = sight.relation, cards.value_of(sight.relation)
        since = say_day(relation.since) if relation.since else ""
        said = self._say("privacy_seer", person=mention(relation.other), role=relation.role, since=since)
        see = blocks.button(f"See as {name or relation.role}", f"link:see:{place}", value)
        row = [see, blocks.button("End", f"link:end:{place}", value)]
        sees = cards.say_sight(sight, reader, self._desk.words)
        return [blocks.section(f"{said}\n{sees}"), blocks.actions(row)]

    def _show_waiting(self, sight: Sight) -> list[Block]:
        relation = sight.relation
        said = self._say("waiting", person=mention(relation.other), role=relation.role)
        return [blocks.section(said), cards.answers_to(relation)]

    def _show_new(self, around: Overview) -> list[Block]:
        said = self._say("privacy_new", is_shared=around.shares_new)
        stop = blocks.button("Stop sharing new ones", "link:stop-new", "-")
        return [blocks.section(said), *([blocks.actions([stop])] if around.shares_new else [])]

    def _show_seen(self, around: Overview) -> list[Block]:
        """Whose shared things they see themselves."""
        people = [f"{mention(one.engineer.user)} (as their {one.role})" for one in around.seen]
        text = self._say("privacy_seen", people=Mrkdwn(", ".join(people)))
        return blocks.sections(text) if people else []

    async def _show_looks(self, person: PersonId, looks: Sequence[Access], start: int) -> list[Block]:
        if not looks:
            return [blocks.section(self._say("privacy_looks_none"))]
        zone = read_zone((await self._desk.zones.get_profile(person)).zone)
        lines = [
            self._say("privacy_look", person=mention(one.viewer), what=one.what, when=_say_moment(there))
            for one in looks[:PAGE]
            for there in [one.at.astimezone(zone)]
        ]
        text = "\n".join([self._say("privacy_looks"), *lines])
        older = blocks.button("Older", "link:older", str(start + PAGE))
        return [blocks.section(text), *([blocks.actions([older])] if looks[PAGE:] else [])]

    def _say(self, message: str, **values: Any) -> Mrkdwn:
        return self._desk.words.say(FILE, message, **values)


def _say_moment(there: datetime) -> str:
    return f"{say_day(there)} at {there:%H:%M}"
