"""Captures, entries and their evidence; every question names the workspace and the owner."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cache, partial

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, select, update

from bot.brag.model import Capture, CaptureState, Entry, Evidence, Plan, Record, Words
from bot.brag.period import Period
from bot.brag.sealing import ENTRY, EVIDENCE, SAID, Sealing, key_of, unpack_words
from bot.brag.stretch import Stretch
from bot.brag.tables import LATEST, NEWEST, captures, entries, evidence, plans
from bot.outbox.model import Delivery
from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.people.store import PeopleStore
from bot.storage.prepared import Prepared
from bot.storage.upsert import adding, upsert
from bot.storage.vault import Owner, Vault

PLAN = "plans.text"
Sieve = Callable[[str], bool]

FEW = 500  # entries whose evidence is asked for by their ids


class BragStore:
    """Questions about one person's brag document, in the transaction of what is owed for it."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._sealing = Sealing(vault)
        self.connection = connection
        """For what else is written together with this."""
        self._people = PeopleStore(connection)
        self.outbox = Outbox(connection)

    def add_capture(self, capture: Capture, now: datetime) -> bool:
        """False where the same was captured before."""
        row = {
            **key_of(capture.person),
            "id": capture.id,
            "channel": capture.channel,
            "ts": capture.ts,
            "state": capture.state,
            "edited": capture.edited,
            "result_of": capture.result_of,
            "created_at": now,
        }
        return _ADD_CAPTURE.write(self.connection, [row]) > 0

    def get_capture(self, person: PersonId, channel: str, ts: str) -> Capture | None:
        here = (captures.c.channel == channel) & (captures.c.ts == ts)
        return self._get_capture(_owned(captures, person) & here)

    def get_capture_of(self, person: PersonId, capture_id: str) -> Capture | None:
        return self._get_capture(_owned(captures, person) & (captures.c.id == capture_id))

    def set_capture(self, capture: Capture, state: CaptureState, edited: str = "") -> None:
        here = _owned(captures, capture.person) & (captures.c.id == capture.id)
        values = {"state": state, "edited": edited or capture.edited, "result_of": capture.result_of}
        self.connection.execute(update(captures).where(here).values(values))

    def mark(self, words: Words, person: PersonId) -> str:
        """The same for the same words of one person; it tells nothing of them."""
        return self._sealing.mark(words, person)

    def set_aside(self, capture: Capture) -> None:
        """It stays, and another may have its ts."""
        here = _owned(captures, capture.person) & (captures.c.id == capture.id)
        self.connection.execute(update(captures).where(here).values(ts=capture.id))

    def forget_capture(self, capture: Capture) -> None:
        """As if it never was; it holds no entries."""
        here = _owned(captures, capture.person) & (captures.c.id == capture.id)
        self.connection.execute(delete(captures).where(here))

    def add(self, written: Sequence[Entry]) -> None:
        """Add entries that are new, with their evidence."""
        for person in {entry.person for entry in written if any(one.is_confirmed for one in entry.evidence)}:
            self._people.count_change(person)
        if written:
            _ADD_ENTRIES.write(self.connection, [self._sealing.entry_row(entry) for entry in written])
            self._add_evidence(written)

    def put(self, written: Sequence[Entry]) -> None:
        """Add entries, or change those that are there, with their evidence."""
        if not written:
            return
        rows = [self._sealing.entry_row(entry) for entry in written]
        upsert(self.connection, entries, rows, changing=rows[0].keys() - {"workspace_id", "id", "user_id"})
        for person in {entry.person for entry in written}:
            ids = [entry.id for entry in written if entry.person == person]
            theirs = select(entries.c.id).where(_owned(entries, person) & entries.c.id.in_(ids))
            here = evidence.c.workspace_id == person.workspace
            self.connection.execute(delete(evidence).where(here & evidence.c.entry_id.in_(theirs)))
            self._people.count_change(person)
        self._add_evidence(written)

    def _add_evidence(self, written: Sequence[Entry]) -> None:
        rows = [
            self._sealing.evidence_row(entry, one, place)
            for entry in written
            for place, one in enumerate(entry.evidence)
        ]
        if rows:
            _ADD_EVIDENCE.write(self.connection, rows)

    def get(self, person: PersonId, ids: Collection[str]) -> list[Entry]:
        """Those of these entries that are this person's."""
        return self._select(person, entries.c.id.in_(ids))

    def get_taken(self, person: PersonId, ids: Collection[str]) -> frozenset[str]:
        """Those of these ids that are entries of someone else in the workspace."""
        theirs = (entries.c.workspace_id == person.workspace) & (entries.c.user_id != person.user)
        found = self.connection.execute(select(entries.c.id).where(theirs & entries.c.id.in_(ids)))
        return frozenset(found.scalars())

    def get_of_capture(self, capture: Capture) -> list[Entry]:
        """Its entries, in order."""
        found = self._select(capture.person, entries.c.capture_id == capture.id)
        return sorted(found, key=lambda entry: entry.position)

    def get_kept(self, person: PersonId, period: Period | None = None) -> list[Entry]:
        """Everything kept, newest first."""
        return self._select(person, _is_kept(period))

    def get_page(
        self, person: PersonId, period: Period | None, start: int, size: int, *, only_shared: bool = False
    ) -> Stretch:
        """What is kept, newest first; read are those from `start` on, or the last page."""
        mine = _owned(entries, person) & _is_kept(period)
        if only_shared:
            mine &= entries.c.visibility == "shared"
        count = self.connection.execute(select(func.count()).where(mine)).scalar_one()
        place = max(0, min(start, (count - 1) // size * size))
        here = select(entries.c.id).where(mine).order_by(*NEWEST).offset(place).limit(size)
        return Stretch(self.get(person, self.connection.execute(here).scalars().all()), place, count)

    def get_kept_since(self, person: PersonId, since: datetime, size: int) -> Stretch:
        """What was kept after that moment; read are the few that were kept last."""
        mine = _owned(entries, person) & _is_kept() & (entries.c.created_at > since)
        last = select(entries.c.id).where(mine).order_by(*LATEST)
        ids = self.connection.execute(last).scalars().all()
        return Stretch(self.get(person, ids[:size]), 0, len(ids))

    def get_kept_to_search(self, person: PersonId, may_find: Sieve = lambda _: True) -> list[Entry]:
        """What is kept, newest first: day and words, and nothing else.

        `may_find` is asked of the words as they are packed, which spares unpacking thousands of them.
        """
        rows = _TO_SEARCH.read(self.connection, person._asdict())
        opened = ((self._sealing.open_words(sealed, person), *rest) for sealed, *rest in rows)
        return [
            Entry(name, person, "", place, unpack_words(packed), day, then)
            for packed, name, place, day, then in opened
            if may_find(packed)
        ]

    def get_record(self, person: PersonId, period: Period | None = None) -> Record:
        """Everything kept as coverage counts it. Many speak for the same, which comes as one row."""
        brief = select(entries.c.id, entries.c.happened_on, entries.c.reach)
        mine = brief.where(_owned(entries, person) & _is_kept(period)).order_by(*NEWEST)
        kept = {name: (day, reach) for name, day, reach in self.connection.execute(mine).all()}
        same = func.aggregate_strings(evidence.c.entry_id, ",")
        rows = self.connection.execute(select(same, *SAID).where(_owned(evidence, person)).group_by(*SAID))
        return Record(kept, {Evidence(*said): kept.keys() & names.split(",") for names, *said in rows})

    def get_open(self, person: PersonId, start: datetime, end: datetime) -> list[Entry]:
        """Entries kept in that time of which nobody said yet what came of them."""
        when = (entries.c.created_at >= start) & (entries.c.created_at < end)
        return self._select(person, when & (entries.c.state == "kept") & (entries.c.result == "open"))

    def is_by_reaction(self, capture: Capture, since: datetime) -> bool:
        """Did a reaction capture this, since then?"""
        reacted = self.outbox.get_once(capture.person.workspace, f"reacted:{capture.id}")
        return reacted is not None and reacted.due_at >= since

    def get_confirmed(self, person: PersonId, ladder: str) -> list[tuple[str, str]]:
        """Texts of kept entries with a competency the person confirmed for each."""
        statement = (
            select(entries.c.words, evidence.c.competency_id)
            .join(evidence, _is_evidence)
            .where(_owned(entries, person) & _owned(evidence, person))
            .where(evidence.c.ladder_id == ladder, evidence.c.is_confirmed)
        )
        return [
            (self._sealing.read_words(row.words, person).text, row.competency_id)
            for row in self.connection.execute(statement)
        ]

    def count(self, person: PersonId, period: Period | None = None) -> int:
        """How many entries are kept."""
        mine = _owned(entries, person) & _is_kept(period)
        return int(self.connection.execute(select(func.count()).where(mine)).scalar_one())

    def delete(self, person: PersonId, ids: Collection[str]) -> None:
        """For good, with their evidence."""
        for table, column in ((evidence, evidence.c.entry_id), (entries, entries.c.id)):
            self.connection.execute(delete(table).where(_owned(table, person) & column.in_(ids)))
        self._people.count_change(person)

    def get_receipt(self, capture: Capture) -> Delivery | None:
        """The message that says what was kept of a capture; after a reaction it is what fetched the words.

        What was answered first, and kept after all, is said in the place of that answer.
        """
        names = (f"{kind}:{capture.id}" for kind in ("receipt", "reacted", "answer"))
        found = (self.outbox.get_once(capture.person.workspace, name) for name in names)
        return next(filter(None, found), None)

    def put_plan(self, person: PersonId, plan: Plan) -> None:
        row = {
            **key_of(person),
            "ladder_id": plan.ladder,
            "expectation_id": plan.expectation,
            "text": self._vault.seal(plan.text, Owner(*person), PLAN),
            "made_at": plan.made_at,
        }
        upsert(self.connection, plans, [row], changing=("text", "made_at"))

    def delete_plan(self, person: PersonId, ladder: str, expectation: str) -> None:
        this = (plans.c.ladder_id == ladder) & (plans.c.expectation_id == expectation)
        self.connection.execute(delete(plans).where(_owned(plans, person) & this))

    def get_plans(self, person: PersonId, ladder: str) -> dict[str, Plan]:
        """Those of a ladder, by expectation."""
        found = self._select_plans(person, plans.c.ladder_id == ladder)
        return {plan.expectation: plan for plan in found}

    def get_all_plans(self, person: PersonId) -> list[Plan]:
        return self._select_plans(person)

    def _select_plans(self, person: PersonId, *wanted: ColumnElement[bool]) -> list[Plan]:
        rows = self.connection.execute(select(plans).where(_owned(plans, person), *wanted))
        return [
            Plan(
                row.ladder_id,
                row.expectation_id,
                self._vault.open(row.text, Owner(*person), PLAN),
                row.made_at,
            )
            for row in rows
        ]

    def _get_capture(self, wanted: ColumnElement[bool]) -> Capture | None:
        row = self.connection.execute(select(captures).where(wanted)).first()
        if row is None:
            return None
        person = PersonId(row.workspace_id, row.user_id)
        return Capture(row.id, person, row.channel, row.ts, row.state, row.edited, row.result_of)

    def _select(self, person: PersonId, wanted: ColumnElement[bool]) -> list[Entry]:
        """Newest first."""
        statement = select(*ENTRY).where(_owned(entries, person) & wanted).order_by(*NEWEST)
        rows = self.connection.execute(statement).all()
        found = self._evidence_of(person, [row[0] for row in rows]) if rows else {}
        return [self._sealing.read_entry(row, person, found.get(row[0], ())) for row in rows]

    def _evidence_of(self, person: PersonId, ids: Sequence[str]) -> dict[str, list[Evidence]]:
        """By entry, the best first. Of many all is read; a join would read everyone's, as SQLite plans it."""
        which = _owned(evidence, person)
        if len(ids) <= FEW:
            which = (evidence.c.workspace_id == person.workspace) & evidence.c.entry_id.in_(ids)
        statement = select(*EVIDENCE).where(which).order_by(evidence.c.position)
        read = cache(partial(self._sealing.read_evidence, person))  # many entries speak for the same
        found: dict[str, list[Evidence]] = {}
        for row in self.connection.execute(statement).all():
            found.setdefault(row[0], []).append(read(row[1:]))
        return found


_is_evidence = (evidence.c.workspace_id == entries.c.workspace_id) & (evidence.c.entry_id == entries.c.id)


# What someone waits for who looks through everything.
_TO_SEARCH = Prepared(
    select(entries.c.words, entries.c.id, entries.c.position, entries.c.happened_on, entries.c.created_at)
    .where(
        entries.c.workspace_id == bindparam("workspace"),
        entries.c.user_id == bindparam("user"),
        entries.c.state == "kept",
    )
    .order_by(*NEWEST)
)

# What someone waits for who keeps something.
_ADD_CAPTURE = Prepared(lambda dialect: adding(dialect, captures))
_ADD_ENTRIES, _ADD_EVIDENCE = Prepared(entries.insert()), Prepared(evidence.insert())


def _is_kept(period: Period | None = None) -> ColumnElement[bool]:
    kept = entries.c.state == "kept"
    return kept & entries.c.happened_on.between(period.start, period.end) if period else kept


def _owned(table: Table, person: PersonId) -> ColumnElement[bool]:
    return (table.c.workspace_id == person.workspace) & (table.c.user_id == person.user)
