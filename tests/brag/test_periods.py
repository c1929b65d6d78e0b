"""Periods as people write them, and the days of an old document."""

from datetime import date

import pytest

from bot.brag.document import read_document
from bot.brag.period import Period, find_period


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("2025-03-01 - 2026-03-31", date(2025, 3, 1), date(2026, 3, 31)),
        ("5-9 march", date(2026, 3, 5), date(2026, 3, 9)),
        ("jul 1-15 2025", date(2025, 7, 1), date(2025, 7, 15)),
        ("January – March 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("Q1-Q3 2025", date(2025, 1, 1), date(2025, 9, 30)),
        ("june-august", date(2025, 6, 1), date(2025, 8, 31)),
        ("Sep '24", date(2024, 9, 1), date(2024, 9, 30)),
        ("Q3'25", date(2025, 7, 1), date(2025, 9, 30)),
        ("septmber 2025", date(2025, 9, 1), date(2025, 9, 30)),
        ("März 2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("KW 12 2025", date(2025, 3, 17), date(2025, 3, 23)),
        ("Jan 13 – 17 2025", date(2025, 1, 13), date(2025, 1, 17)),
        ("last six weeks", date(2026, 1, 31), date(2026, 3, 13)),
    ],
)
def test_a_period_is_understood_as_it_is_written(said: str, start: date, end: date) -> None:
    assert find_period(said, date(2026, 3, 13)) == Period(start, end)


@pytest.mark.parametrize(
    "said",
    ["marketing", "decisions", "junior", "maybe", "2026-09-30..2026-07-01", "last 0 days", "improved 10"],
)
def test_what_is_no_period_is_asked_about_and_not_guessed(said: str) -> None:
    assert find_period(said, date(2026, 3, 13)) is None


def test_a_heading_with_a_year_dates_what_stands_below_it() -> None:
    text = "2025\n====\n## Q1\n### Decisions\n- chose the queue\n# Acme Inc. (2021–2023)\n- moved the shop\n"
    read = [(item.text, item.happened_on) for item in read_document(text, date(2026, 3, 13))]
    assert read == [("chose the queue", date(2025, 3, 31)), ("moved the shop", date(2023, 12, 31))]


@pytest.mark.parametrize(
    ("heading", "newest"),
    [
        ("3. März 2025", date(2025, 3, 31)),
        ("w/c 3 March 2025", date(2025, 3, 31)),
        ("Payments: April 2025", date(2025, 4, 30)),
        ("March 2025 (Acme)", date(2025, 3, 31)),
        ("Performance review 2025", date(2025, 12, 31)),
        ("2025 – H1", date(2025, 12, 31)),
    ],
)
def test_a_heading_says_when_among_other_words(heading: str, newest: date) -> None:
    [item] = read_document(f"# {heading}\n- moved the shop\n", date(2026, 3, 13))
    assert item.happened_on == newest
