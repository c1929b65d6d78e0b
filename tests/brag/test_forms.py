"""The form of an entry, and of a plan: what was not asked there stays."""

from __future__ import annotations

from typing import Any

from tests.support.workspace import ANA, BEN, Workspace, words_of

PLAN = "When a design review opens, I will ask what fails first."


async def press_edit(workspace: Workspace) -> dict[str, Any]:
    """Open the form of the newest entry, and what Slack sends of it when nothing is changed."""
    await workspace.click("Edit", place=workspace.dm())
    values: dict[str, Any] = {}
    for block in workspace.modal().payload["blocks"]:
        if (element := block.get("element")) is None:
            continue
        chosen = {
            "value": element.get("initial_value"),
            "selected_option": element.get("initial_option"),
            "selected_options": element.get("initial_options", []),
            "selected_date": element.get("initial_date"),
            "selected_users": element.get("initial_users", []),
        }
        values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **chosen}}
    return values


async def keep(workspace: Workspace, values: dict[str, Any]) -> None:
    await workspace.slack.submit(ANA.id, workspace.modal().id, values)
    await workspace.settle()


async def test_evidence_for_another_track_stays_when_an_entry_is_changed(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await workspace.say("Shipped the search rewrite")
    await workspace.click("Technical understanding", place=workspace.dm())
    before = await workspace.type("/brag coverage")
    await workspace.type("/ladder target em1")
    await workspace.type("/brag list", place=workspace.dm())
    await workspace.click("Open", place=workspace.dm())
    await keep(workspace, await press_edit(workspace))
    await workspace.type("/ladder target staff")
    assert await workspace.type("/brag coverage") == before


async def test_links_that_do_not_fit_the_form_stay_whole(workspace: Workspace) -> None:
    links = "\n".join(f"https://git.example.com/shop/pull/{n}?{'long=' + 'a' * 60}" for n in range(50))
    await workspace.say(f"Moved every service to the new queue\n{links}")
    await workspace.type("/brag list", place=workspace.dm())
    await workspace.click("Open", place=workspace.dm())
    values = await press_edit(workspace)
    assert "stays as it is" in words_of(workspace.modal())
    await keep(workspace, values)
    assert "50 links" in workspace.read(place=workspace.dm())


async def test_what_changed_while_a_form_was_open_and_was_not_touched_there_stays(
    workspace: Workspace,
) -> None:
    await workspace.type("/ladder target staff")
    await workspace.type("/coach manager @ben")
    mine = await workspace.say("Shipped the search rewrite")
    values = await press_edit(workspace)
    await workspace.click("Technical understanding", place=workspace.dm())
    await workspace.click("Share with my manager", place=workspace.dm())
    await workspace.edit(mine.ts, "Shipped the search rewrite for payments")
    values["project"]["write"]["value"] = "Search"
    await keep(workspace, values)
    said = await workspace.type("/brag list")
    for each in ("Technical understanding*", "Shared with", "rewrite for payments", "Search"):
        assert each in said


async def test_what_is_taken_away_in_the_form_of_an_entry_goes(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await workspace.say("Shipped the search rewrite")
    await workspace.click("Technical understanding", place=workspace.dm())
    assert "*Technical understanding*" in await workspace.type("/brag list")
    await workspace.type("/brag list", place=workspace.dm())
    await workspace.click("Open", place=workspace.dm())
    values = await press_edit(workspace)
    values["competencies"]["choose"]["selected_options"] = []
    await keep(workspace, values)
    assert "*Technical understanding*" not in await workspace.type("/brag list")


async def make_plan(workspace: Workspace, place: int, text: str) -> None:
    await workspace.type("/brag coverage")
    await workspace.click("Make a plan")
    await fill_plan(workspace, place, text)


async def fill_plan(workspace: Workspace, place: int, text: str) -> None:
    """For the expectation that stands there in the menu."""
    menu = next(b for b in workspace.modal().payload["blocks"] if b.get("block_id") == "expectation")
    option = menu["element"]["options"][place]
    values = {
        "plan": {"write": {"type": "plain_text_input", "value": text}},
        "expectation": {"choose": {"type": "static_select", "selected_option": option}},
    }
    await keep(workspace, values)


async def test_a_plan_that_was_not_shown_is_shown_before_it_can_go(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await make_plan(workspace, 5, PLAN)
    await make_plan(workspace, 5, "")
    assert PLAN in str(workspace.modal().payload)
    assert PLAN in await workspace.type("/brag coverage")
    await fill_plan(workspace, 5, "")
    assert PLAN not in await workspace.type("/brag coverage")


async def test_a_plan_that_was_not_shown_is_shown_before_it_is_replaced(workspace: Workspace) -> None:
    other = "When a review drags on, I will offer a call."
    await workspace.type("/ladder target staff")
    await make_plan(workspace, 5, PLAN)
    await make_plan(workspace, 5, other)
    assert PLAN in words_of(workspace.modal())
    assert other in str(workspace.modal().payload)
    assert PLAN in await workspace.type("/brag coverage")
    await fill_plan(workspace, 5, other)
    shown = await workspace.type("/brag coverage")
    assert other in shown
    assert PLAN not in shown


async def test_home_says_who_sees_an_entry_as_the_list_does(workspace: Workspace) -> None:
    await workspace.type("/coach manager @ben")
    await workspace.say("Shipped the shared thing")
    await workspace.click("Share with my manager", place=workspace.dm())
    await workspace.slack.open_home(ANA.id)
    await workspace.settle()
    home = workspace.world.home(ANA.id)
    assert home
    assert f"Shared with <@{BEN.id}>" in words_of(home)
    assert "nobody is linked" not in words_of(home)


async def test_a_plan_is_handed_over_whatever_ladder_it_is_for(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await make_plan(workspace, 5, PLAN)
    await workspace.say("Shipped the search rewrite")
    await workspace.type("/ladder use ai")
    await workspace.type("/brag export json", place=workspace.dm())
    [file] = workspace.messages(place=workspace.dm())[-1].files
    assert PLAN.encode() in (file.content or b"")
