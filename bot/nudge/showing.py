"""How the weekly question looks: the question first, then how to reply, then what else can be done."""

from __future__ import annotations

from bot.nudge.content import Content
from bot.nudge.model import FOLLOW_UP, Promise
from bot.nudge.service import Turn
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, shorten, show
from bot.slack.payloads import Answer
from bot.wording import Wording

FILE = "nudge/messages"
AGREED = 300  # characters of agreed words that are quoted


def show_question(turn: Turn, content: Content, words: Wording) -> Answer:
    """With its buttons; what a phone shows is the question alone."""
    question = word(turn, content, words)
    how = words.say(FILE, "how_shared" if turn.profile.shares_new else "how_private")
    rarer = [blocks.context(words.say(FILE, "rarer"))] if turn.gets_rarer else []
    shown = [blocks.section(question), *_agreed(turn, words), *rarer, blocks.context(how), _buttons(turn)]
    return Answer(question, shown)


def show_settled(turn: Turn, content: Content, words: Wording, said: Mrkdwn) -> Answer:
    """After a click: what was asked, and a line that says what happened in place of the buttons."""
    question = word(turn, content, words)
    shown = [blocks.section(question), *_agreed(turn, words), blocks.context(said)]
    return Answer(said, shown, replace=True)


def word(turn: Turn, content: Content, words: Wording) -> Mrkdwn:
    """The question; where it is on no list any more, that it is from long ago."""
    if turn.quote:
        return _quote(turn.quote, turn, words)
    if turn.asked.kind == FOLLOW_UP or not content.can_ask(turn.asked):
        return words.say(FILE, "outdated")
    return content.word(turn.asked, words)


def _agreed(turn: Turn, words: Wording) -> list[Block]:
    """What the expectation means here, below the question about it."""
    if turn.agreed is None:
        return []
    person, text = Mrkdwn(f"<@{turn.agreed.other}>"), show(shorten(turn.agreed.line, AGREED))
    return [blocks.context(words.say(FILE, "agreed", person=person, words=text))]


def pack(turn: Turn) -> str:
    """Which question a button is about."""
    return f"{turn.asked.delivery}|{turn.asked.number}"


def unpack(value: str) -> tuple[str, int]:
    delivery, _, number = value.partition("|")
    return delivery, int(number) if number.isdecimal() else 0


def _buttons(turn: Turn) -> Block:
    value = pack(turn)
    return blocks.actions(
        [
            blocks.button("Add with details", "brag:new", value, primary=True),
            blocks.button("Nothing this week", "nudge:nothing", value),
            blocks.button("Another question", "nudge:another", value),
            blocks.button(_say_next_day(turn), "nudge:tomorrow", value),
            blocks.button("Settings", "coach:settings", value),
        ]
    )


def _say_next_day(turn: Turn) -> str:
    """When it would be asked again, as seen from the day on which it was asked."""
    day = turn.profile.next_working_day(turn.asked.on)
    ahead = (day - turn.asked.on).days
    return "Tomorrow" if ahead == 1 else f"On {day:%A}" if ahead < 7 else f"On {day.day} {day:%B}"


def _quote(promise: Promise, turn: Turn, words: Wording) -> Mrkdwn:
    ago = _say_ago((turn.asked.on - promise.made_on).days)
    return words.say(FILE, "follow_up", pick=turn.asked.delivery, ago=ago, promise=show(promise.words))


def _say_ago(days: int) -> str:
    if days < 6:
        return "A few days ago" if days > 1 else "Yesterday"
    weeks = round(days / 7)
    return {1: "Last week", 2: "Two weeks ago", 3: "Three weeks ago"}.get(weeks, "A few weeks ago")
