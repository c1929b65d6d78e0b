"""The brag document as a file: complete, in order, and harmless whatever people wrote."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from bot.brag.export import FORMATS, Format, export, read_format
from bot.brag.exporting.as_csv import COLUMNS
from bot.brag.exporting.marks import mark, mark_lines
from bot.brag.exporting.packet import Packet
from bot.brag.importing import read_file
from bot.brag.model import Entry, Evidence, Plan
from bot.brag.period import Period
from bot.contents import open_ladders
from bot.ladder.model import Ladder, Level, Statement
from bot.settings import ROOT
from tests.brag.written import ANA, KEPT_AT, entry, packet, packets, texts

LADDERS = open_ladders(Path(ROOT / "ladders")).in_force
LEVELS = [(ladder, level) for ladder in LADDERS.values() for level in ladder.levels.values()]
ARTSY = LADDERS["artsy"]
STAFF = ARTSY.levels["ic6"]
Q3 = Period(date(2026, 7, 1), date(2026, 9, 30))

# As lenient as renderers get: raw HTML passes, tables and strikes are known.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def expectations(ladder: Ladder, level: Level) -> list[Statement]:
    held = ladder.competencies_of(level.track)
    return [s for c in held for s in ladder.expected_at(level, c) if s.kind == "expectation"]


def evidence_for(statement: Statement, expectation: str | None = None) -> Evidence:
    named = statement.id if expectation is None else expectation
    return Evidence("artsy", STAFF.id, statement.competency, named, is_confirmed=True)


def for_staff(*entries: Entry, **given: object) -> Packet:
    return packet(*entries, ladder=ARTSY, target=STAFF, **given)


def written(packet: Packet, wanted: Format = "md") -> str:
    return export(packet, wanted).content.decode()


class Reading(HTMLParser):
    """The tags, the addresses and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def squeeze(text: str) -> str:
    """What is left of a text when spaces and control characters count for nothing."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+", "", text)


@pytest.mark.parametrize("wanted", FORMATS)
@pytest.mark.parametrize(("ladder", "level"), LEVELS, ids=lambda each: each.id)
def test_every_level_of_every_ladder_can_be_exported(ladder: Ladder, level: Level, wanted: Format) -> None:
    expected = expectations(ladder, level)
    mine = [Evidence(ladder.id, level.id, one.competency, one.id, is_confirmed=True) for one in expected[:1]]
    made = packet(entry("Shipped the search", *mine), ladder=ladder, target=level, period=Q3)
    content = written(made, wanted)
    assert "Shipped the search" in content
    if wanted in ("md", "html"):
        shown = squeeze(Reading(content if wanted == "html" else READER.render(content)).text)
        assert all(squeeze(one.text) in shown for one in expected)


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (None, "brag-document.md"),
        (Q3, "brag-document-2026-q3.md"),
        (Period(date(2026, 1, 1), date(2026, 12, 31)), "brag-document-2026.md"),
        (Period(date(2026, 2, 1), date(2026, 2, 28)), "brag-document-2026-02.md"),
        (Period(date(2026, 7, 1), date(2026, 12, 31)), "brag-document-2026-h2.md"),
        (Period(date(2026, 7, 3), date(2026, 8, 9)), "brag-document-2026-07-03-to-2026-08-09.md"),
    ],
)
def test_the_file_is_named_after_its_period(period: Period | None, name: str) -> None:
    assert export(packet(entry("x"), period=period), "md").name == name


@pytest.mark.parametrize(
    ("typed", "wanted", "rest"),
    [
        ("", "md", ""),
        ("2026 html", "html", "2026"),
        ("JSON", "json", ""),
        ("csv last quarter", "csv", "last quarter"),
        ("last quarter as markdown", "md", "last quarter"),
    ],
)
def test_a_format_is_read_wherever_it_stands(typed: str, wanted: Format, rest: str) -> None:
    assert read_format(typed) == (wanted, rest)


def test_the_packet_says_for_which_level_on_which_ladder_after_which_source() -> None:
    head = written(for_staff(entry("x"), period=Q3)).split("##", maxsplit=1)[0]
    for said in (STAFF.title, ARTSY.name, f"version {ARTSY.version}", ARTSY.source.name, "Q3 2026, 1 entry"):
        assert said in head


def test_evidence_stands_under_its_expectation_and_empty_ones_are_named_calmly() -> None:
    first, second = expectations(ARTSY, STAFF)[:2]
    text = written(for_staff(entry("Shipped the search", evidence_for(first))))
    assert text.index(first.text[:40]) < text.index("Shipped the search") < text.index("Nothing here yet")
    assert text.index("Nothing here yet") < text.index(second.text[:40])


def test_evidence_that_names_no_expectation_speaks_for_the_competency_as_a_whole() -> None:
    first = expectations(ARTSY, STAFF)[0]
    text = written(for_staff(entry("Shipped the search", evidence_for(first, ""))))
    assert text.index("For the competency as a whole") < text.index("Shipped the search")


def test_what_is_only_suggested_is_no_evidence() -> None:
    first = expectations(ARTSY, STAFF)[0]
    suggested = Evidence("artsy", STAFF.id, first.competency, first.id)
    text = written(for_staff(entry("Shipped the search", suggested)))
    assert text.index("Not under a competency yet") < text.index("Shipped the search")


def test_an_entry_stands_in_full_once() -> None:
    one, other = expectations(ARTSY, STAFF)[0], expectations(ARTSY, STAFF)[-1]
    text = written(
        for_staff(entry("Shipped it", evidence_for(one), evidence_for(other), result="Fewer tickets"))
    )
    assert text.count("Fewer tickets") == 1
    assert "in full under" in text


def test_nothing_that_was_kept_is_left_out() -> None:
    given: dict[str, Any] = {
        "result": "Tickets fell from 30 to 4",
        "links": ("https://github.com/acme/shop/pull/812",),
        "people": ("UBEN",),
        "project": "Checkout",
        "goal": "Halve time to pay",
        "kind": "failure",
        "reach": "teams",
    }
    made = for_staff(entry("Shipped the new checkout", **given), names={"UBEN": "Ben Mensah"})
    for wanted in FORMATS:
        content = written(made, wanted)
        for said in (*(str(given[name]) for name in ("result", "project", "goal")), "pull/812", "Ben Mensah"):
            assert said in content, (wanted, said)


def test_a_plan_stands_under_its_expectation() -> None:
    plan = Plan("artsy", expectations(ARTSY, STAFF)[0].id, "When a review opens, I will ask first.", KEPT_AT)
    assert "*Plan:* When a review opens" in written(for_staff(entry("x"), plans=[plan]))


def test_without_a_ladder_everything_is_there_all_the_same() -> None:
    text = written(packet(entry("Shipped the search"), entry("Wrote the runbook", day="2026-08-01")))
    assert "Shipped the search" in text
    assert "August 2026" in text


@given(texts)
def test_whatever_is_written_reads_the_same_and_makes_no_structure(text: str) -> None:
    shown = Reading(READER.render(f"- **30 September 2026**  \n  {mark_lines(text, '  ')}"))
    assert squeeze(shown.text) == squeeze(f"30 September 2026{text}")
    assert set(shown.tags) <= {"ul", "li", "p", "strong", "br", "a"}


@given(texts)
def test_a_heading_stays_one_line(text: str) -> None:
    assert "\n" not in mark(text)
    assert set(Reading(READER.render(f"### {mark(text)}")).tags) <= {"h3", "a"}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "![x](https://evil.example/x.png)",
        "# Heading\n\n## Another\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "title\n=====\n\n> quote\n\n    code\n\n```\nfence\n```",
        "[ref]: https://evil.example\n\n[ref]",
        '<https://ok.example/"onmouseover=alert(1)>',
        "&lt;script&gt; &#60;b&#62;",
        "- [ ] task\n1. one\n* star\n+ plus",
        "a | b\n:-- | --:",
        "ends with \\\nnext",
        "<!-- comment -->",
    ],
)
def test_markup_in_an_entry_is_shown_and_not_followed(text: str) -> None:
    made = for_staff(entry(text, project=text, result=text), owner=text)
    page = written(made, "html").split("<main>")[1].split("</main>")[0]
    for body in (Reading(page), Reading(READER.render(written(made)))):
        assert set(body.tags) <= {"h1", "h2", "h3", "h4", "p", "ul", "li", "strong", "em", "br", "a"}
        assert all(address.startswith("https://") for address in body.addresses)
        assert squeeze(text) in squeeze(body.text)


def test_what_reads_naturally_is_left_as_it_is() -> None:
    text = "Cut p99 from 900 to < 200 ms (snake_case, 3 - 2 = 1, R&D, a/b #42, 50%)"
    assert mark(text) == text


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = Reading(written(for_staff(entry("x")), "html"))
    assert not {"script", "link", "img", "iframe"} & set(page.tags)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    rows = list(
        csv.DictReader(io.StringIO(written(packet(entry(text, project=text)), "csv").lstrip("\ufeff")))
    )
    assert rows[0]["text"] == f"'{text}"
    assert rows[0]["project"] == f"'{text}"


@given(packets)
def test_a_row_is_an_entry(made: Packet) -> None:
    rows = list(csv.reader(io.StringIO(written(made, "csv").lstrip("\ufeff"), newline="")))
    assert rows[0] == list(COLUMNS)
    assert len(rows) == len(made.entries) + 1


@given(packets)
@settings(max_examples=50)
def test_json_holds_everything_and_can_be_read_again(made: Packet) -> None:
    file = read_file(export(made, "json").content, "x.json")
    assert [part.text for part in file.entries] == [each.words.text for each in made.newest_first]
    assert file.owner is not None
    assert (file.owner.workspace, file.owner.user) == ANA
