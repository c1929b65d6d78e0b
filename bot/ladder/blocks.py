"""Pieces that every answer about a ladder is made of."""

from __future__ import annotations

from collections.abc import Iterable

from bot.ladder.agreed import NOTHING, AgreedWords, find_agreed
from bot.ladder.model import CellState, Competency, Fact, Group, Ladder, Level, Statement
from bot.slack import blocks
from bot.slack.blocks import Block, bullets
from bot.slack.mrkdwn import Mrkdwn, escape, shorten, show

AGREED = 300  # characters of agreed words that stand below an expectation
MOST_AGREED = 3
MARKS = {"expectation": "•", "fact": "• _Good to know:_", "bonus": "• _A bonus, never a must:_"}


def offer(ladder: Ladder, label: str, command: str, *, position: int = 0, primary: bool = False) -> Block:
    """A button that does what typing the command would."""
    return blocks.button(label, f"ladder:run:{position}", f"{ladder.id} {command}", primary=primary)


def offers(ladder: Ladder, wanted: Iterable[tuple[str, str]]) -> Block:
    """A row of such buttons, from labels and commands."""
    return blocks.actions(
        offer(ladder, label, command, position=position) for position, (label, command) in enumerate(wanted)
    )


def name_level(level: Level) -> Mrkdwn:
    """*Staff Engineer* (IC6); the id is left out where it is nothing but the title."""
    title = escape(level.title)
    return Mrkdwn(
        f"*{title}* ({escape(level.id.upper())})" if level.id != level.title.lower() else f"*{title}*"
    )


def list_statements(statements: Iterable[Statement], agreed: AgreedWords = NOTHING) -> str:
    """A line each; below it what it means here, where the reader agreed on that with somebody."""
    return "\n".join(
        "\n".join([f"{MARKS[statement.kind]} {escape(statement.text)}", *say_agreed(statement, agreed)])
        for statement in statements
    )


def say_agreed(statement: Statement, agreed: AgreedWords) -> list[str]:
    """A line for each with whom its words were agreed on; of a manager of many, the first few."""
    return [
        f"    ↳ _Here, as you and <@{one.other}> agreed:_ {show(shorten(one.line, AGREED))}"
        for one in find_agreed(agreed, statement)[:MOST_AGREED]
    ]


def say_count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def list_facts(facts: Iterable[Fact]) -> str:
    """A line each; several under one label stand below it."""
    labelled: dict[str, list[str]] = {}
    for fact in facts:
        labelled.setdefault(fact.label, []).append(fact.text)
    return "\n".join(
        f"*{escape(label)}:* {escape(texts[0])}"
        if len(texts) == 1
        else f"*{escape(label)}:*\n{bullets(texts)}"
        for label, texts in labelled.items()
    )


def list_cell(ladder: Ladder, level: Level, competency: Competency, agreed: AgreedWords = NOTHING) -> str:
    """What a level expects of a competency, or in words why nothing stands there."""
    cell = ladder.cell(level.id, competency.id)
    if cell.still_from:
        origin = ladder.levels[cell.still_from]
        kept = list_statements(ladder.expected_at(level, competency), agreed)
        return f"_Still expected, from {escape(origin.title)}:_\n{kept}"
    if cell.state is CellState.EMPTY:
        return "_Nothing is asked of this level here._"
    if cell.state is CellState.UNDEFINED:
        return "_The source does not say yet._"
    return list_statements(cell.statements, agreed)


def show_cell(
    ladder: Ladder, level: Level, competency: Competency, agreed: AgreedWords = NOTHING
) -> list[Block]:
    title = f"*{escape(competency.name)}*"
    if competency.discipline:
        title += f" ({escape(competency.discipline)})"
    return blocks.sections(f"{title}\n{list_cell(ladder, level, competency, agreed)}")


def name_group(group: Group) -> Mrkdwn:
    """*Execution*: what it takes, where the lens says so."""
    criteria = f": {escape('; '.join(group.criteria))}" if group.criteria else ""
    return Mrkdwn(f"*{escape(group.name)}*{criteria}")


def name_source(ladder: Ladder) -> Block:
    """Ladder, version, source and whose words these are, at the foot of every card."""
    source = ladder.source
    name = f"<{source.url}|{escape(source.name)}>" if source.url else f"“{escape(source.name)}”"
    return blocks.context(
        f"{escape(ladder.name)} · version {escape(ladder.version)} · after {name} · {escape(source.note)}"
    )
