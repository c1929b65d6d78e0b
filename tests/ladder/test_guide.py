"""`/ladder guide`: what a source says beside its levels."""

from pathlib import Path

from tests.ladder.folder import edit
from tests.support.workspace import Workspace


async def test_the_contents_list_every_page_with_its_first_line(workspace: Workspace) -> None:
    said = await workspace.type("/ladder guide")
    ladder = workspace.rung.ladders.in_force["artsy"]
    assert all(f"*{topic.title}*" in said for topic in ladder.topics.values())
    assert "What changes most from one level to the next is *how far your work reaches*." in said
    assert "*Terms*" in said


async def test_a_page_opens_from_the_contents(workspace: Workspace) -> None:
    await workspace.type("/ladder guide")
    said = await workspace.click("Read")
    assert said.startswith("How scope grows from level to level")
    assert (await workspace.type("/ladder guide terms")).startswith("Terms\n*OKR:*")


async def test_a_page_is_found_by_id_title_or_the_way_one_asks(workspace: Workspace) -> None:
    for typed in ("tracks", "IC or manager", "two tracks", "trakcs"):
        said = await workspace.type(f"/ladder guide {typed}")
        assert said.startswith("Two tracks, and which levels stand side by side"), typed


async def test_a_page_leads_to_its_levels_and_back(workspace: Workspace) -> None:
    await workspace.type("/ladder guide technical lead")
    assert workspace.buttons()[-1] == "All pages"
    assert (await workspace.click("All pages")).startswith("The guide of Artsy")


async def test_a_page_on_a_step_brings_what_is_said_about_that_step(workspace: Workspace) -> None:
    await workspace.type("/ladder use ai")
    assert "Bridge 1" in await workspace.type("/ladder guide senior to staff")


async def test_an_unknown_page_brings_the_contents(workspace: Workspace) -> None:
    said = await workspace.type("/ladder guide bananas")
    assert said.startswith("There is no page on “bananas”.")
    assert "How scope grows" in said


async def test_a_ladder_without_a_guide_says_so(workspace: Workspace, ladders: Path) -> None:
    edit(ladders, lambda ladder: ladder.update(topics=[], terms=[]))
    await workspace.rung.look_at_files()
    assert "Artsy has no guide yet." in await workspace.type("/ladder guide")
    assert "Artsy has no guide yet." in await workspace.type("/ladder guide scope")


async def test_help_shows_everything_with_examples(workspace: Workspace) -> None:
    said = await workspace.type("/ladder help")
    for example in (
        "staff",
        "staff communication",
        "senior vs staff",
        "search mentoring",
        "questions staff",
        "staff by three pillars",
        "current senior",
        "target staff",
        "list",
        "use ai",
        "guide",
    ):
        assert f"`/ladder {example}`" in said
    assert len(said.splitlines()) <= 15
