"""What the words of an entry tell besides competencies: reach, outcome, and what kind of entry it is."""

import pytest

from bot.brag.suggesting.outcome import guess_kind, names_outcome
from bot.brag.suggesting.reach import guess_reach


@pytest.mark.parametrize(
    ("entry", "reach"),
    [
        ("Customers can pay by card now", "outside"),
        ("Gave a talk on flaky tests at a conference", "outside"),
        ("Open-sourced our linter", "outside"),
        ("The linter is company-wide now", "organization"),
        ("Showed it at the all-hands", "organization"),
        ("Every team deploys with it", "organization"),
        ("Two teams agreed on one schema", "teams"),
        ("Worked out the contract with the payments team", "teams"),
        ("Our team keeps the runbook now", "team"),
        ("Paired with Ana on the importer", "team"),
        ("I learned how the queue works", "me"),
        ("Learned how to read a flame graph", "me"),
        ("Finished a course on statistics", "me"),
    ],
)
def test_reach_is_read_from_the_words(entry: str, reach: str) -> None:
    assert guess_reach(entry) == reach


@pytest.mark.parametrize(
    "entry",
    [
        "Fixed a typo in the importer",
        "Answered a question from customer support",
        "Went to a conference",
        "Added a column to the users table",
    ],
)
def test_reach_is_not_guessed_where_the_words_do_not_say(entry: str) -> None:
    assert guess_reach(entry) is None


def test_the_widest_reach_counts() -> None:
    assert guess_reach("I learned from our team how two teams serve customers") == "outside"


def test_what_is_denied_was_not_reached() -> None:
    assert guess_reach("Our team uses it, not yet company-wide") == "team"
    assert guess_reach("Caught it before customers noticed") is None


@pytest.mark.parametrize(
    "entry",
    [
        "Shipped the new checkout, p99 900 → 200 ms",
        "Builds take 4 minutes, down from 11: 60 % less",
        "Cut the build from eleven minutes to four",
        "Halved the number of alerts",
        "The nightly export is twice as fast",
        "Saved 20 k€ a year",
        "Wrote the runbook, nobody is paged for it any more since then",
        "Mentored Ana, who now runs the rota alone; she can now take the pager",
        "Unblocked the mobile team",
        "The proposal was approved by the architects",
    ],
)
def test_an_entry_that_says_what_changed_names_its_outcome(entry: str) -> None:
    assert names_outcome(entry)


@pytest.mark.parametrize(
    "entry",
    [
        "Shipped the new checkout",
        "Wrote an RFC about queues",
        "Reviewed 12 pull requests",
        "Interviewed three candidates on 3 March",
        "Upgraded Python from 3.11 to 3.13",
        "Improved the onboarding guide",
    ],
)
def test_that_something_was_done_is_no_outcome(entry: str) -> None:
    assert not names_outcome(entry)


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("Shipped the new checkout", "win"),
        ("Fixed the outage within an hour", "win"),
        ("Repaired the failing tests", "win"),
        ("Learned how the queue works", "learning"),
        ("I finally understand our billing", "learning"),
        ("Finished a course on statistics", "learning"),
        ("I broke production with a wrong flag", "failure"),
        ("The migration failed and had to wait", "failure"),
        ("We missed the deadline; I learned to say so earlier", "failure"),
    ],
)
def test_an_entry_is_a_win_unless_its_words_say_otherwise(entry: str, kind: str) -> None:
    assert guess_kind(entry) == kind
