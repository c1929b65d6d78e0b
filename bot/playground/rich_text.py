"""A `rich_text` block as HTML: sections, lists, quotes and preformatted text with their leaves."""

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape

from bot.playground.mrkdwn import (
    render_broadcast,
    render_channel,
    render_date,
    render_emoji,
    render_link,
    render_person,
)
from bot.playground.reader import Reader

_Json = dict[str, Any]
_STYLES = {"bold": "strong", "italic": "em", "strike": "s", "code": "code", "underline": "u"}
_TAGS = {"rich_text_section": "p", "rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}


def render_rich_text(elements: Iterable[_Json], reader: Reader) -> Markup:
    return Markup().join(_render_part(element, reader) for element in elements)


def _render_part(element: _Json, reader: Reader) -> Markup:
    if element["type"] == "rich_text_list":
        return _render_list(element, reader)
    tag = _TAGS.get(element["type"], "p")
    return Markup("<{0}>{1}</{0}>").format(tag, _render_leaves(element["elements"], reader))


def _render_list(element: _Json, reader: Reader) -> Markup:
    """Slack nests lists by a number, not by containment."""
    rows = (_render_leaves(item["elements"], reader) for item in element["elements"])
    items = Markup().join(Markup("<li>{}</li>").format(row) for row in rows)
    depth = min(int(element.get("indent", 0)), 5)
    if element["style"] == "ordered":
        start = int(element.get("offset", 0)) + 1
        return Markup('<ol class="indent-{}" start="{}">{}</ol>').format(depth, start, items)
    return Markup('<ul class="indent-{}">{}</ul>').format(depth, items)


def _render_leaves(leaves: Iterable[_Json], reader: Reader) -> Markup:
    return Markup().join(_render_leaf(leaf, reader) for leaf in leaves)


def _render_leaf(leaf: _Json, reader: Reader) -> Markup:
    shown = _render_content(leaf, reader)
    for style, is_on in leaf.get("style", {}).items():
        if is_on and style in _STYLES:
            shown = Markup("<{0}>{1}</{0}>").format(_STYLES[style], shown)
    return shown


def _render_content(leaf: _Json, reader: Reader) -> Markup:
    render = _LEAVES.get(leaf["type"])
    return render(leaf, reader) if render else escape(leaf.get("value", ""))


def _render_words(leaf: _Json, _reader: Reader) -> Markup:
    return Markup("<br>").join(leaf["text"].split("\n"))


def _render_date(leaf: _Json, reader: Reader) -> Markup:
    pattern, link, fallback = leaf["format"], leaf.get("url", ""), leaf.get("fallback", "")
    return render_date(reader, int(leaf["timestamp"]), pattern, link, fallback)


_LEAVES: dict[str, Callable[[_Json, Reader], Markup]] = {
    "text": _render_words,
    "link": lambda leaf, _: render_link(leaf["url"], leaf.get("text")),
    "emoji": lambda leaf, _: render_emoji(leaf["name"]),
    "user": lambda leaf, reader: render_person(leaf["user_id"], reader),
    "channel": lambda leaf, reader: render_channel(leaf["channel_id"], reader),
    "broadcast": lambda leaf, _: render_broadcast(leaf["range"]),
    "date": _render_date,
}
