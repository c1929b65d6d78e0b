"""Slack's mrkdwn as HTML: everything typed is escaped, only what the grammar knows becomes a tag."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from bot.playground.emoji import EMOJI, SHORTCODE, replace_shortcodes
from bot.playground.reader import Reader, write_date

_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_QUOTE = re.compile(r"^(?:>|&gt;) ?")
_PIECE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    rf"|(?P<emoji>{SHORTCODE.pattern})"
    r"|(?P<url>https?://[^\s<>|`*]*[^\s<>|`*.,;:!?)'\"_~])"
)
_PAIR = re.compile(r"(?<!\w)(?P<mark>[*_~])(?=\S)(?!(?P=mark))(?P<inner>[^\n]*?\S)(?P=mark)(?!\w)")
_TAGS = {"*": "strong", "_": "em", "~": "s"}
_SAFE_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)

# Finished pieces wait under one private-use character each while the text around them is read.
_FIRST_HELD = 0xF0000
_HELD = re.compile("[\U000f0000-\U000ffffd]")


def decode(text: str) -> str:
    """The three escapes Slack knows, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def render_plain(text: str) -> Markup:
    return escape(replace_shortcodes(decode(text)))


def render_mrkdwn(text: str, reader: Reader) -> Markup:
    parts: list[Markup] = []
    for position, part in enumerate(_FENCE.split(_HELD.sub("", text))):
        if position % 2:
            parts.append(Markup("<pre>{}</pre>").format(decode(part)))
        else:
            parts.extend(_render_lines(part.strip("\n"), reader))
    return Markup().join(parts)


def _render_lines(text: str, reader: Reader) -> Iterator[Markup]:
    if not text:
        return
    for is_quote, lines in groupby(text.split("\n"), key=lambda line: bool(_QUOTE.match(line))):
        rows = Markup("<br>").join(_render_line(_QUOTE.sub("", line), reader) for line in lines)
        yield Markup("<blockquote>{}</blockquote>").format(rows) if is_quote else rows


def _render_line(line: str, reader: Reader) -> Markup:
    held: list[Markup] = []

    def hold(found: re.Match[str]) -> str:
        held.append(_render_piece(found, reader))
        return chr(_FIRST_HELD + len(held) - 1)

    styled = _render_styles(_PIECE.sub(hold, line))
    return Markup(_HELD.sub(lambda found: held[ord(found[0]) - _FIRST_HELD], styled))  # noqa: S704 (escaped)


def _render_styles(text: str) -> Markup:
    parts: list[Markup] = []
    end = 0
    for found in _PAIR.finditer(text):
        parts.append(escape(decode(text[end : found.start()])))
        tag = Markup(_TAGS[found["mark"]])  # noqa: S704 (from our own table)
        parts.append(Markup("<{0}>{1}</{0}>").format(tag, _render_styles(found["inner"])))
        end = found.end()
    return Markup().join([*parts, escape(decode(text[end:]))])


def _render_piece(found: re.Match[str], reader: Reader) -> Markup:
    if found["code"]:
        return Markup("<code>{}</code>").format(decode(found["code"]))
    if found["angle"]:
        return _render_angle(found["angle"], reader)
    if found["emoji"]:
        return render_emoji(SHORTCODE.sub(r"\1", found["emoji"]))
    return render_link(decode(found["url"]))


def render_emoji(name: str) -> Markup:
    character = EMOJI.get(name)
    if character is None:
        return escape(f":{name}:")
    return Markup('<span class="emoji" role="img" aria-label="{}">{}</span>').format(
        name.replace("_", " "), character
    )


def render_link(url: str, label: str | None = None) -> Markup:
    """A link opens beside the page; an address that is not the web's is only shown."""
    shown = render_plain(label) if label else escape(url.removeprefix("mailto:"))
    if not _SAFE_LINK.match(url):
        return shown
    link = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    return link.format(url, shown)


def render_person(user_id: str, reader: Reader) -> Markup:
    own = " mention-me" if user_id == reader.id else ""
    return Markup('<span class="mention{}">@{}</span>').format(own, reader.person(user_id))


def render_channel(channel_id: str, reader: Reader) -> Markup:
    return Markup('<span class="mention">#{}</span>').format(reader.channel(channel_id))


def render_broadcast(name: str) -> Markup:
    return Markup('<span class="mention mention-all">@{}</span>').format(name)


def _render_angle(content: str, reader: Reader) -> Markup:
    target, _, label = content.partition("|")
    if re.match(r"@[UW]\w", target):
        return render_person(target[1:], reader)
    if re.match(r"#[CG]\w", target):
        return render_channel(target[1:], reader)
    if target.startswith("!"):
        return _render_special(content, reader)
    if ":" in target:
        return render_link(decode(target), label or None)
    return escape(decode(f"<{content}>"))


def _render_special(content: str, reader: Reader) -> Markup:
    target, _, label = content[1:].partition("|")
    if target in ("here", "channel", "everyone"):
        return render_broadcast(target)
    if target.startswith("subteam^"):
        return render_broadcast(decode(label).removeprefix("@") or "team")
    kind, seconds, pattern, link = (*target.split("^"), "", "", "")[:4]
    if kind != "date" or not seconds.isdecimal():
        return escape(decode(label or content))
    return render_date(reader, int(seconds), decode(pattern), decode(link), decode(label))


def render_date(reader: Reader, seconds: int, pattern: str, link: str, fallback: str) -> Markup:
    shown = Markup('<time title="{}">{}</time>').format(fallback, write_date(reader, seconds, pattern))
    if not _SAFE_LINK.match(link):
        return shown
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(link, shown)
