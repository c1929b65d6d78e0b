"""`/ladder staff` and its buttons, in the playground's Slack."""

from bot.ladder.model import CellState, Ladder
from bot.slack.mrkdwn import escape
from tests.slack.signed import press
from tests.support.workspace import ANA, BEN, CHANNEL, Workspace, plain


def artsy(workspace: Workspace) -> Ladder:
    return workspace.rung.ladders.in_force["artsy"]


async def test_a_level_is_shown_to_the_person_who_asked_alone(workspace: Workspace) -> None:
    said = await workspace.type("/ladder staff")
    assert "Staff Engineer" in said
    assert "Cross-functional collaboration" in said
    assert workspace.messages(BEN) == []


async def test_every_competency_stands_there_with_all_its_expectations(workspace: Workspace) -> None:
    said, ladder = await workspace.type("/ladder staff"), artsy(workspace)
    for competency in ladder.competencies_of("ic"):
        assert escape(competency.name) in said
        for statement in ladder.expected_at(ladder.levels["ic6"], competency):
            assert escape(statement.text) in said


async def test_a_card_begins_with_the_place_the_summary_and_the_scope(workspace: Workspace) -> None:
    lines = plain(await workspace.type("/ladder ic6")).splitlines()
    assert lines[:2] == [
        "Staff Engineer",
        "IC6 · Individual contributor · beside Senior Engineering Manager",
    ]
    assert lines[2] == artsy(workspace).levels["ic6"].summary
    assert lines[3].startswith("Scope: ")


