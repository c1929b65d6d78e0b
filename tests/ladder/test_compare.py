"""`/ladder compare` in all its spellings, and what stands side by side."""

from bot.slack.mrkdwn import escape
from tests.support.workspace import Workspace

STEP = "Senior Engineer 2 → Staff Engineer"


async def test_two_levels_stand_side_by_side_the_lower_one_first(workspace: Workspace) -> None:
    for typed in (
        "compare ic5 staff",
        "compare ic5 vs staff",
        "compare staff ic5",
        "ic5 vs staff",
        "senior engineer 2 versus staff engineer",
        "Compare IC5 to IC6",
    ):
        assert (await workspace.type(f"/ladder {typed}")).splitlines()[0] == STEP, typed


async def test_what_is_new_stands_beside_what_was_before(workspace: Workspace) -> None:
    said = await workspace.type("/ladder compare ic5 ic6")
    ladder = workspace.rung.ladders.in_force["artsy"]
    part = said[said.index("*Communication*") : said.index("*Oversight*")]
    before, new = part.split("_New at Staff Engineer_")
    assert "_Senior Engineer 2_" in before
    assert all(escape(s.text) in before for s in ladder.cell("ic5", "communication").statements)
    assert all(escape(s.text) in new for s in ladder.cell("ic6", "communication").statements)


async def test_the_comparison_begins_with_both_scopes_and_how_much_is_new(workspace: Workspace) -> None:
    lines = (await workspace.type("/ladder compare ic5 ic6")).splitlines()
    assert lines[1:3] == ["*Senior Engineer 2* (IC5): Their team", "*Staff Engineer* (IC6): Several teams"]
    assert lines[3] == "32 expectations are new, in 11 competencies."


async def test_what_stays_the_same_is_named_in_one_line(workspace: Workspace) -> None:
    said = await workspace.type("/ladder compare ic5 ic6")
    assert "Nothing new in: Code quality, Team influence." in said


async def test_what_the_source_says_of_this_very_step_stands_there(workspace: Workspace) -> None:
    await workspace.type("/ladder use ai")
    said = await workspace.type("/ladder compare l5 l6")
    assert "*From Senior to Staff*" in said
    assert "Bridge 1" in said


async def test_levels_on_the_way_are_named_with_what_they_bring(workspace: Workspace) -> None:
    said = await workspace.type("/ladder compare ic3 ic5")
    part = said[said.index("*Communication*") : said.index("*Oversight*")]
    assert part.index("_New at Senior Engineer 1_") < part.index("_New at Senior Engineer 2_")


async def test_two_tracks_are_another_job_not_another_rung(workspace: Workspace) -> None:
    said = await workspace.type("/ladder compare ic5 m3")
    assert "These are two tracks" in said
    assert "Asked on the track Individual contributor only: Technical understanding" in said
    assert "_Senior Engineer 2_" not in said


async def test_one_level_is_compared_with_ones_own(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    assert (await workspace.type("/ladder compare staff")).splitlines()[0] == STEP


async def test_without_a_level_of_ones_own_one_is_compared_with_the_one_below(workspace: Workspace) -> None:
    assert (await workspace.type("/ladder compare staff")).splitlines()[0] == STEP


async def test_no_level_at_all_compares_where_i_am_with_where_i_go(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target ic6")
    assert (await workspace.type("/ladder compare")).splitlines()[0] == STEP


async def test_no_level_and_none_set_is_told_how_it_works(workspace: Workspace) -> None:
    assert "`/ladder compare senior staff`" in await workspace.type("/ladder compare")


async def test_a_level_against_itself_is_compared_with_the_one_below(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic6")
    assert (await workspace.type("/ladder compare staff")).splitlines()[0] == STEP


async def test_an_unclear_side_is_asked_about_and_the_other_side_kept(workspace: Workspace) -> None:
    for typed in ("compare senior staff", "compare staff senior", "senior vs staff"):
        assert "“senior” could be several levels" in await workspace.type(f"/ladder {typed}")
        assert (await workspace.click("Senior Engineer 2")).splitlines()[0] == STEP


async def test_two_unclear_sides_are_asked_about_one_after_the_other(workspace: Workspace) -> None:
    await workspace.type("/ladder senior vs em")
    assert "“em” could be several levels" in await workspace.click("Senior Engineer 2")
    said = await workspace.click("Engineering Manager 2")
    assert said.splitlines()[0] == "Senior Engineer 2 → Engineering Manager 2"


async def test_an_unknown_side_brings_the_nearest_and_keeps_the_other(workspace: Workspace) -> None:
    assert "I couldn't find “chief”" in await workspace.type("/ladder staff vs chief")
    said = await workspace.click("Senior Director of Engineering")
    assert said.splitlines()[0] == "Staff Engineer → Senior Director of Engineering"


async def test_a_level_without_a_description_cannot_be_compared(workspace: Workspace) -> None:
    said = await workspace.type("/ladder compare staff ic7")
    assert "names *Senior Staff Engineer* (IC7) but does not describe it yet" in said
    assert workspace.buttons() == ["Staff Engineer", "Senior Staff Engineer"]


async def test_the_buttons_lead_to_both_levels(workspace: Workspace) -> None:
    await workspace.type("/ladder compare ic5 ic6")
    assert workspace.buttons() == ["Senior Engineer 2", "Staff Engineer"]
    assert (await workspace.click("Staff Engineer")).splitlines()[0] == "Staff Engineer"


async def test_a_step_from_one_level_to_another_is_a_comparison_too(workspace: Workspace) -> None:
    for typed in ("/ladder ic5 to staff", "/ladder ic5 -> staff", "/ladder engineer 2 TO senior engineer 1"):
        assert " → " in await workspace.type(typed)


async def test_a_question_with_to_in_it_is_not_a_comparison(workspace: Workspace) -> None:
    assert "Staff Engineer" in await workspace.type("/ladder how to become staff")
