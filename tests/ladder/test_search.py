"""`/ladder search`: where something occurs, over all levels."""

import re

from tests.support.workspace import Workspace


def found_levels(said: str) -> list[str]:
    return re.findall(r"^\*[^*]+\* \((\w+)\) · ", said, re.MULTILINE)


async def test_a_word_is_found_in_all_its_forms_and_marked(workspace: Workspace) -> None:
    said = await workspace.type("/ladder search mentoring")
    assert "*Mentors* or trains other engineers" in said
    assert found_levels(said) == ["IC2", "IC4", "M5"]


async def test_the_number_of_hits_is_told_in_the_first_line(workspace: Workspace) -> None:
    assert (await workspace.type("/ladder search mentoring")).startswith("*“mentoring”: 3 expectations*\n")
    assert (await workspace.type("/ladder search superpowers")).startswith("*“superpowers”: 1 expectation*\n")


async def test_ones_own_track_comes_first(workspace: Workspace) -> None:
    await workspace.type("/ladder current m3")
    assert found_levels(await workspace.type("/ladder search mentoring")) == ["M5", "IC2", "IC4"]


async def test_texts_with_more_of_the_words_come_alone(workspace: Workspace) -> None:
    said = await workspace.type("/ladder search interviewing and hiring")
    assert "2 expectations" in said.splitlines()[0]
    assert "Makes *interviewing* and *hiring* better." in said


async def test_typos_are_forgiven(workspace: Workspace) -> None:
    assert "*Mentors*" in await workspace.type("/ladder search mentroing")
    assert "*technical*" in await workspace.type("/ladder search techncal")


async def test_many_hits_come_page_by_page_without_repeating_any(workspace: Workspace) -> None:
    pages = [await workspace.type("/ladder search technical")]
    count = int(re.findall(r"(\d+) expectations", pages[0])[0])
    while "More" in workspace.buttons():
        pages.append(await workspace.click("More"))
    hits = [hit for page in pages for hit in re.findall(r"^(\*.+\* \(\w+\) · .*\n.*)$", page, re.MULTILINE)]
    assert len(hits) == len(set(hits)) == count
    assert f"({count - len(found_levels(pages[-1])) + 1} to {count})" in pages[-1]


async def test_pages_of_the_guide_are_found_too(workspace: Workspace) -> None:
    await workspace.type("/ladder search promotion")
    assert "Guide: How promotions work" in workspace.buttons()
    assert (await workspace.click("Guide: How promotions work")).startswith("How promotions work")


async def test_what_stands_only_on_a_page_is_said_to(workspace: Workspace) -> None:
    said = await workspace.type("/ladder search promotion")
    assert said.startswith("*“promotion”: only in the guide*\n")


async def test_a_page_is_found_only_if_it_holds_every_word(workspace: Workspace) -> None:
    assert "does not occur" in await workspace.type("/ladder search promotion zwetschge")
    assert "does not occur" in await workspace.type("/ladder search ' 0 zwetschge")


async def test_a_hit_opens_its_place(workspace: Workspace) -> None:
    await workspace.type("/ladder search superpowers")
    said = await workspace.click("Open")
    assert said.startswith("Engineering Manager 2: People & Business Leadership")


async def test_nothing_found_says_so_and_points_elsewhere(workspace: Workspace) -> None:
    assert "“banana” does not occur on Artsy" in await workspace.type("/ladder search banana")
    assert workspace.buttons() == ["The guide", "Help"]


async def test_a_search_for_nothing_shows_an_example(workspace: Workspace) -> None:
    assert "`/ladder search mentoring`" in await workspace.type("/ladder search")


async def test_an_unknown_level_offers_to_search_for_the_words(workspace: Workspace) -> None:
    await workspace.type("/ladder retrospectives please")
    said = await workspace.click("Search for “retrospectives please”")
    assert "*retrospectives*" in said
