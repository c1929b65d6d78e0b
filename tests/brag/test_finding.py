"""Search in one's own entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brag.finding import Search, by_project, find_project, find_spots
from bot.brag.model import Entry
from bot.brag.sealing import pack_words
from tests.brag.written import entries, entry

CHECKOUT = entry("Shipped the new checkout, p99 900 → 200 ms", project="Checkout", day="2026-09-01")
MENTORING = entry(
    "Mentored Lee on testing", result="She deploys on her own", day="2026-08-01", people=("ULEE",)
)
DESIGN = entry(
    "Wrote a design document for payments", links=("https://docs.acme.dev/rfc/41",), goal="Halve time to pay"
)
ALL = (CHECKOUT, MENTORING, DESIGN)


def found(words: str, entries: tuple[Entry, ...] = ALL) -> list[str]:
    return [hit.entry.id for hit in Search(words).find(entries)]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("checkout", CHECKOUT),
        ("deploy", MENTORING),
        ("halve", DESIGN),
        ("rfc 41", DESIGN),
        ("ULEE", MENTORING),
        ("writing", DESIGN),
        ("mentor", MENTORING),
        ("pay", DESIGN),
        ("CHECKOUT", CHECKOUT),
        ("chekout", CHECKOUT),
    ],
)
def test_an_entry_is_found_by_any_form_of_what_it_says(words: str, where: Entry) -> None:
    assert found(words)[0] == where.id


def test_all_of_the_words_come_before_some_of_them() -> None:
    hits = Search("design testing document").find(ALL)
    assert [(hit.entry.id, hit.is_whole) for hit in hits] == [(DESIGN.id, False), (MENTORING.id, False)]
    assert Search("design document").find(ALL)[0].is_whole


def test_quotes_ask_for_the_words_side_by_side() -> None:
    apart = entry("Wrote a document about design")
    assert found("“design document”", (*ALL, apart)) == [DESIGN.id]


def test_among_equals_the_newest_comes_first() -> None:
    older = entry("Fixed the login", day="2026-01-01")
    newer = entry("Fixed the login again", day="2026-02-01")
    assert found("login", (older, newer)) == [newer.id, older.id]


@given(st.data(), entries)
def test_what_is_passed_over_unread_would_not_have_been_found(data: st.DataObject, one: Entry) -> None:
    said = data.draw(st.sampled_from([one.words.text, one.words.result, one.words.goal, *one.words.links]))
    start, length = data.draw(st.integers(0, len(said))), data.draw(st.integers(1, 20))
    search = Search(said[start : start + length])
    if not search.is_at_a_loss([one]) and search.find([one]):
        assert search.may_find(pack_words(one.words))


@pytest.mark.parametrize("words", ["", "   ", "“", "kubernetes", "nor of", "\0", "(", "[a-z]*"])
def test_what_occurs_nowhere_finds_nothing(words: str) -> None:
    assert found(words) == []


def test_what_was_found_is_marked_but_not_within_addresses() -> None:
    text = "Checkout: https://acme.dev/checkout/1 and <@UCHECKOUT>"
    assert [piece for piece, is_found in find_spots(text, {"checkout"}) if is_found] == ["Checkout"]
    assert "".join(piece for piece, _ in find_spots(text, {"checkout"})) == text


def test_projects_are_one_however_they_are_spelled_the_newest_first() -> None:
    old = entry("Began", project="checkout ", day="2025-01-01")
    search_project = entry("Index", project="Search", day="2026-01-01")
    projects = by_project((old, search_project, *ALL))
    assert [(project.name, len(project.entries)) for project in projects] == [("Checkout", 2), ("Search", 1)]


def test_a_project_is_found_by_the_beginning_of_its_name() -> None:
    projects = by_project((CHECKOUT, entry("x", project="Check")))
    assert (find_project(projects, "checko") or projects[1]).name == "Checkout"
    assert (find_project(projects, "check") or projects[0]).name == "Check"
    assert find_project(projects, "unknown") is None
