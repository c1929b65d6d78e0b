"""What one person is shown: by what they type, by every button below it, and by what comes to them."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.errors import BotError
from bot.people.model import PersonId
from bot.playground.slack import Slack
from bot.rung import Rung
from bot.slack.payloads import Answer, Click, Command
from tests.oneonone.secrecy.company import Clock, wait
from tests.oneonone.secrecy.rows import Known, read_rows

Json = dict[str, Any]
MADE_UP = re.compile(r"[0-9a-f]{32}|(?<='block_id': ')[0-9a-f]+")
"""Ids of what is written while looking, and those that Slack gives to blocks."""
MOST_OF_A_KIND = 2
LADDER = "ladder:"
"""Speaks of levels, and of the reader's own."""
HALF_A_DAY = timedelta(hours=12)
COUNTED = ("allowances", "pauses")
"""How much was said to the whole workspace."""


@dataclass(frozen=True)
class Deed:
    """A command typed, or a button pressed."""

    name: str
    words: str
    is_click: bool = False


@dataclass(frozen=True)
class Seen:
    """All that came of a deed."""

    shown: Sequence[Json]

    def __str__(self) -> str:
        return json.dumps(self.shown, indent=1, ensure_ascii=False)

    @property
    def deeds(self) -> list[Deed]:
        """Every button and every choice in it."""
        return [deed for part in self.shown for deed in _find_deeds(part)]


@dataclass(frozen=True)
class Eyes:
    """Of one person at one Rung."""

    rung: Rung
    slack: Slack
    person: PersonId

    async def do(self, deed: Deed) -> Seen:
        """What it answers, and the form that it opens."""
        world = self.slack.world
        world.close_modals(self.person.user)
        answers = await (self._click(deed) if deed.is_click else self._type(deed))
        shown: list[Json] = [{"text": one.text, "blocks": list(one.blocks)} for one in answers]
        if view := world.modal(self.person.user):
            shown.append(view.payload)
        return Seen(shown)

    async def _type(self, deed: Deed) -> Sequence[Answer]:
        command = Command(*self.person, deed.name, deed.words, self._trigger())
        return [await self.rung.router.run(command)]

    async def _click(self, deed: Deed) -> Sequence[Answer]:
        take = self.rung.router.clicks.get(deed.name.split(":")[0], _answer_nothing)
        try:
            return await take(Click(*self.person, "CGENERAL", deed.name, deed.words, self._trigger()))
        except BotError as error:
            return [Answer(str(error))]

    def _trigger(self) -> str:
        return self.slack.triggers.issue(self.person.user)


async def _answer_nothing(_click: Click) -> Sequence[Answer]:
    return []


def _find_deeds(part: Any) -> Iterator[Deed]:
    if isinstance(part, list):
        for each in part:
            yield from _find_deeds(each)
    elif isinstance(part, dict):
        if action := part.get("action_id"):
            choices = [part, *part.get("options", ())]
            yield from (Deed(action, one["value"], is_click=True) for one in choices if "value" in one)
        for each in part.values():
            yield from _find_deeds(each)


def tidy(text: object, names: dict[str, str] | None = None) -> str:
    """Without what chance decides, and with other names for people."""
    said = MADE_UP.sub("#", str(text))
    for name, other in (names or {}).items():
        said = said.replace(name, other)
    return said


async def look_around(whole: Eyes, shared: Eyes, begin: Sequence[Deed], depth: int) -> None:
    """Press everything that comes in sight, step by step on both; each time both show the same."""
    waiting = deque((deed, deed, 0) for deed in begin)
    done: Counter[str] = Counter()
    while waiting:
        deed, twin, deep = waiting.popleft()
        seen, also = await whole.do(deed), await shared.do(twin)
        assert tidy(seen) == tidy(also), deed
        if deep == depth:
            continue
        for each, other in zip(seen.deeds, also.deeds, strict=True):
            done[each.name] += 1
            if done[each.name] <= MOST_OF_A_KIND and not each.name.startswith(LADDER):
                waiting.append((each, other, deep + 1))


async def is_like_nobody(eyes: Eyes, deed: Deed, someone: str, nobody: str) -> None:
    """About someone they are not linked with, they hear what they hear about one who never was here."""
    about = await eyes.do(deed)
    other = await eyes.do(replace(deed, words=deed.words.replace(someone, nobody)))
    assert tidy(about, names_of(eyes, someone)) == tidy(other, names_of(eyes, nobody)), deed


def names_of(eyes: Eyes, user: str) -> dict[str, str]:
    known = eyes.slack.world.users[user]
    return {user: "U…", known.real_name.split()[0]: "Somebody"}


async def hear(eyes: Eyes, clock: Clock, days: timedelta) -> list[str]:
    """What comes to someone while time passes, and when; the clock stands where it stood, afterwards."""
    world, now, heard = eyes.slack.world, clock.time, []
    dm = world.im_between(eyes.person.user, world.bot_user_id).id
    while clock.time < now + days:
        before = len(world.messages(dm, eyes.person.user))
        await wait(eyes.rung, clock, HALF_A_DAY)
        new = world.messages(dm, eyes.person.user)[before:]
        heard += [tidy((clock.time, one.text, one.blocks)) for one in new]
    clock.time = now
    return heard


def remember(eyes: Eyes) -> list[str]:
    """What the database holds of what this one may know, without what is sealed or stamped by Slack."""
    known = Known(read_rows(eyes.rung.database), eyes.person).pick()
    return sorted(
        tidy((name, [(field, value) for field, value in row.items() if _is_told(field, value)]))
        for name, rows in known.items()
        if name not in COUNTED
        for row in rows
    )


def _is_told(field: str, value: object) -> bool:
    return field != "ts" and not isinstance(value, bytes)
