"""What a file of 1:1 questions may say, and what is told about one that cannot be used."""

import pytest

from bot.errors import ContentError
from bot.ladder.marks import Profile
from bot.oneonone.model import questions_for
from bot.oneonone.questions import parse_oneonone_questions

SMALL = """\
questions:
  - id: next-words
    for: engineer
    bands: [senior]
    families: [craft]
    ask: What would you like to learn next?
  - id: back-again
    for: manager
    when: after-leave
    ask: "What does {{ name }} need to hear first?"
"""
SENIOR = Profile("senior", None, frozenset({"craft"}))
STAFF = Profile("staff", None, frozenset({"craft"}))


def complaints(text: str) -> str:
    with pytest.raises(ContentError) as raised:
        parse_oneonone_questions(text, "oneonone/questions.yaml")
    return str(raised.value)


def test_a_question_is_read_with_who_asks_it_and_when() -> None:
    first, second = parse_oneonone_questions(SMALL, "oneonone/questions.yaml")
    assert (first.id, first.side, first.when, first.bands) == (
        "next-words",
        "engineer",
        "usual",
        ("senior",),
    )
    assert (second.side, second.when) == ("manager", "after-leave")


def test_questions_are_found_by_side_occasion_and_level() -> None:
    questions = parse_oneonone_questions(SMALL, "oneonone/questions.yaml")
    assert [q.id for q in questions_for(questions, "engineer", "usual", SENIOR)] == ["next-words"]
    assert questions_for(questions, "engineer", "usual", STAFF) == []
    assert questions_for(questions, "manager", "usual", SENIOR) == []
    assert [q.id for q in questions_for(questions, "manager", "after-leave", STAFF)] == ["back-again"]


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("for: engineer", "four: engineer", "did you mean `for`?"),
        ("    for: engineer\n", "", "`for` is missing"),
        ("for: manager", "for: boss", "known here: engineer, manager"),
        ("after-leave", "after-live", "did you mean `after-leave`?"),
        ("families", "when: first\n    families", "leave `families` out"),
        ("learn next?", "learn next, {{ name }}?", "`{{ name }}` is not known here"),
        ("{{ name }}", "{{ nam }}", "did you mean `name`?"),
        ("back-again", "next-words", "is taken already"),
    ],
)
def test_a_mistake_is_explained(written: str, instead: str, complaint: str) -> None:
    assert complaint in complaints(SMALL.replace(written, instead))


def test_a_mistake_comes_with_line_and_field() -> None:
    told = complaints(SMALL.replace("{{ name }}", "{{ nam }}"))
    assert "oneonone/questions.yaml:10 [questions › back-again › ask]" in told
