"""Draws where the levels lie: across, how far they reach; upwards, how much is left to whoever is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import copysign, dist

from bot.charts import INK, LINE, MARGIN, QUIET, SERIES, Card
from bot.ladder.model import Ladder, Level
from bot.ladder.picture import (
    REACHES,
    UNSAID,
    Place,
    describe_standing,
    find_places,
    has_parallels,
    say_stretch,
)
from bot.ladder.service import Reader

WIDTH = 720.0
NARROW, WIDE = 76.0, 150.0  # columns without and with levels
GUTTER = 26.0  # left of the field, for the words beside the axis
GAP = 6.0
WORDS = 11.5
LINE_HEIGHT = 14.5
LEAST_HEIGHT = 250.0  # a ladder of one level is still a picture with two directions
MARKS = ("you are here", "your target")


@dataclass(frozen=True, slots=True)
class Chip:
    """A level as it is drawn; `y` is its upper edge."""

    level: Level
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    mark: str

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def leave_for(self, other: Chip) -> tuple[float, float]:
        """Where a straight line to the other one crosses the edge."""
        (x, y), (to_x, to_y) = self.middle, other.middle
        part_x = self.width / 2 / abs(to_x - x) if to_x != x else 1
        part_y = self.height / 2 / abs(to_y - y) if to_y != y else 1
        part = min(part_x, part_y)
        return x + (to_x - x) * part, y + (to_y - y) * part


@dataclass(frozen=True, slots=True)
class Field:
    """The part of the card where the levels lie: columns by their (left, right), rows by (top, bottom)."""

    columns: dict[int, tuple[float, float]]
    rows: dict[int, tuple[float, float]]
    top: float
    bottom: float

    @property
    def left(self) -> float:
        return self.columns[0][0]

    @property
    def right(self) -> float:
        return self.columns[len(REACHES) - 1][1]


def draw_picture(reader: Reader) -> bytes:
    """A PNG. The reader's area is tinted; that of their target is outlined, and an arrow leads there."""
    ladder = reader.ladder
    card = Card(f"The levels of {ladder.name}", describe_standing(reader), width=WIDTH)
    top = _draw_legend(card, ladder, card.top + 12)
    places = find_places(ladder)
    chips, field = _arrange(card, reader, places, top)
    _draw_field(card, field, is_ruled=has_parallels(ladder))
    _draw_areas(card, reader, places, field)
    _draw_tracks(card, ladder, chips)
    for chip in chips.values():
        _draw_chip(card, ladder, chip)
    _draw_arrow(card, reader, chips, field)
    return card.png(_draw_foot(card, reader, field.bottom + 50))


# --- where everything goes


def _arrange(card: Card, reader: Reader, places: list[Place], top: float) -> tuple[dict[str, Chip], Field]:
    """Rows are as high as their fullest cell; levels of one cell stand below each other."""
    columns = _find_columns({place.column for place in places})
    cells: dict[tuple[int, int], list[Chip]] = {}
    for place in places:
        left, right = columns[place.column]
        chip = _make_chip(card, reader, place.level, left + GAP, right - left - 2 * GAP)
        cells.setdefault((place.row, place.column), []).append(chip)
    rows = _find_rows(cells, top)
    bottom = max(below for _, below in rows.values())
    field = Field(columns, rows, top, bottom)
    return dict(_put_into_rows(cells, rows)), field


def _find_columns(used: set[int]) -> dict[int, tuple[float, float]]:
    """All reaches, the empty ones narrow; what is unsaid, if anything is, stands apart on the left."""
    numbers = [*([UNSAID] if UNSAID in used else []), *range(len(REACHES))]
    left = MARGIN + GUTTER
    spare = WIDTH - MARGIN - left - (2 * GAP if UNSAID in used else 0)
    wide = min(WIDE, (spare - NARROW * (len(numbers) - len(used))) / len(used))
    narrow = (spare - wide * len(used)) / max(1, len(numbers) - len(used))
    columns = {}
    for number in numbers:
        columns[number] = (left, left + (wide if number in used else narrow))
        left = columns[number][1] + (2 * GAP if number == UNSAID else 0)
    return columns


