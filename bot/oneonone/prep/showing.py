"""How prep and talking points look to their own author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.brag.model import Entry
from bot.ladder.answers import Answers
from bot.ladder.model import Statement
from bot.ladder.service import Reader
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import OneOnOneQuestion, Pair, TalkingPoint
from bot.oneonone.prep.choice import Ask
from bot.oneonone.prep.messages import FILE
from bot.oneonone.prep.owing import FORM
from bot.oneonone.prep.service import Prep
from bot.oneonone.times.showing import quote as quote_item
from bot.oneonone.times.showing import say_day, say_soon
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten, show
from bot.slack.payloads import Answer
from bot.wording import Wording, fill

POINT_FORM = "prep:point"
QUOTE = 280  # characters of a point or entry that a message repeats
WHOLE = 500  # and that the list of one's points does; escaped, it may become five times as long
MOST_POINTS, MOST_ITEMS, MOST_LISTED = 6, 6, 15
NUMBERS = {1: "One thing", 2: "Two things", 3: "Three things"}


@dataclass(frozen=True, slots=True)
class Reading:
    """With what a prep is put into words. `name` is the other one's."""

    words: Wording
    name: str
    zone: ZoneInfo
    today: date
    reader: Reader | None
    questions: Mapping[str, OneOnOneQuestion]


def show_prep(prep: Prep, at: datetime, reading: Reading) -> Answer:
    """What to raise first; then what is on the list, what is open, and what was kept."""
    words = reading.words
    when = say_soon(at, reading.zone, reading.today)
    asked = [line for line in (_word(ask, reading) for ask in prep.asks) if line]
    how_many = NUMBERS.get(len(asked), "")
    said = words.say(FILE, "prep", name=reading.name, when=when, things=how_many)
    shown = [blocks.section(said), *_numbered(asked)]
    for text in (_points(prep, words), _items(prep, words), _entries(prep, words)):
        shown += blocks.sections(text) if text else []
    shown.append(blocks.context(words.say(FILE, "prep_how", name=reading.name)))
    return Answer(said, [*shown, _prep_buttons(prep.series.pair, reading.name)])


def show_receipt(points: Sequence[TalkingPoint], name: str, words: Wording) -> Answer:
    """What became of what was written: a quiet line, and what can be done about it."""
    alive = [one for one in points if one.state != "gone"]
    if not alive:
        said = words.say(FILE, "point_gone")
        return Answer(said, [blocks.context(said)])
    said = _say_kept(alive, name, words)
    quoted = [blocks.section(f">{quote(one)}") for one in alive[:3]] if alive[0].channel == FORM else []
    row = _receipt_buttons(alive, name)
    return Answer(said, [*quoted, blocks.context(said), blocks.actions(row)])


def show_list(found: Mapping[Pair, Sequence[TalkingPoint]], author: str, words: Wording) -> Answer:
    """Everything open, by whom it is for; with what can be done to each."""
    shown: list[Block] = []
    left = MOST_LISTED
    for pair, points in found.items():
        other = mention(pair.counterpart(author))
        message = "points" if points else "points_none"
        shown.append(blocks.section(words.say(FILE, message, person=other, count=len(points))))
        for one in points[:left]:
            shown += _listed(one, other, words)
        if more := len(points) - len(points[:left]):
            shown.append(blocks.context(words.say(FILE, "points_more", count=more)))
        left = max(0, left - len(points))
        row = [blocks.button("Add a point", "prep:add", pack(pair))]
        if any(one.shared_at is None for one in points):
            row.insert(0, blocks.button("Share all", "prep:share-all:list", pack(pair)))
        shown.append(blocks.actions(row))
    return Answer(words.say(FILE, "points_title"), shown[:48])


def point_form(pair: Pair, name: str, words: Wording) -> Block:
    hint = words.say(FILE, "point_hint", name=name)
    field = blocks.field(
        "text", "What would you like to talk about?", blocks.text_input("write", lines=True), hint=hint
    )
    return blocks.modal("A talking point", [field], callback=POINT_FORM, data=pack(pair), submit="Keep")


def quote(one: TalkingPoint, length: int = QUOTE) -> Mrkdwn:
    return show(shorten(" ".join(one.text.split()), length))


def pack(pair: Pair) -> str:
    return f"{pair.engineer}|{pair.other}"


def _word(ask: Ask, reading: Reading) -> Mrkdwn | None:
    """A question in its words; None where it is on no list any more."""
    if not ask.expectation:
        question = reading.questions.get(ask.question)
        return fill(question.ask) if question else None
    statement = _find_statement(ask, reading.reader)
    if statement is None or reading.reader is None:
        return None
    ladder = reading.reader.ladder
    own = Answers(reading.words, lambda: {ladder.id: ladder}).ask(ladder, statement)
    level = reading.reader.target or reading.reader.current
    return reading.words.say(
        FILE,
        "prep_expected",
        ask=Mrkdwn(own),
        competency=ladder.competencies[statement.competency].name,
        level=level.title if level else "",
    )


