"""The form behind `/coach`: when the question comes, and when nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

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


def show(rhythm: Rhythm | None, profile: Profile) -> Block:
    """The form, as far as it is set already."""
    set_to = rhythm or Rhythm(weekday=4, at=time(15))
    days = {NEVER: "No day: no question"} | {str(n): name for n, name in enumerate(WEEKDAYS)}
    weeks = EVERY | {str(set_to.every): EVERY.get(str(set_to.every), f"Every {set_to.every} weeks")}
    off = "" if profile.days_off == DaysOff() else say_days_off(profile.days_off)
    paused = profile.paused_until.isoformat() if profile.paused_until else ""
    fields = [
        _menu("day", "The weekly question comes on", days, str(set_to.weekday) if rhythm else NEVER),
        _menu("at", "At, in your own time", _times(set_to.at), f"{set_to.at:%H:%M}"),
        _menu("every", "How often", weeks, str(set_to.every)),
        blocks.field(
            "days_off",
            "Days off",
            blocks.text_input("write", off),
            hint="Such as: 24 dec - 2 jan, or fridays. Empty: none.",
            optional=True,
        ),
        blocks.field("paused", "Quiet until", blocks.date_input("choose", paused), optional=True),
    ]
    return blocks.modal("Settings", fields, callback=FORM, submit="Keep")


def _menu(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Block:
    options = [blocks.option(text, value) for value, text in choices.items()]
    return blocks.field(name, label, blocks.select("choose", options, chosen, label[:150]))


def _times(also: time) -> dict[str, str]:
    """Every half hour of a working day, and the time that is set."""
    halves = (time(hour, minute) for hour in HOURS for minute in (0, 30))
    return {f"{at:%H:%M}": f"{at:%H:%M}" for at in sorted({*halves, also})}


def read(form: Form, today: date, words: Wording) -> Chosen | dict[str, str]:
    """What was chosen; or what to mend, by field."""
    written = form.fields.get("days_off", "").strip()
    days_off = find_days_off(written, today) if written else DaysOff()
    if days_off is None:
        return {"days_off": words.say(FILE, "days_off_field")}
    day, at, every = (form.fields.get(name, "") for name in ("day", "at", "every"))
    rhythm = None
    if day.isdecimal():
        rhythm = Rhythm(
            int(day),
            time.fromisoformat(at or "15:00"),
            int(every or 1),
            today if every not in ("", "1") else date.min,
        )
    paused = form.fields.get("paused", "")
    until = date.fromisoformat(paused) if paused else None
    return Chosen(rhythm, days_off, until if until and until > today else None)