def _find_rows(cells: dict[tuple[int, int], list[Chip]], top: float) -> dict[int, tuple[float, float]]:
    heights: dict[int, float] = {}
    for (row, _), chips in cells.items():
        heights[row] = max(heights.get(row, 0), sum(chip.height + GAP for chip in chips) + GAP)
    spare = max(0.0, LEAST_HEIGHT - sum(heights.values())) / len(heights)
    rows = {}
    for row in sorted(heights, reverse=True):
        rows[row] = (top, top + heights[row] + spare)
        top += heights[row] + spare
    return rows


def _put_into_rows(
    cells: dict[tuple[int, int], list[Chip]], rows: dict[int, tuple[float, float]]
) -> Iterator[tuple[str, Chip]]:
    for (row, _), chips in cells.items():
        top, bottom = rows[row]
        y = (top + bottom - sum(chip.height + GAP for chip in chips) + GAP) / 2
        for chip in chips:
            yield chip.level.id, replace(chip, y=y)
            y += chip.height + GAP


def _make_chip(card: Card, reader: Reader, level: Level, x: float, width: float) -> Chip:
    """In its column, without a row yet."""
    lines = tuple(card.wrap(level.title, width - 10, size=WORDS, bold=True, lines=3))
    marks = [words for words, own in zip(MARKS, (reader.current, reader.target), strict=True) if own == level]
    mark = "here, and target" if len(marks) == 2 else "".join(marks)
    height = LINE_HEIGHT * (len(lines) + bool(mark)) + 10
    return Chip(level, x, 0, width, height, lines, mark)


# --- what is drawn


def _color(ladder: Ladder, track: str) -> str:
    return SERIES[list(ladder.tracks).index(track) % len(SERIES)]


def _draw_legend(card: Card, ladder: Ladder, y: float) -> float:
    """The tracks by colour; gives back where the field may begin."""
    x = MARGIN
    for track in ladder.tracks.values() if len(ladder.tracks) > 1 else ():
        color = _color(ladder, track.id)
        card.box(x, y - 6, 12, 12, radius=3, fill=color)
        card.write(x + 19, y, track.name, color=color, bold=True)
        x += card.measure(track.name, bold=True) + 44
    return y + 20 if x > MARGIN else y


def _draw_field(card: Card, field: Field, *, is_ruled: bool) -> None:
    """Columns by reach; where tracks run in parallel, lines between the rows."""
    for number, (left, right) in field.columns.items():
        fill = "none" if number == UNSAID else "#ffffff"
        card.box(left + 1, field.top, right - left - 2, field.bottom - field.top, fill=fill, edge=LINE)
        words = "Not said" if number == UNSAID else list(REACHES.values())[number]
        for position, line in enumerate(card.wrap(words, right - left, size=12)):
            card.write((left + right) / 2, field.bottom + 13 + 15 * position, line, side="center")
    for _, bottom in field.rows.values() if is_ruled else ():
        card.line((field.left, bottom), (field.right, bottom), thickness=0.8)
    middle = (field.left + field.right) / 2
    card.write(middle, field.bottom + 48, "how far the work reaches →", color=QUIET, side="center")
    upright = (field.top + field.bottom) / 2
    card.write(MARGIN + 6, upright, "how much is left to you →", color=QUIET, side="center", rotation=90)


def _draw_areas(card: Card, reader: Reader, places: list[Place], field: Field) -> None:
    """All that a level takes in, from the corner up to it: what sticks out of the reader's is the stretch."""
    for level, alpha in ((reader.target, 0.07), (reader.current, 0.15)):
        place = next((place for place in places if place.level == level), None)
        if place is None or place.column == UNSAID:
            continue
        color = _color(reader.ladder, place.level.track)
        top, right = field.rows[place.row][0], field.columns[place.column][1]
        width, height = right - field.left, field.bottom - top
        card.box(field.left, top, width, height, fill=color, radius=10, alpha=alpha)
        if level != reader.current:
            card.box(field.left, top, width, height, edge=color, radius=10, dashed=True)


