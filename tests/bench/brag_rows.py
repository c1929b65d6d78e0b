"""A company's brag documents: someone's 5,000 entries among all, and people who confirmed 200 each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

from sqlalchemy import Connection

from bot import clock
from bot.brag import model, service
from bot.brag.model import Entry, Evidence
from bot.brag.service import Keeping
from bot.brag.store import BragStore
from bot.ids import new_id
from bot.ladder.load import read_ladder
from bot.ladder.model import Ladder
from bot.people.model import PersonId, Standing
from bot.people.store import PeopleStore
from bot.storage.database import Database
from bot.storage.keys import open_vault
from bot.storage.migrate import upgrade

LADDER, TARGET = Path("ladders/artsy.yaml"), "ic6"
TEAM, PROLIFIC = "T0001", "UANA"
CONFIRMING = [f"UCONFIRMS{number}" for number in range(100)]
MANY, CONFIRMED = 5_000, 200
LONG_AGO = timedelta(days=1_000)
DIFFERENT = 1_000  # texts
AT_ONCE = 10  # entries that came with one capture

DID = ("Led", "Reviewed", "Shipped", "Wrote", "Debugged", "Mentored Kai in", "Planned", "Simplified")
THING = (
    "the design of the payment retries",
    "an incident review with the data team",
    "the onboarding guide for new engineers",
    "a migration of the orders table without downtime",
    "the rollout of feature flags to three squads",
    "a proposal for shared test environments",
    "the alerts that woke people at night",
    "a workshop about reading query plans",
)
RESULT = (
    "which took the error rate from 2% to 0.1%",
    "so that releases no longer wait for each other",
    "and two other teams took it over",
    "after talking with support about what hurts most",
    "see https://example.test/docs/{number}",
)


def fill(folder: str, entries: int, people: int) -> None:
    """The database of a Rung not yet started: so many entries, by so many people."""
    ladder = read_ladder(LADDER)
    drafts = _draft_some(ladder)
    others = [f"UOTHER{number}" for number in range(people - 1 - len(CONFIRMING))]
    counts = {PROLIFIC: MANY} | dict.fromkeys(CONFIRMING, CONFIRMED)
    counts |= dict.fromkeys(others, (entries - sum(counts.values())) // len(others))
    with closing(open_database(folder)) as database:
        upgrade(database.engine)
        store = open_store(database)
        for user, count in counts.items():
            person = PersonId(TEAM, user)
            database.write_now(PeopleStore, _settle_in, person, ladder)
            database.write_now(store, _write_down, person, count, drafts)


def open_database(folder: str) -> Database:
    return Database(f"sqlite:///{folder}/rung.db")


def open_store(database: Database) -> Callable[[Connection], BragStore]:
    """With the key that lies beside the database, as Rung itself does it."""
    return partial(BragStore, open_vault(None, database, clock.now()))


def say_something(number: int) -> str:
    """The words of an entry, others for every number."""
    pick = random.Random(number).choice
    return f"{pick(DID)} {pick(THING)}, {pick(RESULT).format(number=number)} (no. {number})"


def _settle_in(people: PeopleStore, person: PersonId, ladder: Ladder) -> None:
    people.set_levels(person, Standing(ladder.id, None, TARGET), clock.now())
    people.change_profile(person, {"zone": "Europe/Berlin"}, clock.now())


def _draft_some(ladder: Ladder) -> list[Entry]:
    """What people write, to be given to each of them; how it is read is not what is measured."""
    nobody, suggestions = PersonId(TEAM, ""), cycle(_suggestions_of(ladder))
    capture = service.new_capture(nobody, service.COMMAND, "")
    keeping = Keeping(nobody, clock.now().date(), clock.now(), lambda _: next(suggestions))
    return service.draft_entries(capture, [say_something(number) for number in range(DIFFERENT)], keeping)


def _write_down(brag: BragStore, person: PersonId, count: int, drafts: Sequence[Entry]) -> None:
    """All of them in days gone by; every other one confirmed, or all where that is asked."""
    confirms = 1 if person.user in CONFIRMING else 2
    written = []
    for number, draft in zip(range(count), cycle(drafts), strict=False):
        if number % AT_ONCE == 0:
            then = clock.now() - LONG_AGO * (1 - number / count) - timedelta(days=1)
            capture = service.new_capture(person, service.COMMAND, new_id())
            brag.add_capture(capture, then)
        entry = replace(
            draft,
            id=new_id(),
            person=person,
            capture=capture.id,
            position=number % AT_ONCE,
            happened_on=then.date(),
            created_at=then,
        )
        written.append(model.confirm(entry, entry.evidence[0]) if number % confirms == 0 else entry)
    brag.put(written)


def _suggestions_of(ladder: Ladder) -> Iterator[tuple[Evidence, ...]]:
    """Three competencies at a time, as a suggestion has them, by turns every one."""
    level = ladder.levels[TARGET]
    held = [
        Evidence(ladder.id, level.id, one.id, statement.id, words=("design", "retries", "payment"))
        for one in ladder.competencies_of(level.track)
        for statement in ladder.expected_at(level, one)[:1]
    ]
    for place in range(len(held)):
        yield tuple(held[place - step] for step in range(3))
