"""What `prompts/nudge/questions.yaml` may say, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.content import Finding, read_document
from bot.ladder.model import Band, Family, Reach
from bot.nudge.model import Every, Kind, WeeklyQuestion
from bot.shape import Part, Slug, find_repeated, read_content
from bot.wording import check_template

FILE = "nudge/questions"
NAMES: dict[Kind, frozenset[str]] = {
    "expectation": frozenset({"ask", "level", "competency"}),
    "reframe": frozenset({"level"}),
}
"""The names a question of each kind may use; those not listed here use none."""
ITEM_WORDS = {"bands": "band", "families": "family", "reach": "reach"}


class QuestionFile(Part):
    """One question."""

    id: Slug
    kind: Kind
    ask: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    bands: tuple[Band, ...] = ()
    families: tuple[Family, ...] = ()
    reach: tuple[Reach, ...] = ()
    every: Every = "week"


class QuestionsFile(Part):
    """All weekly questions."""

    questions: Annotated[tuple[QuestionFile, ...], Field(min_length=1)]


def parse_weekly_questions(text: str, file: str) -> tuple[WeeklyQuestion, ...]:
    """The questions of a file, in its order. Raises ContentError with everything wrong with it."""
    content = read_content(read_document(text, file, ITEM_WORDS), QuestionsFile, _check)
    return tuple(WeeklyQuestion(**question.model_dump()) for question in content.questions)


def _check(content: QuestionsFile) -> Iterator[Finding]:
    yield from find_repeated(
        (("questions", i, "id"), question.id) for i, question in enumerate(content.questions)
    )
    for i, question in enumerate(content.questions):
        needed = frozenset({"ask"}) if question.kind == "expectation" else frozenset[str]()
        allowed = NAMES.get(question.kind, frozenset())
        yield from check_template(("questions", i, "ask"), question.ask, allowed, needed, "a word")
