"""Deliveries as rows: owed, claimed, on their way, done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.outbox.model import LEASE, MENDED_ELSEWHERE, PER_MINUTE, Delivery, Letter, Outcome, Owed, State
from bot.outbox.pace import Pace, moment_ago
from bot.outbox.statements import (
    AS_NEW,
    CLAIM,
    CLAIM_THESE,
    CLAIM_UNCLEAR,
    COUNTED,
    GIVE_BACK,
    KNOWN,
    MARK,
    MARKED,
    OWE,
    RECORD,
    pick_keys,
    pick_letters,
    pick_outcomes,
    row_of,
)
from bot.outbox.tables import deliveries, has_failed, is_in, is_in_slack, is_open
from bot.storage.given import pack
from bot.storage.prepared import Prepared
from bot.storage.upsert import adding

NOT_OVER: tuple[State, ...] = ("pending", "claimed", "sending", "failed")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in the outbox now. `oldest_due` is in seconds; what was put off on purpose is not late."""

    states: Mapping[str, int]
    oldest_due: float


class Outbox:
    """What is owed. A row is claimed by one process at a time, until its lease runs out.

    Whoever comes back after that finds the row taken: marking and recording change nothing then.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def owe(self, owed: Sequence[Owed], now: datetime) -> list[str]:
        """Write down what is owed; ids of what is due by now, and was not owed already."""
        if not owed:
            return []
        rows = [row_of(one) for one in owed]
        due = {row["id"] for row in rows if row["due_at"] <= now}
        if not due:
            OWE.write(self._connection, rows)
            return []
        new = adding(self._dialect, deliveries).values(AS_NEW).returning(deliveries.c.id)
        added = self._connection.execute(new, rows).scalars()
        return [each for each in added if each in due]

    def owe_again(self, owed: Sequence[Owed], now: datetime) -> list[str]:
        """`owe`; what was owed under one of these names before, and dropped, is due once more."""
        ids = self.owe(owed, now)
        for one in owed:
            named = (deliveries.c.workspace_id == one.workspace) & (deliveries.c.once == one.once)
            anew = {name: row_of(one)[name] for name in ("about", "due_at", "look_at")}
            dropped = update(deliveries).where(named, is_in("dropped")).values({**anew, "state": "pending"})
            again = self._connection.execute(dropped.returning(deliveries.c.id)).scalars()
            ids += [each for each in again if one.due_at <= now]
        return ids

    def call_off(self, workspace: str, user: str, kind: str, reason: str) -> None:
        """Drop what of this kind is still to come for someone, unless it is on its way already."""
        theirs = (deliveries.c.workspace_id == workspace) & (deliveries.c.user_id == user)
        waiting = update(deliveries).where(theirs, deliveries.c.kind == kind, is_in("pending"), is_open)
        self._connection.execute(waiting.values(state="dropped", look_at=None, reason=reason))

    def claim(self, now: datetime, limit: int, per_minute: int = PER_MINUTE) -> list[Delivery]:
        """Take what is due and nobody else has, oldest first, no more for a workspace than its allowance.

        What someone claimed and left behind is due again: it had not been sent. Workspaces that Slack asked
        to wait for, and those that have spent their allowance, are passed over.
        """
        while taken := self._take(CLAIM, now, limit, **moment_ago(now, per_minute)):
            if granted := self._keep_to_allowance(taken, now, per_minute):
                return granted
        return []

    def claim_these(self, now: datetime, limit: int, ids: Collection[str]) -> list[Delivery]:
        """Take these, which someone waits for: no allowance holds them back."""
        return self._take(CLAIM_THESE, now, limit, **pack((one,) for one in ids))

    def claim_unclear(self, now: datetime, limit: int) -> list[Delivery]:
        """Take what may or may not have reached Slack, to ask; it stays `sending` until that is known."""
        return self._take(CLAIM_UNCLEAR, now, limit)

    def _take(self, claim: Prepared, now: datetime, limit: int, **values: object) -> list[Delivery]:
        """Oldest first; of one moment in an order that is the same on every database."""
        values = {"now": now, "lease": now + LEASE, "limit": limit, **values}
        taken = [Delivery(*row) for row in claim.read(self._connection, values)]
        return sorted(taken, key=lambda each: (each.due_at, each.kind, each.id))

    def _keep_to_allowance(self, taken: list[Delivery], now: datetime, per_minute: int) -> list[Delivery]:
        """Those that may go out now; the others are due as before, once their workspace has tokens again."""
        wanted = Counter(one.workspace for one in taken)
        left = Pace(self._connection).spend(wanted, per_minute, now)
        if left == wanted:
            return taken
        granted: list[Delivery] = []
        over: list[Delivery] = []
        for one in taken:
            left[one.workspace] -= 1
            (granted if left[one.workspace] >= 0 else over).append(one)
        GIVE_BACK.write(self._connection, pick_keys(over))
        return granted

    def mark_sending(self, letters: Sequence[Letter], now: datetime) -> set[str]:
        """From here on Slack may have it; ids of those that nobody else took up meanwhile, to be sent."""
        rows = pick_letters(letters)
        if MARK.write(self._connection, rows, now=now, lease=now + LEASE) == len(rows):
            return {one.delivery.id for one in letters}
        claims = pack(row[:3] for row in rows)
        return {name for (name,) in MARKED.read(self._connection, claims)}

    def record(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """What became of them."""
        RECORD.write(self._connection, pick_outcomes(outcomes, now))

    def get_by_message(self, workspace: str, channel: str, ts: str) -> Delivery | None:
        """The delivery that stands in Slack as this message."""
        here = (
            (deliveries.c.workspace_id == workspace)
            & (deliveries.c.channel == channel)
            & (deliveries.c.ts == ts)
            & is_in_slack
        )
        row = self._connection.execute(select(*KNOWN).where(here)).first()
        return Delivery(*row) if row else None

    def get_newest_message(
        self, workspace: str, channel: str, since: datetime, besides: str
    ) -> Delivery | None:
        """The newest message in this conversation, threads and one kind aside."""
        here = (deliveries.c.workspace_id == workspace) & (deliveries.c.channel == channel)
        top = (deliveries.c.thread == "") & is_in_slack & (deliveries.c.sending_at >= since)
        wanted = select(*KNOWN).where(here, top, deliveries.c.kind != besides)
        row = self._connection.execute(wanted.order_by(deliveries.c.ts.desc()).limit(1)).first()
        return Delivery(*row) if row else None

    def get_once(self, workspace: str, once: str) -> Delivery | None:
        """The delivery owed under this name."""
        named = (deliveries.c.workspace_id == workspace) & (deliveries.c.once == once)
        row = self._connection.execute(select(*KNOWN).where(named)).first()
        return Delivery(*row) if row else None

    def stand(self, now: datetime) -> Standing:
        """How many there are in each state that is not over, and how late the oldest is."""
        rows = [row for counted in COUNTED for row in self._connection.execute(counted)]
        is_put_off = is_in("pending") & (deliveries.c.look_at > now) & (deliveries.c.reason == "")
        waiting = is_open & (deliveries.c.due_at <= now) & ~is_put_off
        oldest = self._connection.execute(select(func.min(deliveries.c.due_at)).where(waiting)).scalar()
        late = (now - oldest).total_seconds() if oldest else 0.0
        return Standing(dict.fromkeys(NOT_OVER, 0) | {row.state: row.number for row in rows}, late)

    def get_latest(self, limit: int, *, failed: bool = False) -> list[tuple[Delivery, str]]:
        """What is not over, or just what Slack refuses, with the reason, newest first; for operators."""
        is_refused = has_failed | (is_open & deliveries.c.reason.in_(MENDED_ELSEWHERE))
        wanted = select(*KNOWN, deliveries.c.reason).where(is_refused if failed else is_open | has_failed)
        rows = self._connection.execute(wanted.order_by(deliveries.c.due_at.desc()).limit(limit))
        return [(Delivery(*row[:-1]), row[-1]) for row in rows]
