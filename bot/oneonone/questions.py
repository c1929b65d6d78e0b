"""What `prompts/oneonone/questions.yaml` may say, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.content import Finding, Place, read_document
from bot.ladder.model import Band, Family
from bot.oneonone.model import Occasion, OneOnOneQuestion, Side
from bot.shape import Part, Slug, find_repeated, read_content
from bot.wording import check_template

FILE = "oneonone/questions"
NAMES: dict[Side, frozenset[str]] = {"engineer": frozenset(), "manager": frozenset({"name"})}
"""The names the questions of each side may use."""
ITEM_WORDS = {"bands": "band", "families": "family"}


class QuestionFile(Part):
    """One question."""

    id: Slug
    side: Annotated[Side, Field(alias="for")]
    """`engineer` or `manager`: who asks it."""
    when: Occasion = "usual"
    bands: tuple[Band, ...] = ()
    families: tuple[Family, ...] = ()
    ask: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class QuestionsFile(Part):
    """All questions for 1:1s."""

    questions: Annotated[tuple[QuestionFile, ...], Field(min_length=1)]


def parse_oneonone_questions(text: str, file: str) -> tuple[OneOnOneQuestion, ...]:
    """The questions of a file, in its order. Raises ContentError with everything wrong with it."""
    content = read_content(read_document(text, file, ITEM_WORDS), QuestionsFile, _check)
    return tuple(OneOnOneQuestion(**question.model_dump()) for question in content.questions)


def _check(content: QuestionsFile) -> Iterator[Finding]:
    yield from find_repeated(
        (("questions", i, "id"), question.id) for i, question in enumerate(content.questions)
    )
    for i, question in enumerate(content.questions):
        at: Place = ("questions", i)
        yield from check_template((*at, "ask"), question.ask, NAMES[question.side], sample="Ana")
        if question.families and question.when != "usual":
            hint = "leave `families` out, or write `when: usual`"
            yield Finding((*at, "families"), f"`when: {question.when}` is not about a competency", hint)
