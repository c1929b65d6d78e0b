"""What a `ladders/*.yaml` file may say, field by field; also the source of the JSON Schema for editors."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from bot.ladder.model import Band, Family, Reach
from bot.shape import URL_PATTERN, Part, Slug

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=70)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2800)]


class SourceFile(Part):
    """Where the ideas come from."""

    name: Line
    url: str = Field("", pattern=URL_PATTERN)
    note: Line = "In our own words."


class TrackFile(Part):
    """A line of levels."""

    id: Slug
    name: Line
    summary: Line | None = None
    aliases: tuple[Line, ...] = ()
    branches_from: Slug | None = None
    """The level at which this track opens."""


class FactFile(Part):
    """One labelled thing the source says of a level."""

    id: Slug
    label: Line
    text: Line


class StatementFile(Part):
    """One bullet."""

    id: Slug
    """Unique in the ladder; evidence points at it, so rewording keeps it."""
    text: Paragraph
    kind: Literal["expectation", "fact", "bonus"] = "expectation"
    """`fact`: shown, never asked about. `bonus`: never counts as missing."""
    ask: Line | None = None
    """The question one is glad to be asked about it."""
    sample: Line | None = None
    """A short, believable entry that would count."""
    was: tuple[Slug, ...] = ()
    """Former ids of this statement."""


def _kind_of_cell(value: object) -> str:
    return "[word]" if isinstance(value, str) else "[statements]"


CellFile = Annotated[
    Annotated[tuple[StatementFile, ...], Tag("[statements]")]
    | Annotated[Literal["undefined"], Tag("[word]")],
    Discriminator(_kind_of_cell),  # so that a mistake in a statement is told once, and as that of a statement
]


class LevelFile(Part):
    """A rung."""

    id: Slug
    title: Line
    track: Slug
    rank: Annotated[int, Field(ge=0, le=100, strict=True)]
    """Shared over tracks: equal rank means parallel levels."""
    aliases: tuple[Line, ...] = ()
    status: Literal["described", "named"] = "described"
    """`named`: the source names the level but does not describe it (yet)."""
    summary: Line | None = None
    scope: Line | None = None
    reach: Reach | None = None
    """How far the work of this level is felt; evidence is held against it."""
    band: Band | None = None
    """What kind of level it is whatever its title, so that general questions suit it."""
    facts: tuple[FactFile, ...] = ()
    notes: tuple[Line, ...] = ()
    was: tuple[Slug, ...] = ()
    expects: dict[Slug, CellFile] = Field({})
    """Competency → statements. `[]`: the source leaves the cell empty; `undefined`: it says nothing of it."""


class CompetencyFile(Part):
    """Something the ladder looks at."""

    id: Slug
    name: Line
    tracks: Annotated[tuple[Slug, ...], Field(min_length=1)]
    summary: Line | None = None
    aliases: tuple[Line, ...] = ()
    criteria: tuple[Line, ...] = ()
    discipline: Line | None = None
    """The discipline a craft competency is bound to, such as `Machine learning`."""
    families: tuple[Family, ...] = ()
    """What it is about in general words, so that general questions suit it."""
    was: tuple[Slug, ...] = ()


class GroupFile(Part):
    """Competencies that belong together."""

    id: Slug
    name: Line
    aliases: tuple[Line, ...] = ()
    criteria: tuple[Line, ...] = ()
    competencies: Annotated[tuple[Slug, ...], Field(min_length=1)]
    families: tuple[Family, ...] = ()
    """What belongs here on a ladder that knows nothing of this group."""


class LensFile(Part):
    """One way to group the competencies; the first orders the cards."""

    id: Slug
    name: Line
    aliases: tuple[Line, ...] = ()
    groups: Annotated[tuple[GroupFile, ...], Field(min_length=1)]


class RoleFile(Part):
    """Something a person holds that is not a level."""

    id: Slug
    name: Line
    aliases: tuple[Line, ...] = ()
    summary: Paragraph
    duties: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    near: tuple[Slug, ...] = ()
    """Levels it is usually held at; offered when someone asks for the role."""


class PointFile(Part):
    """A titled thought."""

    title: Line
    text: Paragraph


class GuidanceFile(Part):
    """The step between two levels."""

    from_level: Slug
    to_level: Slug
    title: Line
    summary: Paragraph
    points: tuple[PointFile, ...] = ()


class OptionFile(Part):
    """One answer to a choice."""

    label: Label
    """What its button is called."""
    says: Line
    """What choosing it says about the person, in words."""


class ChoiceFile(Part):
    """A question of a page one can go through."""

    id: Slug
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
    options: Annotated[tuple[OptionFile, ...], Field(min_length=2, max_length=3)]
    """In the order of the page's `sides`."""


class TopicFile(Part):
    """A page of `/ladder guide`."""

    id: Slug
    title: Label
    aliases: tuple[Line, ...] = ()
    text: Text
    """Slack mrkdwn: *bold*, _italic_, • lists."""
    levels: tuple[Slug, ...] = ()
    """Levels whose cards link to this page."""
    lenses: tuple[Slug, ...] = ()
    """Lenses this page explains and offers."""
    choices: Annotated[tuple[ChoiceFile, ...], Field(max_length=8)] = ()
    """Shown one after another; at the end, what was chosen stands side by side."""
    sides: Annotated[tuple[Label, ...], Field(max_length=3)] = ()
    """What the first, second and third options of the choices speak for."""
    next_steps: tuple[Line, ...] = ()
    """What one can do after the last choice."""


class TermFile(Part):
    """A word, explained."""

    name: Line
    text: Paragraph


class PromotionsFile(Part):
    """How promotions work here; the page names what is left out, and whom to ask."""

    when: Paragraph | None = None
    who_decides: Paragraph | None = None
    what_to_bring: Paragraph | None = None
    appeal: Paragraph | None = None


class LadderFile(Part):
    """A whole ladder."""

    id: Slug
    name: Line
    version: Line
    summary: Line
    source: SourceFile
    tracks: Annotated[tuple[TrackFile, ...], Field(min_length=1)]
    competencies: tuple[CompetencyFile, ...] = ()
    lenses: tuple[LensFile, ...] = ()
    levels: Annotated[tuple[LevelFile, ...], Field(min_length=1)]
    roles: tuple[RoleFile, ...] = ()
    guidance: tuple[GuidanceFile, ...] = ()
    topics: tuple[TopicFile, ...] = ()
    terms: tuple[TermFile, ...] = ()
    promotions: PromotionsFile = PromotionsFile()


def describe_schema() -> str:
    """The JSON Schema of a ladder file, as `ladders/schema.json` holds it for editors; with docstrings."""
    schema = LadderFile.model_json_schema()
    parts = {LadderFile.__name__: schema, **schema["$defs"]}
    for part, field, text in _find_docstrings():
        known = parts[part]["properties"][field]
        parts[part]["properties"][field] = dict(sorted({**known, "description": text}.items()))
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _find_docstrings() -> Iterator[tuple[str, str, str]]:
    """Class, field and what stands below it.

    pydantic reads them as well (`use_attribute_docstrings`), but at every import, from the source, which took
    longer than to make all of these classes.
    """
    body = ast.parse(Path(__file__).read_text(encoding="utf-8")).body
    for part in (one for one in body if isinstance(one, ast.ClassDef)):
        for field, below in pairwise(part.body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    yield part.name, name, inspect.cleandoc(text)
