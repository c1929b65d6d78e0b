"""Prints in a terminal what Slack would show: `rung ladder show`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.slack.blocks import Block
from bot.slack.mrkdwn import unescape

LINK = re.compile(r"<(https?://[^|>]+)\|([^>]+)>")
STYLES = re.compile(r"(?<!\w)(\*|_|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
NAMES = {"*": "bold", "_": "italic", "`": "cyan"}


def print_blocks(console: Console, blocks: Iterable[Block]) -> None:
    for block in blocks:
        for part in _parts(block):
            console.print(part)


def _parts(block: Block) -> Iterator[Text | Rule]:
    """Buttons are left out: in a terminal one types the command."""
    kind = block["type"]
    if kind == "header":
        yield Text(f"\n{block['text']['text']}", style="bold underline")
    elif kind == "divider":
        yield Rule(style="dim")
    elif kind == "context":
        for element in block["elements"]:
            yield _styled(element["text"], "dim")
    elif kind == "section":
        texts = [block["text"]] if "text" in block else []
        for text in [*texts, *block.get("fields", [])]:
            yield Text.assemble(_styled(text["text"]), "\n")


def _styled(mrkdwn: str, style: str = "") -> Text:
    text, end = Text(style=style), 0
    mrkdwn = LINK.sub(r"\2 (\1)", mrkdwn)
    for match in STYLES.finditer(mrkdwn):
        text.append(unescape(mrkdwn[end : match.start()]))
        text.append(unescape(match.group(2)), style=NAMES[match.group(1)])
        end = match.end()
    return text.append(unescape(mrkdwn[end:]))
