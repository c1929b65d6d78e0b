"""What someone wrote as Markdown that says just that: it can break no structure and start no HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.slack.mrkdwn import shorten

_TOKEN = re.compile(r"https?://[^\s<>\"`|\\]+")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_INSIDE = re.compile(
    r"[`*\[\]|~]"  # code, emphasis, links, tables, strikes
    r"|(?<![^\W_])_|_(?![^\W_])"  # not in snake_case
    r"|\\(?=[!-/:-@\[-`{-~]|$)"  # what would escape, or break the line
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
)
_AT_START = re.compile(r"#{1,6}(?=\s|$)|>|[-+](?=\s|$|-)|=|:(?=\s|-)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def mark(text: str) -> str:
    """One line of Markdown; addresses become links, everything else stays what it is."""
    line = " ".join(_CONTROL.sub("", text).split())
    parts, end = [], 0
    for match in _TOKEN.finditer(line):
        address = match.group().rstrip(".,;:!?)]}'*_~")
        parts += [_escape(line[end : match.start()]), f"<{address}>"]
        end = match.start() + len(address)
    whole = "".join([*parts, _escape(line[end:])])
    if _AT_START.match(whole):
        return "\\" + whole
    return _NUMBER.sub(r"\1\\\2", whole, count=1) if _NUMBER.match(whole) else whole


def mark_lines(text: str, indent: str = "") -> str:
    """Lines stay lines and paragraphs paragraphs, all of them within what is indented so far."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    lines = ([line for each in paragraph.split("\n") if (line := mark(each))] for paragraph in paragraphs)
    return f"\n\n{indent}".join(f"  \n{indent}".join(each) for each in lines if each)


def mark_line(text: str, length: int) -> str:
    """The text on one line, shortened."""
    return mark(shorten(" ".join(text.split()), length))


def name_people(text: str, names: Mapping[str, str]) -> str:
    """Names instead of Slack's ids."""
    return _MENTION.sub(lambda match: names.get(match[1], f"@{match[1]}"), text)


def _escape(text: str) -> str:
    return _INSIDE.sub(lambda match: "\\" + match.group(), text)