async def test_what_fits_a_phone_comes_before_the_competencies(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    said = await workspace.type("/ladder staff")
    head = said[: said.index("Compare with my level")]
    assert "*New against Senior Engineer 2*, your level:" in head
    assert len(head.splitlines()) <= 12


async def test_without_a_level_of_ones_own_news_are_against_the_level_before(workspace: Workspace) -> None:
    assert "*New against Senior Engineer 2*, the level before:" in await workspace.type("/ladder staff")


async def test_news_start_from_ones_own_level_also_two_levels_up(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic3")
    assert "*New against Engineer 2*, your level:" in await workspace.type("/ladder ic5")


async def test_ones_own_level_brings_no_news(workspace: Workspace) -> None:
    await workspace.type("/ladder current staff")
    said = await workspace.type("/ladder staff")
    assert "you are here" in said
    assert "New against" not in said
    assert "Compare with Senior Engineer 2" in workspace.buttons()


async def test_an_empty_cell_shows_what_is_still_expected(workspace: Workspace) -> None:
    said, ladder = await workspace.type("/ladder staff"), artsy(workspace)
    assert ladder.cell("ic6", "code-quality").state is CellState.EMPTY
    part = said[said.index("*Code quality*") : said.index("*Industry knowledge*")]
    assert "_Still expected, from Engineer 2:_" in part
    assert escape(ladder.cell("ic3", "code-quality").statements[0].text) in part


async def test_an_empty_cell_with_nothing_before_it_says_so(workspace: Workspace) -> None:
    said = await workspace.type("/ladder engineer 1 engineering influence")
    assert "Nothing is asked of this level here." in said


async def test_a_bonus_and_a_fact_are_marked_as_such(workspace: Workspace) -> None:
    assert "• _A bonus, never a must:_" in await workspace.type("/ladder staff team impact")
    assert "• _Good to know:_" in await workspace.type("/ladder em1 discretion")


async def test_facts_of_a_level_stand_near_the_top(workspace: Workspace) -> None:
    await workspace.type("/ladder use ai")
    said = await workspace.type("/ladder l6")
    assert "*What holds people back:*" in said[: said.index("Compare with")]


async def test_the_card_names_ladder_version_source_and_whose_words_it_has(workspace: Workspace) -> None:
    last = (await workspace.type("/ladder staff")).splitlines()[-1]
    assert last.startswith("Artsy · version 1 · after <https://artsy.github.io/")
    assert "the words are ours" in last


async def test_one_competency_can_be_asked_for_alone(workspace: Workspace) -> None:
    said = await workspace.type("/ladder staff communication")
    assert said.splitlines()[0] == "Staff Engineer: Communication"
    assert "Code quality" not in said
    assert workspace.buttons() == [
        "Questions to ask myself",
        "Communication over all levels",
        "All of Staff Engineer",
    ]


async def test_a_group_of_competencies_can_be_asked_for(workspace: Workspace) -> None:
    said = await workspace.type("/ladder staff impact")
    assert "*Team impact*" in said
    assert "*Product impact*" in said
    assert "Code quality" not in said


async def test_a_competency_is_shown_over_all_levels(workspace: Workspace) -> None:
    await workspace.type("/ladder staff communication")
    said = await workspace.click("Communication over all levels")
    places = [said.index(f"*{title}*") for title in ("Engineer 1", "Senior Engineer 1", "Staff Engineer")]
    assert places == sorted(places)


async def test_a_competency_that_looks_like_a_misspelt_level_is_the_competency(workspace: Workspace) -> None:
    await workspace.type("/ladder use ai")
    said = await workspace.type("/ladder technical direction")
    assert said.startswith("Technical direction")


async def test_a_name_of_several_competencies_is_asked_about(workspace: Workspace) -> None:
    assert "“impact” could be several competencies." in await workspace.type("/ladder impact")
    assert workspace.buttons() == ["Impact", "Team impact", "Product impact"]
    assert (await workspace.click("Team impact")).startswith("Team impact")


async def test_a_competency_of_another_track_is_explained(workspace: Workspace) -> None:
    said = await workspace.type("/ladder m4 communication")
    assert "Communication isn't asked of Senior Engineering Manager" in said
    assert workspace.buttons() == ["All of Senior Engineering Manager", "Communication over all levels"]


async def test_a_name_of_several_levels_is_asked_about(workspace: Workspace) -> None:
    said = await workspace.type("/ladder senior")
    assert "Which one do you mean?" in said
    assert workspace.buttons() == ["Senior Engineer 1", "Senior Engineer 2"]
    assert (await workspace.click("Senior Engineer 2")).startswith("Senior Engineer 2")


async def test_a_competency_of_an_unclear_level_is_shown_once_the_level_is_clear(
    workspace: Workspace,
) -> None:
    await workspace.type("/ladder senior communication")
    assert (await workspace.click("Senior Engineer 2")).startswith("Senior Engineer 2: Communication")


async def test_a_level_that_is_not_there_brings_the_nearest(workspace: Workspace) -> None:
    assert "I couldn't find “chief” on Artsy" in await workspace.type("/ladder chief")
    assert workspace.buttons()[:2] == ["Principal Engineer", "Senior Director of Engineering"]
    assert (await workspace.click("Principal Engineer")).startswith("Principal Engineer")


async def test_where_nothing_comes_near_a_search_and_help_are_offered(workspace: Workspace) -> None:
    assert "nothing comes near" in await workspace.type("/ladder wizard")
    assert workspace.buttons() == ["Search for “wizard”", "Help"]


async def test_a_level_is_found_the_way_people_write_it(workspace: Workspace) -> None:
    for typed, title in {
        "Staff": "Staff Engineer",
        "sr. staff": "Senior Staff Engineer",
        "  ic6  ": "Staff Engineer",
        "em2": "Engineering Manager 2",
    }.items():
        assert (await workspace.type(f"/ladder {typed}")).splitlines()[0] == title


async def test_ones_own_track_comes_first_and_the_other_level_is_named(workspace: Workspace) -> None:
    await workspace.type("/ladder current em2")
    said = await workspace.type("/ladder level four")
    assert said.splitlines()[0] == (
        "I read this on your own track, Management. There is also Senior Engineer 1."
    )
    assert "Senior Engineering Manager" in said.splitlines()[1]


async def test_a_role_has_a_card_and_is_no_level(workspace: Workspace) -> None:
    said = await workspace.type("/ladder technical lead")
    assert "A role, not a level." in said
    assert "*What it takes on*" in said
    assert workspace.buttons() == ["Senior Engineer 2", "Staff Engineer"]


async def test_a_level_that_is_only_named_says_so_and_shows_its_neighbour(workspace: Workspace) -> None:
    for typed, neighbour in {
        "ic7": "Staff Engineer",
        "ic8": "Staff Engineer",
        "intern": "Engineer 1",
    }.items():
        said = await workspace.type(f"/ladder {typed}")
        assert "names this level but does not describe it yet" in said
        assert escape(artsy(workspace).levels[typed].summary) in said
        assert "*Communication*" not in said
        assert workspace.buttons()[0] == neighbour


async def test_the_card_leads_to_the_comparison_with_ones_own_level(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder staff")
    assert "Senior Engineer 2 → Staff Engineer" in await workspace.click("Compare with my level")


async def test_someone_at_a_level_without_a_description_is_offered_no_comparison_with_it(
    workspace: Workspace,
) -> None:
    await workspace.type("/ladder current ic7")
    await workspace.type("/ladder staff")
    assert "Compare with my level" not in workspace.buttons()


async def test_making_it_my_target_replaces_the_card_and_says_what_follows(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder staff")
    before = len(workspace.messages())
    said = await workspace.click("Make it my target")
    assert len(workspace.messages()) == before
    assert "*Staff Engineer* (IC6) is your target now." in said.splitlines()[0]
    assert "expectations are new between the two" in said.splitlines()[0]
    assert "Make it my target" not in workspace.buttons()
    assert "*Aiming for:* *Staff Engineer* (IC6)" in await workspace.type("/ladder")


async def test_the_card_leads_to_the_questions_of_its_level(workspace: Workspace) -> None:
    await workspace.type("/ladder staff")
    said = await workspace.click("Questions to ask myself")
    assert said.startswith("Questions to ask yourself: Staff Engineer")


async def test_the_card_leads_to_pages_of_the_guide_about_it(workspace: Workspace) -> None:
    await workspace.type("/ladder staff")
    said = await workspace.click("How scope grows from level to level")
    assert said.startswith("How scope grows from level to level")


async def test_the_card_leads_to_the_other_ways_to_sort_its_level(workspace: Workspace) -> None:
    await workspace.type("/ladder staff")
    assert "sorted in several ways" in await workspace.click("Sort it another way")
    assert (await workspace.click("Sort by it")).startswith("Staff Engineer by ")


async def test_a_level_that_is_only_named_has_nothing_to_sort(workspace: Workspace) -> None:
    await workspace.type("/ladder ic7")
    assert "Sort it another way" not in workspace.buttons()


async def test_after_five_answers_to_one_press_the_answer_comes_by_dm(workspace: Workspace) -> None:
    await workspace.type("/ladder staff")
    url = use_up_a_response_url(workspace)
    await press(workspace, "ladder:run:0", "artsy compare ic5 ic6", response_url=url)
    assert workspace.read(place=workspace.dm()).startswith("Senior Engineer 2 → Staff Engineer")
    assert [refusal.code for refusal in workspace.world.refused] == ["used_url"]
    workspace.world.refused.clear()


def use_up_a_response_url(workspace: Workspace) -> str:
    """The address of a response URL that has taken its five answers."""
    ticket = workspace.slack.response_urls.issue(ANA.id, CHANNEL)
    for _ in range(5):
        workspace.slack.response_urls.use(ticket)
    return f"{workspace.address}/respond/{ticket}"


async def test_a_typo_is_read_over_and_said_so(workspace: Workspace) -> None:
    assert "I read “stafff” as Staff Engineer." in await workspace.type("/ladder stafff")
    assert "I read" not in await workspace.type("/ladder staff")
