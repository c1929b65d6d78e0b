"""A small ladder, and entries that speak for its expectations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from bot.brag.model import Entry, Evidence, Plan, Record, Words
from bot.ladder.load import parse_ladder
from bot.ladder.model import Ladder, Level, Reach
from bot.people.model import PersonId

TODAY = date(2026, 11, 20)
ANA = PersonId("T", "ANA")

SMALL = parse_ladder(
    """\
id: small
name: Small
version: "1.0"
summary: Two levels.
source: { name: Rung }
tracks:
  - { id: ic, name: Individual contributor }
competencies:
  - { id: craft, name: Craft, tracks: [ic], was: [code] }
  - { id: words, name: Words, tracks: [ic] }
  - { id: people, name: People, tracks: [ic] }
levels:
  - id: junior
    title: Junior
    track: ic
    rank: 1
    reach: team
    expects:
      craft: [{ id: j-tests, text: Writes tests. }]
      words: [{ id: j-asks, text: Asks early. }]
      people: []
  - id: senior
    title: Senior
    track: ic
    rank: 2
    reach: teams
    expects:
      craft:
        - { id: s-designs, text: Designs for change., was: [s-plans] }
        - { id: s-reviews, text: Reviews kindly. }
        - { id: s-hours, text: Half the week is coding., kind: fact }
      words: []
      people:
        - { id: s-mentors, text: Mentors two people. }
        - { id: s-speaks, text: Speaks at meetups., kind: bonus }
  - { id: staff, title: Staff, track: ic, rank: 3, status: named }
""",
    "small.yaml",
)
SENIOR = SMALL.levels["senior"]

_numbers = count()


def speaks_for(
    *expectations: str, days: int = 0, reach: Reach | None = None, is_confirmed: bool = True
) -> Entry:
    """An entry of so many days ago; `craft:` is evidence for the competency alone."""
    full = (name if ":" in name else f"{competency_of(name)}:{name}" for name in expectations)
    evidence = tuple(
        Evidence("small", "senior", competency, expectation, is_confirmed)
        for competency, _, expectation in (name.partition(":") for name in full)
    )
    day = TODAY - timedelta(days=days)
    made = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Entry(
        f"e{next(_numbers)}", ANA, "c", 0, Words("Did it"), day, made, reach=reach, evidence=evidence
    )


def suggests(*expectations: str, days: int = 0) -> Entry:
    return speaks_for(*expectations, days=days, is_confirmed=False)


def competency_of(expectation: str) -> str:
    held = {name: one.competency for one in SMALL.statements() for name in (one.id, *one.was)}
    return held[expectation]


def record_of(entries: Iterable[Entry] = ()) -> Record:
    """These entries as coverage counts them."""
    newest_first = sorted(entries, key=lambda entry: entry.happened_on, reverse=True)
    speaking: defaultdict[Evidence, set[str]] = defaultdict(set)
    for entry in newest_first:
        for one in entry.evidence:
            speaking[replace(one, words=())].add(entry.id)
    return Record({entry.id: (entry.happened_on, entry.reach) for entry in newest_first}, speaking)


def on_ladder(entry: Entry, ladder: str) -> Entry:
    return replace(entry, evidence=tuple(replace(one, ladder=ladder) for one in entry.evidence))


def plan(expectation: str, text: str = "When a design review opens, I will ask what fails first.") -> Plan:
    return Plan("small", expectation, text, datetime(2026, 11, 1, tzinfo=UTC))


def one_entry_each(ladder: Ladder, level: Level) -> Iterable[Entry]:
    """For every statement of the level a confirmed entry and a suggestion."""
    for competency in ladder.competencies_of(level.track):
        for statement in ladder.expected_at(level, competency):
            one = Evidence(ladder.id, level.id, competency.id, statement.id)
            yield replace(suggests(), evidence=(one,))
            yield replace(speaks_for(reach="me"), evidence=(replace(one, is_confirmed=True),))


def with_competencies(number: int) -> Ladder:
    """The small ladder with so many competencies, each as much as craft."""
    craft = SMALL.competencies["craft"]
    many = {f"c{n}": replace(craft, id=f"c{n}", name=f"Competency {n}") for n in range(number)}
    cells = {(level, name): SMALL.cell(level, "craft") for level in SMALL.levels for name in many}
    return replace(SMALL, competencies=many, cells=cells)
