"""A person in a workspace and where they stand, as plain ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.rhythm.days_off import WEEKEND, DaysOff, is_day_off
from bot.rhythm.model import DAY


class PersonId(NamedTuple):
    """Whose row it is. Slack user ids are only unique together with the workspace they act from."""

    workspace: str
    user: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone stands. None means not said; the levels belong to the ladder named here."""

    ladder: str | None = None
    current: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of someone beside their levels. `zone` is IANA's name, empty until Slack has said it."""

    zone: str = ""
    shares_new: bool = False
    """New entries are shared without asking; only ever by their owner's own choice."""
    days_off: DaysOff = field(default_factory=DaysOff)
    paused_until: date | None = None
    """The first day on which Rung speaks of itself again; None while it does."""
    is_greeted: bool = False
    """The welcome was seen, and put aside."""
    changes: int = 0
    """How often something they keep was confirmed, changed or taken back."""

    def is_off(self, day: date) -> bool:
        """Is this local day one on which Rung keeps quiet?"""
        return is_day_off(day, self.days_off) or (self.paused_until is not None and day < self.paused_until)

    def pause_left(self, today: date) -> date | None:
        """`paused_until` while that is still to come."""
        return self.paused_until if self.paused_until and self.paused_until > today else None

    def days_off_left(self, today: date) -> DaysOff:
        """Without those that are over."""
        return self.days_off.plus(DaysOff(), today)

    def next_working_day(self, after: date) -> date:
        """The first later day that is neither off nor weekend; the very next where a year holds none."""
        days = (after + DAY * count for count in range(1, 367))
        working = (day for day in days if day.weekday() not in WEEKEND and not self.is_off(day))
        return next(working, after + DAY)
