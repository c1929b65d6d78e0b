"""What is asked of the outbox, and how far what was measured is from it."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tests.bench.goals import Goal, goal, mebibytes, milliseconds
from tests.bench.outbox import IN_FLIGHT, LATENCY, OutboxFigures

AT_MOST = 1 / 0.35  # at least 0.35 of what the bare loop gets done in the same time
IN_THE_LINE = 1 / 0.95


def outbox_goals(found: OutboxFigures) -> Iterator[Goal]:
    for database, rounds in found.due.items():
        bare = [median(due.bare) for due in rounds]
        planned, plain, weekly = zip(*((due.planned, due.plain, due.weekly) for due in rounds), strict=True)
        yield goal(f"planned, {database}, time a row", AT_MOST, bare, planned, microseconds)
        yield goal("claimed, rendered, recorded", AT_MOST, bare, plain, microseconds)
        yield goal("… the weekly question, chosen for each", None, bare, weekly, microseconds)
    fastest = found.messages * LATENCY / IN_FLIGHT
    seconds = [one.seconds for one in found.sent]
    yield goal("sending, 32 in flight ÷ 150 ms", IN_THE_LINE, [fastest] * len(seconds), seconds, milliseconds)
    alone = [one.seconds for one in found.bare]
    yield goal("… against the client alone", None, alone, seconds, milliseconds)
    cpu = [one.cpu for one in found.bare], [one.cpu for one in found.sent]
    yield goal("CPU a message, claim to recorded ÷ client alone", 1.4, *cpu, milliseconds)
    yield from _rest_goals(found)


def _rest_goals(found: OutboxFigures) -> Iterator[Goal]:
    (few, small), (many, big) = sorted(found.rest.items())
    yield goal(f"at rest with {many:,} people ÷ 0.5 % of a core", 1.0, [0.005], [big.share], percent)
    yield goal(f"… with {few:,}", None, [0.005], [small.share], percent)
    yield goal(f"memory at rest, {many:,} ÷ {few:,}", 1.3, [small.memory], [big.memory], mebibytes)
    yield goal("… while questions are sent", 1.3, [small.draining], [big.draining], mebibytes)


def microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs"


def percent(share: float) -> str:
    return f"{share:.2%}"
