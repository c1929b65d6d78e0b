"""What goes into an export, put in the order of the level it is for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.brag.model import REACHES, Entry, Evidence, Plan
from bot.brag.period import Period
from bot.ladder.model import Competency, Family, Ladder, Level, Statement
from bot.people.model import PersonId

MOST_FURTHEST = 5
WITH_OTHERS: frozenset[Family] = frozenset({"growing-others", "team", "collaboration"})

_DOCUMENT = re.compile(
    r"\b(?:docs?|documents?|documentation|design(?:s|ed)?|rfcs?|adrs?|wiki|notion|confluence|figma|miro"
    r"|proposals?|runbooks?|readme|guides?|blog|slides|talk|specs?|postmortem|handbook)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Packet:
    """Someone's entries of a period, and what they are held against. `names` is Slack id → name."""

    person: PersonId
    owner: str
    entries: Sequence[Entry]
    period: Period | None
    made_on: date
    ladder: Ladder | None = None
    current: Level | None = None
    target: Level | None = None
    plans: Sequence[Plan] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def newest_first(self) -> list[Entry]:
        return sorted(self.entries, key=_age, reverse=True)


@dataclass(frozen=True, slots=True)
class Expected:
    """An expectation of the level with the evidence for it."""

    statement: Statement
    entries: tuple[Entry, ...]
    plan: Plan | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A competency: its expectations, and evidence that names none of them (perhaps another level's)."""

    name: str
    expected: tuple[Expected, ...]
    whole: tuple[Entry, ...]

    @property
    def has_evidence(self) -> bool:
        return bool(self.whole) or any(one.entries for one in self.expected)


def chapters_of(packet: Packet) -> list[Chapter]:
    """By competency of the level, then what is confirmed for competencies outside its track."""
    ladder = packet.ladder
    if ladder is None:
        return []
    held = (
        ladder.competencies_of(packet.target.track) if packet.target else tuple(ladder.competencies.values())
    )
    evidence = _confirmed(packet, ladder)
    chapters = [_chapter(packet, ladder, competency, evidence) for competency in held]
    known = {name for competency in held for name in (competency.id, *competency.was)}
    others = dict.fromkeys(one.competency for _, one in evidence if one.competency not in known)
    for other in others:
        competency = ladder.competencies.get(other)
        name = competency.name if competency else f"{other} (no longer on the ladder)"
        chapters.append(Chapter(name, (), _once(entry for entry, one in evidence if one.competency == other)))
    return [chapter for chapter in chapters if chapter.expected or chapter.whole]


def unplaced(packet: Packet) -> list[Entry]:
    """Entries that are confirmed for no competency of the ladder."""
    ladder = packet.ladder
    return [entry for entry in packet.newest_first if ladder is None or not entry.confirmed(ladder.id)]


def furthest(packet: Packet) -> list[Entry]:
    """A few wins that reached beyond one's own team, widest first, with an outcome before others."""
    wins = (entry for entry in packet.newest_first if entry.kind == "win")
    far = [entry for entry in wins if entry.reach not in (None, "me", "team")]
    far.sort(key=lambda entry: (REACHES.index(entry.reach or "me"), entry.result == "said"), reverse=True)
    return far[:MOST_FURTHEST]


def by_name(packet: Packet, name_of: Callable[[Entry], str]) -> dict[str, list[Entry]]:
    """By project or goal, the one with the newest entry first, under the name as it was written last."""
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in packet.newest_first:
        if name := name_of(entry):
            groups[name.casefold()].append(entry)
    return {name_of(group[0]): group for group in groups.values()}


def by_person(packet: Packet) -> dict[str, list[Entry]]:
    """Slack id of a colleague → entries with them, the most frequent first."""
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in packet.newest_first:
        for person in entry.words.people:
            groups[person].append(entry)
    return dict(sorted(groups.items(), key=lambda pair: -len(pair[1])))


def for_others(packet: Packet) -> list[Entry]:
    """Confirmed for a competency about working with others or growing them, with nobody named."""
    ladder = packet.ladder
    if ladder is None:
        return []
    names = {c.id for c in ladder.competencies.values() if WITH_OTHERS & set(c.families)}
    return [
        entry
        for entry in packet.newest_first
        if not entry.words.people and any(one.competency in names for one in entry.confirmed(ladder.id))
    ]


def with_links(packet: Packet) -> tuple[list[Entry], list[Entry]]:
    """Entries with links: those about something written or designed, and the others."""
    linked = [entry for entry in packet.newest_first if entry.words.links]
    written = [
        entry for entry in linked if _DOCUMENT.search(" ".join((entry.words.text, *entry.words.links)))
    ]
    return written, [entry for entry in linked if entry not in written]


def by_month(packet: Packet) -> dict[str, list[Entry]]:
    """`September 2026` → entries, newest first."""
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in packet.newest_first:
        groups[f"{entry.happened_on:%B %Y}"].append(entry)
    return dict(groups)


def _chapter(
    packet: Packet, ladder: Ladder, competency: Competency, evidence: Sequence[tuple[Entry, Evidence]]
) -> Chapter:
    own = [(entry, one) for entry, one in evidence if one.competency in (competency.id, *competency.was)]
    statements = ladder.expected_at(packet.target, competency) if packet.target else ()
    expected = [_expected(packet, statement, own) for statement in statements if statement.kind != "fact"]
    named = {name for statement in statements for name in _ids(statement)}
    shown = tuple(one for one in expected if one.entries or one.statement.kind == "expectation")
    return Chapter(competency.name, shown, _once(entry for entry, one in own if one.expectation not in named))


def _expected(packet: Packet, statement: Statement, own: Sequence[tuple[Entry, Evidence]]) -> Expected:
    ids = _ids(statement)
    ladder = packet.ladder.id if packet.ladder else ""
    plan = next((plan for plan in packet.plans if plan.ladder == ladder and plan.expectation in ids), None)
    return Expected(statement, _once(entry for entry, one in own if one.expectation in ids), plan)


def _confirmed(packet: Packet, ladder: Ladder) -> list[tuple[Entry, Evidence]]:
    return [(entry, one) for entry in packet.newest_first for one in entry.confirmed(ladder.id)]


def _ids(statement: Statement) -> tuple[str, ...]:
    return (statement.id, *statement.was)


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.id: entry for entry in entries}.values())


def _age(entry: Entry) -> tuple[date, float, int, str]:
    return entry.happened_on, entry.created_at.timestamp(), -entry.position, entry.id
