"""What the choice of a question looks at, read for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    Table,
    and_,
    bindparam,
    func,
    select,
)

from bot.brag.model import REACHES
from bot.brag.tables import entries, evidence
from bot.ladder.model import Reach
from bot.nudge.model import Asked, Promise, Proof, Proofs, Situation
from bot.nudge.tables import asked, promises
from bot.people.model import PersonId, Profile, Standing
from bot.people.store import PROFILE, people, profiles, read_profile, standings
from bot.storage.given import given, pack
from bot.storage.prepared import Prepared
from bot.storage.tables import Moment
from bot.storage.vault import Owner, Vault

WORDS = "promises.words"

ASKED: tuple[Any, ...] = (
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

PROMISED: tuple[Any, ...] = (
    promises.c.workspace_id,
    promises.c.user_id,
    promises.c.channel,
    promises.c.ts,
    promises.c.words,
    promises.c.made_on,
    promises.c.due_on,
    promises.c.delivery_id,
)
"""In the order of a Promise, its words sealed."""


class Situations:
    """Four statements, however many people there are."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection

    def get(self, whose: Collection[PersonId], since: datetime) -> dict[PersonId, Situation]:
        """`past` since then."""
        these = pack(whose)
        known, past = self._get_people(these), self.get_past(whose, since)
        proofs, said = self._get_proofs(these), self.get_promises(whose)
        return {one: Situation(*known[one], past[one], proofs[one], said[one]) for one in whose}

    def _get_people(self, these: Mapping[str, str]) -> dict[PersonId, tuple[Standing | None, Profile]]:
        rows = _PEOPLE.read(self._connection, these)
        return {
            PersonId(workspace, user): (
                Standing(ladder, current, target) if ladder else None,
                read_profile(*mine) if mine[0] is not None else Profile(),
            )
            for workspace, user, ladder, current, target, *mine in rows
        }

    def get_past(self, whose: Collection[PersonId], since: datetime) -> defaultdict[PersonId, list[Asked]]:
        rows = _PAST.read(self._connection, {**pack(whose), "since": since})
        found: defaultdict[PersonId, list[Asked]] = defaultdict(list)
        for one in map(read_asked, rows):
            found[one.person].append(one)
        return found

    def _get_proofs(self, these: Mapping[str, str]) -> Mapping[PersonId, Mapping[str, Proofs]]:
        """By person and ladder."""
        found: defaultdict[PersonId, defaultdict[str, dict[tuple[str, str], Proof]]]
        found = defaultdict(lambda: defaultdict(dict))
        rows = _PROOFS.read(self._connection, these)
        for workspace, user, ladder, competency, expectation, reach, count, newest in rows:
            mine, key = found[PersonId(workspace, user)][ladder], (competency, expectation)
            mine[key] = _add(mine.get(key), Proof(count, newest, reach))
        return found

    def get_last_kept(self, whose: Collection[PersonId]) -> dict[PersonId, datetime]:
        rows = _LAST_KEPT.read(self._connection, pack(whose))
        return {PersonId(workspace, user): at for workspace, user, at in rows}

    def get_promises(self, whose: Collection[PersonId]) -> defaultdict[PersonId, list[Promise]]:
        found: defaultdict[PersonId, list[Promise]] = defaultdict(list)
        for workspace, user, channel, ts, sealed, *rest in _PROMISES.read(self._connection, pack(whose)):
            person = PersonId(workspace, user)
            words = self._vault.open(sealed, Owner(*person), WORDS)
            found[person].append(Promise(person, channel, ts, words, *rest))
        return found


def read_asked(row: Iterable[Any]) -> Asked:
    """The columns of `ASKED`."""
    workspace, user, *rest = row
    return Asked(PersonId(workspace, user), *rest)


def people_given(dialect: str, **more: String) -> Subquery:
    """Pairs of PersonId, packed."""
    return given(dialect, workspace_id=String(), user_id=String(), **more)


def is_of(whose: Subquery, table: Table | Subquery) -> ColumnElement[bool]:
    return and_(*(table.c[name] == whose.c[name] for name in ("workspace_id", "user_id")))


def _people(dialect: str) -> Select[Any]:
    """Everyone, known or not."""
    whose = people_given(dialect)
    levels = (people.c.ladder_id, standings.c.current_level, standings.c.target_level)
    is_on = standings.c.ladder_id == people.c.ladder_id
    return select(*whose.c, *levels, *PROFILE).select_from(
        whose.outerjoin(people, is_of(whose, people))
        .outerjoin(standings, is_of(whose, standings) & is_on)
        .outerjoin(profiles, is_of(whose, profiles))
    )


def _past(dialect: str) -> Select[Any]:
    is_wanted = is_of(people_given(dialect), asked) & (asked.c.asked_at >= bindparam("since", type_=Moment))
    return select(*ASKED).where(is_wanted).order_by(asked.c.asked_at, asked.c.number)


def _proofs(dialect: str) -> Select[Any]:
    """Only confirmed evidence of kept entries counts."""
    what = [
        evidence.c[name]
        for name in ("workspace_id", "user_id", "ladder_id", "competency_id", "expectation_id")
    ]
    is_from = (entries.c.workspace_id == evidence.c.workspace_id) & (entries.c.id == evidence.c.entry_id)
    return (
        select(*what, entries.c.reach, func.count(), func.max(entries.c.happened_on))
        .where(is_of(people_given(dialect), evidence), evidence.c.is_confirmed)
        .where(is_from, entries.c.state == "kept")
        .group_by(*what, entries.c.reach)
    )


def _promises(dialect: str) -> Select[Any]:
    mine = is_of(people_given(dialect), promises)
    return select(*PROMISED).where(mine).order_by(promises.c.made_on, promises.c.ts)


def _last_kept(dialect: str) -> Select[Any]:
    whose = (entries.c.workspace_id, entries.c.user_id)
    is_theirs = is_of(people_given(dialect), entries) & (entries.c.state == "kept")
    return select(*whose, func.max(entries.c.created_at)).where(is_theirs).group_by(*whose)


_PEOPLE, _PAST, _PROOFS, _PROMISES = map(Prepared, (_people, _past, _proofs, _promises))
_LAST_KEPT = Prepared(_last_kept)


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
