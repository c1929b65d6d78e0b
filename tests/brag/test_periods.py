"""Periods as people write them, and the days of an old document."""

import re
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
        ("29 Feb", date(2024, 2, 29), date(2024, 2, 29)),
        ("12/25/2025", date(2025, 12, 25), date(2025, 12, 25)),
        ("KW 12/2025", date(2025, 3, 17), date(2025, 3, 23)),
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
        *("week of 9999-12-31", "0000-00-00", "31.2.2025", "mayor 3"),
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
        ("w/c 3 March 2025", date(2025, 3, 9)),
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


_words = st.sampled_from(
    [
        "March 2025",
        "Mar 3",
        "2024",
        "Shipped it in March 2025",
        "Mar 3: moved the database",
        "3. März",
        "Q2 – 2025",
        "moved `it`",
        "<b>faster</b>",
        "[wiki]: https://wiki.example.com",
        "mail",
        "*Led* the team",
        "2023. joined",
    ]
)
_marks = st.sampled_from(["", "", "- ", "* ", "• ", "  - ", "1. ", "# ", "## ", "###### ", "> "])
_endings = st.sampled_from(["", "", ":", "\n", "\n\n", "\n---", "\n==="])
_lines = st.builds("{}{}{}".format, _marks, _words, _endings) | st.builds("**{}**".format, _words)


@given(st.lists(_lines, max_size=8).map("\n".join))
def test_every_word_of_a_document_stands_in_an_item_or_in_a_heading_above_one(text: str) -> None:
    items = read_document(text, date(2026, 3, 13))
    said = set(re.findall(r"[^\W\d_]+", " ".join(f"{item.heading} {item.text}" for item in items)))
    only_when = {"March", "Mar", "März", "Q"}  # with nothing below it, a date says nothing
    assert set(re.findall(r"[^\W\d_]+", text)) - only_when <= said


@pytest.mark.parametrize(
    "line",
    ["Shipped it in March 2025", "* Mar 3: moved the database", "- Q1 2025", "**Led the move**", "## Led it"],
)
def test_a_line_that_says_more_than_a_date_is_an_item(line: str) -> None:
    items = read_document(f"# 2025\n\n{line}\n", date(2026, 3, 13))
    assert [item.text for item in items] == [line.strip("#* -")]


@pytest.mark.parametrize(
    "line", ["March 2025", "(March 2025)", "Week of 3 March 2025:", "Mon, 3 March 2025", "2025 / Q1"]
)
def test_a_line_that_is_a_date_alone_dates_what_stands_below_it(line: str) -> None:
    [item] = read_document(f"{line}\nmoved the shop\n", date(2026, 3, 13))
    assert (item.text, item.happened_on.year) == ("moved the shop", 2025)


def test_a_day_without_its_year_is_of_the_year_above_it() -> None:
    [item] = read_document("# 2024\n* Mar 3: moved the database\n", date(2026, 3, 13))
    assert item.happened_on == date(2024, 3, 3)


def test_what_a_document_is_handed_over_with_is_no_item() -> None:
    text = "Hi! here is my old brag doc:\n# 2024\n- moved the shop\n\nthanks!\n"
    assert [item.text for item in read_document(text, date(2026, 3, 13))] == ["moved the shop"]


@pytest.mark.parametrize(
    "text", ["**2024**\n**March**\n- moved the shop\n", "2024\n\nMarch\n- moved the shop\n"]
)
def test_a_month_below_a_year_is_of_that_year_without_any_markdown(text: str) -> None:
    [item] = read_document(text, date(2026, 3, 13))
    assert item.happened_on == date(2024, 3, 31)


def test_lines_that_begin_with_their_dates_are_items_without_any_marks() -> None:
    text = "2025-03-14 - moved the shop\n2025-04-02: hired Sam\nMar 3 – wrote docs\nand a second line of it\n"
    read = [(item.text, item.happened_on) for item in read_document(text, date(2026, 3, 13))]
    assert read == [
        ("2025-03-14 - moved the shop", date(2025, 3, 14)),
        ("2025-04-02: hired Sam", date(2025, 4, 2)),
        ("Mar 3 – wrote docs\nand a second line of it", date(2026, 3, 3)),
    ]
