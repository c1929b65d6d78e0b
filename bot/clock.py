"""The only reader of the system clock; the playground can shift what people live by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]
"""Anything that tells the time in UTC; services take it, they never read a clock."""


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


class MovableClock:
    """A clock that runs on real time and can be put forward, for the playground."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return now() + self._ahead

    def move(self, by: timedelta) -> None:
        self._ahead += by
