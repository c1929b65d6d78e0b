"""Text as Slack formats it: what has to be escaped, and what already is."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")  # what someone typed between < and > comes escaped
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MENTION = re.compile(r"&lt;@([UW][A-Z0-9]+)&gt;")


FOLD = 2900  # characters of a section, with room for a label


class Mrkdwn(str):
    """Text that may be sent as it is: escaped, or written by us."""

    __slots__ = ()


def escape(text: str) -> Mrkdwn:
    """Make text that someone wrote harmless; Mrkdwn passes as it is.

    Slack decodes these three and no others (“Formatting message text”), so nothing else is escaped.
    """
    if isinstance(text, Mrkdwn):
        return text
    seen = without_unseen(text)
    return Mrkdwn(seen.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def without_unseen(text: str) -> str:
    """Without control characters, and without signs that turn the text around them another way."""
    return _UNSEEN.sub("", text)


def unescape(text: str) -> str:
    """The text as it was typed; the reverse of what Slack did to it on the way here."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_typed(text: str) -> str:
    """A message's text as the person saw it: addresses instead of `<…|…>`, people as `<@U…>`, unescaped."""
    return unescape(_TOKEN.sub(_write_out, text))


def show(text: str) -> Mrkdwn:
    """Text that someone wrote, harmless but for the people it mentions."""
    return Mrkdwn(_MENTION.sub(r"<@\1>", escape(text)))


def _write_out(token: re.Match[str]) -> str:
    """People stay ids; channels, groups and dates become their names, links their addresses."""
    target, label = token[1], token[2] or ""
    match target[0]:
        case "@":
            return f"<{target}>"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:]}"
    address = target.removeprefix("mailto:")
    return address if not label or label in address else f"{label} ({address})"


def shorten(text: str, length: int) -> str:
    """At most so many characters, cut at a word, with an ellipsis where something is missing."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def fold(text: str) -> list[Mrkdwn]:
    """The text in pieces that each fit a section once escaped, cut between words where there are any."""
    pieces = []
    rest = text.strip()
    while rest:
        end = len(rest)
        while len(escape(rest[:end])) > FOLD:
            end = max(1, min(FOLD, end * FOLD // len(escape(rest[:end]))))
        if end < len(rest) and (space := max(rest.rfind("\n", 0, end), rest.rfind(" ", end // 2, end))) > 0:
            end = space
        pieces.append(show(rest[:end]))
        rest = rest[end:].lstrip()
    return pieces
