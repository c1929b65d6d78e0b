"""The form for something to talk about."""

from __future__ import annotations

from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.values import pack
from bot.oneonone.model import Pair
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.wording import Wording

ADD = "agenda:add"
BOTH, MINE = "both", "mine"


def add_form(pair: Pair, words: Wording) -> Block:
    seen = [blocks.option("For both of us: it is on the list", BOTH), blocks.option("Only for me", MINE)]
    fields = [
        blocks.field(
            "text",
            "What would you like to talk about?",
            blocks.text_input("text", lines=True),
            hint=words.say(FILE, "add_hint"),
        ),
        blocks.field("seen", "Who sees it?", blocks.select("seen", seen, BOTH, "Who sees it?")),
    ]
    return blocks.modal("Add an item", fields, callback=ADD, data=pack(pair), submit="Add")
