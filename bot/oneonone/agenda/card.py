"""How an agenda looks in Slack: the list that both see, and beside it what each of the two can do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from bot.brag.receipts import say_day
from bot.ladder.blocks import offer, say_count
from bot.ladder.promotions import PAGE as PROMOTIONS
from bot.oneonone.agenda.build import Everything
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.model import (
    Agenda,
    AskLine,
    ItemLine,
    Line,
    OutlookLine,
    Part,
    PointLine,
    Standpoint,
    WinLine,
)
from bot.oneonone.agenda.telling import ENTRY, Telling, Told, is_cut, on_one_line
from bot.oneonone.agenda.values import pack
from bot.oneonone.model import Occasion, TalkingPoint
from bot.rhythm.model import read_zone
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer

MOST_PRIVATE = 5
MOST_LISTED = 14  # of each part; Slack takes fifty blocks
PARTS: dict[Part, tuple[str, str]] = {
    "points": ("topic", "topics"),
    "items": ("open action item", "open action items"),
    "wins": ("shared entry", "shared entries"),
}
OCCASION_LINES: dict[Occasion, str] = {
    "first": "occasion_first",
    "after-leave": "occasion_after_leave",
    "before-review": "occasion_before_review",
    "after-a-no": "occasion_after_a_no",
}
OCCASION_NAMES: dict[Occasion, str] = {
    "usual": "The usual list",
    "first": "A first 1:1",
    "after-leave": "After a leave",
    "before-review": "Before a review",
    "after-a-no": "After a no",
}


def show_card(telling: Telling, viewer: str, private: Sequence[TalkingPoint]) -> Answer:
    """The list with the viewer's own controls, and what only they wrote and see."""
    shown = [*show_list(telling), *_private(telling, private), *_controls(telling, viewer)]
    return Answer(say_title(telling), shown)


def show_list(telling: Telling, *, with_buttons: bool = True) -> list[Block]:
    """The very same blocks for both: they know nothing of who looks."""
    agenda = telling.agenda
    shown: list[Block] = [blocks.section(say_title(telling)), blocks.context(say_made_from(telling))]
    for number, told in enumerate(telling.tell(), start=1):
        shown += _show_line(agenda, number, told, with_buttons=with_buttons)
    if agenda.left_out:
        parts = ", ".join(say_count(count, *PARTS[part]) for part, count in agenda.left_out.items())
        everything = blocks.button("Show everything", "agenda:all", _value(agenda)) if with_buttons else None
        shown.append(blocks.section(telling.words.say(FILE, "more", parts=parts), everything))
    return shown


def say_title(telling: Telling) -> Mrkdwn:
    agenda = telling.agenda
    when = say_when(agenda, telling.today)
    return telling.words.say(FILE, "title", engineer=telling.engineer, other=telling.other, when=when)


def say_when(agenda: Agenda, today: date) -> str:
    """Empty where no time is set."""
    if agenda.at is None:
        return ""
    there = agenda.at.astimezone(read_zone(agenda.zone))
    return f"{say_day(there.date(), today)} at {there:%H:%M}"


def say_made_from(telling: Telling) -> Mrkdwn:
    agenda, say = telling.agenda, telling.words.say
    message = OCCASION_LINES.get(agenda.occasion)
    lines = [say(FILE, message)] if message else []
    bare = say(FILE, "nothing_shared", name=telling.name) if agenda.is_bare else ""
    return Mrkdwn(" ".join(filter(None, (*lines, bare, say(FILE, "made_from")))))


def _show_line(agenda: Agenda, number: int, told: Told, *, with_buttons: bool) -> list[Block]:
    text = f"*{number}. {told.head}*\n{told.text}\n→ {told.step}"
    source = _source(agenda, told) if with_buttons else None
    shown = [blocks.section(text, source), blocks.context(told.why)]
    if with_buttons and isinstance(told.line, ItemLine):
        shown.append(_item_row(agenda, told.line))
    return shown


def _source(agenda: Agenda, told: Told) -> Block | None:
    """What opens what the line stands on."""
    match told.line:
        case PointLine(point):
            label, verb = ("Read all of it", "point") if is_cut(point.text) else ("Talked about", "talked")
            return blocks.button(label, f"agenda:{verb}", _value(agenda, point.id))
        case WinLine(entry):
            label = "Read all of it" if is_cut(entry.words.text, ENTRY) else "The entry"
            return blocks.button(label, "agenda:entry", _value(agenda, entry.id))
        case ItemLine(item):
            value = pack(agenda.pair, item.meeting)
            return blocks.button("The meeting", "met:open", value) if item.meeting else None
        case AskLine(question) if question and question.when != "usual":
            return _source_of_occasion(agenda, question.when)
    return _source_on_ladder(agenda.standpoint, told)


