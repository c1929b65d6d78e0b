"""People and their standings, asked and changed by workspace and person only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    String,
    Table,
    bindparam,
    false,
    select,
    update,
)

from bot.people.model import PersonId, Profile, Standing
from bot.rhythm.days_off import DaysOff
from bot.storage.prepared import Prepared
from bot.storage.tables import metadata
from bot.storage.upsert import upsert

people = Table(
    "people",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("ladder_id", String(80), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# One row a ladder, so that switching ladders hides levels and never deletes them.
standings = Table(
    "standings",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("ladder_id", String(80), primary_key=True),
    Column("current_level", String(80)),
    Column("target_level", String(80)),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# Everyone who used Rung; `standings` and `people` begin with the first choice of a ladder.
profiles = Table(
    "profiles",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("zone", String(64), nullable=False),
    Column("shares_new", Boolean, nullable=False),
    Column("days_off", String(400), nullable=False),
    Column("paused_until", Date),
    Column("is_greeted", Boolean, nullable=False, server_default=false()),
    Column("changes", Integer, nullable=False, server_default="0"),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

_LEVELS = (people.c.ladder_id, standings.c.current_level, standings.c.target_level)
_IS_ON = (
    (people.c.workspace_id == standings.c.workspace_id)
    & (people.c.user_id == standings.c.user_id)
    & (people.c.ladder_id == standings.c.ladder_id)
)
_STANDING = Prepared(
    select(*_LEVELS)
    .select_from(people.outerjoin(standings, _IS_ON))
    .where(people.c.workspace_id == bindparam("workspace"), people.c.user_id == bindparam("user"))
)

PROFILE = (
    profiles.c.zone,
    profiles.c.shares_new,
    profiles.c.days_off,
    profiles.c.paused_until,
    profiles.c.is_greeted,
    profiles.c.changes,
)
_PROFILE_OF = Prepared(
    select(*PROFILE).where(
        profiles.c.workspace_id == bindparam("workspace"), profiles.c.user_id == bindparam("user")
    )
)

_BOTH_OF = Prepared(
    select(*PROFILE, *_LEVELS)
    .select_from(
        profiles.outerjoin(
            people,
            (people.c.workspace_id == profiles.c.workspace_id) & (people.c.user_id == profiles.c.user_id),
        ).outerjoin(standings, _IS_ON)
    )
    .where(profiles.c.workspace_id == bindparam("workspace"), profiles.c.user_id == bindparam("user"))
)

_COUNT_CHANGE = Prepared(
    update(profiles)
    .where(profiles.c.workspace_id == bindparam("workspace"), profiles.c.user_id == bindparam("user"))
    .values(changes=profiles.c.changes + 1)
)

_STANDING_ON = select(standings.c.ladder_id, standings.c.current_level, standings.c.target_level).where(
    standings.c.workspace_id == bindparam("workspace"),
    standings.c.user_id == bindparam("user"),
    standings.c.ladder_id == bindparam("ladder"),
)


class PeopleStore:
    """Questions about one person, and their answers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get_standing(self, person: PersonId) -> Standing | None:
        """Where they stand on the ladder they use; None for someone Rung does not know."""
        return next((Standing(*row) for row in _STANDING.read(self._connection, person._asdict())), None)

    def get_standing_on(self, person: PersonId, ladder: str) -> Standing | None:
        """Where they stand on this ladder, also when they use another one now."""
        row = self._connection.execute(_STANDING_ON, {**person._asdict(), "ladder": ladder}).first()
        return Standing(*row) if row else None

    def get_profile(self, person: PersonId) -> Profile | None:
        """None for someone who never used Rung."""
        return next(
            (read_profile(*row) for row in _PROFILE_OF.read(self._connection, person._asdict())), None
        )

    def get_both(self, person: PersonId) -> tuple[Profile, Standing] | None:
        """Profile and standing by one question; None for someone who never used Rung."""
        rows = _BOTH_OF.read(self._connection, person._asdict())
        return next(((read_profile(*row[:-3]), Standing(*row[-3:])) for row in rows), None)

    def change_profile(self, person: PersonId, values: Mapping[str, Any], now: datetime) -> None:
        """Change these fields of a profile, and make one where there is none."""
        given = {**values, "changed_at": now}
        if isinstance(days_off := values.get("days_off"), DaysOff):
            given["days_off"] = days_off.as_text()
        fresh = {
            "zone": "",
            "shares_new": False,
            "days_off": DaysOff().as_text(),
            "paused_until": None,
        }
        upsert(self._connection, profiles, [{**_key(person), **fresh, **given}], changing=given.keys())

    def count_change(self, person: PersonId) -> None:
        """Something they keep is not what it was; the next `get_profile` tells."""
        _COUNT_CHANGE.write(self._connection, [person._asdict()])

    def use_ladder(self, person: PersonId, ladder: str, now: datetime) -> None:
        """Make it their ladder; what was set on others stays for the day they come back."""
        row = {**_key(person), "ladder_id": ladder, "changed_at": now}
        upsert(self._connection, people, [row], changing=("ladder_id", "changed_at"))

    def set_levels(self, person: PersonId, standing: Standing, now: datetime) -> None:
        """Keep current and target level on the ladder named, and make it theirs. None clears a level."""
        if standing.ladder is None:
            raise ValueError("levels are kept on a ladder")
        self.use_ladder(person, standing.ladder, now)
        row = {
            **_key(person),
            "ladder_id": standing.ladder,
            "current_level": standing.current,
            "target_level": standing.target,
            "changed_at": now,
        }
        changing = ("current_level", "target_level", "changed_at")
        upsert(self._connection, standings, [row], changing=changing)


def read_profile(
    zone: str, shares_new: bool, days_off: str, paused_until: date | None, is_greeted: bool, changes: int
) -> Profile:
    """From the columns `PROFILE`."""
    return Profile(zone, shares_new, DaysOff.from_text(days_off), paused_until, is_greeted, changes)


def _key(person: PersonId) -> dict[str, object]:
    return {"workspace_id": person.workspace, "user_id": person.user}
