"""What a file of weekly questions may say, and what is told about one that cannot be used."""

import pytest

from bot.errors import ContentError
from bot.nudge.questions import parse_weekly_questions

SMALL = """\
questions:
  - id: quiet-rescue
    kind: quiet-work
    ask: What did you keep from going wrong?
    bands: [senior, staff]
    families: [ownership]
    reach: [team]
    every: month
  - id: frame-small
    kind: expectation
    ask: "Small things count: {{ ask }}"
"""


def complaints(text: str) -> str:
    with pytest.raises(ContentError) as raised:
        parse_weekly_questions(text, "nudge/questions.yaml")
    return str(raised.value)


def test_a_question_is_read_with_its_marks() -> None:
    question = parse_weekly_questions(SMALL, "nudge/questions.yaml")[0]
    assert (question.id, question.kind, question.every) == ("quiet-rescue", "quiet-work", "month")
    assert (question.bands, question.families, question.reach) == (
        ("senior", "staff"),
        ("ownership",),
        ("team",),
    )


def test_what_is_left_out_suits_all_and_comes_any_week() -> None:
    frame = parse_weekly_questions(SMALL, "nudge/questions.yaml")[1]
    assert (frame.bands, frame.families, frame.reach, frame.every) == ((), (), (), "week")


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("quiet-work", "quiet", "did you mean `quiet-work`?"),
        ("senior, staff", "senoir", "did you mean `senior`?"),
        ("[team]", "[world]", "not a word that is known here"),
        ("every: month", "evry: month", "did you mean `every`?"),
        ("every: month", "every: year", "known here: week, month, quarter"),
        ("frame-small", "quiet-rescue", "`quiet-rescue` is taken already"),
        ("{{ ask }}", "ask", "`{{ ask }}` is missing"),
        ("{{ ask }}", "{{ ask }} {{ levle }}", "did you mean `level`?"),
        ("{{ ask }}", "{{ ask + 1 }}", "the template fails"),
        ("{{ ask }}", "{{ ask", "the template cannot be read"),
        ("going wrong?", "going wrong, {{ level }}?", "`{{ level }}` is not known here"),
        ("going wrong?", "going wrong" + "?" * 300, "characters are too long; 300 fit"),
    ],
)
def test_a_mistake_is_explained(written: str, instead: str, complaint: str) -> None:
    assert complaint in complaints(SMALL.replace(written, instead))


def test_a_reframe_may_name_the_level() -> None:
    text = SMALL.replace("quiet-work", "reframe").replace("going wrong?", "going wrong, as {{ level }}?")
    assert parse_weekly_questions(text, "nudge/questions.yaml")


def test_all_mistakes_come_at_once_with_line_and_field() -> None:
    told = complaints(SMALL.replace("frame-small", "quiet-rescue").replace("{{ ask }}", "{{ asks }}"))
    assert "nudge/questions.yaml:9 [questions › quiet-rescue › id]" in told
    assert "nudge/questions.yaml:11 [questions › quiet-rescue › ask]" in told


def test_a_file_without_questions_is_told() -> None:
    assert "at least one is needed" in complaints("questions: []")
