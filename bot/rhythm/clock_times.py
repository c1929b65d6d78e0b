"""Times of day as people say them: `15:00`, `3pm`, `14h`, `9:30 am`, `noon`, `in the afternoon`."""

from __future__ import annotations

import re
from datetime import time

_PARTS = {
    "morning": time(9),
    "noon": time(12),
    "midday": time(12),
    "lunchtime": time(12),
    "afternoon": time(15),
    "evening": time(18),
    "midnight": time(0),
}
_PART = re.compile(rf"\b(?:(?:in|during) the )?({'|'.join(_PARTS)})s?\b")
_CLOCK = re.compile(
    r"(?<![\w.:])(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>[0-5]\d))?"
    r"(?: ?(?:(?P<half>[ap])\.?m\b\.?|(?P<whole>h|hrs?)\b|o'clock\b))?(?![\w:])"
)


def take_time(words: str) -> tuple[time | None, str]:
    """The time named in `words`, and what is left without it; all of it where no time can be read."""
    part = _PART.search(words)
    rest = _without(part, words)
    clock = _CLOCK.search(rest)
    if clock is None:
        return (_PARTS[part[1]] if part else None), rest
    hour = _read_hour(clock, part[1] if part else "")
    if hour is None:
        return None, words
    return time(hour, int(clock["minute"] or 0)), _without(clock, rest)


def _read_hour(clock: re.Match[str], part: str) -> int | None:
    """On 24 hours. A bare 1 to 6 is in the afternoon, when people work; `03:00` is as it says."""
    hour = int(clock["hour"])
    if clock["half"] == "a" or (part == "midnight" and hour == 12):
        return hour % 12 if 1 <= hour <= 12 else None
    if part == "morning" and hour >= 12:
        return None
    late = clock["half"] == "p" or part in ("afternoon", "evening")
    if (late and hour < 12) or (not part and not clock["whole"] and clock["hour"] in set("123456")):
        hour += 12
    return hour if hour < 24 else None


def _without(found: re.Match[str] | None, words: str) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}" if found else words
