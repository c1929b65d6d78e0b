"""Days on which someone is not asked anything: weekdays that repeat, and stretches of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.rhythm.model import DAY, WEEKDAYS

MOST = 15  # stretches
WEEKEND = frozenset({5, 6})

_SHORT = [name[:3].lower() for name in WEEKDAYS]


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """From `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class DaysOff:
    """What someone said; a weekend is not in it unless they said so."""

    weekdays: frozenset[int] = frozenset()
    stretches: tuple[Stretch, ...] = ()

    @property
    def are_too_many(self) -> bool:
        """More than is kept of anybody."""
        return len(self.stretches) > MOST

    def plus(self, more: DaysOff, today: date) -> DaysOff:
        """Both together, those that meet as one; what is over is let go."""
        found: list[Stretch] = []
        for one in sorted({*self.stretches, *more.stretches}):
            if found and one.first <= found[-1].last + DAY:
                found[-1] = Stretch(found[-1].first, max(found[-1].last, one.last))
            elif one.last >= today:
                found.append(one)
        return DaysOff(self.weekdays | more.weekdays, tuple(found))

    def as_text(self) -> str:
        """For keeping: `fri 2026-12-24..2027-01-02`; empty for no day off."""
        names = [_SHORT[weekday] for weekday in sorted(self.weekdays)]
        return " ".join([*names, *(f"{s.first.isoformat()}..{s.last.isoformat()}" for s in self.stretches)])

    @classmethod
    def from_text(cls, text: str) -> DaysOff:
        """What `as_text` wrote. Raises ValueError for anything else."""
        parts = text.split()
        weekdays = frozenset(_SHORT.index(part) for part in parts if ".." not in part)
        return cls(weekdays, tuple(_read_stretch(part) for part in parts if ".." in part))


def is_day_off(day: date, days_off: DaysOff) -> bool:
    return day.weekday() in days_off.weekdays or any(day in stretch for stretch in days_off.stretches)


def working_day_before(day: date, days_off: DaysOff, weekend: frozenset[int] = WEEKEND) -> date:
    """The newest day before `day` that is neither off nor weekend; the eve itself where a year holds none."""
    eve = day - DAY
    earlier = (eve - DAY * count for count in range(366))
    return next((d for d in earlier if d.weekday() not in weekend and not is_day_off(d, days_off)), eve)


def say_days_off(days_off: DaysOff) -> str:
    """`Fridays, 24 Dec 2026 to 2 Jan 2027`; `none`."""
    names = [f"{WEEKDAYS[weekday]}s" for weekday in sorted(days_off.weekdays)]
    return ", ".join([*names, *(_say_stretch(stretch) for stretch in days_off.stretches)]) or "none"


def _say_stretch(stretch: Stretch) -> str:
    first, last = (f"{day.day} {day:%b %Y}" for day in (stretch.first, stretch.last))
    return first if first == last else f"{first} to {last}"


def _read_stretch(text: str) -> Stretch:
    first, _, last = text.partition("..")
    return Stretch(date.fromisoformat(first), date.fromisoformat(last))
