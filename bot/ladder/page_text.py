"""Slack's mrkdwn as HTML, as far as the pages of a guide use it; whatever else stands there is only shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from markupsafe import Markup, escape

from bot.slack.mrkdwn import unescape

Find = Callable[[str], str | None]
"""A command such as `/ladder guide scope` → the address of what it shows, None where the page has none."""

BULLET = re.compile(r"^\s*[•\-]\s+")
PIECE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<address>https?://[^|>\s]+)\|(?P<label>[^>\n]+)>"
    r"|(?P<url>https?://[^\s<>|`]*[^\s<>|`.,;:!?)])"
    r"|(?<!\w)(?P<mark>[*_~])(?=\S)(?P<inner>[^\n]*?\S)(?P=mark)(?!\w)"
)
TAGS = {"*": Markup("strong"), "_": Markup("em"), "~": Markup("s")}


def write_html(text: str, find: Find) -> Markup:
    """Paragraphs and lists; a line that stands right above a list belongs to it."""
    return Markup("\n").join(
        part for paragraph in re.split(r"\n\s*\n", text.strip()) for part in _paragraph(paragraph, find)
    )


def _paragraph(text: str, find: Find) -> Iterator[Markup]:
    for is_list, lines in groupby(text.split("\n"), key=lambda line: bool(BULLET.match(line))):
        if is_list:
            items = (Markup("<li>{}</li>").format(_line(BULLET.sub("", line), find)) for line in lines)
            yield Markup("<ul>{}</ul>").format(Markup().join(items))
        else:
            rows = Markup("<br>").join(_line(line.strip(), find) for line in lines)
            yield Markup("<p>{}</p>").format(rows)


def _line(text: str, find: Find) -> Markup:
    parts, end = list[Markup](), 0
    for found in PIECE.finditer(text):
        parts += [escape(unescape(text[end : found.start()])), _piece(found, find)]
        end = found.end()
    return Markup().join([*parts, escape(unescape(text[end:]))])


def _piece(found: re.Match[str], find: Find) -> Markup:
    if code := found["code"]:
        shown, address = Markup("<code>{}</code>").format(unescape(code)), find(unescape(code))
        return _link(address, shown) if address else shown
    if mark := found["mark"]:
        return Markup("<{0}>{1}</{0}>").format(TAGS[mark], _line(found["inner"], find))
    address = found["address"] or found["url"]
    return _link(unescape(address), escape(unescape(found["label"] or address)))


def _link(address: str, shown: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, shown)
