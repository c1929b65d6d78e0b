"""What the form of an entry showed: whoever sends it later changes what they touched, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from bot.brag.forms import Filled, as_shown
from bot.brag.model import Entry
from bot.ladder.model import Ladder

MARKED = (
    "text",
    "result",
    "happened_on",
    "kind",
    "reach",
    "visibility",
    "links",
    "people",
    "project",
    "goal",
)
STAYING = ("text", "result", "links")
"""For which None says in a form that they stay."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Travels with the form: a mark for each field, and by name what can be touched one by one."""

    entry: str
    marks: Mapping[str, str]
    competencies: tuple[str, ...]

    def pack(self) -> str:
        return json.dumps([self.entry, self.marks, self.competencies], separators=(",", ":"))


def note(entry: Entry, ladder: Ladder | None) -> Shown:
    """What its form shows now."""
    shown = as_shown(entry, ladder)
    marks = {name: _mark(getattr(shown, name)) for name in MARKED}
    return Shown(entry.id, marks, shown.competencies)


def unpack(data: str) -> Shown:
    """Of a form; one opened by an older Rung tells the entry alone."""
    if not data.startswith("["):
        return Shown(data, {}, ())
    entry, marks, competencies = json.loads(data)
    return Shown(entry, marks, tuple(competencies))


def leave_untouched(filled: Filled, shown: Shown, entry: Entry, ladder: Ladder | None) -> Filled:
    """As it was sent; what is as it was shown follows the entry, which may have changed since."""
    if not shown.marks:
        return filled
    now = as_shown(entry, ladder)
    same = [name for name in MARKED if shown.marks.get(name) == _mark(getattr(filled, name))]
    left: dict[str, Any] = {name: None if name in STAYING else getattr(now, name) for name in same}
    dropped = set(shown.competencies) - set(filled.competencies)
    added = [one for one in filled.competencies if one not in shown.competencies]
    kept = [one for one in now.competencies if one not in dropped]
    return replace(filled, **left, competencies=tuple(dict.fromkeys((*kept, *added))))


def _mark(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()[:12]
