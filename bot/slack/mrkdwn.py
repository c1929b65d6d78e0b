"""Text as Slack formats it: what has to be escaped, and what already is."""

from __future__ import annotations


class Mrkdwn(str):
    """Text that may be sent as it is: escaped, or written by us."""

    __slots__ = ()


def escape(text: str) -> Mrkdwn:
    """Make text that someone wrote harmless; Mrkdwn passes as it is.

    Slack decodes these three and no others (“Formatting message text”), so nothing else is touched.
    """
    if isinstance(text, Mrkdwn):
        return text
    return Mrkdwn(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def unescape(text: str) -> str:
    """The text as it was typed; the reverse of what Slack did to it on the way here."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shorten(text: str, length: int) -> str:
    """At most so many characters, cut at a word, with an ellipsis where something is missing."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
