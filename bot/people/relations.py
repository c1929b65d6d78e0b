"""Who may see what someone shares: a manager or a mentor, each with a consent of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.people.model import PersonId

Role = Literal["manager", "mentor"]
RelationState = Literal["proposed", "active", "declined", "ended"]
"""`proposed` waits for the engineer's yes and shows nothing to anybody."""


@dataclass(frozen=True, slots=True)
class Relation:
    """An engineer and someone who may see what they share; `other` is of the same workspace.

    Only an active one counts. `changed_by` is who brought it to its state, empty for an imported line.
    """

    engineer: PersonId
    other: str
    role: Role
    state: RelationState
    changed_by: str
    changed_at: datetime
    since: datetime | None = None
    """The engineer's yes; None until then."""
    shows_target: bool = True
    sees_from: datetime | None = None
    """Only what was shared since then is seen; None: everything that is shared."""

    @property
    def is_active(self) -> bool:
        return self.state == "active"

    @property
    def other_id(self) -> PersonId:
        return PersonId(self.engineer.workspace, self.other)

    def sees(self, shared_at: datetime | None) -> bool:
        """Is something that was shared then seen by the other? None stands for what is private."""
        if not self.is_active or shared_at is None:
            return False
        return self.sees_from is None or shared_at >= self.sees_from


def link(known: Relation | None, engineer: PersonId, other: str, role: Role, now: datetime) -> Relation:
    """The engineer's own word counts at once; what they had chosen in an active relation stays."""
    if known and known.is_active:
        return replace(known, role=role)
    return Relation(engineer, other, role, "active", engineer.user, now, since=now)


def propose(
    known: Relation | None, engineer: PersonId, other: str, role: Role, by: str, now: datetime
) -> Relation | None:
    """A manager's or an imported line, which waits for the engineer's yes.

    None where there is nothing to ask: it stands or waits already, or the engineer once said no to it or
    ended it. Then only they can begin it again, so that nobody is asked until they give in.
    """
    if known and not (known.state == "ended" and known.changed_by == other):
        return None
    return Relation(engineer, other, role, "proposed", by, now)


def confirm(known: Relation, now: datetime) -> Relation:
    """The engineer says yes; one that does not wait stays as it is."""
    if known.state != "proposed":
        return known
    return replace(known, state="active", changed_by=known.engineer.user, changed_at=now, since=now)


def decline(known: Relation, now: datetime) -> Relation:
    """The engineer says no; the other is not told."""
    if known.state != "proposed":
        return known
    return replace(known, state="declined", changed_by=known.engineer.user, changed_at=now)


def end(known: Relation, by: str, now: datetime) -> Relation:
    """Either of the two ends it, at once; so does, with an empty `by`, leaving or becoming a guest."""
    if known.state not in ("active", "proposed"):
        return known
    return replace(known, state="ended", changed_by=by, changed_at=now)