def _draw_tracks(card: Card, ladder: Ladder, chips: dict[str, Chip]) -> None:
    """A line from level to level; dotted where a track branches off."""
    for track in ladder.tracks.values():
        way = [chips[level.id] for level in ladder.levels_of(track.id) if level.id in chips]
        for one, other in pairwise(way):
            card.line(one.middle, other.middle, color=_color(ladder, track.id), alpha=0.35)
        if way and track.branches_from in chips:
            start = chips[track.branches_from]
            card.line(start.middle, way[0].middle, color=_color(ladder, track.id), alpha=0.35, dashed=True)


def _draw_chip(card: Card, ladder: Ladder, chip: Chip) -> None:
    """Filled where the reader is; with a broken edge where the ladder names a level without describing it."""
    color, is_here = _color(ladder, chip.level.track), chip.mark and chip.mark != MARKS[1]
    is_named = chip.level.status == "named"
    card.box(
        chip.x,
        chip.y,
        chip.width,
        chip.height,
        fill=color if is_here else "#ffffff",
        edge=color,
        radius=7,
        dashed=is_named,
        thickness=2.4 if chip.mark else 1.1,
    )
    ink = "#ffffff" if is_here else QUIET if is_named else INK
    x, y = chip.middle[0], chip.y + 5 + LINE_HEIGHT / 2
    for line in chip.lines:
        card.write(x, y, line, size=WORDS, bold=True, color=ink, side="center")
        y += LINE_HEIGHT
    if chip.mark:
        card.write(x, y, chip.mark, size=11, color="#ffffff" if is_here else color, side="center")


def _draw_arrow(card: Card, reader: Reader, chips: dict[str, Chip], field: Field) -> None:
    current, target = reader.current, reader.target
    if not current or not target or current == target or not {current.id, target.id} <= chips.keys():
        return
    start, goal = chips[current.id], chips[target.id]
    (x, y), (to_x, to_y) = start.leave_for(goal), goal.leave_for(start)
    if start.x == goal.x:  # around what stands between them in one column
        x = to_x = start.x + start.width
        y, to_y = start.middle[1], goal.middle[1]
    card.arrow((x, y), (to_x, to_y), bend=0.3 * copysign(start.x == goal.x, y - to_y))
    words = say_stretch(reader.ladder, current, target)
    if words and (spot := _find_room(card, words, ((x + to_x) / 2, (y + to_y) / 2), chips, field)):
        width = card.measure(words, size=WORDS, bold=True) + 14
        card.box(spot[0] - width / 2, spot[1] - 10, width, 20, fill=INK, radius=10)
        card.write(*spot, words, size=WORDS, bold=True, color="#ffffff", side="center")


def _find_room(
    card: Card, words: str, near: tuple[float, float], chips: dict[str, Chip], field: Field
) -> tuple[float, float] | None:
    """The nearest free spot for these words; None where the field is full."""
    half = card.measure(words, size=WORDS, bold=True) / 2 + 9
    free = [
        (x, y)
        for x in _steps(field.left + half, field.right - half)
        for y in _steps(field.top + 12, field.bottom - 12)
        if not any(
            chip.x - half < x < chip.x + chip.width + half and chip.y - 13 < y < chip.y + chip.height + 13
            for chip in chips.values()
        )
    ]
    return min(free, key=lambda spot: dist(spot, near), default=None)


def _steps(start: float, end: float) -> Iterator[float]:
    """Every tenth unit."""
    return (start + 10 * number for number in range(max(0, int((end - start) / 10)) + 1))


def _draw_foot(card: Card, reader: Reader, y: float) -> float:
    """How to read it; gives back where it ends."""
    ladder, notes = reader.ladder, []
    if reader.current and reader.current.reach:
        notes.append("Tinted: all that your level takes in.")
    if reader.target and reader.target.reach and reader.target != reader.current:
        notes.append("Outlined: all that your target takes in.")
    if len(ladder.tracks) > 1 and not has_parallels(ladder):
        notes.append("Height counts the steps on the way; between two tracks it compares nothing.")
    if any(level.status == "named" for level in ladder.levels.values()):
        notes.append("Broken edge: named by the source, not described.")
    notes.append("A rough picture of the levels, not a measure of people.")
    for line in card.wrap(" ".join(notes), card.width - 2 * MARGIN, size=11, lines=6):
        y += 17
        card.write(MARGIN, y, line, size=11, color=QUIET)
    return y
