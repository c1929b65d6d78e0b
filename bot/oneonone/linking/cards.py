"""What the two of a relation see of it: what it shows, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.ladder.service import Reader
from bot.oneonone.linking.messages import FILE
from bot.oneonone.linking.service import Sight
from bot.oneonone.linking.whom import mention
from bot.people.relations import Relation
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer
from bot.wording import Wording

SHARED = "list shared"  # words after `/brag`


def show_link(sight: Sight, reader: Reader | None, words: Wording) -> Answer:
    """To the engineer: what the other sees, and how to change that."""
    relation = sight.relation
    said = words.say(FILE, "linked", person=mention(relation.other), role=relation.role)
    shown = [blocks.section(said), blocks.section(say_sight(sight, reader, words))]
    shown.append(blocks.context(words.say(FILE, "sees_nothing_else")))
    return Answer(said, [*shown, *buttons(sight)])


def say_sight(sight: Sight, reader: Reader | None, words: Wording) -> Mrkdwn:
    """What the other of a relation sees, or would see."""
    relation = sight.relation
    return words.say(
        FILE,
        "sees",
        person=mention(relation.other),
        current=reader.current.title if reader and reader.current else "",
        target=reader.target.title if reader and reader.target else "",
        hidden=not relation.shows_target,
        count=sight.entries,
        since=say_day(relation.sees_from) if relation.sees_from else "",
        new=sight.shares_new,
    )


def buttons(sight: Sight) -> list[Block]:
    relation, value = sight.relation, value_of(sight.relation)
    target = ("Keep my target to myself", "hide") if relation.shows_target else ("Show my target", "show")
    start = ("Everything I shared", "all") if relation.sees_from else ("Only what I share from now on", "new")
    choices = [blocks.button(label, f"link:{verb}", value) for label, verb in (target, start)]
    row = [blocks.button(f"See as my {relation.role}", "link:see", value)]
    if sight.entries:
        row.append(blocks.button("The shared entries", "brag:run:shared", SHARED))
    return [blocks.actions(choices), blocks.actions([*row, blocks.button("End it", "link:end", value)])]


def show_question(sight: Sight, words: Wording) -> Answer:
    """To the engineer: somebody, or a list of the company, says so."""
    relation = sight.relation
    message = "asked" if relation.changed_by else "asked_listed"
    said = words.say(FILE, message, person=mention(relation.other), role=relation.role)
    shares = words.say(FILE, "asked_shares", person=mention(relation.other), count=sight.entries)
    return Answer(said, [blocks.section(said), blocks.section(shares), answers_to(relation)])


def answers_to(relation: Relation) -> Block:
    value = value_of(relation)
    row = [
        blocks.button("Yes", "link:yes", value, primary=True),
        blocks.button("Yes, but keep my target to myself", "link:yes-hidden", value),
        blocks.button("No", "link:no", value),
    ]
    return blocks.actions(row)


def show_all(answers: Sequence[Answer]) -> Answer:
    """One below the other."""
    shown = [block for each in answers for block in (*each.blocks, blocks.divider())]
    return Answer(answers[0].text, shown[:-1])


def say(text: Mrkdwn, row: Sequence[Block] = ()) -> Answer:
    return Answer(text, [blocks.section(text), *([blocks.actions(row)] if row else [])])


def say_day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def value_of(relation: Relation) -> str:
    """As the value of a button."""
    return f"{relation.engineer.user}|{relation.other}"
