"""The forms around meetings: “We've met”, and a word that one offers the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.oneonone.meetings.messages import FILE
from bot.oneonone.model import TalkingPoint
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import shorten
from bot.wording import Wording

MET, OFFER = "met:keep", "met:offer"
MOST_TICKED = 10  # boxes, says Slack
BOX = 70  # characters beside a box


def met_form(points: Sequence[TalkingPoint], day: date, data: str, words: Wording) -> Block:
    """`points` are those that may be done by now."""
    fields = [
        blocks.field("day", "When did you meet?", blocks.date_input("day", day.isoformat())),
        blocks.field(
            "shared",
            "Notes for both of you",
            blocks.text_input("shared", lines=True),
            hint=words.say(FILE, "shared_hint"),
            optional=True,
        ),
        blocks.field(
            "items",
            "Action items, one a line",
            blocks.text_input("items", lines=True, placeholder=words.say(FILE, "items_example")),
            hint=words.say(FILE, "items_hint"),
            optional=True,
        ),
        blocks.field(
            "private",
            "Notes for your eyes only",
            blocks.text_input("private", lines=True),
            hint=words.say(FILE, "private_hint"),
            optional=True,
        ),
    ]
    if points:
        boxes = [blocks.option(_label(one), one.id) for one in points[:MOST_TICKED]]
        talked = blocks.checkboxes("talked", boxes)
        fields.append(blocks.field("talked", "Talked about, and off the list", talked, optional=True))
    return blocks.modal("We've met", fields, callback=MET, data=data, submit="Keep")


def offer_form(name: str, data: str, words: Wording) -> Block:
    text = blocks.field(
        "text",
        "What did you notice?",
        blocks.text_input("text", lines=True),
        hint=words.say(FILE, "offer_hint", name=name),
    )
    return blocks.modal("A word of feedback", [text], callback=OFFER, data=data, submit="Offer it")


def _label(point: TalkingPoint) -> str:
    line = shorten(" ".join(point.text.split()), BOX)
    return line if point.shared_at else f"{shorten(line, BOX - 12)} (only you)"
