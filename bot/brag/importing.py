"""Reads a brag document from its JSON, and puts it where it belongs, once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from bot.brag.exporting.file import BragFile, read_entry, read_plan
from bot.brag.model import Capture, Entry, Plan
from bot.errors import ContentError, Problem
from bot.ids import new_id
from bot.people.model import PersonId

if TYPE_CHECKING:
    from bot.brag.store import BragStore  # handed in; the rules themselves need no SQL

CHANNEL = "import"
"""Channel of a capture that came with a file; its ts is the id it had there."""
BATCH = 500

One = TypeVar("One")

_HINTS = {
    "missing": "write it; each entry needs `text` and `happened_on`, the file `rung_brag_document`",
    "extra_forbidden": "is it a typing error? Otherwise leave it out",
    "date_from_datetime_parsing": "a day is written 2026-09-30",
    "date_parsing": "a day is written 2026-09-30",
    "timezone_aware": "add the zone: 2026-09-30T15:00:00Z",
    "datetime_from_date_parsing": "a moment is written 2026-09-30T15:00:00Z",
    "datetime_parsing": "a moment is written 2026-09-30T15:00:00Z",
    "literal_error": "take one of these",
    "string_pattern_mismatch": "an id has no spaces and at most 32 characters, on a ladder 80",
    "json_invalid": "is it the .json file that `/brag export json` made?",
}
_USUAL_HINT = "compare it with a file that `/brag export json` made"


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What an import did: entries and plans added, and entries that were there already."""

    entries: int
    known: int
    plans: int


def read_file(content: bytes, name: str) -> BragFile:
    """What the file says. Raises ContentError with everything wrong with it."""
    try:
        return BragFile.model_validate_json(content)
    except ValidationError as error:
        parts = error.errors(include_input=False, include_url=False)
        raise ContentError([_problem(name, part) for part in parts]) from None


def bring_in(brag: BragStore, file: BragFile, person: PersonId, now: datetime) -> BroughtIn:
    """Add what is not there yet; what is stays as it is now, so that the same file twice changes nothing.

    Entries keep their ids, unless an id is someone else's: then it gets one that is the same every time.
    """
    given = [_name(read_entry(part, person), place) for place, part in enumerate(file.entries)]
    entries = _settle_ids(brag, person, given)
    known = {entry.id for batch in _batches(entries) for entry in brag.get(person, [e.id for e in batch])}
    fresh = [entry for entry in entries if entry.id not in known]
    captures = {name: _find_capture(brag, person, name, now) for name in {entry.capture for entry in fresh}}
    for batch in _batches(fresh):
        brag.add([replace(entry, capture=captures[entry.capture]) for entry in batch])
    plans = [plan for plan in map(read_plan, file.plans) if not _is_there(brag, person, plan)]
    for plan in plans:
        brag.put_plan(person, plan)
    return BroughtIn(len(fresh), len(entries) - len(fresh), len(plans))


def _name(entry: Entry, place: int) -> Entry:
    """With an id and a capture, which a file that someone wrote by hand may leave out."""
    name = entry.id or _derive("entry", str(place), str(entry.happened_on), entry.words.text)
    return replace(entry, id=name, capture=entry.capture or name)


def _settle_ids(brag: BragStore, person: PersonId, entries: Sequence[Entry]) -> list[Entry]:
    """Each entry once, under an id that is nobody else's."""
    found = {entry.id: entry for entry in entries}
    taken = {name for batch in _batches(list(found)) for name in brag.get_taken(person, batch)}
    return [
        replace(entry, id=_derive(*person, entry.id)) if entry.id in taken else entry
        for entry in found.values()
    ]


def _find_capture(brag: BragStore, person: PersonId, name: str, now: datetime) -> str:
    """The capture of that id where it is this person's; else one made for this import, or an earlier one."""
    if brag.get_capture_of(person, name) or brag.add_capture(Capture(name, person, CHANNEL, name), now):
        return name
    made = Capture(new_id(), person, CHANNEL, name)
    brag.add_capture(made, now)
    there = brag.get_capture(person, CHANNEL, name)
    return there.id if there else made.id


def _is_there(brag: BragStore, person: PersonId, plan: Plan) -> bool:
    return plan.expectation in brag.get_plans(person, plan.ladder)


def _derive(*parts: str) -> str:
    """An id that is the same for the same parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _batches(everything: Sequence[One]) -> list[Sequence[One]]:
    """Few enough for the variables that a statement may have."""
    return [everything[start : start + BATCH] for start in range(0, len(everything), BATCH)]


def _problem(name: str, part: Mapping[str, Any]) -> Problem:
    """The value itself is never repeated: it may be someone's words."""
    place = "".join(f"[{at}]" if isinstance(at, int) else f".{at}" for at in part["loc"]).lstrip(".")
    message = str(part["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    return Problem(name, 0, place, message, _HINTS.get(part["type"], _USUAL_HINT))
