"""How `/coach` comes in: when Rung asks, when it keeps quiet, and the programmes one starts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot.clock import Now
from bot.home import settings_form
from bot.home.settings_form import FILE
from bot.ladder.listeners import LadderListeners
from bot.ladder.service import Reader
from bot.nudge.model import NUDGE
from bot.outbox.model import Composed, Delivery, Drop, Owed, Post
from bot.outbox.planner import first_time, moved_time
from bot.outbox.schedules import Schedule, Schedules
from bot.outbox.sender import Sender, each
from bot.outbox.store import Outbox
from bot.people.model import PersonId, Profile
from bot.people.zones import Zones
from bot.rhythm.days_off import DaysOff, say_days_off
from bot.rhythm.model import Rhythm, read_zone, say
from bot.rhythm.reading import find_days_off, find_rhythm, find_until
from bot.slack import blocks
from bot.slack.gateway import Gateway
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer, Click, Command, Form, FormAnswer
from bot.slack.router import OUTDATED, Router
from bot.storage.database import Database
from bot.wording import Wording

WELCOME = "coach.welcome"
USUAL = Rhythm(weekday=4, at=time(15))
"""Friday at 15:00, until someone chooses otherwise."""

TakeWords = Callable[[PersonId, str], Awaitable[Answer]]


class CoachListeners:
    """Everything that `/coach` hears. `words` take what follows a word of theirs: `programme`."""

    def __init__(
        self,
        database: Database,
        gateway: Gateway,
        words: Wording,
        zones: Zones,
        ladder: LadderListeners,
        clock: Now,
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._say = words
        self._zones = zones
        self._ladder = ladder
        self._clock = clock
        self.words: dict[str, TakeWords] = {
            "nudge": self.set_rhythm,
            "pause": self.pause,
            "resume": self.resume,
            "days": self.set_days_off,
        }

    def register(self, router: Router, sender: Sender) -> None:
        router.commands["/coach"] = self.take_command
        router.clicks["coach"] = self.take_click
        router.forms[settings_form.FORM] = self.keep_form
        sender.kinds[WELCOME] = each(self._welcome)
        self._zones.moved.append(self.follow_zone)
        self._ladder.levels_set.append(self.begin)

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
        return _plain(self._say.say(FILE, "unknown", asked=text[:80]))

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
        profile = await self._zones.get_profile(person)
        weekly = await self._get_weekly(person)
        form = settings_form.show(_rhythm_of(weekly), profile)
        await self._gateway.open_view(trigger, form)

    async def keep_form(self, form: Form) -> FormAnswer:
        """All of it at once; what cannot be read stands below its field, and nothing is kept then."""
        person = PersonId(form.workspace, form.user)
        today = await self._zones.today(person)
        chosen = settings_form.read(form, today, self._say)
        if isinstance(chosen, dict):
            return FormAnswer(errors=chosen)
        await self._zones.change(person, days_off=chosen.days_off, paused_until=chosen.paused_until)
        await self._put_weekly(person, chosen.rhythm)
        return FormAnswer(view=blocks.modal("Kept", [blocks.section(await self._say_settings(person))]))

    async def show(self, person: PersonId) -> Answer:
        """Everything as it is set."""
        text = await self._say_settings(person)
        change = blocks.button("Change", "coach:settings", "-")
        return Answer(text, [blocks.section(text), blocks.actions([change])])

    async def _say_settings(self, person: PersonId) -> Mrkdwn:
        profile = await self._zones.get_profile(person)
        weekly = await self._get_weekly(person)
        rhythm = _rhythm_of(weekly)
        return self._say.say(
            FILE,
            "settings",
            rhythm=say(rhythm) if rhythm else self._say.say(FILE, "no_rhythm"),
            next=self._say_next(weekly, profile),
            pause=_say_day(profile.paused_until) if profile.paused_until else "",
            days_off=say_days_off(profile.days_off),
        )

    async def set_rhythm(self, person: PersonId, text: str) -> Answer:
        """`fridays 15:00`, `every second tuesday 10:00`, `off`."""
        if text.lower() in ("off", "never", "stop", "none"):
            await self._put_weekly(person, None)
            return _plain(self._say.say(FILE, "rhythm_off"))
        usual = _rhythm_of(await self._get_weekly(person)) or USUAL
        rhythm = find_rhythm(text, await self._zones.today(person), usual) if text else usual
        if rhythm is None:
            return _plain(self._say.say(FILE, "rhythm_what", asked=text[:80]))
        weekly = await self._put_weekly(person, rhythm)
        profile = await self._zones.get_profile(person)
        said = self._say.say(FILE, "rhythm_set", rhythm=say(rhythm), next=self._say_next(weekly, profile))
        return _plain(said)

    async def pause(self, person: PersonId, text: str) -> Answer:
        profile = await self._zones.get_profile(person)
        until = find_until(text, self._clock(), read_zone(profile.zone))
        if until is None:
            return _plain(self._say.say(FILE, "paused_what", asked=text[:80]))
        await self._zones.change(person, paused_until=until)
        return _plain(self._say.say(FILE, "paused", until=_say_day(until)))

    async def resume(self, person: PersonId, _text: str) -> Answer:
        await self._zones.change(person, paused_until=None)
        profile = await self._zones.get_profile(person)
        weekly = await self._get_weekly(person)
        return _plain(self._say.say(FILE, "resumed", next=self._say_next(weekly, profile)))

    async def set_days_off(self, person: PersonId, text: str) -> Answer:
        """`off 24 dec - 2 jan`; the word `off` belongs to the command."""
        asked = text.removeprefix("off").strip()
        days_off = find_days_off(asked, await self._zones.today(person))
        if days_off is None:
            return _plain(self._say.say(FILE, "days_off_what", asked=asked[:80]))
        await self._zones.change(person, days_off=days_off)
        if days_off == DaysOff():
            return _plain(self._say.say(FILE, "days_off_none"))
        return _plain(self._say.say(FILE, "days_off_set", days=say_days_off(days_off)))

    async def begin(self, reader: Reader) -> None:
        """The first time someone has a target, the weekly question begins, and says so."""
        person = reader.person
        if reader.target is None or await self._get_weekly(person) is not None:
            return
        await self._put_weekly(person, USUAL)
        owed = Owed(person.workspace, person.user, WELCOME, f"welcome:{person.user}", self._clock())
        await self._database.write(Outbox, Outbox.owe, [owed], self._clock())

    async def follow_zone(self, person: PersonId, zone: str) -> None:
        """What comes round for someone comes round in the zone they live in now."""
        await self._database.write(Schedules, _move, person, zone, self._clock())

    async def is_off(self, person: PersonId, moment: datetime) -> bool:
        """Does Rung keep quiet towards them on the day it is there?"""
        profile = await self._zones.get_profile(person)
        return profile.is_off(moment.astimezone(read_zone(profile.zone)).date())

    async def _welcome(self, delivery: Delivery) -> Composed:
        person = PersonId(delivery.workspace, delivery.user)
        weekly, reader = await self._get_weekly(person), await self._ladder.find_reader(person)
        rhythm = _rhythm_of(weekly)
        if rhythm is None or reader.target is None:
            return Drop("ended")
        text = self._say.say(FILE, "rhythm_welcome", level=reader.target.title, rhythm=say(rhythm))
        row = [
            blocks.button("Another time", "coach:settings", "-"),
            blocks.button("No, thank you", "coach:run:off", "nudge off"),
        ]
        return Post(person.user, text, [blocks.section(text), blocks.actions(row)])

    async def _get_weekly(self, person: PersonId) -> Schedule | None:
        return await self._database.look_up(Schedules, Schedules.get, *person, NUDGE)

    async def _put_weekly(self, person: PersonId, rhythm: Rhythm | None) -> Schedule:
        """A week in which it came round already is not asked a second time."""
        profile, known = await self._zones.get_profile(person), await self._get_weekly(person)
        last = known.last_on if known else None
        weekly = _scheduled(person, rhythm, profile.zone, self._clock(), last)
        await self._database.write(Schedules, Schedules.put, weekly)
        return weekly

    def _say_next(self, weekly: Schedule | None, profile: Profile) -> str:
        """The next question that will really come, past days off and pauses."""
        if weekly is None or weekly.next_due_at is None:
            return ""
        zone, due, rhythm = read_zone(profile.zone), weekly.next_due_at, Rhythm.from_text(weekly.rhythm)
        for _ in range(60):
            if not profile.is_off(due.astimezone(zone).date()):
                break
            due = first_time(rhythm, weekly.zone, due)
        there = due.astimezone(zone)
        return f"{_say_day(there.date())} at {there:%H:%M}"


def _scheduled(
    person: PersonId, rhythm: Rhythm | None, zone: str, now: datetime, last: date | None
) -> Schedule:
    due = first_time(rhythm, zone, now, last) if rhythm else None
    text, ended = (rhythm.as_text(), "") if rhythm else ("", "by the person")
    return Schedule(*person, NUDGE, text, zone, due, last_on=last, ended=ended)


def _move(schedules: Schedules, person: PersonId, zone: str, now: datetime) -> None:
    """To another zone; a week in which it came round already is not asked a second time."""
    for schedule in schedules.get_all(*person):
        if schedule.next_due_at is not None:
            schedules.put(replace(schedule, zone=zone, next_due_at=moved_time(schedule, zone, now)))


def _rhythm_of(weekly: Schedule | None) -> Rhythm | None:
    return Rhythm.from_text(weekly.rhythm) if weekly and weekly.rhythm else None


def _say_day(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B}"


def _plain(text: str) -> Answer:
    return Answer(text, [blocks.section(text)])
