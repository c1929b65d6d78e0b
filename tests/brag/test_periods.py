"""Periods as people write them, and the days of an old document."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("3. März 2025", date(2025, 3, 3), date(2025, 3, 3)),
        ("März bis Mai 2025", date(2025, 3, 1), date(2025, 5, 31)),
        ("5.–9. März", date(2026, 3, 5), date(2026, 3, 9)),
        ("1.3.-5.3.", date(2026, 3, 1), date(2026, 3, 5)),
        ("24.12.", date(2025, 12, 24), date(2025, 12, 24)),
        ("2024-2025", date(2024, 1, 1), date(2025, 12, 31)),
        ("Q2 – 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("mar. 3", date(2026, 3, 3), date(2026, 3, 3)),
        ("last six weeks", date(2026, 1, 31), date(2026, 3, 13)),
    ],
)
def test_a_period_is_understood_as_it_is_written(said: str, start: date, end: date) -> None:
    assert find_period(said, date(2026, 3, 13)) == Period(start, end)


@pytest.mark.parametrize(
    "said",
    [
        *("marketing", "decisions", "junior", "maybe", "mail", "julia", "marc", "mary", "arch", "augusta"),
        *("2026-09-30..2026-07-01", "last 0 days", "improved 10", "dec - 9999-12-31", "0001-01-01", "3.11"),
    ],
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
        ("3. März 2025", date(2025, 3, 3)),
        ("Q2 – 2025", date(2025, 6, 30)),
        ("w/c 3 March 2025", date(2025, 3, 31)),
        ("Payments: April 2025", date(2025, 4, 30)),
        ("March 2025 (Acme)", date(2025, 3, 31)),
        ("Performance review 2025", date(2025, 12, 31)),
        ("2025 – H1", date(2025, 6, 30)),
    ],
)
def test_a_heading_says_when_among_other_words(heading: str, newest: date) -> None:
    [item] = read_document(f"# {heading}\n- moved the shop\n", date(2026, 3, 13))
    assert item.happened_on == newest


SAID = (
    *("jan", "mar", "2025", "9999", "0000", "q1", "h2", "-", "..", "to", "since", "week of", "last", "31"),
    *(
        "30.2.",
        "12/31",
        "'25",
        "next",
        "0",
        "bis",
        "from",
        "between",
        "this",
        "kw",
        "53",
        "märz",
        "1.1.",
        "...",
    ),
)


@given(st.lists(st.sampled_from(SAID), max_size=6).map(" ".join) | st.text(max_size=14))
@settings(deadline=None)
def test_whatever_is_written_is_read_without_trouble(said: str) -> None:
    assert find_period(said, date(2026, 3, 13)) is None or find_period(said, date(2026, 3, 13))


PIECES = (
    *(
        "Shipped it in March 2025",
        "* Mar 3: moved the database",
        "- mentored Lee",
        "March 2025",
        "## Q2 – 2025",
    ),
    *(
        "**Big launch**",
        "**Wins**",
        "### Rewrote the search",
        "This week:",
        "2024",
        "• 1.5 h saved a week",
        "",
    ),
    *("Week of 3 March 2025", "1. [x] planned the move", "2025-04-01: on call", "- April 2025", "  - nested"),
    *("April 2025 was the month in which we moved", "Mary helped me in May 2025", "May 2025 (Acme)"),
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
@settings(deadline=None)
def test_nothing_that_was_done_is_lost_from_a_document(lines: list[str]) -> None:
    """Each line stands in an item, or above one; but for those that only say when, or what kind of thing."""
    items = read_document("\n".join(lines), date(2026, 3, 13))
    kept = " ".join(f"{item.heading} {item.text}" for item in items)
    done = [
        *("Shipped it", "moved the database", "mentored Lee", "Big launch", "Rewrote", "saved", "planned")
    ]
    done += ["on call", "nested", "was the month", "Mary helped"]
    for each in done:
        if any(each in line for line in lines):
            assert each in kept


def test_only_a_line_of_a_date_alone_is_a_heading() -> None:
    text = "March 2025\nShipped checkout in April 2025\n- mentored Lee\nApril 2025:\n* Mar 3: moved\n"
    text += "**Wins**\n- won\n"
    read = [(item.text, item.happened_on) for item in read_document(text, date(2026, 3, 13))]
    assert read == [
        ("Shipped checkout in April 2025", date(2025, 3, 31)),
        ("mentored Lee", date(2025, 3, 31)),
        ("Mar 3: moved", date(2025, 3, 3)),
        ("won", date(2025, 4, 30)),
    ]


def test_an_item_of_a_date_alone_dates_what_is_nested_in_it() -> None:
    text = "## Q2 2025\n- April\n  - moved the shop\n  - hired Sam\n- wrote docs\n"
    read = [(item.text, item.happened_on) for item in read_document(text, date(2026, 3, 13))]
    assert read == [
        ("moved the shop", date(2025, 4, 30)),
        ("hired Sam", date(2025, 4, 30)),
        ("wrote docs", date(2025, 6, 30)),
    ]
