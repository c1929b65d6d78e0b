"""What was asked, and what someone said they would do; with what the choice of a question looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    bindparam,
    delete,
    exists,
    func,
    select,
    tuple_,
    update,
)

from bot.brag.model import REACHES
from bot.brag.tables import captures, entries, evidence
from bot.ladder.model import Reach
from bot.nudge.model import Asked, AskedState, Promise, Proof, Situation
from bot.nudge.tables import asked, promises
from bot.outbox.model import Delivery
from bot.outbox.store import Outbox
from bot.outbox.tables import deliveries
from bot.people.model import PersonId, Profile, Standing
from bot.people.store import PeopleStore, people, standings
from bot.storage.prepared import Prepared
from bot.storage.upsert import upsert
from bot.storage.vault import Owner, Vault

WORDS = "promises.words"

_ASKED: tuple[Any, ...] = (
    asked.c.workspace_id,
    asked.c.user_id,
    asked.c.delivery_id,
    asked.c.number,
    asked.c.question_id,
    asked.c.kind,
    asked.c.asked_on,
    asked.c.asked_at,
    asked.c.ladder_id,
    asked.c.level_id,
    asked.c.expectation_id,
    asked.c.state,
    asked.c.answered_at,
)
"""In the order of an Asked."""
_NEWEST = Prepared(
    select(*_ASKED)
    .where(
        asked.c.workspace_id == bindparam("workspace"),
        asked.c.user_id == bindparam("user"),
        asked.c.asked_at >= bindparam("since"),
    )
    .order_by(asked.c.asked_at.desc(), asked.c.number.desc())
    .limit(1)
)


class NudgeStore:
    """Questions about a batch of people of any workspaces, or about one person."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection
        self.outbox = Outbox(connection)

    def get_situations(self, whose: Collection[PersonId], since: datetime) -> dict[PersonId, Situation]:
        """`past` since then. Five statements, however many people there are."""
        known, of = self._get_standings(whose), PeopleStore(self._connection).get_profiles(whose)
        past, proofs, said = self._get_past(whose, since), self._get_proofs(whose), self._get_promises(whose)
        return {
            one: Situation(known.get(one), of.get(one, Profile()), past[one], proofs[one], said[one])
            for one in whose
        }

    def get_situation(self, person: PersonId, since: datetime) -> Situation:
        return self.get_situations([person], since)[person]

    def get_past(self, person: PersonId, since: datetime) -> list[Asked]:
        """What this person was asked since then, oldest first."""
        return self._get_past([person], since)[person]

    def put(self, written: Sequence[Asked]) -> None:
        """Remember what is asked; what is there under the same delivery and number changes."""
        rows = [_asked_row(one) for one in written]
        changing = rows[0].keys() - {"workspace_id", "delivery_id", "number"} if rows else ()
        upsert(self._connection, asked, rows, changing)

    def fall_silent(self, whose: Collection[PersonId], but: Collection[str]) -> None:
        """What is still open of these people stays without a reply, but for these deliveries."""
        is_open = (asked.c.state == "open") & asked.c.delivery_id.not_in(but)
        mine = _is_one_of(whose, asked) & is_open
        self._connection.execute(update(asked).where(mine).values(state="silent"))

    def forget(self, owed: Collection[Delivery]) -> None:
        """What was to be asked by these deliveries, and was not; what was answered all the same stays."""
        if owed:
            names = [(one.workspace, one.id) for one in owed]
            here = [tuple_(t.c.workspace_id, t.c.delivery_id).in_(names) for t in (asked, promises)]
            self._connection.execute(delete(asked).where(here[0], asked.c.answered_at.is_(None)))
            self._connection.execute(update(promises).where(here[1]).values(delivery_id=""))

    def get_rows(self, person: PersonId, delivery: str) -> list[Asked]:
        """Everything one delivery asked this person, in order."""
        here = _owned(asked, person) & (asked.c.delivery_id == delivery)
        rows = self._connection.execute(select(*_ASKED).where(here).order_by(asked.c.number))
        return [_read_asked(row) for row in rows]

    def get_newest(self, person: PersonId, since: datetime) -> Asked | None:
        """What this person was asked last, if that was since then."""
        rows = _NEWEST.read(self._connection, {**person._asdict(), "since": since})
        return next(map(_read_asked, rows), None)

    def set_state(self, one: Asked, state: AskedState, answered_at: datetime | None) -> None:
        here = (asked.c.delivery_id == one.delivery) & (asked.c.number == one.number)
        values = {"state": state, "answered_at": answered_at}
        self._connection.execute(update(asked).where(_owned(asked, one.person) & here).values(values))

    def get_due(self, person: PersonId, delivery: str) -> datetime | None:
        """When a delivery to this person was due."""
        here = _owned(deliveries, person) & (deliveries.c.id == delivery)
        found: datetime | None = self._connection.execute(select(deliveries.c.due_at).where(here)).scalar()
        return found

    def get_message(self, person: PersonId, delivery: str) -> tuple[str, str] | None:
        """Channel and ts of what a delivery to this person became; None until that is known."""
        here = _owned(deliveries, person) & (deliveries.c.id == delivery) & (deliveries.c.ts != "")
        row = self._connection.execute(select(deliveries.c.channel, deliveries.c.ts).where(here)).first()
        return (row.channel, row.ts) if row else None

    def put_promise(self, promise: Promise) -> None:
        """An edit changes the words; whether it was followed up stays."""
        row = {
            **_key(promise.person),
            "channel": promise.channel,
            "ts": promise.ts,
            "words": self._vault.seal(promise.words, Owner(*promise.person), WORDS),
            "made_on": promise.made_on,
            "due_on": promise.due,
            "delivery_id": promise.delivery,
        }
        upsert(self._connection, promises, [row], changing=("words", "due_on"))

    def follow_up(self, promise: Promise, delivery: str) -> None:
        """This delivery asks what became of it; no other one will."""
        here = (promises.c.channel == promise.channel) & (promises.c.ts == promise.ts)
        mine = _owned(promises, promise.person) & here
        self._connection.execute(update(promises).where(mine).values(delivery_id=delivery))

    def delete_promise(self, person: PersonId, channel: str, ts: str) -> None:
        here = (promises.c.channel == channel) & (promises.c.ts == ts)
        self._connection.execute(delete(promises).where(_owned(promises, person) & here))

    def tidy(self, whose: Collection[PersonId], before: date) -> None:
        """Let go of old promises, and of those whose message was taken back or deleted."""
        is_same = [
            promises.c[name] == captures.c[name] for name in ("workspace_id", "user_id", "channel", "ts")
        ]
        is_gone = exists().where(*is_same, captures.c.state.in_(("undone", "deleted")))
        mine = _is_one_of(whose, promises)
        self._connection.execute(delete(promises).where(mine, (promises.c.made_on < before) | is_gone))

    def export(self, person: PersonId) -> dict[str, list[dict[str, Any]]]:
        """Everything kept of this person, to be handed over."""
        asked_rows = self._connection.execute(
            select(*_ASKED).where(_owned(asked, person)).order_by(asked.c.asked_at, asked.c.number)
        )
        said = self._get_promises([person])[person]
        return {
            "asked": [_export_asked(_read_asked(row)) for row in asked_rows],
            "promises": [{"words": one.words, "made_on": one.made_on.isoformat()} for one in said],
        }

    def erase(self, person: PersonId) -> None:
        for table in (asked, promises):
            self._connection.execute(delete(table).where(_owned(table, person)))

    def _get_standings(self, whose: Collection[PersonId]) -> dict[PersonId, Standing]:
        same = [people.c[name] == standings.c[name] for name in ("workspace_id", "user_id", "ladder_id")]
        levels = (standings.c.current_level, standings.c.target_level)
        rows = self._connection.execute(
            select(people.c.workspace_id, people.c.user_id, people.c.ladder_id, *levels)
            .select_from(people.outerjoin(standings, same[0] & same[1] & same[2]))
            .where(_is_one_of(whose, people))
        )
        return {PersonId(*row[:2]): Standing(*row[2:]) for row in rows}

    def _get_past(self, whose: Collection[PersonId], since: datetime) -> defaultdict[PersonId, list[Asked]]:
        rows = self._connection.execute(
            select(*_ASKED)
            .where(_is_one_of(whose, asked), asked.c.asked_at >= since)
            .order_by(asked.c.asked_at, asked.c.number)
        )
        found: defaultdict[PersonId, list[Asked]] = defaultdict(list)
        for one in map(_read_asked, rows):
            found[one.person].append(one)
        return found

    def _get_proofs(
        self, whose: Collection[PersonId]
    ) -> defaultdict[PersonId, defaultdict[str, dict[tuple[str, str], Proof]]]:
        """By person and ladder; only confirmed evidence of kept entries counts."""
        who = (evidence.c.workspace_id, evidence.c.user_id)
        what = (*who, evidence.c.ladder_id, evidence.c.competency_id, evidence.c.expectation_id)
        is_of = (entries.c.workspace_id == evidence.c.workspace_id) & (entries.c.id == evidence.c.entry_id)
        rows = self._connection.execute(
            select(*what, entries.c.reach, func.count(), func.max(entries.c.happened_on))
            .select_from(evidence.join(entries, is_of))
            .where(_is_one_of(whose, evidence))
            .where(evidence.c.is_confirmed, entries.c.state == "kept")
            .group_by(*what, entries.c.reach)
        )
        found: defaultdict[PersonId, defaultdict[str, dict[tuple[str, str], Proof]]]
        found = defaultdict(lambda: defaultdict(dict))
        for workspace, user, ladder, competency, expectation, reach, count, newest in rows:
            mine, key = found[PersonId(workspace, user)][ladder], (competency, expectation)
            mine[key] = _add(mine.get(key), Proof(count, newest, reach))
        return found

    def _get_promises(self, whose: Collection[PersonId]) -> defaultdict[PersonId, list[Promise]]:
        rows = self._connection.execute(
            select(promises).where(_is_one_of(whose, promises)).order_by(promises.c.made_on, promises.c.ts)
        )
        found: defaultdict[PersonId, list[Promise]] = defaultdict(list)
        for one in map(self._read_promise, rows):
            found[one.person].append(one)
        return found

    def _read_promise(self, row: Row[Any]) -> Promise:
        person = PersonId(row.workspace_id, row.user_id)
        words = self._vault.open(row.words, Owner(*person), WORDS)
        return Promise(person, row.channel, row.ts, words, row.made_on, row.due_on, row.delivery_id)


