"""An agenda as Markdown, without buttons: for a page to read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.oneonone.agenda.card import say_made_from, say_title
from bot.oneonone.agenda.telling import Telling
from bot.slack.mrkdwn import unescape

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_BOLD = re.compile(r"(?<![\w*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\w*])")


def write_agenda(telling: Telling, names: Mapping[str, str]) -> str:
    """`names` by the ids of the two and of whoever is mentioned."""
    lines = [say_title(telling), "", say_made_from(telling), ""]
    for number, told in enumerate(telling.tell(), start=1):
        below = (told.text.replace("\n", "\n   "), f"→ {told.step}", f"_{told.why}_")
        lines += [f"{number}. *{told.head}*", "", *(line for part in below for line in (f"   {part}", ""))]
    return "\n".join(_to_markdown(line, names) for line in lines).rstrip() + "\n"


def _to_markdown(line: str, names: Mapping[str, str]) -> str:
    """Slack's bold has one asterisk."""
    named = _MENTION.sub(lambda found: names.get(found[1], found[1]), line)
    return unescape(_BOLD.sub(r"**\1**", named))
