"""What a programme file may say, and what is told about one that cannot be used."""

import pytest

from bot.errors import ContentError
from bot.programme.file import parse_programme

STEPS = """\
name: Trajectory
aliases: [career plan]
summary: Where you want to go.
opening: Two days.
steps:
  - id: levels
    day: 0
    title: Where you are
    text: Now at {{ current }}, heading for {{ level }}.
    answer: levels
  - id: way
    day: 1
    title: Which way
    text: Which one?
    answer: choice
    options:
      - id: ic
        label: Engineer
        says: Good.
      - id: manager
        label: Manager
    then: Noted.
closing: "{{ count }} answers."
"""
PRACTICE = """\
name: Practice
summary: A problem.
opening: Write first.
problems:
  - id: stuck
    title: Stuck
    bands: [senior]
    problem: What now?
    hint: Who else?
    rubric:
      - title: Weak
        text: Goes on.
      - title: Better
        text: Asks.
      - title: Best
        text: Asks early.
    model: Ask on day one.
closing: Done.
"""


def complaints(text: str) -> str:
    with pytest.raises(ContentError) as raised:
        parse_programme(text, "programme/trajectory.yaml")
    return str(raised.value)


def test_a_programme_is_called_like_its_file() -> None:
    programme = parse_programme(STEPS, "programme/trajectory.yaml")
    assert (programme.id, programme.name, programme.aliases) == (
        "trajectory",
        "Trajectory",
        ("career plan",),
    )


def test_steps_come_with_their_days_and_their_choices() -> None:
    levels, way = parse_programme(STEPS, "programme/trajectory.yaml").steps
    assert [(step.day, step.answer) for step in (levels, way)] == [(0, "levels"), (1, "choice")]
    assert [(option.label, option.says) for option in way.options] == [("Engineer", "Good."), ("Manager", "")]


def test_a_step_asks_for_words_unless_it_says_otherwise() -> None:
    text = STEPS.replace("    answer: levels\n", "")
    assert parse_programme(text, "programme/trajectory.yaml").steps[0].answer == "text"


def test_practice_has_problems_in_place_of_steps() -> None:
    programme = parse_programme(PRACTICE, "programme/practice.yaml")
    assert programme.steps == ()
    assert [step.title for step in programme.problems[0].rubric] == ["Weak", "Better", "Best"]


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("day: 1", "day: 0\n    dya: 1", "did you mean `day`?"),
        ("day: 0", "day: 2", "day 1 comes after day 2"),
        ("day: 1", "day: '1'", "write a whole number without quotes"),
        ("id: way", "id: levels", "`levels` is taken already"),
        ("id: manager", "id: ic", "`ic` is taken already"),
        ("id: way", "id: My way", "`My way` cannot be an id"),
        ("{{ level }}", "{{ levle }}", "did you mean `level`?"),
        ("then: Noted.", "then: 'Noted, {{ level }}.'", "`{{ level }}` is not known here"),
        ("{{ count }}", "{{ counts }}", "did you mean `count`?"),
        ("answer: choice", "answer: text", "`answer: text` has no options"),
        ("answer: levels", "answer: choice", "a choice between no options"),
        ("answer: levels", "answer: level", "did you mean `levels`?"),
        ("steps:", "problems: []\nstep:", "did you mean `steps`?"),
        ("Where you are", "Where you are" * 6, "characters are too long; 70 fit"),
    ],
)
def test_a_mistake_is_explained(written: str, instead: str, complaint: str) -> None:
    assert complaint in complaints(STEPS.replace(written, instead, 1))


def test_a_programme_with_both_steps_and_problems_or_with_neither_is_told() -> None:
    problems = PRACTICE[PRACTICE.index("problems:") : PRACTICE.index("closing:")]
    assert "steps, or problems" in complaints(STEPS + problems)
    assert "steps, or problems" in complaints(PRACTICE.replace(problems, ""))


def test_a_rubric_has_three_or_four_steps() -> None:
    two = PRACTICE.replace("      - title: Best\n        text: Asks early.\n", "")
    assert "write three or four steps" in complaints(two)


def test_a_mistake_comes_with_line_and_field() -> None:
    told = complaints(STEPS.replace("{{ level }}", "{{ levle }}"))
    assert "programme/trajectory.yaml:9 [steps › levels › text]" in told


def test_a_step_shows_the_answer_of_an_earlier_one() -> None:
    text = STEPS.replace("    text: Which one?", "    text: Which one?\n    shows: levels")
    assert parse_programme(text, "programme/trajectory.yaml").steps[1].shows == "levels"


def test_a_step_cannot_show_what_was_not_asked_before() -> None:
    said = complaints(STEPS.replace("    text: Which one?", "    text: Which one?\n    shows: way"))
    assert "no earlier step is called `way`" in said
