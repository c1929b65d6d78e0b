"""The programmes that ship are whole: in order, answerable, and giving something back."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.contents import open_prompts
from bot.programme.model import PracticeProblem, Programme, Step
from bot.settings import ROOT

BY_ID = open_prompts(ROOT / "prompts").programmes_by_id
PROGRAMMES = list(BY_ID.values())
PRACTICE = BY_ID["practice"].problems
COMMANDS = {"ladder", "brag", "agenda", "coach"}
BUTTON = 40  # characters of a label that a phone shows whole


def named(programme: Programme) -> str:
    return programme.id


every_programme = pytest.mark.parametrize("programme", PROGRAMMES, ids=named)
every_problem = pytest.mark.parametrize("problem", PRACTICE, ids=lambda problem: problem.id)


def test_there_are_seven() -> None:
    assert set(BY_ID) == {
        "trajectory",
        "role-description",
        "ic-or-manager",
        "promotion-case",
        "after-a-no",
        "clarity-check",
        "practice",
    }


def test_trajectory_checks_in_on_the_days_of_its_source() -> None:
    assert sorted({step.day for step in BY_ID["trajectory"].steps}) == [0, 3, 7, 14, 21]


def test_trajectory_asks_for_the_levels_first() -> None:
    assert BY_ID["trajectory"].steps[0].answer == "levels"


def test_only_the_role_description_has_a_step_the_manager_takes_part_in() -> None:
    asking = [
        programme.id for programme in PROGRAMMES for step in programme.steps if step.answer == "meaning"
    ]
    assert asking == ["role-description"]


@every_programme
def test_it_begins_at_once_and_its_days_rise(programme: Programme) -> None:
    days = [step.day for step in programme.steps]
    assert days == sorted(days)
    assert days[:1] in ([0], [])


@every_programme
def test_no_id_occurs_twice(programme: Programme) -> None:
    ids = [*(step.id for step in programme.steps), *(problem.id for problem in programme.problems)]
    assert len(ids) == len(set(ids))
    for step in programme.steps:
        assert len(step.options) == len({option.id for option in step.options})


@every_programme
def test_its_texts_fit(programme: Programme) -> None:
    assert all(len(step.title) <= 70 and len(step.text) <= 2000 for step in programme.steps)
    assert all(len(reply) <= 600 for step in programme.steps for reply in replies(step))
    assert all(len(problem.model) <= 2500 for problem in programme.problems)
    assert all(
        len(row.title) <= 70 and len(row.text) <= 300 for one in programme.problems for row in one.rubric
    )


@every_programme
def test_a_choice_has_two_to_five_options_that_fit_a_button(programme: Programme) -> None:
    for step in programme.steps:
        assert len(step.options) in (range(2, 6) if step.answer == "choice" else [0]), step.id
        assert all(len(option.label) <= BUTTON for option in step.options), step.id


@every_programme
def test_every_answer_gets_something_back(programme: Programme) -> None:
    for step in programme.steps:
        assert step.then or (step.options and all(option.says for option in step.options)), step.id


@every_programme
def test_its_opening_says_who_sees_the_answers(programme: Programme) -> None:
    assert re.search(r"only you see|for you alone|nobody|you alone", programme.opening, re.IGNORECASE)


@every_programme
def test_it_names_only_commands_and_programmes_that_exist(programme: Programme) -> None:
    for text in texts(programme):
        assert set(re.findall(r"`/(\w+)", text)) <= COMMANDS
        assert set(re.findall(r"`/coach programme ([^`]+)`", text)) <= {*names(), "stop"}


@every_programme
def test_its_texts_are_slacks_mrkdwn(programme: Programme) -> None:
    wrong = re.compile(r"\*\*|__|^[-*] |^#|\]\(|<", re.MULTILINE)
    assert [text for text in texts(programme) if wrong.search(text)] == []


def test_no_name_means_two_programmes() -> None:
    assert [name for name, count in Counter(names()).items() if count > 1] == []


def test_there_are_problems_for_everybody() -> None:
    assert len(PRACTICE) >= 3
    banded = {band for problem in PRACTICE for band in problem.bands}
    assert banded == {"starting", "independent", "senior", "staff", "manager", "director"}


@every_problem
def test_a_problem_has_a_question_a_hint_a_rubric_and_a_model_answer(problem: PracticeProblem) -> None:
    assert re.search(r"\*[^*]+\?\*|Write what you'd answer", problem.problem)
    assert problem.hint
    assert 3 <= len(problem.rubric) <= 4
    assert len(problem.model) > 1000


def names() -> list[str]:
    """Everything one may type for a programme, as it is compared."""
    return [
        name
        for programme in PROGRAMMES
        for name in {one.lower() for one in (programme.id, programme.name, *programme.aliases)}
    ]


def replies(step: Step) -> Iterator[str]:
    yield step.then
    yield from (option.says for option in step.options)


def texts(programme: Programme) -> Iterator[str]:
    """What a person reads of it."""
    yield from (programme.summary, programme.opening, programme.closing)
    for step in programme.steps:
        yield from (step.text, *replies(step))
    for problem in programme.problems:
        yield from (problem.problem, problem.hint, problem.model, *(row.text for row in problem.rubric))
