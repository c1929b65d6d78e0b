"""How promotions work: what a company wrote of its own, and plainly what it did not, with whom to ask."""

from __future__ import annotations

from dataclasses import asdict

from bot.ladder.messages import FILE
from bot.ladder.model import Ladder, Topic
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape
from bot.wording import Wording

PAGE = "promotions"
NAMES = {
    "when": "When",
    "who_decides": "Who decides",
    "what_to_bring": "What to bring",
    "appeal": "After a no",
}


def find_page(ladder: Ladder, words: Wording) -> Topic:
    """The ladder's own page on promotions, or one that says that there is none."""
    if PAGE in ladder.topics:
        return ladder.topics[PAGE]
    said = any(asdict(ladder.promotions).values())
    text = words.say(FILE, "promotions_rule" if said else "promotions_silent", ladder=ladder.name)
    return Topic(PAGE, "How promotions work", ("promotion", "promo", "getting promoted"), text)


def show_rule(ladder: Ladder, words: Wording) -> list[Block]:
    return [block for part in write_rule(ladder, words) for block in blocks.sections(part)]


def write_rule(ladder: Ladder, words: Wording) -> list[Mrkdwn]:
    """What the company says, then what it leaves open as questions to ask."""
    said = asdict(ladder.promotions)
    lines = [f"*{name}.* {escape(said[key])}" for key, name in NAMES.items() if said[key]]
    unsaid = [f"• {words.say(FILE, f'promotions_{key}')}" for key in NAMES if not said[key]]
    parts = [["*In your company*", *lines]] if lines else []
    parts += [[words.say(FILE, "promotions_unsaid"), *unsaid]] if unsaid else []
    return [Mrkdwn("\n".join(part)) for part in parts]
