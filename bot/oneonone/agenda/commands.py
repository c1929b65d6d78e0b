"""What `/agenda …` answers to words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.ladder.answers import tidy
from bot.ladder.service import NoLadderChosen
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.overview import Look, show_overview
from bot.oneonone.agenda.room import Room
from bot.oneonone.agenda.service import find_pairs, get_nexts
from bot.oneonone.agenda.suggestions import Suggesting
from bot.oneonone.agenda.values import pack
from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import MENTION
from bot.oneonone.model import Occasion
from bot.oneonone.shared import pair_of
from bot.oneonone.store import OneOnOneStore
from bot.people.model import PersonId
from bot.people.relations import Relation
from bot.rhythm.model import read_zone
from bot.slack import blocks
from bot.slack.mrkdwn import shorten
from bot.slack.payloads import Answer

TakeWords = Callable[[PersonId, str], Awaitable[Answer]]

QUERY = 80
OPEN_TO_ALL = ("help", "?")
OCCASIONS: Mapping[str, Occasion] = {
    "usual": "usual",
    "first": "first",
    "first 1:1": "first",
    "leave": "after-leave",
    "after leave": "after-leave",
    "after a leave": "after-leave",
    "review": "before-review",
    "before review": "before-review",
    "before a review": "before-review",
    "before the review": "before-review",
    "no": "after-a-no",
    "after no": "after-a-no",
    "after a no": "after-a-no",
    "after the no": "after-a-no",
}


class Commands:
    """`words` take what follows a word of theirs: `history`, `offer`."""

    def __init__(self, desk: Desk, room: Room) -> None:
        self._desk = desk
        self._room = room
        self.words: dict[str, TakeWords] = {
            "help": self._help,
            "?": self._help,
            "case": self.show_case,
        }

    def is_personal(self, text: str) -> bool:
        """Would the answer speak of somebody? Told by the words alone."""
        word = text.partition(" ")[0].lower()
        return not word or MENTION.search(text) is not None or word in self.words.keys() - set(OPEN_TO_ALL)

    async def answer(self, person: PersonId, text: str) -> Answer:
        word, _, rest = text.strip().partition(" ")
        if take := self.words.get(word.lower()):
            return await take(person, rest.strip())
        found = MENTION.search(text)
        if not word or (found and found[1] == person.user):
            return await self.show_overview(person)
        if found:
            asked = " ".join(MENTION.sub(" ", text).lower().split())
            note = ""
            if asked and asked not in OCCASIONS:
                note = self._desk.words.say(FILE, "occasion_unknown", asked=shorten(asked, QUERY))
            pairs = find_pairs(person, found[1])
            return await self._room.show(person, pairs, OCCASIONS.get(asked), note)
        return await self.suggest(person, text)

    async def show_overview(self, person: PersonId) -> Answer:
        mine, reports = await self._desk.read(get_nexts, person)
        profile = await self._desk.zones.get_profile(person)
        look = Look(self._desk.words, read_zone(profile.zone), self._desk.zones.day_in(profile))
        return show_overview(mine, reports, look)

    async def suggest(self, person: PersonId, text: str) -> Answer:
        """From the ladder of whoever asks, with nobody in it."""
        text = tidy(text)
        try:
            reader = await self._desk.ladders.find_reader(person)
        except NoLadderChosen:
            return await self._desk.ladders.answer(person, text)
        goal = reader.target or reader.current
        if not text and goal is None:
            return self._say("levels_what")
        year, week, _ = self._desk.clock().isocalendar()
        suggesting = Suggesting(reader, self._desk.questions(), self._desk.words, f"{year}-{week}")
        found = suggesting.answer(text or (goal.id if goal else ""))
        return found or replace(self._say("unknown", asked=shorten(text, QUERY)), understood=False)

    async def show_case(self, person: PersonId, text: str) -> Answer:
        """With somebody named, or of one's own where there is one to share it with."""
        if found := MENTION.search(text):
            return await self._room.show_case(person, find_pairs(person, found[1]))
        relations = await self._desk.read(_get_relations, person)
        if not relations:
            return self._say("case_nobody")
        if len(relations) == 1:
            return await self._room.show_case(person, [pair_of(relations[0])])
        row = [
            blocks.button(await self._name(one.other), f"agenda:case:{n}", pack(pair_of(one), ""))
            for n, one in enumerate(relations[:5])
        ]
        said = self._desk.words.say(FILE, "case_whom")
        return Answer(said, [blocks.section(said), blocks.actions(row)])

    async def _name(self, user: str) -> str:
        return await self._desk.find_name(user) or user

    async def _help(self, _person: PersonId, _rest: str) -> Answer:
        return self._say("help")

    def _say(self, message: str, **values: str) -> Answer:
        said = self._desk.words.say(FILE, message, pick="", **values)
        return Answer(said, [blocks.section(said)])


def _get_relations(store: OneOnOneStore, person: PersonId) -> list[Relation]:
    return store.relations.get_of(person)
