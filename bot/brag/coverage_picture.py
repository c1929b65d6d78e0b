"""Coverage as a picture: a row for each competency, a cell for each expectation; in words too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.brag.coverage import CompetencyCoverage, Coverage, Tally
from bot.brag.coverage_card import LEVEL_REACH, say_age
from bot.charts import INK, LINE, MARGIN, QUIET, Card
from bot.ladder.blocks import say_count
from bot.slack.mrkdwn import shorten

WIDTH = 720.0
NAMES = 208.0  # the column of competencies
CELL, HEIGHT, GAP = 60.0, 27.0, 6.0
PER_LINE = int((WIDTH - 2 * MARGIN - NAMES + GAP) // (CELL + GAP))
LONGEST = 1000  # characters of alternative text; more is no pleasure to listen to

EMPTY, PLANNED = "#ffffff", "#4a7c59"
DARK = "#2a6f97"
TONES = (
    (30, DARK, "up to 30 days"),
    (90, "#7fb0cd", "up to 90"),
    (365, "#b9d5e4", "up to a year"),
    (10**6, "#e3edf2", "older"),
)
"""Up to so many days, the colour and its words."""
PALE = (EMPTY, TONES[-1][1])


@dataclass(frozen=True, slots=True)
class Cell:
    """What is drawn for one tally; `is_wide`: it went as far as the level reaches."""

    count: str
    age: str
    fill: str
    is_wide: bool = False
    has_plan: bool = False
    is_bonus: bool = False
    is_whole: bool = False


def draw_coverage(coverage: Coverage) -> bytes:
    """A PNG. Call from a thread."""
    card = Card(f"What you have for {coverage.level.title}", say_totals(coverage), width=WIDTH)
    y = card.top + 8
    for group, members in coverage.sections:
        if group:
            card.write(MARGIN, y + 10, group.name, size=11.5, bold=True, color=QUIET)
            y += 22
        for one in members:
            y = _draw_competency(card, coverage, one, y)
        y += 6
    return card.png(_draw_legend(card, coverage, y + 4))


def describe_coverage(coverage: Coverage) -> str:
    """What the picture shows, competency by competency; in fewer words where there are many."""
    start = f"Evidence for {coverage.level.title} ({coverage.ladder.name}): {say_totals(coverage)}."
    if (reach := coverage.level.reach) and coverage.covered:
        start += f" {coverage.as_wide or 'None'} went as far as the level reaches ({LEVEL_REACH[reach]})."
    for tell in (_tell_all, _tell_entries, _tell_covered):
        told = ". ".join(tell(one) for one in coverage.competencies)
        text = f"{start} {told}." if told else start
        if len(text) <= LONGEST:
            return text
    return shorten(text, LONGEST)


def say_totals(coverage: Coverage) -> str:
    """`20 of 38 expectations have evidence, from 25 entries, newest 3 days ago`."""
    expectations = say_count(len(coverage.expectations), "expectation", "expectations")
    verb = "has" if coverage.covered == 1 else "have"
    said = f"{coverage.covered} of {expectations} {verb} evidence"
    if coverage.total.age is None:
        return said
    entries = say_count(coverage.total.entries, "entry", "entries")
    return f"{said}, from {entries}, newest {say_age(coverage.total.age)}"


# --- what is told


def _tell_all(one: CompetencyCoverage) -> str:
    if one.total.age is None:
        return _tell_covered(one)
    return f"{_tell_entries(one)}, newest {say_age(one.total.age)}"


def _tell_entries(one: CompetencyCoverage) -> str:
    if not one.total.entries:
        return _tell_covered(one)
    return f"{_tell_covered(one)}, {say_count(one.total.entries, 'entry', 'entries')}"


def _tell_covered(one: CompetencyCoverage) -> str:
    return f"{one.competency.name}: {one.covered} of {len(one.expectations)}"


# --- what is drawn


def _draw_competency(card: Card, coverage: Coverage, one: CompetencyCoverage, y: float) -> float:
    """Its name and its cells; gives back where the next begins."""
    lines = card.wrap(one.competency.name, NAMES - 12, size=12)
    for number, line in enumerate(lines):
        card.write(MARGIN, y + HEIGHT / 2 + 14 * (number - (len(lines) - 1) / 2), line, size=12)
    cells = list(_cells(coverage, one))
    for number, cell in enumerate(cells):
        row, column = divmod(number, PER_LINE)
        _draw_cell(card, cell, MARGIN + NAMES + column * (CELL + GAP), y + row * (HEIGHT + GAP))
    return y + max(1, -(-len(cells) // PER_LINE)) * (HEIGHT + GAP)


def _cells(coverage: Coverage, one: CompetencyCoverage) -> Iterator[Cell]:
    """Expectations in the ladder's order, a bonus only where there is evidence, the competency as a whole."""
    for each in one.expectations:
        yield _cell(coverage, each.tally, has_plan=each.plan is not None)
    for each in one.bonuses:
        if each.tally.entries:
            yield _cell(coverage, each.tally, has_plan=each.plan is not None, is_bonus=True)
    if one.whole.entries:
        yield _cell(coverage, one.whole, is_whole=True)


