"""What lists look like: within Slack's limits, harmless, and with a way on from everywhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brag.finding import Search, by_project, find_project
from bot.brag.listing import (
    LONGEST_ASKED,
    Look,
    read_start,
    show_hits,
    show_list,
    show_project,
    show_projects,
    show_whole,
)
from bot.brag.model import Entry, Evidence
from bot.contents import open_ladders, open_messages
from bot.people.relations import link
from bot.settings import ROOT
from bot.slack.payloads import Answer
from bot.wording import Wording
from tests.brag.written import entries, entry
from tests.support.workspace import Workspace

ARTSY = open_ladders(ROOT / "ladders").in_force["artsy"]
LOOK = Look(ARTSY, Wording(open_messages(ROOT / "prompts")), date(2026, 10, 5), ())
COMPETENCY = next(iter(ARTSY.competencies.values()))
MANY = [
    entry(f"Fixed bug {n}", day=str(date(2026, 9, 30) - timedelta(days=20 * n)), project=f"Project {n}")
    for n in range(57)
]


def texts_of(answer: Answer) -> str:
    parts = [
        block.get("text") or block["elements"][0] for block in answer.blocks if block["type"] != "actions"
    ]
    return "\n".join(part["text"] for part in parts)


def buttons_of(answer: Answer) -> dict[str, str]:
    rows = [block.get("elements", [block.get("accessory")]) for block in answer.blocks]
    found = [one for row in rows for one in row if one and one["type"] == "button"]
    return {one["text"]["text"]: one["value"] for one in found}


def assert_fits(answer: Answer) -> None:
    """Slack's limits, and action ids that are unique."""
    assert 0 < len(answer.blocks) <= 50
    elements: list[Any] = []
    for block in answer.blocks:
        if block["type"] == "section":
            assert 0 < len(block["text"]["text"]) <= 3000
            elements += [block["accessory"]] if "accessory" in block else []
        elements += block["elements"] if block["type"] == "actions" else []
    ids = [one["action_id"] for one in elements]
    assert len(set(ids)) == len(ids)
    assert all(len(one["value"]) <= 2000 for one in elements if "value" in one)


def test_a_list_is_by_month_newest_first() -> None:
    shown = texts_of(show_list([entry("Newer"), entry("Older", day="2026-08-03")], LOOK, "all time"))
    order = ["September 2026", "Newer", "August 2026", "Older"]
    assert [shown.index(said) for said in order] == sorted(shown.index(said) for said in order)


def test_a_row_says_when_for_what_how_far_and_who_can_see_it() -> None:
    sure = Evidence("artsy", "ic6", COMPETENCY.id, is_confirmed=True)
    since = datetime(2026, 5, 3, tzinfo=UTC)
    one = entry("Shipped", sure, reach="teams", visibility="shared", shared_at=since)
    look = replace(LOOK, seers=[link(None, one.person, "UBEN", "manager", since)])
    shown = texts_of(show_list([one], look, "all time"))
    who = "Shared with <@UBEN> since 3 May"
    for said in ("Wednesday, 30 September", f"*{COMPETENCY.name}*", "several teams", who):
        assert said in shown


def test_a_suggestion_is_shown_as_a_question() -> None:
    shown = texts_of(show_list([entry("Shipped", Evidence("artsy", "ic6", COMPETENCY.id))], LOOK, "all time"))
    assert f"{COMPETENCY.name}?" in shown
    assert "Private" in shown


def test_pages_lead_on_and_back_to_every_entry() -> None:
    seen, command = "", "list last year"
    while command:
        start, asked = read_start(command.removeprefix("list "))
        answer = show_list(MANY, LOOK, "last year", asked, start)
        assert_fits(answer)
        seen += texts_of(answer)
        command = buttons_of(answer).get("More", "")
    assert all(f"Fixed bug {n}\n" in seen for n in range(57))
    assert buttons_of(answer)["Back"] == "list +20 last year"


def test_a_page_beyond_the_end_is_the_last_one() -> None:
    assert "Fixed bug 56" in texts_of(show_list(MANY, LOOK, "all time", start=400))


def test_an_empty_list_says_what_to_do() -> None:
    for answer in (
        show_list([], LOOK, "all time"),
        show_list([], LOOK, "Q3 2026", "q3"),
        show_hits([], LOOK, "checkout"),
        show_projects([], LOOK),
    ):
        assert_fits(answer)
        assert "Write something down" in buttons_of(answer)


