"""A page one can go through: questions one after another, and at the end what was chosen, side by side.

What was chosen so far stands in the command itself, a letter for each answer (`guide ic-or-manager aab`);
nothing is kept.
"""

from __future__ import annotations

from bot.ladder.blocks import name_source, offer, offers
from bot.ladder.messages import FILE
from bot.ladder.model import Ladder, Topic
from bot.slack import blocks
from bot.slack.blocks import FIELD_TEXT, Block
from bot.slack.mrkdwn import Mrkdwn, escape
from bot.slack.payloads import Answer
from bot.wording import Wording

START = "go"
LETTERS = "abc"


def read_path(topic: Topic, word: str) -> str | None:
    """The letters chosen so far, none at the start; None for a word that is no way through this page."""
    if not topic.choices:
        return None
    path = "" if word.lower() == START else word.lower()
    if len(path) > len(topic.choices) or (not path and word.lower() != START):
        return None
    fits = (letter in LETTERS[: len(row.options)] for letter, row in zip(path, topic.choices, strict=False))
    return path if all(fits) else None


def invite(ladder: Ladder, topic: Topic, words: Wording) -> list[Block]:
    """What the page itself shows of its choices: how many there are, and the button to begin."""
    if not topic.choices:
        return []
    said = words.say(FILE, "choices_invite", count=len(topic.choices))
    button = offer(ladder, "Go through it", f"guide {topic.id} {START}", primary=True)
    return [blocks.section(said, button)]


def show_step(ladder: Ladder, topic: Topic, path: str, words: Wording) -> Answer:
    """The next question, or what was chosen once all have been answered. Takes the place of the last one."""
    if len(path) == len(topic.choices):
        return _show_chosen(ladder, topic, path, words)
    choice = topic.choices[len(path)]
    place = words.say(FILE, "choices_place", number=len(path) + 1, count=len(topic.choices))
    ways = [(option, f"{path}{letter}") for option, letter in zip(choice.options, LETTERS, strict=False)]
    typed = " · ".join(f"`{way}` {escape(option.label)}" for option, way in ways)
    shown = [
        blocks.context(f"*{escape(topic.title)}* · {place}"),
        blocks.section(f"*{escape(choice.question)}*"),
        *(blocks.actions([offer(ladder, option.label, f"guide {topic.id} {way}")]) for option, way in ways),
        blocks.context(words.say(FILE, "choices_typed", topic=topic.id, ways=Mrkdwn(typed))),
        offers(ladder, _ways_back(topic, path)),
    ]
    return Answer(escape(choice.question), shown, replace=True)


def _ways_back(topic: Topic, path: str) -> list[tuple[str, str]]:
    back = [("One step back", f"guide {topic.id} {path[:-1] or START}")] if path else []
    return [*back, ("The whole page", f"guide {topic.id}")]


def _show_chosen(ladder: Ladder, topic: Topic, path: str, words: Wording) -> Answer:
    said = [text for letter in LETTERS if (text := _side(topic, path, letter))]
    message = "choices_one_side" if len(said) == 1 else "choices_several_sides"
    first = topic.sides[LETTERS.index(path[0])]
    shown = [blocks.header(topic.title), blocks.section(words.say(FILE, message, side=first))]
    if len(said) > 1 and max(map(len, said)) <= FIELD_TEXT:
        shown.append(blocks.fields(*said))
    else:
        shown += [block for side in said for block in blocks.sections(side)]
    if topic.next_steps:
        shown.append(blocks.section(f"*What you can do next*\n{blocks.bullets(topic.next_steps)}"))
    near = [(ladder.levels[level].title, level) for level in topic.levels[:3]]
    wishes = [("Once more", f"guide {topic.id} {START}"), ("The whole page", f"guide {topic.id}"), *near]
    return Answer(
        f"{escape(topic.title)} What you chose, side by side.",
        [*shown, offers(ladder, wishes), name_source(ladder)],
        replace=True,
    )


def _side(topic: Topic, path: str, letter: str) -> str:
    """What was chosen for this side, under its name; empty where nothing was."""
    position = LETTERS.index(letter)
    says = [
        choice.options[position].says
        for choice, chosen in zip(topic.choices, path, strict=True)
        if chosen == letter
    ]
    return f"*{escape(topic.sides[position])}*\n{blocks.bullets(says)}" if says else ""
