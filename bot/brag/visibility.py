"""Who can see an entry, in words: by name, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.brag.model import Entry
from bot.people.relations import Relation
from bot.slack.mrkdwn import Mrkdwn
from bot.wording import Wording

FILE = "brag/messages"


def say_who(entry: Entry, seers: Sequence[Relation], words: Wording, today: date) -> Mrkdwn:
    """`seers` are all that its owner is linked with; what is private needs none."""
    if entry.visibility == "private":
        return words.say(FILE, "visible_private")
    if not seers:
        return words.say(FILE, "visible_unlinked")
    names = _name(entry, seers, today)
    return words.say(FILE, "visible_shared", names=names) if names else words.say(FILE, "visible_before")


def say_who_of_several(
    entries: Sequence[Entry], seers: Sequence[Relation], words: Wording, today: date
) -> Mrkdwn:
    """Of entries that came together, of which some may have been shared since."""
    shared = [entry for entry in entries if entry.visibility == "shared"]
    if len(shared) in (0, len(entries)):
        return say_who(entries[0], seers, words, today)
    who = say_who(shared[0], seers, words, today)
    return words.say(FILE, "visible_some", count=len(shared), who=who)


def say_names(seers: Iterable[Relation]) -> Mrkdwn:
    return Mrkdwn(" and ".join(f"<@{one.other}>" for one in seers))


def _name(entry: Entry, seers: Sequence[Relation], today: date) -> Mrkdwn:
    """Everyone who sees it, each since when; empty where nobody does."""
    seeing = [one for one in seers if one.sees(entry.shared_at)]
    return Mrkdwn(" and ".join(f"<@{one.other}> since {_say_start(entry, one, today)}" for one in seeing))


def _say_start(entry: Entry, relation: Relation, today: date) -> str:
    """It was shared then, or shared before and the two were linked then."""
    starts: list[datetime] = [moment for moment in (entry.shared_at, relation.since) if moment]
    day = min(max(starts).date(), today)  # of UTC, which may be a day ahead of theirs
    return f"{day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")