def _find_statement(ask: Ask, reader: Reader | None) -> Statement | None:
    held = reader.ladder.statements() if reader else ()
    return next((one for one in held if ask.expectation in (one.id, *one.was)), None)


def _numbered(lines: Sequence[Mrkdwn]) -> list[Block]:
    text = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
    return blocks.sections(text) if text else []


def _points(prep: Prep, words: Wording) -> Mrkdwn | None:
    """What is on the list already: for some levels one topic that goes on."""
    if not prep.points:
        return None
    message = "prep_thread" if prep.is_large else "prep_points"
    lines = [f"• {quote(one)} {_seen(one, prep.series.pair, words)}" for one in prep.points[:MOST_POINTS]]
    return Mrkdwn("\n".join([words.say(FILE, message), *lines]))


def _seen(one: TalkingPoint, pair: Pair, words: Wording) -> Mrkdwn:
    """Whose it is, and who sees it."""
    if one.author != pair.engineer:
        return words.say(FILE, "seen_theirs", person=mention(one.author))
    return words.say(FILE, "seen_shared" if one.shared_at else "seen_private")


def _items(prep: Prep, words: Wording) -> Mrkdwn | None:
    if not prep.items:
        return None
    lines = []
    for one in prep.items[:MOST_ITEMS]:
        whose = "you" if one.doer == prep.series.pair.engineer else mention(one.doer)
        due = f", by {say_day(one.due_on)}" if one.due_on else ""
        lines.append(f"• {quote_item(one)} ({whose}{due})")
    return Mrkdwn("\n".join([words.say(FILE, "prep_items"), *lines]))


def _entries(prep: Prep, words: Wording) -> Mrkdwn | None:
    if not prep.count:
        return None
    lines = [f"• {_quote_entry(one)}" for one in prep.newest]
    return Mrkdwn("\n".join([words.say(FILE, "prep_entries", count=prep.count), *lines]))


def _quote_entry(one: Entry) -> Mrkdwn:
    said = show(shorten(" ".join(one.words.text.split()), QUOTE))
    return Mrkdwn(f"{said} _(shared)_") if one.visibility == "shared" else said


def _prep_buttons(pair: Pair, name: str) -> Block:
    return blocks.actions(
        [
            blocks.button(f"Share all with {_plain(name)}", "prep:share-all", pack(pair)),
            blocks.button("Add a point", "prep:add", pack(pair)),
            blocks.button("My points", "prep:list", "-"),
        ]
    )


def _plain(name: str) -> str:
    """On a button, which shows no mention, where Slack did not say the name."""
    return "them" if isinstance(name, Mrkdwn) else name


def _say_kept(points: Sequence[TalkingPoint], name: str, words: Wording) -> Mrkdwn:
    count = len(points)
    if all(one.state == "done" for one in points):
        return words.say(FILE, "point_done", count=count)
    shared = [one.shared_at for one in points if one.shared_at and one.state == "open"]
    if shared:
        since = f"{min(shared).day} {min(shared):%B}"
        return words.say(FILE, "point_shared", name=name, since=since, count=len(shared), of=count)
    return words.say(FILE, "point_kept", name=name, count=count)


def _receipt_buttons(points: Sequence[TalkingPoint], name: str) -> list[Block]:
    """For everything of one message at once; the list has a button for each."""
    value = f"{points[0].channel}|{points[0].ts}"
    still_open = [one for one in points if one.state == "open"]
    row = []
    if any(one.shared_at is None for one in still_open):
        row.append(blocks.button(f"Share with {_plain(name)}", "prep:share:receipt", value))
    elif still_open:
        row.append(blocks.button("Make private", "prep:private:receipt", value))
    if still_open:
        row.append(blocks.button("Done", "prep:done:receipt", value))
    row.append(blocks.button("My points", "prep:list", "-"))
    if still_open and points[0].channel != FORM:
        row.append(blocks.button("Keep as brag entry instead", "prep:brag", value))
    return row


def _listed(one: TalkingPoint, other: Mrkdwn, words: Wording) -> list[Block]:
    if one.shared_at:
        since = f"{one.shared_at.day} {one.shared_at:%B}"
        seen = words.say(FILE, "seen_since", person=other, since=since)
        share = blocks.button("Make private", "prep:private:list", one.id)
    else:
        seen = words.say(FILE, "seen_private")
        share = blocks.button("Share it", "prep:share:list", one.id)
    done = blocks.button("Done", "prep:done:list", one.id)
    return [blocks.section(f"• {quote(one, WHOLE)}\n{escape(seen)}"), blocks.actions([share, done])]
