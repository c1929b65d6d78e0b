"""What someone says they will do is noticed, and nothing else."""

from datetime import date

import pytest

from bot.nudge.promises import day_to_ask, find_promise

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Next week I'll migrate the billing tables.", "Next week I'll migrate the billing tables"),
        ("Shipped search. Planning to write the runbook.", "Planning to write the runbook"),
        ("By Friday we move the last customers over", "By Friday we move the last customers over"),
        ("We will finish the rollout next sprint", "We will finish the rollout next sprint"),
        ("• shipped it\n• I'm going to pair with Lee tomorrow", "I'm going to pair with Lee tomorrow"),
        ("I plan to give the talk on tracing", "I plan to give the talk on tracing"),
        ("I’ll finish the design doc by Friday.", "I’ll finish the design doc by Friday"),
        ("Fixed the tests; next week I'll do the rest", "next week I'll do the rest"),
        ("On Thursday I'll present it to the architects", "On Thursday I'll present it to the architects"),
    ],
)
def test_a_plan_in_the_first_person_is_a_promise(text: str, found: str) -> None:
    assert find_promise(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "I'll maybe look at it next week",
        "We planned to migrate but it took longer",
        "Would be good to migrate next week",
        "Ben said “I'll fix it next week”",
        "Will they migrate next week?",
        "If we get time we'll migrate next week",
        "Shipped the migration last week",
        "nothing really",
        "I was going to write it next week",
        "Lee is planning to write the runbook",
        "We won't do it by Friday",
        "I'll never do that again next week",
        "Met with the planning team to align",
        "Stopped planning to rewrite it",
        "Customers said they'll move by Friday",
        "By Friday we moved everything over",
        "I'll be on holiday next week",
        "I will",
    ],
)
def test_a_wish_an_if_a_no_the_past_and_others_are_none(text: str) -> None:
    assert find_promise(text) is None


def test_an_old_document_promises_nothing() -> None:
    assert find_promise("- Next week I'll migrate the billing tables\n" * 30) is None


def test_a_long_promise_is_quoted_shortened() -> None:
    found = find_promise("Next week I'll " + "write and " * 40 + "rest")
    assert found
    assert len(found) <= 160
    assert found.endswith("…")


@pytest.mark.parametrize(
    ("promise", "day"),
    [
        ("I'll do it tomorrow", date(2026, 11, 21)),
        ("next week I'll do it", date(2026, 11, 27)),
        ("I'll do it by Wednesday", date(2026, 11, 25)),
        ("next sprint we'll do it", date(2026, 12, 4)),
        ("I'll do it next month", date(2026, 12, 18)),
        ("planning to do it", date(2026, 11, 27)),
    ],
)
def test_it_is_asked_about_when_its_time_has_come(promise: str, day: date) -> None:
    assert day_to_ask(promise, FRIDAY) == day
