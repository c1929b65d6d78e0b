"""Who looks at the page: the names they see, their time zone, and times as they read them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_TOKEN = re.compile(r"\{(\w+)\}")
_FILE_ID = re.compile(r"\bF[A-Z0-9]{8,}\b")
_NEAR = {0: "Today", 1: "Yesterday", -1: "Tomorrow"}
_FORMATS = {"time": "%H:%M", "time_secs": "%H:%M:%S", "date_num": "%Y-%m-%d", "date_slash": "%d/%m/%Y"}
_DATE_FORMATS = {  # how the weekday and the month are written
    "date": ("", "%B"),
    "date_short": ("", "%b"),
    "date_long": ("%A", "%B"),
    "date_long_full": ("%A", "%B"),
    "day_divider": ("%A", "%B"),
}


@dataclass(frozen=True)
class Reader:
    """`people` and `channels` map ids to names; pictures are only loaded from `own_address`."""

    people: Mapping[str, str]
    channels: Mapping[str, str]
    zone: ZoneInfo
    now: datetime
    id: str = ""
    own_address: str = ""

    def local(self, unix_seconds: float) -> datetime:
        return datetime.fromtimestamp(unix_seconds, UTC).astimezone(self.zone)

    def person(self, user_id: str) -> str:
        return self.people.get(user_id, "someone")

    def channel(self, channel_id: str) -> str:
        return self.channels.get(channel_id, "private-channel")

    def find_picture(self, image: Mapping[str, Any]) -> str:
        """Where the page loads it from; empty for one from elsewhere, which would learn who reads what."""
        url = image.get("image_url") or ""
        if named := image.get("slack_file"):
            file_id = named.get("id") or _FILE_ID.findall(named["url"])[0]
            return f"/playground/files/{file_id}?as={self.id}"
        return url if self.own_address and url.startswith(self.own_address + "/") else ""


def clock_time(moment: datetime) -> str:
    return moment.strftime("%H:%M")


def name_day(day: date, today: date) -> str:
    return _NEAR.get((today - day).days) or write_day(day, today, "%A", "%B")


def write_day(day: date, today: date, weekday: str, month: str) -> str:
    """The year is left out within half a year, as Slack does."""
    year = "" if abs(today - day) < timedelta(days=183) else f" {day.year}"
    return f"{day.strftime(weekday)}, {day.day} {day.strftime(month)}{year}".removeprefix(", ")


def write_date(reader: Reader, unix_seconds: float, pattern: str) -> str:
    """Slack's date tokens, `{date_short} at {time}`, in the reader's zone; unknown tokens stay."""
    moment = reader.local(unix_seconds)
    return _TOKEN.sub(lambda found: _write_token(found[1], moment, reader.now) or found[0], pattern)


def _write_token(name: str, moment: datetime, now: datetime) -> str | None:
    if name in _FORMATS:
        return moment.strftime(_FORMATS[name])
    if name == "ago":
        return _how_long_ago(now - moment)
    return _write_date(name, moment.date(), now.astimezone(moment.tzinfo).date())


def _write_date(name: str, day: date, today: date) -> str | None:
    near = _NEAR.get((today - day).days)
    if name.endswith("_pretty") and near:
        return near.lower()
    formats = _DATE_FORMATS.get(name.removesuffix("_pretty"))
    return write_day(day, today, *formats) if formats else None


def _how_long_ago(passed: timedelta) -> str:
    minutes = abs(int(passed.total_seconds())) // 60
    steps = ((60 * 24, "day"), (60, "hour"), (1, "minute"))
    size, unit = next((step for step in steps if minutes >= step[0]), (1, "minute"))
    count = minutes // size
    length = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {length}" if passed < timedelta(0) else f"{length} ago"
