"""What Slack tells late, twice or out of order, and what people change: what is kept is what they meant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.files import File
from tests.support.workspace import ANA, Workspace, words_of

LINE = "Wrote down how to restore the orders database"
LIST = "This week:\n• Shipped the search\n• Mentored Lee on testing\n• Fixed the flaky login tests"


async def listed(workspace: Workspace) -> str:
    return await workspace.type("/brag list")


async def first_suggestion(workspace: Workspace) -> str:
    """Say yes to it; its competency."""
    name = workspace.buttons(place=workspace.dm())[0]
    await workspace.click(name, place=workspace.dm())
    return name


def attach(workspace: Workspace, name: str, content: bytes = b"") -> File:
    file = File(f"F{name[:3].upper()}", ANA.id, name, name, 0, len(content), "", content, is_complete=True)
    workspace.world.files.by_id[file.id] = file
    return file


async def test_files_of_a_reply_are_kept_as_links(workspace: Workspace) -> None:
    file = attach(workspace, "diagram.png", b"png")
    await workspace.slack.post(ANA.id, workspace.dm(), LINE, files=[file])
    await workspace.settle()
    assert "1 link" in workspace.read(place=workspace.dm())
    await listed(workspace)
    await workspace.click("Open")
    assert "Links" in workspace.read()
    assert "FDIA" in workspace.read()


async def test_a_file_alone_is_an_entry_of_its_name(workspace: Workspace) -> None:
    await workspace.slack.post(ANA.id, workspace.dm(), "", files=[attach(workspace, "diagram.png", b"png")])
    await workspace.settle()
    assert "diagram.png" in await listed(workspace)


async def test_an_old_document_comes_as_a_file_as_well(workspace: Workspace) -> None:
    text = b"# 2025\n## March\n- shipped checkout\n- mentored Lee\n## Q3\n- on-call rework\n"
    await workspace.slack.post(ANA.id, workspace.dm(), "", files=[attach(workspace, "before.md", text)])
    await workspace.settle()
    assert "3 entries from March 2025 to September 2025" in workspace.read(place=workspace.dm())
    assert "Nothing here yet" in await listed(workspace)
    await workspace.click("Keep all 3", place=workspace.dm())
    assert "3 entries" in await listed(workspace)


async def test_what_was_undone_stays_undone_when_its_message_is_told_once_more(workspace: Workspace) -> None:
    await workspace.say(LINE)
    await workspace.click("Undo", place=workspace.dm())
    await workspace.redeliver()
    assert "Nothing here yet" in await listed(workspace)


async def test_what_was_deleted_stays_deleted_when_its_message_is_told_once_more(
    workspace: Workspace,
) -> None:
    said = await workspace.say(LINE)
    await workspace.delete(said.ts)
    await workspace.redeliver(-2)
    assert "Nothing here yet" in await listed(workspace)


async def test_of_two_edits_the_newer_one_stands_whatever_comes_last(workspace: Workspace) -> None:
    said = await workspace.say(LINE)
    await workspace.edit(said.ts, f"{LINE}, step by step")
    await workspace.edit(said.ts, f"{LINE}, with a drill")
    await workspace.redeliver(-2)
    assert "with a drill" in await listed(workspace)


async def test_a_message_that_only_gets_a_preview_changes_nothing(workspace: Workspace) -> None:
    said = await workspace.say(f"{LINE} https://wiki.example.com/restore")
    before = len(workspace.messages(place=workspace.dm()))
    await first_suggestion(workspace)
    await workspace.type("/brag list")
    await workspace.click("Open")
    await workspace.click("Undo")
    await workspace.slack.unfurl(said.ts, "How to restore")
    await workspace.settle()
    assert len(workspace.messages(place=workspace.dm())) == before
    assert "Nothing here yet" in await listed(workspace)


async def test_an_edited_list_keeps_what_was_confirmed_drops_what_went_and_takes_what_came(
    workspace: Workspace,
) -> None:
    await workspace.type("/ladder target staff")
    said = await workspace.say(LIST)
    menu = next(b for b in workspace.messages(place=workspace.dm())[-1].blocks if "flaky" in str(b))
    yes = menu["accessory"]["options"][0]["text"]["text"]
    assert yes.startswith("Evidence for ")
    await workspace.choose(yes, "flaky", place=workspace.dm())
    await workspace.edit(
        said.ts, "This week:\n• Fixed the flaky login tests for good\n• Shipped the search\n• Wrote a runbook"
    )
    shown = await listed(workspace)
    assert "3 entries" in shown
    assert "Mentored Lee" not in shown
    line = shown.split("Fixed the flaky login tests for good\n")[1].splitlines()[0]
    assert f"*{yes.removeprefix('Evidence for ')}*" in line


async def test_what_was_changed_in_the_form_is_no_longer_decided_by_the_message(workspace: Workspace) -> None:
    said = await workspace.say(LINE)
    await workspace.click("Edit", place=workspace.dm())
    await workspace.submit(workspace.modal(), text="Wrote the restore guide, and two people tried it")
    await workspace.edit(said.ts, "Wrote something down")
    assert "Wrote the restore guide" in await listed(workspace)


async def test_a_form_sent_twice_is_one_entry(workspace: Workspace) -> None:
    await workspace.type("/brag")
    view = workspace.modal()
    values = {"text": {"write": {"value": LINE}}}
    await workspace.slack.submit(ANA.id, view.id, values)
    await workspace.settle()
    workspace.world.push_modal(ANA.id, view.payload).id = view.id
    await workspace.slack.submit(ANA.id, view.id, values)
    await workspace.settle()
    assert "1 entry" in await listed(workspace)


async def test_a_reaction_taken_away_after_a_day_leaves_the_entry(workspace: Workspace) -> None:
    workspace.invite_bot()
    await workspace.type("/ladder target staff")
    await workspace.type("Ana untangled our deploys")
    message = next(one for one in workspace.messages() if "untangled" in one.text)
    await workspace.react(message.ts)
    await workspace.move(timedelta(hours=25))
    await workspace.unreact(message.ts)
    assert "untangled our deploys" in await listed(workspace)


async def test_where_the_message_cannot_be_read_its_link_is_kept_and_how_to_go_on_is_said(
    workspace: Workspace,
) -> None:
    workspace.invite_bot()
    await workspace.type("/ladder target staff")
    await workspace.type("Ana untangled our deploys")
    message = next(one for one in workspace.messages() if "untangled" in one.text)
    for method in ("conversations.history", "conversations.replies"):
        workspace.slack.faults.add(method, "not_in_channel", times=None)
    await workspace.react(message.ts)
    said = workspace.read(place=workspace.dm())
    assert "I can't read that conversation, so I kept only the link" in said
    assert "Edit" in workspace.buttons(place=workspace.dm())
    workspace.world.refused.clear()


async def test_a_reaction_of_someone_who_never_used_rung_keeps_nothing(workspace: Workspace) -> None:
    workspace.invite_bot()
    await workspace.slack.send(ANA.id, "CGENERAL", "Ana untangled our deploys")
    await workspace.react(workspace.messages()[-1].ts)
    assert workspace.messages(place=workspace.dm()) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Learned how our cache expires, from reading its tests", "learning"),
        ("The migration failed and I had to roll it back, two hours of downtime", "failure"),
    ],
)
async def test_a_learning_and_a_failure_are_entries_too(workspace: Workspace, text: str, kind: str) -> None:
    await workspace.say(text)
    assert kind in await listed(workspace)


async def test_what_says_what_came_of_it_is_asked_nothing(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await workspace.say("Cut the nightly import from 4 hours to 20 minutes")
    assert "Say it" not in workspace.buttons(place=workspace.dm())
    await workspace.say("Restructured the nightly import")
    assert "Who outside your team is better off" in workspace.read(place=workspace.dm())
    assert "Say it" in workspace.buttons(place=workspace.dm())


async def test_a_suggestion_says_which_words_it_stands_on_and_which_expectation_it_is_for(
    workspace: Workspace,
) -> None:
    await workspace.type("/ladder target staff")
    said = await workspace.type("Shipped the new checkout, p99 900 → 200 ms", place=workspace.dm())
    line = next(line for line in said.splitlines() if line.startswith("• *Product impact*"))
    assert ", from “Shipped” and “p99”" in line
    assert "moved a top-line metric" in line


async def test_all_of_a_very_long_message_is_kept(workspace: Workspace) -> None:
    text = " ".join(f"word{n}" for n in range(4_000))
    await workspace.say(f"{text} thelastone")
    assert len(words_of(workspace.messages(place=workspace.dm())[-1])) < 5_000
    assert "1 entry mentions" in await workspace.type("/brag search thelastone")
