"""An entry of the brag document, where it came from, and what it is evidence for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, get_args

from bot.brag.reading import find_links
from bot.ladder.model import Reach
from bot.people.model import PersonId

Kind = Literal["win", "learning", "failure"]
Visibility = Literal["private", "shared"]
EntryState = Literal["kept", "draft"]
"""A `draft` becomes an entry when its owner says yes."""
Result = Literal["said", "open", "none"]
"""What came of it: `said` in the text, still `open`, or `none` to be said."""
CaptureState = Literal["kept", "answered", "undone", "deleted", "pending", "draft"]
"""`answered`: nothing to keep. `pending`: its text is still to be fetched."""

REACHES: tuple[Reach, ...] = get_args(Reach)
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST = 40_000  # characters of a Slack message; all of them are kept


@dataclass(frozen=True, slots=True)
class Capture:
    """The message, form or command that entries came from; it holds no text.

    One per person, channel and ts. A form's channel is `form`, its ts the id of its view; a command's is
    `command`, with a ts of its own. `edited` is the ts of the newest change that was taken over. `result_of`:
    it says what came of this entry, and has none of its own.
    """

    id: str
    person: PersonId
    channel: str
    ts: str
    state: CaptureState = "kept"
    edited: str = ""
    result_of: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry speaks for a competency; `expectation` is the statement it speaks for, where one was named."""

    ladder: str
    level: str
    competency: str
    expectation: str = ""
    is_confirmed: bool = False
    words: tuple[str, ...] = ()
    """Which of the entry's words a suggestion stands on."""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything of an entry that someone wrote; sealed as one."""

    text: str
    result: str = ""
    links: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    project: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the brag document."""

    id: str
    person: PersonId
    capture: str
    position: int
    words: Words
    happened_on: date
    created_at: datetime
    kind: Kind = "win"
    reach: Reach | None = None
    visibility: Visibility = "private"
    shared_at: datetime | None = None
    state: EntryState = "kept"
    result: Result = "open"
    is_edited_here: bool = False
    """Changed in Rung's own form, so that an edit of the Slack message no longer decides over it."""
    evidence: tuple[Evidence, ...] = field(default=())

    def confirmed(self, ladder: str) -> tuple[Evidence, ...]:
        return tuple(one for one in self.evidence if one.is_confirmed and one.ladder == ladder)

    def suggested(self, ladder: str) -> tuple[Evidence, ...]:
        return tuple(one for one in self.evidence if not one.is_confirmed and one.ladder == ladder)


@dataclass(frozen=True, slots=True)
class Record:
    """Kept entries without their words, as coverage counts them: thousands at a time."""

    entries: Mapping[str, tuple[date, Reach | None]]
    """When each happened and how far it reached, newest first."""
    speaking: Mapping[Evidence, Collection[str]]
    """Which of them speak for what."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An if-then plan for an expectation: “when a design review opens, I will …”."""

    ladder: str
    expectation: str
    text: str
    made_at: datetime


def is_wider(reach: Reach, than: Reach) -> bool:
    return REACHES.index(reach) > REACHES.index(than)


def confirm(entry: Entry, one: Evidence) -> Entry:
    """The entry as confirmed evidence, with the words its suggestion stood on; other competencies stay."""
    same = (
        known for known in entry.evidence if (known.ladder, known.competency) == (one.ladder, one.competency)
    )
    one = replace(one, words=next((known.words for known in same), one.words))
    others = tuple(e for e in entry.evidence if (e.ladder, e.competency) != (one.ladder, one.competency))
    return replace(entry, evidence=(*others, replace(one, is_confirmed=True)))


def confirm_suggested(entry: Entry, competency: str) -> Entry:
    """A yes to what was suggested; nothing changes where it no longer is."""
    found = (one for one in entry.evidence if one.competency == competency and not one.is_confirmed)
    one = next(found, None)
    return confirm(entry, one) if one else entry


def unconfirm(entry: Entry, ladder: str, competency: str) -> Entry:
    """Back to a suggestion."""
    return replace(
        entry,
        evidence=tuple(
            replace(e, is_confirmed=False) if (e.ladder, e.competency) == (ladder, competency) else e
            for e in entry.evidence
        ),
    )


def share(entry: Entry, visibility: Visibility, now: datetime) -> Entry:
    return replace(entry, visibility=visibility, shared_at=now if visibility == "shared" else None)


def say_result(entry: Entry, text: str, files: Sequence[str] = ()) -> Entry:
    """What came of it; further words are added to those there are. `files`: links to what came with it."""
    result = "\n".join(filter(None, (entry.words.result, text.strip())))
    links = tuple(dict.fromkeys((*entry.words.links, *find_links(text), *files)))
    return replace(entry, words=replace(entry.words, result=result, links=links), result="said")


def reword_result(entry: Entry, before: str, after: str, files: Sequence[str] = ()) -> Entry:
    """What a reply says came of it, in other words or none; what else its owner wrote there stays.

    Where they wrote over the reply's words, those of before are not found, and nothing changes.
    """
    said, before = entry.words.result, before.strip()
    if before and before not in said:
        return entry
    if not before:
        return say_result(entry, after, files) if after else entry
    words = replace(entry.words, result=said.replace(before, "", 1).strip())
    rest = replace(entry, words=words, result="said" if words.result else "open")
    return say_result(rest, after, files) if after else rest


def width(entry: Entry) -> int:
    """How far it reached, as a number to sort by."""
    return REACHES.index(entry.reach) + 1 if entry.reach else 0
