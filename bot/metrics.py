"""What monitoring reads at `/metrics`: counts and times of deliveries; nothing of what people write."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.outbox.model import Outcome
from bot.outbox.store import Standing

LAG = (0.5, 1, 2, 5, 15, 60, 300, 900, 3600, 14400, 86400)  # seconds


class Metrics:
    """One process's counts, and what the database says of all of them when asked."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ours: Any = {"namespace": "rung", "registry": self._registry}
        self._outcomes = Counter("deliveries", "What became of deliveries.", ("kind", "outcome"), **ours)
        self._lag = Histogram("delivery_lag_seconds", "From due to sent.", ("kind",), buckets=LAG, **ours)
        self._waiting = Gauge(
            "outbox",
            "Deliveries in the database that are not over, and those to come of schedules that are due.",
            ("state",),
            **ours,
        )
        self._is_up = Gauge("database_up", "Did the database answer just now?", **ours)
        self._late = Gauge("outbox_oldest_due_seconds", "How late the oldest due delivery is.", **ours)

    def count(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """`retried`: goes back to wait, as something went wrong; `put_off`: was meant to wait; `unclear`:
        Slack has to be asked for it.
        """
        for outcome in outcomes:
            kind = outcome.delivery.kind
            self._outcomes.labels(kind, _name(outcome)).inc()
            if outcome.state == "sent":
                lag = (now - outcome.delivery.due_at).total_seconds()
                self._lag.labels(kind).observe(max(0.0, lag))

    def write(self, standing: Standing | None) -> bytes:
        """In Prometheus' text format, with the outbox as it stands now; None where the database can't say."""
        self._waiting.clear()
        self._is_up.set(standing is not None)
        if standing is None:
            self._late.set(math.nan)
            return generate_latest(self._registry)
        for state, number in standing.states.items():
            self._waiting.labels(state).set(number)
        self._late.set(standing.oldest_due)
        return generate_latest(self._registry)


def _name(outcome: Outcome) -> str:
    match outcome.state:
        case "pending":
            return "retried" if outcome.reason else "put_off"
        case "sending":
            return "unclear"
    return outcome.state
