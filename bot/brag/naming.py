"""How a period is called, in words and in the name of a file."""

from __future__ import annotations

from datetime import date, timedelta

from bot.brag.period import BEGINNING, Period


def say_period(period: Period | None) -> str:
    """`Q3 2026`, `September 2026`, `2026`, `1 July to 15 August 2026`; everything is “all time”."""
    if is_everything(period) or period is None:
        return "all time"
    start, end = period.start, period.end
    if start == end:
        return say_date(start)
    if name := _whole(period):
        kind, number = name
        return {
            "year": f"{start.year}",
            "half": f"H{number} {start.year}",
            "quarter": f"Q{number} {start.year}",
            "month": f"{start:%B %Y}",
        }[kind]
    first = f"{start.day} {start:%B}" if start.year == end.year else say_date(start)
    return f"{first} to {say_date(end)}"


def slug_of(period: Period | None) -> str:
    """`2026-q3`, `2026-09`, `2026`, `2026-07-01-to-2026-08-15`; empty for everything."""
    if is_everything(period) or period is None:
        return ""
    start = period.start
    if name := _whole(period):
        kind, number = name
        return {
            "year": f"{start.year}",
            "half": f"{start.year}-h{number}",
            "quarter": f"{start.year}-q{number}",
            "month": f"{start:%Y-%m}",
        }[kind]
    return f"{start}" if start == period.end else f"{start}-to-{period.end}"


def say_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def is_everything(period: Period | None) -> bool:
    return period is None or period.start == BEGINNING


def _whole(period: Period) -> tuple[str, int] | None:
    """Year, half, quarter or month, with its number in the year, where it is exactly that."""
    start, after = period.start, period.end + timedelta(days=1)
    if start.day != 1 or after.day != 1:
        return None
    months = (after.year - start.year) * 12 + after.month - start.month
    kinds = {12: "year", 6: "half", 3: "quarter", 1: "month"}
    fits = months in kinds and (start.month - 1) % months == 0
    return (kinds[months], (start.month - 1) // months + 1) if fits else None
