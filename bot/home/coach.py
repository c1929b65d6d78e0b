"""How `/coach` comes in: when Rung asks, when it keeps quiet, and the programmes one starts."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from rapidfuzz import process

from bot.ground import Ground
from bot.home import settings_form
from bot.home.settings_form import FILE
from bot.home.weekly import USUAL, Rests, Weekly, rhythm_of
from bot.ladder.service import Reader
from bot.outbox.model import Composed, Delivery, Drop, Owed, Post
from bot.outbox.sender import each
from bot.outbox.store import Outbox
from bot.people.coming import Coming
from bot.people.model import PersonId
from bot.rhythm.days_off import DaysOff, say_days_off
from bot.rhythm.model import Rhythm, read_zone, say
from bot.rhythm.reading import find_days_off, find_rhythm, find_until
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer, Click, Command, Form, FormAnswer
from bot.slack.router import OUTDATED, Router

WELCOME = "coach.welcome"
OFF = ("off", "never", "stop", "none")
MISTYPED = 75  # rapidfuzz ratio from which a word counts as one of the command's

TakeWords = Callable[[PersonId, str], Awaitable[Answer]]


class CoachListeners:
    """Everything that `/coach` hears. `words` take what follows a word of theirs: `programme`."""

    def __init__(self, ground: Ground, rests: Rests) -> None:
        self._ground = ground
        self._say = ground.words
        self._zones = ground.zones
        self.weekly = Weekly(ground, rests)
        self.words: dict[str, TakeWords] = {
            "nudge": self.set_rhythm,
            "pause": self.pause,
            "resume": self.resume,
            "days": self.set_days_off,
        }

    def register(self, router: Router) -> None:
        router.commands["/coach"] = self.take_command
        router.clicks["coach"] = self.take_click
        router.forms[settings_form.FORM] = self.keep_form
        self._ground.sender.kinds[WELCOME] = each(self._welcome)
        self._zones.moved.append(self.weekly.follow_zone)
        self._ground.ladders.levels_set.append(self.begin)

    async def take_command(self, command: Command) -> Answer:
        person, text = PersonId(command.workspace, command.user), command.text.strip()
        if not text and command.trigger:
            await self.open_settings(person, command.trigger)
            return _plain(self._say.say(FILE, "form_open"))
        return await self.answer(person, text)

    async def answer(self, person: PersonId, text: str) -> Answer:
        """What `/coach` answers to these words."""
        word, _, rest = text.partition(" ")
        match word.lower():
            case "":
                return await self.show(person)
            case "help" | "?":
                return _plain(self._say.say(FILE, "help"))
            case known if known in self.words:
                return await self.words[known](person, rest.strip())
        is_slip = process.extractOne(word.lower(), list(self.words), score_cutoff=MISTYPED) is not None
        return replace(_plain(self._say.say(FILE, "unknown", asked=text[:80])), understood=is_slip)

    async def is_wish(self, person: PersonId, text: str) -> bool:
        """Are these whole words of `/coach`, as someone writes them without it: `pause 2 weeks`?"""
        word, _, rest = text.strip().partition(" ")
        if word.lower() not in self.words:
            return False
        profile = await self._zones.get_profile(person)
        today = self._zones.day_in(profile)
        match word.lower():
            case "resume":
                return not rest
            case "pause":
                return find_until(rest, self._ground.clock(), read_zone(profile.zone)) is not None
            case "days":
                return rest != _name_days(rest) and find_days_off(_name_days(rest), today) is not None
            case "nudge":
                return rest.lower() in OFF or find_rhythm(rest, today) is not None
        return False

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person = PersonId(click.workspace, click.user)
        match click.action.split(":")[1:2]:
            case ["settings"]:
                await self.open_settings(person, click.trigger)
                return []
            case ["run"]:
                answer = await self.answer(person, click.value)
                return [Answer(answer.text, answer.blocks, replace=True)]
        return [OUTDATED]

    async def open_settings(self, person: PersonId, trigger: str) -> None:
        profile, rhythm = await self._zones.get_profile(person), rhythm_of(await self.weekly.get(person))
        form = settings_form.show(rhythm, profile, self._zones.day_in(profile))
        await self._ground.gateway.open_view(trigger, form)

    async def keep_form(self, form: Form) -> FormAnswer:
        """All of it at once; what cannot be read stands below its field, and nothing is kept then.

        A rhythm left as it was is not begun anew, nor ended where it never began.
        """
        person = PersonId(form.workspace, form.user)
        today, known = await self._zones.today(person), rhythm_of(await self.weekly.get(person))
        chosen = settings_form.read(form, known, today, self._say)
        if isinstance(chosen, dict):
            return FormAnswer(errors=chosen)
        await self._zones.change(person, days_off=chosen.days_off, paused_until=chosen.paused_until)
        if chosen.rhythm != known:
            await self.weekly.put(person, chosen.rhythm)
        return FormAnswer(view=blocks.modal("Kept", [blocks.section(await self._say_settings(person))]))

    async def show(self, person: PersonId) -> Answer:
        """Everything as it is set."""
        text = await self._say_settings(person)
        change = blocks.button("Change", "coach:settings", "-")
        return Answer(text, [blocks.section(text), blocks.actions([change])])

    async def _say_settings(self, person: PersonId) -> Mrkdwn:
        profile = await self._zones.get_profile(person)
        rhythm, today = rhythm_of(await self.weekly.get(person)), self._zones.day_in(profile)
        paused, due = profile.pause_left(today), await self.weekly.find_next(person)
        return self._say.say(
            FILE,
            "settings",
            rhythm=say(rhythm) if rhythm else self._say.say(FILE, "no_rhythm"),
            next=_say_when(due, today),
            never=_say_never(rhythm, due),
            pause=_say_day(paused, today) if paused else "",
            days_off=say_days_off(profile.days_off_left(today)),
        )

    async def set_rhythm(self, person: PersonId, text: str) -> Answer:
        """`fridays 15:00`, `every second tuesday 10:00`, `off`."""
        if text.lower() in OFF:
            await self.weekly.put(person, None)
            return _plain(self._say.say(FILE, "rhythm_off"))
        usual, today = rhythm_of(await self.weekly.get(person)) or USUAL, await self._zones.today(person)
        rhythm = find_rhythm(text, today, usual) if text else usual
        if rhythm is None:
            return _plain(self._say.say(FILE, "rhythm_what", asked=text[:80]))
        await self.weekly.put(person, rhythm)
        due = await self.weekly.find_next(person)
        said = self._say.say(
            FILE,
            "rhythm_set",
            rhythm=say(rhythm),
            next=_say_when(due, today),
            never=_say_never(rhythm, due),
            is_held=due is not None and await self._ground.quiet.holds_over_night(person, due),
        )
        return _plain(said)

    async def pause(self, person: PersonId, text: str) -> Answer:
        profile = await self._zones.get_profile(person)
        until = find_until(text, self._ground.clock(), read_zone(profile.zone))
        if until is None:
            return _plain(self._say.say(FILE, "paused_what", asked=text[:80]))
        await self._zones.change(person, paused_until=until)
        return _plain(self._say.say(FILE, "paused", until=_say_day(until, self._zones.day_in(profile))))

    async def resume(self, person: PersonId, _text: str) -> Answer:
        profile = await self._zones.get_profile(person)
        today = self._zones.day_in(profile)
        said = "paused_not" if profile.pause_left(today) is None else "resumed"
        await self._zones.change(person, paused_until=None)
        due = await self.weekly.find_next(person)
        return _plain(self._say.say(FILE, said, next=_say_when(due, today)))

    async def set_days_off(self, person: PersonId, text: str) -> Answer:
        """`off 24 dec - 2 jan`, beside those set before; the word `off` belongs to the command."""
        asked, profile = _name_days(text), await self._zones.get_profile(person)
        today = self._zones.day_in(profile)
        known = profile.days_off_left(today)
        if not asked:
            return _plain(self._say.say(FILE, "days_off_now", days=say_days_off(known)))
        days_off = find_days_off(asked, today)
        if days_off is None:
            return _plain(self._say.say(FILE, "days_off_what", asked=asked[:80]))
        days_off = known.plus(days_off, today) if days_off != DaysOff() else days_off
        if days_off.are_too_many:
            return _plain(self._say.say(FILE, "days_off_many"))
        await self._zones.change(person, days_off=days_off)
        if days_off == DaysOff():
            return _plain(self._say.say(FILE, "days_off_none"))
        rhythm, due = rhythm_of(await self.weekly.get(person)), await self.weekly.find_next(person)
        never = _say_never(rhythm, due)
        return _plain(self._say.say(FILE, "days_off_set", days=say_days_off(days_off), never=never))

    async def begin(self, reader: Reader) -> None:
        """The first time someone has a target, the weekly question begins, and says so."""
        person = reader.person
        if reader.target is None or await self.weekly.get(person) is not None:
            return
        await self.weekly.put(person, USUAL)
        now = self._ground.clock()
        owed = Owed(person.workspace, person.user, WELCOME, f"welcome:{person.user}", now)
        await self._ground.database.write(Outbox, Outbox.owe, [owed], now)

    async def get_coming(self, person: PersonId) -> Sequence[Coming]:
        """The next weekly question, on Home."""
        due = await self.weekly.find_next(person)
        return [Coming(self._say.say(FILE, "coming"), due)] if due else []

    async def show_at_home(self, person: PersonId) -> Sequence[Block]:
        """Settings, at the foot of Home."""
        row = [
            blocks.button("Change", "coach:settings", "-"),
            blocks.button("Programmes", "coach:run:programme", "programme"),
            blocks.button("What I can do", "coach:run:help", "help"),
        ]
        text = await self._say_settings(person)
        return [blocks.header("Settings"), blocks.section(text), blocks.actions(row)]

    async def _welcome(self, delivery: Delivery) -> Composed:
        person = PersonId(delivery.workspace, delivery.user)
        rhythm = rhythm_of(await self.weekly.get(person))
        reader = await self._ground.ladders.find_reader(person)
        if rhythm is None or reader.target is None:
            return Drop("ended")
        text = self._say.say(FILE, "rhythm_welcome", level=reader.target.title, rhythm=say(rhythm))
        row = [
            blocks.button("Another time", "coach:settings", "-"),
            blocks.button("No, thank you", "coach:run:off", "nudge off"),
        ]
        return Post(person.user, text, [blocks.section(text), blocks.actions(row)])


def _name_days(text: str) -> str:
    """Without the `off`, which belongs to the command."""
    return re.sub(r"^off\b", "", text, flags=re.IGNORECASE).strip()


def _say_when(due: datetime | None, today: date) -> str:
    return f"{_say_day(due.date(), today)} at {due:%H:%M}" if due else ""


def _say_never(rhythm: Rhythm | None, due: datetime | None) -> str:
    """The rhythm, where it only ever comes round on days off."""
    return say(rhythm) if rhythm and due is None else ""


def _say_day(day: date, today: date) -> str:
    """With its year where that is another one."""
    return f"{day:%A}, {day.day} {day:%B}{f' {day.year}' if day.year != today.year else ''}"


def _plain(text: str) -> Answer:
    return Answer(text, [blocks.section(text)])