def test_what_was_found_stands_out_wherever_it_is() -> None:
    far = entry("word " * 100 + "checkout " + "word " * 100)
    shown = texts_of(show_hits(Search("checkout").find([far]), LOOK, "checkout"))
    assert "*checkout*" in shown
    inside = entry("Shipped it", result="Faster checkout")
    assert "What came of it: Faster *checkout*" in texts_of(
        show_hits(Search("checkout").find([inside]), LOOK, "checkout")
    )


def test_entries_with_only_some_of_the_words_are_set_apart() -> None:
    both, one = entry("Shipped the checkout"), entry("Shipped the search")
    shown = texts_of(show_hits(Search("shipped checkout").find([one, both]), LOOK, "shipped checkout"))
    assert shown.index("checkout") < shown.index("some of these words") < shown.index("search")


def test_projects_open_each_itself_however_long_their_names_and_alike() -> None:
    long = "Moving all of the payments of all of the countries to the new ledger "
    projects = by_project([entry("a", project=f"{long}one"), entry("b", project=f"{long}two")])
    for project in projects:
        asked = buttons_of(show_projects([project], LOOK))["Open"].removeprefix("project ")
        assert find_project(projects, asked) == project
        assert len(asked) <= LONGEST_ASKED


async def test_a_search_that_may_have_been_an_entry_is_kept_as_it_was_typed(workspace: Workspace) -> None:
    for n in range(25):
        await workspace.type(f"/brag Fixed the bug number {n} in the login")
    await workspace.type("/brag find and fix the login bug")
    assert "Keep it as an entry" in workspace.buttons()
    await workspace.click("More")
    assert "Keep it as an entry" not in workspace.buttons()
    await workspace.type("/brag find and fix the login bug")
    await workspace.click("Keep it as an entry")
    assert "find and fix the login bug" in await workspace.type("/brag list")


async def test_a_long_search_goes_on_to_its_next_page(workspace: Workspace) -> None:
    words = "login importer search billing checkout catalogue warehouse payments accounts"
    for n in range(25):
        await workspace.type(f"/brag Fixed the bug number {n} in {words}")
    await workspace.type(f"/brag search {words}")
    said = await workspace.click("More")
    assert "25" in said
    assert "private to you" not in said


def test_every_project_opens() -> None:
    answer = show_projects(by_project(MANY), LOOK)
    assert_fits(answer)
    assert buttons_of(answer)["Open"].startswith("project Project")
    assert_fits(show_project(by_project(MANY)[0], LOOK))


@pytest.mark.parametrize("letter", ["a", "&", "word ", "line\n", "<@UBEN> "])
def test_an_entry_of_40000_characters_is_shown_as_far_as_a_message_goes(letter: str) -> None:
    one = entry((letter * 40_000)[:40_000], links=("https://acme.dev/1",), people=("UBEN",), goal="g")
    answer = show_whole(one, LOOK, None)
    assert_fits(answer)
    if letter != "&":
        assert sum(len(block["text"]["text"]) for block in answer.blocks if "text" in block) > 30_000


@given(st.lists(entries, max_size=5), st.text(max_size=40))
def test_whatever_was_written_fits_and_can_call_nobody(found: list[Entry], asked: str) -> None:
    loud = [replace(one, words=replace(one.words, text=f"<!channel> {one.words.text}")) for one in found]
    answers = [
        show_list(loud, LOOK, "all time"),
        show_hits(Search(asked).find(loud), LOOK, asked),
        show_projects(by_project(loud), LOOK),
        *(show_project(project, LOOK) for project in by_project(loud)),
        *(show_whole(one, LOOK, None) for one in loud),
    ]
    for answer in answers:
        assert_fits(answer)
        assert "<!" not in texts_of(answer)


async def test_what_was_kept_is_listed_found_and_opened(workspace: Workspace) -> None:
    await workspace.type("/brag shipped the new checkout, p99 900 → 200 ms")
    await workspace.type("/brag mentored Lee on testing")
    assert "2 entries" in await workspace.type("/brag list")
    assert "*mentored* Lee" in await workspace.type("/brag search mentoring")
    assert "*mentored* Lee" in await workspace.type("/brag search shipped mentred")
    assert "mentored Lee on testing" in await workspace.click("Open")
    assert "Edit" in workspace.buttons()


async def test_an_export_arrives_as_a_file_in_the_dm(workspace: Workspace) -> None:
    await workspace.type("/brag shipped the new checkout, p99 900 → 200 ms")
    assert "DM" in await workspace.type("/brag export html")
    assert "1 entry" in workspace.read(place=workspace.dm())
    assert [file.name for file in workspace.messages(place=workspace.dm())[-1].files] == [
        "brag-document.html"
    ]
