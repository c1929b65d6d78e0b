"""A level sorted another way: `/ladder staff by five responsibilities`, on any ladder."""

from pathlib import Path

import pytest

from bot.contents import open_ladders, open_messages
from bot.ladder.answers import Answers
from bot.ladder.lenses import list_lenses, sort_competencies
from bot.ladder.model import Ladder
from bot.ladder.service import Reader
from bot.people.model import PersonId
from bot.playground.limits import check_blocks
from bot.settings import ROOT
from bot.slack.mrkdwn import escape
from bot.wording import Wording
from tests.ladder.folder import edit
from tests.support.workspace import Workspace

LADDERS = open_ladders(ROOT / "ladders").in_force
ANSWERS = Answers(Wording(open_messages(ROOT / "prompts")), lambda: LADDERS)


@pytest.fixture(params=sorted(LADDERS))
def ladder(request: pytest.FixtureRequest) -> Ladder:
    return LADDERS[request.param]


@pytest.mark.parametrize(
    "typed",
    ["by five responsibilities", "BY Five-Responsibilities", "sorted by larson", "by five responsbilities"],
)
async def test_a_level_is_sorted_by_a_lens_of_another_ladder(workspace: Workspace, typed: str) -> None:
    said = await workspace.type(f"/ladder staff {typed}")
    assert said.startswith("Staff Engineer by five responsibilities")
    assert "comes from Data science" in said
    glue, elsewhere = said.index("*Being glue*"), said.index("*Elsewhere*")
    assert said.index("*Setting technical direction*") < said.index("*Technical decision-making*") < glue
    assert glue < said.index("*Team influence*") < elsewhere < said.index("*Product impact*")


async def test_what_falls_under_two_groups_is_told_once_and_named_again(workspace: Workspace) -> None:
    said = await workspace.type("/ladder ic6 by five responsibilities")
    assert said.count("*Engineering influence*") == 1
    assert "Engineering influence (above, under Mentorship and sponsorship)" in said


async def test_a_lens_of_ones_own_ladder_comes_first_and_goes_by_its_own_list(workspace: Workspace) -> None:
    await workspace.type("/ladder use data-science")
    said = await workspace.type("/ladder staff by pillars")
    assert said.startswith("Staff Data Scientist by three pillars")
    assert "*Elsewhere*" not in said
    assert "Keeping things moving (above, under Execution)" in said


async def test_a_word_that_several_lenses_go_by_is_asked_about(workspace: Workspace) -> None:
    said = await workspace.type("/ladder staff by pillars")
    assert "“pillars” could be one of these." in said
    assert "*Three pillars* (Data science)" in said
    assert "*Five pillars* (EscrowTab ML)" in said
    assert (await workspace.click("Sort by it")).startswith("Staff Engineer by")


@pytest.mark.parametrize("typed", ["staff by bananas", "lens bananas"])
async def test_an_unknown_lens_brings_those_there_are(workspace: Workspace, typed: str) -> None:
    said = await workspace.type(f"/ladder {typed}")
    assert "called “bananas”" in said
    assert "*Five responsibilities* (Data science)" in said


async def test_a_lens_is_laid_over_the_whole_ladder_and_leads_to_its_levels(workspace: Workspace) -> None:
    said = await workspace.type("/ladder lens three pillars")
    assert said.startswith("Three pillars")
    assert "• Code quality" in said
    assert (await workspace.click("Staff Engineer")).startswith("Staff Engineer by three pillars")
    assert (await workspace.click("By five responsibilities")).startswith("Staff Engineer by five")


@pytest.mark.parametrize("typed", ["list", "guide"])
async def test_lenses_are_found_from_the_list_and_from_the_guide(workspace: Workspace, typed: str) -> None:
    await workspace.type(f"/ladder {typed}")
    assert "*Three pillars* (Data science)" in await workspace.click("Show them")


async def test_the_page_that_explains_the_lenses_offers_them(workspace: Workspace) -> None:
    await workspace.type("/ladder use data-science")
    await workspace.type("/ladder guide responsibilities-and-pillars")
    assert (await workspace.click("Sort by Three pillars")).startswith("Three pillars")


async def test_a_misspelt_level_is_read_and_said_so(workspace: Workspace) -> None:
    assert "I read “stafff” as Staff Engineer" in await workspace.type("/ladder stafff by three pillars")


async def test_a_level_that_several_words_fit_is_asked_about_first(workspace: Workspace) -> None:
    assert "several levels" in await workspace.type("/ladder senior by three pillars")
    assert (await workspace.click("Senior Engineer 1")).startswith("Senior Engineer 1 by three pillars")


async def test_a_level_that_is_only_named_says_so(workspace: Workspace) -> None:
    assert "does not describe it yet" in await workspace.type("/ladder ic8 by three pillars")


async def test_by_without_a_level_before_it_is_searched_for_like_anything_else(workspace: Workspace) -> None:
    assert "I couldn't find “bananas by the sea”" in await workspace.type("/ladder bananas by the sea")


@pytest.mark.parametrize("lenses", [0, 1])
async def test_a_ladder_alone_with_no_lens_but_its_order_says_there_is_one_way(
    workspace: Workspace, ladders: Path, lenses: int
) -> None:
    await workspace.type("/ladder staff")
    assert "Sort it another way" in workspace.buttons()
    for other in ("ai", "data-science", "escrowtab-ml"):
        (ladders / f"{other}.yaml").unlink()
    edit(ladders, lambda ladder: ladder.update(lenses=ladder["lenses"][:lenses]))
    await workspace.rung.look_at_files()
    assert "only one way to sort Artsy" in await workspace.type("/ladder lens")
    await workspace.type("/ladder guide")
    assert "Show them" not in workspace.buttons()
    await workspace.type("/ladder staff")
    assert "Sort it another way" not in workspace.buttons()


def test_every_lens_over_every_level_shows_every_competency_once(ladder: Ladder) -> None:
    for one in list_lenses(ladder, LADDERS):
        for track in ladder.tracks:
            competencies = ladder.competencies_of(track)
            placed = {c.id for _, members in sort_competencies(one, ladder, competencies) for c in members}
            assert placed == {c.id for c in competencies}
        for level in ladder.levels.values():
            answer = ANSWERS.answer(Reader(PersonId("T", "U"), ladder), f"{level.id} by {one.lens.name}")
            check_blocks(list(answer.blocks))
            titles = [
                block["text"]["text"].split("\n")[0] for block in answer.blocks if block["type"] == "section"
            ]
            if level.status == "described":
                assert answer.text == f"{level.title} by {one.lens.name[0].lower()}{one.lens.name[1:]}"
                for competency in ladder.competencies_of(level.track):
                    name = f"*{escape(competency.name)}*"
                    assert sum(title.startswith(name) for title in titles) == 1
