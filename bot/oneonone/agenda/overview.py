"""What `/agenda` alone shows: whom one meets next with what one brings, and the people who report to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.brag.receipts import say_day
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.service import Next
from bot.oneonone.agenda.telling import on_one_line
from bot.oneonone.agenda.values import pack
from bot.oneonone.linking.whom import mention
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer
from bot.wording import Wording

MOST_MET = 5
MOST_REPORTS = 30
MOST_BROUGHT = 4
QUOTE = 120


@dataclass(frozen=True, slots=True)
class Look:
    """Whose day and zone it is shown in."""

    words: Wording
    zone: ZoneInfo
    today: date


def show_overview(mine: Sequence[Next], reports: Sequence[Next], look: Look) -> Answer:
    say = look.words.say
    if not mine and not reports:
        said = say(FILE, "nobody")
        suggest = blocks.button("Suggestions from the ladder", "agenda:levels", "")
        return Answer(said, [blocks.section(said), blocks.actions([suggest])])
    shown: list[Block] = []
    if mine:
        shown.append(blocks.section(say(FILE, "mine_title")))
        for one in mine[:MOST_MET]:
            text = f"*{mention(one.pair.other)}* · {_say_next(one, look)}\n{_say_brings(one, look)}"
            shown.append(blocks.section(text, _open(one)))
    if reports:
        shown.append(blocks.section(say(FILE, "reports_title")))
        shown += [
            blocks.section(f"*{mention(one.pair.engineer)}* · {_say_next(one, look)}", _open(one))
            for one in reports[:MOST_REPORTS]
        ]
    if len(reports) > MOST_REPORTS:
        shown.append(blocks.context(say(FILE, "reports_more", count=len(reports) - MOST_REPORTS)))
    return Answer(say(FILE, "mine_title" if mine else "reports_title"), shown)


def _say_next(one: Next, look: Look) -> str:
    if one.series is None or one.series.next_at is None:
        return look.words.say(FILE, "no_time")
    there = one.series.next_at.astimezone(look.zone)
    return f"{say_day(there.date(), look.today)} at {there:%H:%M}"


def _say_brings(one: Next, look: Look) -> str:
    """The engineer's own topics, those that are private told apart, and what they said they would do."""
    brought = [
        ("brings" if point.shared_at else "brings_private", point.text) for point in one.brings[:MOST_BROUGHT]
    ]
    brought += [("brings_item", item.text) for item in one.items[:MOST_BROUGHT]]
    lines = [look.words.say(FILE, message, text=on_one_line(text, QUOTE)) for message, text in brought]
    return Mrkdwn("\n".join(lines)) or look.words.say(FILE, "brings_nothing")


def _open(one: Next) -> Block:
    return blocks.button("Open the agenda", "agenda:open", pack(one.pair))