def _source_of_occasion(agenda: Agenda, occasion: Occasion) -> Block | None:
    """What such a talk needs at hand."""
    if occasion == "before-review":
        return blocks.button("The case", "agenda:case", _value(agenda))
    if occasion == "after-a-no" and agenda.standpoint.ladder:
        return offer(agenda.standpoint.ladder, "How promotions work", f"guide {PROMOTIONS}")
    return None


def _source_on_ladder(standpoint: Standpoint, told: Told) -> Block | None:
    ladder, goal = standpoint.ladder, standpoint.goal
    if ladder is None or goal is None:
        return None
    match told.line:
        case AskLine() as line if line.competency:
            return offer(ladder, "What is expected", f"{goal.id} {line.competency.id}")
        case OutlookLine() if standpoint.current:
            return offer(ladder, "Side by side", f"{standpoint.current.id} vs {goal.id}")
    return offer(ladder, "The level", goal.id)


def _item_row(agenda: Agenda, line: ItemLine) -> Block:
    value = _value(agenda, line.item.id)
    return blocks.actions(
        [
            blocks.button("Done", "agenda:done", value),
            blocks.button("A week later", "agenda:later", value),
            blocks.button("Drop it", "agenda:drop", value),
        ]
    )


def _private(telling: Telling, private: Sequence[TalkingPoint]) -> list[Block]:
    """The viewer's own, which the other never sees; each with a way onto the list."""
    if not private:
        return []
    shown: list[Block] = [blocks.divider(), blocks.section(telling.words.say(FILE, "private_head"))]
    for one in private[:MOST_PRIVATE]:
        share = blocks.button("Share", "agenda:share", _value(telling.agenda, one.id))
        shown.append(blocks.section(f"• {on_one_line(one.text)}", share))
    return shown


def _controls(telling: Telling, viewer: str) -> list[Block]:
    agenda = telling.agenda
    value = _value(agenda)
    first = [
        blocks.button("We've met", "met:new", _met_value(agenda), primary=True),
        blocks.button("Add an item", "agenda:add", value),
    ]
    second = [
        blocks.button("Promotion case", "agenda:case", value),
        blocks.button("History", "met:history", pack(agenda.pair)),
    ]
    if viewer == agenda.pair.other:
        first += [
            blocks.button(f"Send to {telling.name_on_buttons}", "agenda:send", value),
            blocks.button("Offer a word of feedback", "met:offer", pack(agenda.pair)),
        ]
    else:
        second.append(blocks.button(f"See as my {agenda.role}", "agenda:as-other", value))
    return [blocks.divider(), blocks.actions(first), blocks.actions([*second, _occasions(agenda)])]


def _occasions(agenda: Agenda) -> Block:
    options = [
        blocks.option(OCCASION_NAMES[occasion], pack(agenda.pair, occasion))
        for occasion in get_args(Occasion)
    ]
    chosen = pack(agenda.pair, agenda.occasion)
    return blocks.select("agenda:occasion", options, chosen, "For which occasion?")


def _value(agenda: Agenda, *more: str) -> str:
    """An occasion that was chosen stays when the card is shown anew."""
    return pack(agenda.pair, agenda.occasion if agenda.is_chosen else "", *more)


def _met_value(agenda: Agenda) -> str:
    """With the question of the day, so that it is remembered when the two have met."""
    asked = agenda.asked
    ladder = agenda.standpoint.ladder
    return pack(
        agenda.pair,
        asked.question.id if asked and asked.question else "",
        ladder.id if ladder and asked and asked.statement else "",
        asked.statement.id if asked and asked.statement else "",
    )


def show_everything(telling: Telling, everything: Everything) -> Answer:
    """All that the list had no room for as well, by part; the oldest topics and the widest entries first."""
    say = telling.words.say
    title = say(FILE, "everything_title", engineer=telling.engineer, other=telling.other)
    shown: list[Block] = [blocks.section(title)]
    agenda = telling.agenda
    parts: tuple[tuple[str, Sequence[Line]], ...] = (
        ("everything_points", everything.points),
        ("everything_items", everything.items),
        ("everything_wins", everything.wins),
    )
    for message, lines in parts:
        if lines:
            shown.append(blocks.section(f"*{say(FILE, message)}*"))
        shown += [
            blocks.section(f"{told.text}\n_{told.why}_", _source(agenda, told))
            for told in telling.tell(lines[:MOST_LISTED])
        ]
    return Answer(title, shown)