def _add(one: Proof | None, other: Proof) -> Proof:
    if one is None:
        return other
    return Proof(
        one.count + other.count,
        max(one.newest, other.newest),
        _widest(filter(None, (one.reach, other.reach))),
    )


def _widest(reaches: Iterable[Reach]) -> Reach | None:
    return max(reaches, key=REACHES.index, default=None)


def _asked_row(one: Asked) -> dict[str, object]:
    return {
        **_key(one.person),
        "delivery_id": one.delivery,
        "number": one.number,
        "question_id": one.question,
        "kind": one.kind,
        "ladder_id": one.ladder,
        "level_id": one.level,
        "expectation_id": one.expectation,
        "asked_on": one.on,
        "asked_at": one.at,
        "state": one.state,
        "answered_at": one.answered_at,
    }


def _read_asked(row: Sequence[Any]) -> Asked:
    """The columns of `_ASKED`."""
    return Asked(PersonId(row[0], row[1]), *row[2:])


def _export_asked(one: Asked) -> dict[str, Any]:
    return {
        "question": one.question,
        "expectation": one.expectation,
        "ladder": one.ladder,
        "level": one.level,
        "asked_on": one.on.isoformat(),
        "state": one.state,
    }


def _owned(table: Table, person: PersonId) -> ColumnElement[bool]:
    return (table.c.workspace_id == person.workspace) & (table.c.user_id == person.user)


def _is_one_of(whose: Collection[PersonId], table: Table) -> ColumnElement[bool]:
    return tuple_(table.c.workspace_id, table.c.user_id).in_(whose)


def _key(person: PersonId) -> dict[str, object]:
    return {"workspace_id": person.workspace, "user_id": person.user}
