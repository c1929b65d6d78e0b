"""A page one can go through: a question at a time, then what was chosen, side by side."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.contents import open_messages
from bot.errors import ContentError
from bot.ladder import guide
from bot.ladder.load import parse_ladder
from bot.ladder.model import Ladder
from bot.playground.limits import check_blocks
from bot.settings import ROOT
from bot.slack.blocks import Block
from bot.wording import Wording
from tests.support.workspace import Workspace

WORDS = Wording(open_messages(ROOT / "prompts"))
FIRST = "Think of the last week you were glad about. What made it a good one?"
LAST = "In three years, many people work better because of you. How come?"


@pytest.fixture
async def reader(workspace: Workspace) -> Workspace:
    await workspace.type("/ladder use ai")
    return workspace


async def test_a_page_with_choices_invites_to_go_through_them(reader: Workspace) -> None:
    said = await reader.type("/ladder guide ic or manager")
    assert "Signs for management" in said
    assert "5 short ones" in said
    assert FIRST in await reader.click("Go through it")


async def test_each_answer_brings_the_next_question_in_place_of_the_last(reader: Workspace) -> None:
    await reader.type("/ladder guide ic-or-manager")
    before = len(reader.messages())
    await reader.click("Go through it")
    for label in ("Someone on the team got further", "Go deep on our own part", "How the systems are built"):
        await reader.click(label)
    said = await reader.click("It depends on who is in the room")
    assert "question 5 of 5" in said
    assert LAST in said
    assert len(reader.messages()) == before


async def test_at_the_end_stands_what_was_chosen_side_by_side_with_next_steps(reader: Workspace) -> None:
    said = await reader.type("/ladder guide ic-or-manager abcab")
    leading, staying, still_open = (
        said.index(side) for side in ("leading people", "an engineer", "Still open")
    )
    assert leading < said.index("seeing people grow") < staying < still_open
    assert staying < said.index("rather be inside the work") < still_open
    assert (
        still_open
        < said.index("Team and architecture pull at you alike")
        < said.index("Try before you switch")
    )
    assert not any(f"{count} of 5" in said for count in range(6)), "no score"


async def test_answers_that_all_point_one_way_say_so(reader: Workspace) -> None:
    assert "one heading: “Speaks for leading people”" in await reader.type(
        "/ladder guide ic-or-manager aaaaa"
    )


async def test_one_can_step_back_and_start_again(reader: Workspace) -> None:
    await reader.type("/ladder guide ic-or-manager ab")
    assert "question 2 of 5" in await reader.click("One step back")
    assert FIRST in await reader.click("One step back")
    assert "One step back" not in reader.buttons()
    await reader.type("/ladder guide ic-or-manager abcab")
    assert FIRST in await reader.click("Once more")


@pytest.mark.parametrize("typed", ["abx", "aaaaaa", "d", "again"])
async def test_words_that_are_no_way_through_bring_the_page(reader: Workspace, typed: str) -> None:
    said = await reader.type(f"/ladder guide ic-or-manager {typed}")
    assert said.startswith("IC or manager?\n")
    assert "Signs for management" in said


async def test_a_page_without_choices_has_nothing_to_go_through(reader: Workspace) -> None:
    assert (await reader.type("/ladder guide companies a")).startswith("How companies differ")
    assert "Go through it" not in reader.buttons()


def longest(**changes: Any) -> Ladder:
    """A ladder whose page of choices is as large as the schema lets it be."""
    option = {"label": "L" * 70, "says": "s" * 300}
    topic: dict[str, Any] = {
        "id": "page",
        "title": "T" * 70,
        "text": "x" * 2800,
        "sides": ["S" * 70, "R" * 70, "Q" * 70],
        "choices": [{"id": f"c{i}", "question": "q" * 150, "options": [option] * 3} for i in range(8)],
        "next_steps": ["n" * 300] * 8,
    }
    ladder = {
        "id": "small",
        "name": "Small",
        "version": "1",
        "summary": "One level.",
        "source": {"name": "Rung"},
        "tracks": [{"id": "ic", "name": "IC"}],
        "levels": [{"id": "junior", "title": "Junior", "track": "ic", "rank": 1}],
        "topics": [{**topic, **changes}],
    }
    return parse_ladder(yaml.safe_dump(ladder), "small.yaml")


@pytest.mark.parametrize("path", ["", "a", "abcabca", "abcabcab", "aaaaaaaa"])
def test_the_largest_page_there_can_be_is_one_that_slack_takes(path: str) -> None:
    check_blocks(list(guide.show_page(longest(), f"page {path or 'go'}", WORDS).blocks))
    check_blocks(list(guide.show_page(longest(), "page", WORDS).blocks))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"sides": ["One"]}, "`c0` has 3 options, the page 1 sides"),
        ({"choices": []}, "sides need choices"),
        ({"lenses": ["pilars"]}, "there is no lens `pilars`"),
    ],
)
def test_an_author_is_told_what_does_not_fit(changes: Any, problem: str) -> None:
    with pytest.raises(ContentError) as error:
        longest(**changes)
    assert problem in str(error.value)


def test_the_example_of_the_readme_works() -> None:
    readme = (ROOT / "ladders" / "README.md").read_text(encoding="utf-8")
    headings = ("## The smallest file that works", "## A page to go through")
    parts = [readme.split(heading)[1] for heading in headings]
    example = "".join(part.split("```yaml\n")[1].split("```")[0] for part in parts)
    assert parse_ladder(example, "small.yaml").topics["ic-or-manager"].choices


def texts_of(shown: list[Block]) -> list[str]:
    parts = [part for block in shown for part in (block.get("text"), *block.get("fields", ()))]
    return [part["text"] for part in parts if part]


def test_every_way_through_every_shipped_page_says_what_was_chosen() -> None:
    for file in sorted((ROOT / "ladders").glob("*.yaml")):
        ladder = parse_ladder(Path(file).read_text(encoding="utf-8"), file.name)
        for topic in (topic for topic in ladder.topics.values() if topic.choices):
            for chosen in product(*(enumerate(choice.options) for choice in topic.choices)):
                path = "".join("abc"[position] for position, _ in chosen)
                shown = list(guide.show_page(ladder, f"{topic.id} {path}", WORDS).blocks)
                check_blocks(shown)
                said = "\n".join(texts_of(shown))
                assert all(f"• {option.says}" in said for _, option in chosen), path
