"""Finds what someone says they will do, and when it makes sense to ask what became of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.slack.mrkdwn import shorten

LONGEST = 160  # characters of someone's words that are quoted to them
LONGEST_TEXT = 1_000  # characters; what is longer is a document, and its plans are old ones
SHORTEST = 4  # words; “I'll do it” is too little to be asked about
TRUSTED = timedelta(weeks=6)
"""After this nobody remembers, and it is not asked any more."""

_WEEK = timedelta(weeks=1)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = [
    *("january", "february", "march", "april", "june", "july"),  # “may” is rarely the month
    *("august", "september", "october", "november", "december"),
]

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|\s+[–—]\s+")
_LEADING = re.compile(r"^\s*(?:[-*+•◦▪‣–]|\d{1,2}[.)])?\s*")
_COMING = (
    rf"(?:tomorrow|next (?:week|month|sprint|quarter|{'|'.join(_DAYS)})|later (?:this|next) week|"
    rf"(?:on|this) (?:{'|'.join(_DAYS)})|"
    rf"(?:by|until|before) (?:the )?(?:end of )?(?:tomorrow|(?:this|the|next) (?:week|month|sprint|quarter)|"
    rf"{'|'.join(_DAYS)}|{'|'.join(_MONTHS)}))\b"
)
_WILL = r"\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)\b"
_PLAN = re.compile(
    r"^(?:(?:and|so|but|also|now|then|next),? )*(?:i(?:'m| am) |we(?:'re| are) |i |we )?"
    r"(?:(?:now|still|also) )?(?:plan(?:ning)?|going|intend(?:ing)?|aim(?:ing)?) to (?!be\b)\w+"
)
_PAST = (
    r"(?:\w+ed|went|got|made|did|left|took|found|built|sent|wrote|ran|gave|came|saw|knew|brought|kept|held|met|"
    r"cut|put|set|let|read)"
)
_FIRM = re.compile(
    rf"{_WILL}.*\b{_COMING}|\b{_COMING}.*{_WILL}|"
    rf"\b(?:by|before) (?:{'|'.join(_DAYS)}),? (?:i|we) (?!{_PAST}\b)\w+"
)
_LOOSE = re.compile(
    r"\?\s*$|\b(?:maybe|perhaps|might|may|could|would|should|hope|hopefully|wish|try|trying|if|unless|"
    r"was|were|had|used|wanted|planned|said|asked|told|not|never|no longer|won't|isn't|aren't|don't|"
    r"be|off|away|back|leave|sick|holidays?|vacation)\b"
)


def find_promise(text: str) -> str | None:
    """The sentence in which its writer says what they will do, to be quoted; None in any doubt.

    Only plans in the first person count, with a time or the word “plan”; a wish, an if, a no, a question, the
    past and the words of someone else do not.
    """
    for sentence in _SENTENCE.split(text) if len(text) <= LONGEST_TEXT else ():
        said = " ".join(_LEADING.sub("", sentence).split())
        if len(said.split()) >= SHORTEST and _is_promise(said):
            return shorten(said, LONGEST).rstrip(".!;")
    return None


def day_to_ask(promise: str, made_on: date) -> date:
    """The first day on which it may have come to that."""
    said = promise.lower()
    if "tomorrow" in said:
        return made_on + timedelta(days=1)
    if "next sprint" in said:
        return made_on + 2 * _WEEK
    if "month" in said or "quarter" in said or any(f" {month}" in said for month in _MONTHS):
        return made_on + 4 * _WEEK
    named = next((day for day in _DAYS if day in said), None)
    if named:
        return made_on + timedelta(days=(_DAYS.index(named) - made_on.weekday()) % 7 or 7)
    friday = made_on + timedelta(days=4 - made_on.weekday())
    if "next week" in said:
        return friday + _WEEK
    return max(friday, made_on) if "week" in said else made_on + _WEEK


def _is_promise(said: str) -> bool:
    lowered = said.lower().replace("’", "'")
    if any(mark in said for mark in '“”"') or _LOOSE.search(lowered):
        return False
    return bool(_PLAN.search(lowered) or _FIRM.search(lowered))
