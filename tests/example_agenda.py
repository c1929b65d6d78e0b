"""The example agenda of the documents: what Ben reads before he meets Ana, as the demo shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.demo import BEN, PEOPLE, living
from bot.playground.world import Json
from bot.slack.mrkdwn import unescape
from tests.support.process import free_port

PAGE = Path(__file__).resolve().parent.parent / "docs" / "example-agenda.md"
ENGINEERING = "CENG"
INTRO = """\
# An agenda, as Rung makes it

What Ben, a manager in the demo, gets for `/agenda @ana` on the day this page was made (`make screenshots`),
buttons left out. Ana opens the very same list. Everything on it is shared by her, agreed by both, or from the
ladder.

---

"""
NAMES = {person.id: person.real_name for person in PEOPLE}


async def write() -> str:
    """The whole page, after the ten weeks that the demo's people have lived."""
    async with living(free_port()) as slack:
        await slack.send(BEN.id, ENGINEERING, "/agenda @ana")
        await slack.settle()
        newest = slack.world.messages(ENGINEERING, BEN.id)[-1]
    return INTRO + "\n\n".join(_as_markdown(newest.blocks)) + "\n"


def _as_markdown(blocks: Sequence[Json]) -> Iterator[str]:
    for block in blocks:
        match block["type"]:
            case "section":
                yield _convert(block["text"]["text"])
            case "context":
                yield "".join(f"*{_convert(element['text'])}*" for element in block["elements"])


def _convert(mrkdwn: str) -> str:
    """Slack's bold has one asterisk, and its lines end where they end."""
    named = re.sub(r"<@(\w+)>", lambda found: NAMES.get(found[1], found[1]), mrkdwn)
    bold = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", r"**\1**", named)
    lines = [f"{line}  " for line in unescape(bold).split("\n")]
    return re.sub(r"^(>.*\n)(?!>)", r"\1\n", "\n".join(lines), flags=re.MULTILINE).rstrip()
