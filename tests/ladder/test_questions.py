"""`/ladder questions`: what to ask oneself about a level."""

from bot.ladder.find import find_competency
from bot.slack.mrkdwn import escape
from tests.support.workspace import Workspace


async def test_a_level_brings_one_question_for_each_competency(workspace: Workspace) -> None:
    said = await workspace.type("/ladder questions staff")
    ladder = workspace.rung.ladders.in_force["artsy"]
    cells = [ladder.cell("ic6", c.id) for c in ladder.competencies_of("ic")]
    firsts = [
        next(s for s in cell.statements if s.kind == "expectation") for cell in cells if cell.statements
    ]
    assert said.count("\n• ") == len(firsts)
    assert all(escape(first.ask or "") in said for first in firsts)


async def test_a_question_shows_what_would_count(workspace: Workspace) -> None:
    assert "_What would count: " in await workspace.type("/ladder questions staff")


async def test_one_competency_brings_all_its_questions(workspace: Workspace) -> None:
    said = await workspace.type("/ladder questions staff communication")
    cell = workspace.rung.ladders.in_force["artsy"].cell("ic6", "communication")
    assert all(escape(statement.ask or "") in said for statement in cell.statements)
    assert "*Oversight*" not in said


async def test_without_a_level_they_are_about_the_target(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    said = await workspace.type("/ladder questions")
    assert said.startswith("Questions to ask yourself: Staff Engineer")


async def test_without_a_target_they_are_about_the_level_one_is_at(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    said = await workspace.type("/ladder questions")
    assert said.startswith("Questions to ask yourself: Senior Engineer 2")


async def test_with_nothing_set_it_asks_for_a_level(workspace: Workspace) -> None:
    assert "`/ladder questions staff`" in await workspace.type("/ladder questions")


async def test_an_unclear_level_is_asked_about_and_the_competency_kept(workspace: Workspace) -> None:
    await workspace.type("/ladder questions senior communication")
    said = await workspace.click("Senior Engineer 1")
    assert said.startswith("Questions to ask yourself: Senior Engineer 1")
    assert "*Oversight*" not in said


async def test_a_level_that_is_only_named_has_none_and_shows_its_neighbours(workspace: Workspace) -> None:
    said = await workspace.type("/ladder questions ic7")
    assert "does not describe it yet" in said
    assert "Staff Engineer" in workspace.buttons()


async def test_facts_are_never_asked_about(workspace: Workspace) -> None:
    said = await workspace.type("/ladder questions em1 discretion")
    ladder = workspace.rung.ladders.in_force["artsy"]
    competency = find_competency(ladder, "discretion", "m")[0]
    kinds = [statement.kind for statement in ladder.cell("m2", competency.id).statements]
    assert "fact" in kinds
    assert said.count("\n• ") == kinds.count("expectation")


async def test_they_lead_back_to_the_level(workspace: Workspace) -> None:
    await workspace.type("/ladder questions staff")
    assert (await workspace.click("All of Staff Engineer")).startswith("Staff Engineer")