def _cell(
    coverage: Coverage,
    tally: Tally,
    *,
    has_plan: bool = False,
    is_bonus: bool = False,
    is_whole: bool = False,
) -> Cell:
    count = str(tally.entries) if tally.entries else "?" if tally.waiting else ""
    fill = EMPTY if tally.age is None else next(color for days, color, _ in TONES if tally.age <= days)
    is_wide = bool(coverage.level.reach and tally.reach and not coverage.is_narrow(tally))
    return Cell(count, _say_short_age(tally.age), fill, is_wide, has_plan, is_bonus, is_whole)


def _say_short_age(days: int | None) -> str:
    if not days:
        return "" if days is None else "today"
    if days < 100:
        return f"{days} d"
    return f"{round(days / 30.4)} mo" if days < 350 else f"{round(days / 365)} y"


def _draw_cell(card: Card, cell: Cell, x: float, y: float) -> None:
    quiet = QUIET if cell.is_bonus else LINE if cell.fill in PALE else cell.fill
    card.box(
        x,
        y,
        CELL,
        HEIGHT,
        fill=cell.fill,
        edge=INK if cell.is_wide else quiet,
        radius=HEIGHT / 2 if cell.is_whole else 5,
        dashed=cell.is_bonus,
        thickness=2.2 if cell.is_wide else 1.2,
    )
    _write_cell(card, cell, x, y + HEIGHT / 2)
    if cell.has_plan:
        card.box(x + CELL - 7, y - 3, 10, 10, fill=PLANNED, edge="#ffffff", radius=4.9, thickness=1)


def _write_cell(card: Card, cell: Cell, x: float, y: float) -> None:
    """The count and the age, together in the middle; the count alone where both are too wide."""
    ink = "#ffffff" if cell.fill == DARK else QUIET if cell.fill == EMPTY else INK
    count, age = card.measure(cell.count, size=13, bold=True), 6 + card.measure(cell.age, size=11)
    is_pair = bool(cell.age) and count + age < CELL
    left = x + (CELL - count - (age if is_pair else 0)) / 2
    card.write(left, y, cell.count, size=13, bold=True, color=ink)
    if is_pair:
        card.write(left + count + 6, y, cell.age, size=11, color=ink)


def _draw_legend(card: Card, coverage: Coverage, y: float) -> float:
    """How to read it; gives back where it ends."""
    card.line((MARGIN, y), (WIDTH - MARGIN, y), thickness=0.8)
    y += 18
    x = _draw_words(card, MARGIN, y, "Entries, and the age of the newest:")
    for _, color, words in TONES:
        card.box(x, y - 7, 18, 14, fill=color, edge=LINE, radius=3, thickness=0.8)
        x = _draw_words(card, x + 24, y, words)
    y += 10
    for line in card.wrap(" ".join(_explain(coverage)), WIDTH - 2 * MARGIN, size=11, lines=6):
        y += 16
        card.write(MARGIN, y, line, size=11, color=QUIET)
    return y


def _draw_words(card: Card, x: float, y: float, words: str) -> float:
    """Gives back where the next may begin."""
    card.write(x, y, words, size=11, color=QUIET)
    return x + card.measure(words, size=11) + 14


def _explain(coverage: Coverage) -> Iterator[str]:
    """A sentence for each sign that occurs."""
    cells = [cell for one in coverage.competencies for cell in _cells(coverage, one)]
    yield "A cell is an expectation, in the ladder's order; an empty one has no entry yet."
    if any(cell.is_wide for cell in cells) and coverage.level.reach:
        yield f"Dark edge: went as far as the level reaches ({LEVEL_REACH[coverage.level.reach]})."
    if any(cell.count == "?" for cell in cells):
        yield "Question mark: a suggestion waits for your yes."
    if any(cell.has_plan for cell in cells):
        yield "Green dot: you have a plan."
    if any(cell.is_whole for cell in cells):
        yield "Round: speaks for the competency as a whole."
    if any(cell.is_bonus for cell in cells):
        yield "Broken edge: a bonus."
    yield "Counts and ages, not a grade."
