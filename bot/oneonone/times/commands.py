"""What `/coach 1:1 …` does: set when two people meet, move the next one, skip, pause, end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.errors import BotError
from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Pair, Series
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times import model, service, showing
from bot.oneonone.times.messages import FILE
from bot.oneonone.times.reading import read_moment, read_wish, take_person
from bot.oneonone.times.service import Changed, Meets
from bot.oneonone.times.showing import View
from bot.people.model import PersonId
from bot.rhythm.model import read_zone
from bot.rhythm.reading import find_until
from bot.slack import blocks
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer

USUAL_MINUTES = 30
MOST_SHOWN = 15  # two or three blocks each, of the fifty a message may have
QUOTE = 80  # characters of what could not be read
LONGEST = 200  # characters of words that a button carries on

Act = Callable[[PersonId, Pair, str], Awaitable[Answer]]


class Commands:
    """Each answers with how it stands from then on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._acts: dict[str, Act] = {
            "move": self.move,
            "skip": self.skip,
            "pause": self.pause,
            "resume": self.resume,
            "shift": self.shift,
            "end": self.end,
            "stop": self.end,
            "off": self.end,
        }

    async def answer(self, person: PersonId, text: str) -> Answer:
        """What `/coach 1:1 …` answers to these words."""
        user, rest = take_person(text)
        word, _, more = rest.partition(" ")
        act = self._acts.get(word.lower())
        if not rest and not user:
            return await self.show_all(person)
        meets = await self._desk.read(service.get_meets, person)
        choices = [one for one in meets if one.series] if (act or not rest) and not user else meets
        if user:
            choices = [one for one in meets if one.pair.counterpart(person.user) == user]
        if not choices:
            raise BotError(self._say_none(user, meets))
        if len(choices) > 1 and not user:
            return await self._ask_whom(person, choices, rest)
        pair = choices[0].pair
        if not rest:
            return await self.show(person, choices[0])
        return await (act(person, pair, more) if act else self.set(person, pair, rest))

    async def show_all(self, person: PersonId) -> Answer:
        """Everybody they meet."""
        meets = await self._desk.read(service.get_meets, person)
        found = [(one.series, await self.view(person, one.pair)) for one in meets if one.series]
        if not found:
            said = self._say("nothing_set" if meets else "nobody")
            return Answer(said, [blocks.section(said)])
        return showing.show_all(found[:MOST_SHOWN], self._desk.words)

    async def show(self, person: PersonId, one: Meets, note: Mrkdwn | None = None) -> Answer:
        view = await self.view(person, one.pair)
        if one.series is None:
            raise BotError(self._say("none_set", person=view.person))
        return showing.show_series(one.series, view, self._desk.words, note)

    async def set(self, person: PersonId, pair: Pair, text: str) -> Answer:
        """In the zone of who sets it; what is left out stays as it was."""
        view = await self.view(person, pair)
        known = await self._desk.read(_get_series, pair)
        wish = read_wish(text, view.today, known.rhythm if known else None)
        if wish is None:
            raise BotError(self._say("unread", asked=text[:QUOTE]))
        now, minutes = self._desk.clock(), wish.minutes or (known.minutes if known else USUAL_MINUTES)
        if wish.rhythm:
            fresh = model.begin(pair, wish.rhythm, view.zone.key, minutes, person.user, now)
            return await self._answer(person, await self._desk.write(service.begin, fresh, now), pair)
        longer = partial(model.take, minutes=minutes)
        return await self.change(person, pair, longer, "told_set")

    async def move(self, person: PersonId, pair: Pair, text: str) -> Answer:
        """Only the next one."""
        view, series = await self.view(person, pair), await self.get(person, pair)
        if not text.strip():
            return showing.ask_to_when(series, self._desk.words)
        before = series.next_at or self._desk.clock()
        at = read_moment(text, view.today, before, view.zone)
        if at is None:
            raise BotError(self._say("unread_move", asked=text[:QUOTE]))
        if at <= self._desk.clock():
            raise BotError(self._say("past"))
        return await self.move_to(person, pair, at)

    async def move_to(self, person: PersonId, pair: Pair, at: datetime) -> Answer:
        return await self.change(person, pair, partial(model.move, at=at), "told_moved")

    async def skip(self, person: PersonId, pair: Pair, _text: str = "") -> Answer:
        skip = partial(model.skip, now=self._desk.clock())
        return await self.change(person, pair, skip, "told_skipped")

    async def shift(self, person: PersonId, pair: Pair, _text: str = "") -> Answer:
        """For those of every few weeks."""
        shift = partial(model.shift, now=self._desk.clock())
        return await self.change(person, pair, shift, "told_shifted")

    async def pause(self, person: PersonId, pair: Pair, text: str) -> Answer:
        view, now = await self.view(person, pair), self._desk.clock()
        if not text.strip():
            return showing.ask_how_long(view, self._desk.words)
        until = find_until(text, now, view.zone)
        if until is None:
            raise BotError(self._say("unread_pause", asked=text[:QUOTE]))
        pause = partial(model.pause, until=until, now=now)
        return await self.change(person, pair, pause, "told_paused")

    async def resume(self, person: PersonId, pair: Pair, _text: str = "") -> Answer:
        resume = partial(model.resume, now=self._desk.clock())
        return await self.change(person, pair, resume, "told_resumed")

    async def end(self, person: PersonId, pair: Pair, _text: str = "") -> Answer:
        await self.get(person, pair)
        ids = await self._desk.write(service.end, pair, person.user, self._desk.clock())
        self._desk.sender.send_soon(ids or [])
        said = self._say("ended", person=mention(pair.counterpart(person.user)))
        return Answer(said, [blocks.section(said)])

    async def change(
        self, person: PersonId, pair: Pair, how: Callable[[Series], Series], told: str
    ) -> Answer:
        """Raises BotError where nothing is set, or the two are not linked."""
        now = self._desk.clock()
        changed = await self._desk.write(service.change, pair, person.user, how, told, now)
        return await self._answer(person, changed, pair)

    async def view(self, person: PersonId, pair: Pair) -> View:
        """How this person sees the times of a pair."""
        other = pair.counterpart(person.user)
        mine = await self._desk.zones.get_profile(person)
        theirs = await self._desk.zones.get_profile(PersonId(person.workspace, other))
        zones = (read_zone(mine.zone), read_zone(theirs.zone))
        return View(person.user, other, *zones, self._desk.zones.day_in(mine))

    async def find(self, person: PersonId, pair: Pair) -> Meets:
        """What is set for a pair this person is of. Raises BotError where they are not linked."""
        meets = await self._desk.read(service.get_meets, person)
        found = next((one for one in meets if one.pair == pair), None)
        if found is None:
            raise BotError(self._say_none(pair.counterpart(person.user), meets))
        return found

    async def get(self, person: PersonId, pair: Pair) -> Series:
        found = await self.find(person, pair)
        if found.series is None:
            other = mention(pair.counterpart(person.user))
            raise BotError(self._say("none_set", person=other))
        return found.series

    async def _answer(self, person: PersonId, changed: Changed | None, pair: Pair) -> Answer:
        view = await self.view(person, pair)
        if changed is None:
            raise BotError(self._say("none_set", person=view.person))
        self._desk.sender.send_soon(changed.ids)
        note = self._say("noted", person=view.person) if changed.is_new else self._say("as_it_is")
        return showing.show_series(changed.series, view, self._desk.words, note)

    async def _ask_whom(self, person: PersonId, choices: list[Meets], rest: str) -> Answer:
        others = list(dict.fromkeys(one.pair.counterpart(person.user) for one in choices))
        named = [(user, await self._desk.find_name(user) or user) for user in others[:MOST_SHOWN]]
        return showing.ask_whom(named, rest[:LONGEST], self._desk.words)

    def _say_none(self, user: str, meets: list[Meets]) -> Mrkdwn:
        if user:
            return self._say("not_linked", person=mention(user))
        return self._say("nothing_set" if meets else "nobody")

    def _say(self, message: str, **values: str) -> Mrkdwn:
        return self._desk.words.say(FILE, message, **values)


def _get_series(store: OneOnOneStore, pair: Pair) -> Series | None:
    return store.times.get(pair)
