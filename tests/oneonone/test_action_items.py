"""Action items as people write them."""

from datetime import date

import pytest

from bot.oneonone.meetings.reading import ReadItem, read_items

NAMES = {"ana": "UANA", "ana ferreira": "UANA", "ben": "UBEN", "ben mensah": "UBEN"}
TUESDAY = date(2026, 11, 24)


def read(text: str) -> list[ReadItem]:
    """As Ben writes them."""
    return read_items(text, "UBEN", NAMES, TUESDAY)


@pytest.mark.parametrize(
    ("line", "doer", "text"),
    [
        ("@ana: write the doc", "UANA", "write the doc"),
        ("@Ana write the doc", "UANA", "write the doc"),
        ("Ana Ferreira: write the doc", "UANA", "write the doc"),
        ("<@UANA>: write the doc", "UANA", "write the doc"),
        ("me: ask Dana", "UBEN", "ask Dana"),
        ("ask Dana", "UBEN", "ask Dana"),
        ("- ben: ask Dana", "UBEN", "ask Dana"),
        ("2. ana: ask Dana", "UANA", "ask Dana"),
        ("Dana: says no", "UBEN", "Dana: says no"),
        ("@dana look at it", "UBEN", "@dana look at it"),
        ("<@UCY> look at it", "UBEN", "<@UCY> look at it"),
        ("look at https://example.com/a", "UBEN", "look at https://example.com/a"),
        ("10:30 call with Dana", "UBEN", "10:30 call with Dana"),
    ],
)
def test_whoever_is_named_does_it_else_whoever_wrote_it(line: str, doer: str, text: str) -> None:
    assert read(line) == [ReadItem(doer, text)]


@pytest.mark.parametrize(
    ("said", "text", "day"),
    [
        ("write the doc by friday", "write the doc", date(2026, 11, 27)),
        ("write the doc until 3 dec", "write the doc", date(2026, 12, 3)),
        ("write the doc (by 2026-12-24)", "write the doc", date(2026, 12, 24)),
        ("write the doc, due tomorrow.", "write the doc", date(2026, 11, 25)),
        ("talk to sales on Monday", "talk to sales", date(2026, 11, 30)),
        ("find out by the way", "find out by the way", None),
        ("sit by the river", "sit by the river", None),
        ("by friday", "by friday", None),
    ],
)
def test_a_day_is_read_and_what_is_none_stays_text(said: str, text: str, day: date | None) -> None:
    assert read(f"ana: {said}") == [ReadItem("UANA", text, day)]


def test_each_line_is_one_and_empty_ones_are_none() -> None:
    assert [one.text for one in read("one\n\n  \n• two\n")] == ["one", "two"]
