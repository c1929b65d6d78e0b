"""The form of a programme: an answer too long for a thread."""

from __future__ import annotations

from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn

ANSWER, LEVELS = "programme:answer", "programme:levels"


def answer_form(title: str, known: str, data: str, too_long: Mrkdwn) -> Block:
    """What was written so far can be changed, unless it is longer than a field takes."""
    fits = len(known) <= blocks.INPUT_TEXT
    written = blocks.text_input("write", known if fits else "", lines=True)
    note = [] if fits else [blocks.context(too_long)]
    fields = [*note, blocks.field("text", title, written)]
    return blocks.modal("Your answer", fields, callback=ANSWER, data=data, submit="Keep")
