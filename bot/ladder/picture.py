"""Scope × ownership: where the levels of a ladder lie, and which way someone stretches; in words too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.ladder.model import Ladder, Level
from bot.ladder.service import Reader
from bot.slack import blocks
from bot.slack.mrkdwn import escape
from bot.slack.payloads import Answer

PICTURE = ("picture", "map", "as a picture", "as picture", "as a map")
"""What asks for it after `/ladder`."""
REACHES = {
    "me": "Your own work",
    "team": "Your team",
    "teams": "Several teams",
    "organization": "The organization",
    "outside": "Beyond it",
}
"""Narrow to wide, in the words of the picture."""
WIDTHS = tuple(REACHES)
UNSAID = -1  # the column apart, of levels whose reach the ladder does not say


@dataclass(frozen=True, slots=True)
class Place:
    """A level on the picture: `column` by how far it reaches, `row` by how much is left to people there."""

    level: Level
    column: int
    row: int


def find_places(ladder: Ladder) -> list[Place]:
    """Of every level: narrow before wide, within that little before much; last those of unsaid reach."""
    places = [Place(level, find_column(level), find_row(ladder, level)) for level in ladder.levels.values()]
    return sorted(places, key=lambda place: (place.column % (len(WIDTHS) + 1), place.row))


def find_column(level: Level) -> int:
    return WIDTHS.index(level.reach) if level.reach else UNSAID


def find_row(ladder: Ladder, level: Level) -> int:
    """The rank where tracks run in parallel. Elsewhere ranks of two tracks mean nothing to each other: then
    it is the number of steps that lead to the level, those before its track branched off included.
    """
    return level.rank if has_parallels(ladder) else 1 + len(_way_to(ladder, level))


def has_parallels(ladder: Ladder) -> bool:
    return any(ladder.parallels(level) for level in ladder.levels.values())


def say_stretch(ladder: Ladder, start: Level, goal: Level) -> str:
    """Which way it goes from one level to another; empty where the ladder does not say."""
    if start == goal:
        return "growing where you are"
    if not start.reach or not goal.reach:
        return ""
    ways = ["wider"] if find_column(goal) > find_column(start) else []
    ways += ["deeper"] if _is_deeper(ladder, start, goal) else []
    if ways:
        return f"stretching {' and '.join(ways)}"
    return "changing direction" if start.track != goal.track else "changing place"


def _is_deeper(ladder: Ladder, start: Level, goal: Level) -> bool:
    if start.track == goal.track or has_parallels(ladder):
        return find_row(ladder, goal) > find_row(ladder, start)
    return start in _way_to(ladder, goal)


def _way_to(ladder: Ladder, level: Level) -> list[Level]:
    """All levels it builds on, nearest first."""
    way: list[Level] = []
    below = ladder.below(level)
    while below and below not in way:  # two tracks might branch from each other
        way.append(below)
        below = ladder.below(below)
    return way


def describe_standing(reader: Reader) -> str:
    """Where the reader is and which way they stretch, in a line; empty where nothing is set."""
    current, target = reader.current, reader.target
    if current and target:
        stretch = say_stretch(reader.ladder, current, target)
        way = f"{current.title} → {target.title}" if current != target else current.title
        return f"You: {way}{', ' if stretch else ''}{stretch}"
    if current:
        return f"You: {current.title}"
    return f"You aim for {target.title}" if target else ""


def show_in_words(reader: Reader, why: str = "") -> Answer:
    """All that the picture shows, for where there is none; `why` is said first, as mrkdwn."""
    sentences = [escape(sentence) for sentence in describe_picture(reader)]
    first = [blocks.section(why)] if why else []
    return Answer(why or sentences[0], [*first, *blocks.sections("\n".join(sentences))])


def describe_picture(reader: Reader) -> list[str]:
    """All that the picture shows, in sentences: its alternative text, and the answer where there is none."""
    ladder = reader.ladder
    said = [f"The levels of {ladder.name}, by how far the work reaches and then from less to more ownership."]
    for column, places in groupby(find_places(ladder), key=lambda place: place.column):
        where = "Reach not said" if column == UNSAID else REACHES[WIDTHS[column]]
        said.append(f"{where}: {_list_places(ladder, list(places))}.")
    return [*said, *_describe_reader(reader)]


def _list_places(ladder: Ladder, places: Sequence[Place]) -> str:
    """Parallel levels are named together."""
    rows = [list(group) for _, group in groupby(places, key=lambda place: place.row)]
    join = " beside " if has_parallels(ladder) else ", "
    return ", ".join(join.join(place.level.title for place in row) for row in rows)


def _describe_reader(reader: Reader) -> list[str]:
    current, target = reader.current, reader.target
    said = [f"You are at {current.title}{_say_reach(current)}."] if current else []
    if target and target != current:
        said.append(f"You aim for {target.title}{_say_reach(target)}.")
    if current and target and (stretch := say_stretch(reader.ladder, current, target)):
        said.append(f"That is {stretch}.")
    return said or ["You have not said where you are."]


def _say_reach(level: Level) -> str:
    return f" ({REACHES[level.reach].lower()})" if level.reach else " (reach not said)"
