"""The form behind `/coach`: when the question comes, and when nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from bot.home.weekly import USUAL
from bot.people.model import Profile
from bot.rhythm.days_off import DaysOff, say_days_off
from bot.rhythm.model import WEEKDAYS, Rhythm
from bot.rhythm.reading import find_days_off
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.payloads import Form
from bot.wording import Wording

FORM = "coach:settings"
FILE = "home/coach"
NEVER = "never"
HOURS = range(7, 20)
EVERY = {"1": "Every week", "2": "Every second week", "4": "Every fourth week"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form says; `rhythm` None means no weekly question."""

    rhythm: Rhythm | None
    days_off: DaysOff
    paused_until: date | None


def show(rhythm: Rhythm | None, profile: Profile, today: date) -> Block:
    """The form, as far as it is set already; what is over is not in it."""
    set_to = rhythm or USUAL
    weeks = EVERY | {str(set_to.every): EVERY.get(str(set_to.every), f"Every {set_to.every} weeks")}
    days_off, paused = profile.days_off_left(today), profile.pause_left(today)
    off = "" if days_off == DaysOff() else say_days_off(days_off)
    until = blocks.date_input("choose", paused.isoformat() if paused else "")
    fields = [
        *ask_when(set_to, is_on=rhythm is not None),
        _menu("every", "How often", weeks, str(set_to.every)),
        blocks.field(
            "days_off",
            "Days off",
            blocks.text_input("write", off),
            hint="Such as: 24 dec - 2 jan, or fridays. Empty: none.",
            optional=True,
        ),
        blocks.field("paused", "Quiet until", until, optional=True),
    ]
    return blocks.modal("Settings", fields, callback=FORM, submit="Keep")


def ask_when(rhythm: Rhythm, *, is_on: bool = True) -> list[Block]:
    """Day and hour of the weekly question."""
    days = {NEVER: "No day: no question"} | {str(n): name for n, name in enumerate(WEEKDAYS)}
    return [
        _menu("day", "The weekly question comes on", days, str(rhythm.weekday) if is_on else NEVER),
        _menu("at", "At, in your own time", _times(rhythm.at), f"{rhythm.at:%H:%M}"),
    ]


def _menu(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Block:
    options = [blocks.option(text, value) for value, text in choices.items()]
    return blocks.field(name, label, blocks.select("choose", options, chosen, label[:150]))


def _times(also: time) -> dict[str, str]:
    """Every half hour of a working day, and the time that is set."""
    halves = (time(hour, minute) for hour in HOURS for minute in (0, 30))
    return {f"{at:%H:%M}": f"{at:%H:%M}" for at in sorted({*halves, also})}


def read(form: Form, known: Rhythm | None, today: date, words: Wording) -> Chosen | dict[str, str]:
    """What was chosen; or what to mend, by field. Its weeks are those of `known` where it can be."""
    written = form.fields.get("days_off", "").strip()
    days_off = find_days_off(written, today) if written else DaysOff()
    paused = form.fields.get("paused", "")
    until = date.fromisoformat(paused) if paused else None
    wrong: dict[str, str] = {}
    if until and until <= today:
        wrong["paused"] = words.say(FILE, "paused_field")
    if days_off is None or days_off.are_too_many:
        return {**wrong, "days_off": words.say(FILE, "days_off_many" if days_off else "days_off_field")}
    return wrong or Chosen(_read_rhythm(form, known, today), days_off, until)


def _read_rhythm(form: Form, known: Rhythm | None, today: date) -> Rhythm | None:
    rhythm, every = read_when(form), int(form.fields.get("every") or 1)
    if rhythm and known and known.every == every:
        return replace(known, weekday=rhythm.weekday, at=rhythm.at)
    return replace(rhythm, every=every, start=today) if rhythm and every > 1 else rhythm


def read_when(form: Form) -> Rhythm | None:
    """Every week on the day and hour chosen; None where no question is wanted."""
    day, at = form.fields.get("day", ""), form.fields.get("at", "")
    return Rhythm(int(day), time.fromisoformat(at) if at else USUAL.at) if day.isdecimal() else None
