"""How the times of 1:1s look to one of the two: in their own zone, and in the other's beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.oneonone.linking.whom import mention
from bot.oneonone.model import ActionItem, Pair, Series
from bot.oneonone.shared import MOST_LATELY, Shared
from bot.oneonone.times import model
from bot.oneonone.times.messages import FILE
from bot.people.model import PersonId
from bot.rhythm.model import DAY, say
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten, show
from bot.slack.payloads import Answer
from bot.wording import Wording

MOVE = "times:move"
DATES = 3
PAUSES = ("1 week", "2 weeks", "4 weeks")
ITEM = 500  # characters of an item in a reminder


@dataclass(frozen=True, slots=True)
class View:
    """Who looks, at their 1:1s with whom, and the zones of the two."""

    viewer: str
    other: str
    zone: ZoneInfo
    other_zone: ZoneInfo
    today: date

    @property
    def person(self) -> Mrkdwn:
        return mention(self.other)


def show_series(series: Series, view: View, words: Wording, note: Mrkdwn | None = None) -> Answer:
    """When they meet, the next dates in both zones, and what can be done about it."""
    said = _say_series(series, view, words)
    lines = [said, *_say_dates(series, view, words)]
    shown = [blocks.section(note)] if note else []
    shown += [blocks.section("\n".join(lines)), blocks.actions(_buttons(series, view))]
    return Answer(note or said, shown)


def show_all(found: Sequence[tuple[Series, View]], words: Wording) -> Answer:
    """Everybody someone meets, the next one first."""
    answers = [show_series(series, view, words) for series, view in found]
    return Answer(answers[0].text, [block for answer in answers for block in answer.blocks])


def ask_whom(choices: Sequence[tuple[str, str]], rest: str, words: Wording) -> Answer:
    """By id and name; each button does what the words say with that person."""
    said = words.say(FILE, "whom")
    row = [
        blocks.button(name, f"coach:run:{n}", f"1:1 <@{user}> {rest}")
        for n, (user, name) in enumerate(choices)
    ]
    return Answer(said, [blocks.section(said), blocks.actions(row)])


def ask_how_long(view: View, words: Wording) -> Answer:
    said = words.say(FILE, "pause_ask")
    row = [
        blocks.button(length.capitalize(), f"coach:run:{n}", f"1:1 <@{view.other}> pause {length}")
        for n, length in enumerate(PAUSES)
    ]
    return Answer(said, [blocks.section(said), blocks.actions(row)])


def ask_to_when(series: Series, words: Wording) -> Answer:
    said = words.say(FILE, "move_ask")
    button = blocks.button("Choose a day", MOVE, pack(series))
    return Answer(said, [blocks.section(said), blocks.actions([button])])


def move_form(series: Series, at: datetime) -> Block:
    """The day and the local time of the next one, as they are."""
    fields = [
        blocks.field("day", "To which day?", blocks.date_input("choose", f"{at:%Y-%m-%d}")),
        blocks.field("at", "At, in your own time", blocks.text_input("write", f"{at:%H:%M}")),
    ]
    return blocks.modal("Move the next 1:1", fields, callback=MOVE, data=pack(series), submit="Move")


def show_morning(shared: Shared, name: str, at: datetime, view: View, words: Wording) -> Answer:
    """Counts of what both see, and the way to the agenda."""
    said = words.say(FILE, "morning", name=name, when=say_soon(at, view.zone, view.today))
    counted = _count_shared(shared)
    more = words.say(FILE, "morning_shared", what=counted) if counted else words.say(FILE, "morning_nothing")
    pair = f"{shared.pair.engineer}|{shared.pair.other}"
    button = blocks.button("Open the agenda", "agenda:open", pair, primary=True)
    return Answer(said, [blocks.section(f"{said}\n{more}"), blocks.actions([button])])


def show_item(item: ActionItem, words: Wording) -> Answer:
    """A reminder, with what can be said to it."""
    value = f"{item.pair.engineer}|{item.pair.other}|{item.id}|{item.due_on}"
    person = mention(item.pair.counterpart(item.doer))
    said = words.say(FILE, "item_due", person=person, item=quote(item))
    row = [
        blocks.button("Done", "times:item-done", value, primary=True),
        blocks.button("A week later", "times:item-later", value),
    ]
    return Answer(said, [blocks.section(said), blocks.actions(row)])


def open_all() -> Block:
    """The way to all of them, from Home."""
    return blocks.button("My 1:1s", "coach:run:1:1", "1:1")


def quote(item: ActionItem) -> Mrkdwn:
    return show(shorten(" ".join(item.text.split()), ITEM))


def say_soon(at: datetime, zone: ZoneInfo, today: date) -> str:
    """`today at 10:00`, `tomorrow at 10:00`, `on Tuesday, 3 March at 10:00`."""
    there = at.astimezone(zone)
    day = {today: "today", today + DAY: "tomorrow"}.get(there.date()) or f"on {say_day(there.date())}"
    return f"{day} at {there:%H:%M}"


def say_day(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B}"


def pack(series: Series) -> str:
    """The pair and the meeting that a button is about."""
    at = int(series.next_at.timestamp()) if series.next_at else 0
    return f"{series.pair.engineer}|{series.pair.other}|{at}"


def unpack(value: str, person: PersonId) -> tuple[Pair, int]:
    engineer, other, at = (*value.split("|"), "", "")[:3]
    return Pair(person.workspace, engineer, other), int(at) if at.isdecimal() else 0


def _say_series(series: Series, view: View, words: Wording) -> Mrkdwn:
    is_mine = view.zone.key == series.zone
    place = "" if is_mine else f" ({series.zone.replace('_', ' ')})"
    return words.say(
        FILE,
        "series",
        person=view.person,
        rhythm=say(series.rhythm),
        place=place,
        minutes=str(series.minutes),
    )


def _say_dates(series: Series, view: View, words: Wording) -> list[Mrkdwn]:
    lines = []
    if series.paused_until and series.paused_until > view.today:
        lines.append(words.say(FILE, "paused", day=say_day(series.paused_until)))
    times = model.upcoming(series, DATES)
    if not times:
        return [*lines, words.say(FILE, "resting")]
    said = [_say_both(at, view, words) for at in times]
    lines.append(words.say(FILE, "next", when=said[0]))
    return [*lines, *(words.say(FILE, "after", when=each) for each in said[1:])]


def _say_both(at: datetime, view: View, words: Wording) -> Mrkdwn:
    """In the zone of who looks; and in the other's, where it is another time there."""
    mine, theirs = at.astimezone(view.zone), at.astimezone(view.other_zone)
    said = f"{say_day(mine.date())} at {mine:%H:%M}"
    if mine.replace(tzinfo=None) == theirs.replace(tzinfo=None):
        return escape(said)
    there = (
        f"{theirs:%H:%M}" if mine.date() == theirs.date() else f"{say_day(theirs.date())} at {theirs:%H:%M}"
    )
    return Mrkdwn(f"{said} ({words.say(FILE, 'for_other', when=there, person=view.person)})")


def _buttons(series: Series, view: View) -> list[Block]:
    value = pack(series)
    if series.next_at is None or (series.paused_until and series.paused_until > view.today):
        row = [blocks.button("Resume", "times:resume", value)]
    else:
        row = [blocks.button("Shift by a week", "times:shift", value)] if series.rhythm.every > 1 else []
        row += [
            blocks.button("Move the next", MOVE, value),
            blocks.button("Skip the next", "times:skip", value),
            blocks.button("Pause", "times:pause", value),
        ]
    return [*row, blocks.button("End", "times:end", value)]


def _count_shared(shared: Shared) -> str:
    """`2 talking points, 1 open item and 3 entries`; empty for nothing."""
    many = f"{MOST_LATELY} or more" if len(shared.lately) >= MOST_LATELY else ""
    found = [
        _count(len(shared.points), "talking point", "talking points"),
        _count(len(shared.items), "open action item", "open action items"),
        f"{many} entries" if many else _count(len(shared.lately), "new entry", "new entries"),
    ]
    parts = [part for part in found if part]
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
