"""Ladder files read, checked and turned into ladders; all that is wrong with them comes at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath

from bot.content import Finding, read_document, read_text
from bot.ladder.check import check_ladder
from bot.ladder.file import LadderFile, LevelFile, PromotionsFile, StatementFile, TopicFile
from bot.ladder.model import (
    Cell,
    CellState,
    Competency,
    Fact,
    Group,
    Guidance,
    Ladder,
    Lens,
    Level,
    Point,
    Role,
    Source,
    Statement,
    Term,
    Topic,
    Track,
)
from bot.ladder.pages import Choice, Option, Promotions
from bot.shape import read_content

ENDINGS = (".yaml", ".yml")
ITEM_WORDS = {
    "expects": "statement",
    "aliases": "alias",
    "was": "former id",
    "criteria": "criterion",
    "guidance": "step",
    "points": "point",
    "terms": "term",
    "notes": "note",
    "duties": "duty",
    "near": "level",
    "families": "family",
    "choices": "choice",
    "options": "option",
    "sides": "side",
    "next_steps": "step",
}


def read_ladder(path: Path) -> Ladder:
    """The ladder of a file. Raises ContentError with everything that is wrong with it."""
    return parse_ladder(read_text(path), str(path))


def parse_ladder(text: str, file: str) -> Ladder:
    """The ladder of a text; a `file` that ends like one must be named for the ladder. Raises ContentError."""
    content = read_content(read_document(text, file, ITEM_WORDS), LadderFile, partial(_check, file))
    return _build(content, sha256(text.encode()).hexdigest()[:12])


def _check(file: str, ladder: LadderFile) -> Iterator[Finding]:
    name = PurePath(file)
    if name.suffix in ENDINGS and name.stem != ladder.id:
        hint = f"call the file `{ladder.id}{name.suffix}`, or write `id: {name.stem}`"
        yield Finding(("id",), f"the file is called `{name.stem}`, its ladder `{ladder.id}`", hint)
    yield from check_ladder(ladder)


def _build(file: LadderFile, digest: str) -> Ladder:
    ladder = Ladder(
        id=file.id,
        name=file.name,
        version=file.version,
        summary=file.summary,
        source=Source(file.source.name, file.source.url, file.source.note),
        tracks={t.id: Track(t.id, t.name, t.summary or "", t.aliases, t.branches_from) for t in file.tracks},
        levels={level.id: _level(level) for level in file.levels},
        competencies={
            c.id: Competency(
                c.id,
                c.name,
                c.tracks,
                c.summary or "",
                c.aliases,
                c.criteria,
                c.discipline,
                c.was,
                c.families,
            )
            for c in file.competencies
        },
        lenses=_lenses(file),
        cells={},
        roles={r.id: Role(r.id, r.name, r.aliases, r.summary, r.duties, r.notes, r.near) for r in file.roles},
        guidance=_guidance(file),
        topics={topic.id: _topic(topic) for topic in file.topics},
        terms=tuple(Term(term.name, term.text) for term in file.terms),
        promotions=_promotions(file.promotions),
        digest=digest,
    )
    return replace(ladder, cells=_cells(file, ladder))


def _level(level: LevelFile) -> Level:
    return Level(
        id=level.id,
        title=level.title,
        track=level.track,
        rank=level.rank,
        aliases=level.aliases,
        status=level.status,
        summary=level.summary or "",
        scope=level.scope or "",
        facts=tuple(Fact(fact.id, fact.label, fact.text) for fact in level.facts),
        notes=level.notes,
        was=level.was,
        reach=level.reach,
        band=level.band,
    )


def _lenses(file: LadderFile) -> tuple[Lens, ...]:
    return tuple(
        Lens(
            lens.id,
            lens.name,
            tuple(
                Group(g.id, g.name, g.aliases, g.criteria, g.competencies, g.families) for g in lens.groups
            ),
            lens.aliases,
        )
        for lens in file.lenses
    )


def _guidance(file: LadderFile) -> tuple[Guidance, ...]:
    return tuple(
        Guidance(
            g.from_level, g.to_level, g.title, g.summary, tuple(Point(p.title, p.text) for p in g.points)
        )
        for g in file.guidance
    )


def _topic(topic: TopicFile) -> Topic:
    choices = tuple(
        Choice(choice.id, choice.question, tuple(Option(o.label, o.says) for o in choice.options))
        for choice in topic.choices
    )
    return Topic(
        topic.id,
        topic.title,
        topic.aliases,
        topic.text,
        topic.levels,
        topic.lenses,
        choices,
        topic.sides,
        topic.next_steps,
    )


def _promotions(said: PromotionsFile) -> Promotions:
    return Promotions(said.when or "", said.who_decides or "", said.what_to_bring or "", said.appeal or "")


def _cells(file: LadderFile, ladder: Ladder) -> dict[tuple[str, str], Cell]:
    """Level by level, competency by competency, in the order of the file."""
    cells = {
        (level.id, competency.id): _cell(level, competency)
        for level in file.levels
        for competency in ladder.competencies.values()
    }
    for (level_id, competency_id), cell in cells.items():
        if cell.state is CellState.EMPTY:
            origin = _still_from(ladder, cells, level_id, competency_id)
            cells[level_id, competency_id] = Cell(CellState.EMPTY, still_from=origin)
    return cells


def _cell(level: LevelFile, competency: Competency) -> Cell:
    if level.track not in competency.tracks:
        return Cell(CellState.ABSENT)
    said = level.expects.get(competency.id, "undefined")
    if isinstance(said, str):
        return Cell(CellState.UNDEFINED)
    if not said:
        return Cell(CellState.EMPTY)
    return Cell(CellState.DESCRIBED, tuple(_statement(level.id, competency.id, part) for part in said))


def _statement(level_id: str, competency_id: str, part: StatementFile) -> Statement:
    return Statement(part.id, level_id, competency_id, part.kind, part.text, part.ask, part.sample, part.was)


def _still_from(
    ladder: Ladder, cells: Mapping[tuple[str, str], Cell], level_id: str, competency_id: str
) -> str | None:
    """The nearest level below that describes the competency, on this track or where it branches off."""
    level = ladder.below(ladder.levels[level_id])
    while level is not None:
        state = cells[level.id, competency_id].state
        if state is CellState.DESCRIBED:
            return level.id
        if state is CellState.ABSENT:
            return None
        level = ladder.below(level)
    return None
