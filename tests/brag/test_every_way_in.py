"""What Slack tells late, twice or out of order, and what people change: what is kept is what they meant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.files import File
from bot.playground.world import Message
from tests.support.workspace import ANA, BEN, CHANNEL, Workspace, words_of

LINE = "Wrote down how to restore the orders database"
LIST = "This week:\n• Shipped the search\n• Mentored Lee on testing\n• Fixed the flaky login tests"


async def listed(workspace: Workspace) -> str:
    return await workspace.type("/brag list")


async def shown_whole(workspace: Workspace, thing: str) -> str:
    """The one entry that says this, opened."""
    await workspace.type(f"/brag search {thing}")
    await workspace.click("Open")
    return workspace.read()


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


async def test_an_item_taken_back_stays_away_when_its_list_is_edited(workspace: Workspace) -> None:
    said = await workspace.say("- Shipped the search\n- Ate the cake\n- Wrote a runbook")
    await workspace.choose("Undo this one", "cake", place=workspace.dm())
    await workspace.edit(
        said.ts, "- Shipped the new search\n- Ate the cake!\n- Wrote a runbook\n- Mentored Lee"
    )
    shown = await listed(workspace)
    assert "3 entries" in shown
    assert "new search" in shown
    assert "cake" not in shown


async def test_what_was_written_in_the_place_of_an_item_taken_back_is_new(workspace: Workspace) -> None:
    said = await workspace.say("- Shipped the search\n- Ate the cake")
    await workspace.choose("Undo this one", "cake", place=workspace.dm())
    await workspace.edit(said.ts, "- Shipped the search\n- Mentored Lee through his first release")
    assert "2 entries" in await listed(workspace)


async def test_an_item_changed_in_the_form_stands_once_when_its_list_is_reworded(
    workspace: Workspace,
) -> None:
    said = await workspace.say("- Shipped the search\n- Wrote a runbook")
    await workspace.choose("Edit", "runbook", place=workspace.dm())
    await workspace.submit(workspace.modal(), text="Two people restored a backup alone with my guide")
    await workspace.edit(said.ts, "- Shipped the search\n- Wrote a long runbook\n- Mentored Lee")
    shown = await listed(workspace)
    assert "3 entries" in shown
    assert "Two people restored" in shown
    assert "runbook" not in shown


async def test_what_was_changed_in_the_form_and_lost_its_item_does_not_take_that_of_another(
    workspace: Workspace,
) -> None:
    said = await workspace.say("- Shipped the search\n- Wrote a runbook")
    await workspace.choose("Edit", "runbook", place=workspace.dm())
    await workspace.submit(workspace.modal(), text="Two people restored a backup alone with my guide")
    await workspace.edit(said.ts, "- Shipped the search")
    await workspace.edit(said.ts, "- Shipped the search\n- Mentored Lee")
    await workspace.edit(said.ts, "- Shipped the search\n- Mentored Lee through his first release")
    shown = await listed(workspace)
    assert "3 entries" in shown
    assert "first release" in shown
    assert "Two people restored" in shown


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


async def test_a_reaction_given_again_keeps_again_and_told_late_does_not(workspace: Workspace) -> None:
    workspace.invite_bot()
    await workspace.type("/ladder target staff")
    said = await workspace.say(LINE, place=CHANNEL)
    for _ in range(2):
        await workspace.react(said.ts)
        assert LINE in await listed(workspace)
        await workspace.unreact(said.ts)
        assert "Nothing here yet" in await listed(workspace)
    await workspace.redeliver(-2)
    assert "Nothing here yet" in await listed(workspace)


async def test_taking_a_reaction_away_takes_back_only_what_it_kept(workspace: Workspace) -> None:
    workspace.invite_bot()
    told = await workspace.say(LINE)
    saved = await workspace.say("Untangled our deploys", place=CHANNEL)
    await workspace.shortcut("brag_save", saved.ts)
    for message in (told, saved):
        await workspace.react(message.ts)
        await workspace.unreact(message.ts)
    assert "2 entries" in await listed(workspace)


async def test_a_reaction_of_someone_unknown_leaves_no_trace(workspace: Workspace) -> None:
    workspace.invite_bot()
    said = await workspace.say(LINE, place=CHANNEL)
    await workspace.react(said.ts)
    await workspace.unreact(said.ts)
    await workspace.shortcut("brag_save", said.ts)
    assert LINE in await listed(workspace)


async def test_the_shortcut_keeps_what_was_taken_back_and_what_was_no_entry(workspace: Workspace) -> None:
    asked = await workspace.say("What do you mean?")
    undone = await workspace.say(LINE)
    await workspace.click("Undo", place=workspace.dm())
    for message in (asked, undone):
        await workspace.shortcut("brag_save", message.ts)
    assert "2 entries" in await listed(workspace)


async def test_the_shortcut_on_what_is_kept_shows_it_once_more(workspace: Workspace) -> None:
    said = await workspace.say(LINE)
    before = len(workspace.messages(place=workspace.dm()))
    await workspace.shortcut("brag_save", said.ts)
    assert len(workspace.messages(place=workspace.dm())) == before + 1
    assert LINE in workspace.read(place=workspace.dm())
    assert "1 entry" in await listed(workspace)


async def test_what_was_kept_anyway_follows_its_message(workspace: Workspace) -> None:
    said = await workspace.say("Who fixed the login bug?")
    await workspace.click("Keep it anyway", place=workspace.dm())
    await workspace.edit(said.ts, "Who fixed the login bug, for good?")
    assert "for good" in workspace.read(place=workspace.dm())
    await workspace.delete(said.ts)
    assert "deleted the message" in workspace.read(place=workspace.dm())
    assert "Nothing here yet" in await listed(workspace)


async def test_an_edit_that_says_something_gets_its_receipt_and_its_tick(workspace: Workspace) -> None:
    said = await workspace.say("ok")
    await workspace.edit(said.ts, f"ok, {LINE}")
    assert "private to you" in workspace.read(place=workspace.dm())
    assert "white_check_mark" in workspace.message(said.ts).reactions


async def test_a_document_kept_once_takes_what_is_added_to_it(workspace: Workspace) -> None:
    text = "# 2025\n## March\n- shipped checkout\n- mentored Lee\n## Q3\n- on-call rework\n"
    said = await workspace.say(text)
    await workspace.click("Keep all 3", place=workspace.dm())
    await workspace.edit(said.ts, f"{text}- wrote the docs\n")
    assert "4 entries" in await listed(workspace)
    assert "Keep none" not in workspace.buttons(place=workspace.dm())


async def test_a_large_document_is_read_to_its_end(workspace: Workspace) -> None:
    months = [f"## {month} 2024" for month in ("January", "February", "March", "April")]
    items = [f"- shipped number {number} of a long list of things" for number in range(1_500)]
    lines = [
        line for month, start in zip(months, range(4), strict=True) for line in (month, *items[start::4])
    ]
    file = attach(workspace, "before.md", "\n".join(lines).encode())
    await workspace.slack.post(ANA.id, workspace.dm(), "", files=[file])
    await workspace.settle()
    assert "1500 entries from January 2024 to April 2024" in workspace.read(place=workspace.dm())


@pytest.mark.parametrize("text", ["", "thanks!", "what do you think?"])
async def test_every_file_of_a_message_is_kept(workspace: Workspace, text: str) -> None:
    files = [attach(workspace, name, b"words") for name in ("postmortem.md", "rfc.md", "chart.png")]
    await workspace.slack.post(ANA.id, workspace.dm(), text, files=files)
    await workspace.settle()
    assert "3 links" in workspace.read(place=workspace.dm())
    assert "1 entry" in await listed(workspace)


async def test_a_file_below_the_receipt_stands_with_what_came_of_it(workspace: Workspace) -> None:
    await workspace.say(LINE)
    receipt = workspace.messages(place=workspace.dm())[-1]
    await workspace.slack.post(
        ANA.id,
        workspace.dm(),
        "p99 is 200 ms now, see the graph",
        thread_ts=receipt.ts,
        files=[attach(workspace, "graph.png", b"png")],
    )
    await workspace.settle()
    assert "1 link" in words_of(workspace.message(receipt.ts))


@pytest.mark.parametrize("taken_back", ["deleted", "emptied"])
async def test_what_came_of_it_goes_with_the_reply_that_said_it(
    workspace: Workspace, taken_back: str
) -> None:
    await workspace.say(LINE)
    receipt = workspace.messages(place=workspace.dm())[-1]
    reply = await workspace.reply("They restored it alone the week after", receipt.ts)
    assert "alone the week after" in words_of(workspace.message(receipt.ts))
    if taken_back == "deleted":
        await workspace.delete(reply.ts)
    else:
        await workspace.edit(reply.ts, "nothing")
    assert "alone the week after" not in words_of(workspace.message(receipt.ts))
    assert "1 entry" in await listed(workspace)


async def test_what_came_of_it_stays_when_a_thanks_below_it_goes(workspace: Workspace) -> None:
    await workspace.say(LINE)
    receipt = workspace.messages(place=workspace.dm())[-1]
    await workspace.reply("They restored it alone the week after", receipt.ts)
    thanks = await workspace.reply("thanks!", receipt.ts)
    await workspace.edit(thanks.ts, "thanks a lot!")
    await workspace.delete(thanks.ts)
    assert "alone the week after" in words_of(workspace.message(receipt.ts))


async def ask_what_came_of(workspace: Workspace, *things: str) -> Message:
    """The question of some weeks later."""
    for thing in things:
        await workspace.say(thing)
    await workspace.move(timedelta(weeks=3, hours=1))
    asked = workspace.messages(place=workspace.dm())[-1]
    assert all(thing in words_of(asked) for thing in things)
    return asked


SEARCH, LOGIN = "Rewrote the search page", "Rewrote the login page"


async def test_a_reply_to_what_came_of_it_is_kept_with_the_entry_and_follows_its_edits(
    workspace: Workspace,
) -> None:
    asked = await ask_what_came_of(workspace, SEARCH)
    reply = await workspace.reply("Half as many people give up now", asked.ts)
    assert "stands with the entry now" in words_of(workspace.message(asked.ts))
    assert "1 entry" in await listed(workspace)
    assert "Half as many" in await shown_whole(workspace, SEARCH)
    await workspace.edit(reply.ts, "A third as many people give up now")
    assert "A third as many" in await shown_whole(workspace, SEARCH)
    assert "Half as many" not in await shown_whole(workspace, SEARCH)
    await workspace.delete(reply.ts)
    assert "give up" not in await shown_whole(workspace, SEARCH)
    assert "1 entry" in await listed(workspace)


async def test_of_several_the_one_a_reply_speaks_of_gets_it(workspace: Workspace) -> None:
    asked = await ask_what_came_of(workspace, SEARCH, LOGIN)
    await workspace.reply("The login page has half the complaints it had", asked.ts)
    shown = words_of(workspace.message(asked.ts))
    assert (SEARCH in shown, LOGIN in shown) == (True, False)
    assert "half the complaints" in await shown_whole(workspace, LOGIN)
    assert "2 entries" in await listed(workspace)


async def test_where_nobody_can_tell_which_one_a_reply_speaks_of_it_is_an_entry(workspace: Workspace) -> None:
    asked = await ask_what_came_of(workspace, SEARCH, LOGIN)
    await workspace.reply("Support writes me half as often", asked.ts)
    assert "3 entries" in await listed(workspace)


async def test_nothing_yet_may_be_typed_as_well(workspace: Workspace) -> None:
    asked = await ask_what_came_of(workspace, SEARCH, LOGIN)
    await workspace.reply("nothing yet", asked.ts)
    assert "ask once more" in workspace.read(place=workspace.dm())
    assert "Keep it anyway" not in workspace.buttons(place=workspace.dm())
    assert "2 entries" in await listed(workspace)
    before = len(workspace.messages(place=workspace.dm()))
    await workspace.move(timedelta(weeks=3, hours=1))
    asked_again = [words_of(message) for message in workspace.messages(place=workspace.dm())[before:]]
    assert all(any(thing in words for words in asked_again) for thing in (SEARCH, LOGIN))


async def test_what_came_of_it_by_form_stays_when_the_reply_goes(workspace: Workspace) -> None:
    await workspace.say(LINE)
    receipt = workspace.messages(place=workspace.dm())[-1]
    reply = await workspace.reply("They restored it alone the week after", receipt.ts)
    await workspace.click("Edit", place=workspace.dm())
    said = "They restored it alone the week after\nAnd twice since then"
    await workspace.submit(workspace.modal(), result=said)
    await workspace.delete(reply.ts)
    shown = words_of(workspace.message(receipt.ts))
    assert "twice since then" in shown
    assert "the week after" not in shown


async def test_of_many_without_an_ending_a_few_are_asked_at_a_time_and_all_in_the_end(
    workspace: Workspace,
) -> None:
    things = [f"Rewrote the {name} page" for name in ("search", "login", "cart", "billing", "help")]
    for thing in things:
        await workspace.say(thing)
    before = len(workspace.messages(place=workspace.dm()))
    await workspace.move(timedelta(weeks=3, hours=1))
    await workspace.move(timedelta(weeks=1, hours=1))
    asked = [words_of(message) for message in workspace.messages(place=workspace.dm())[before:]]
    assert all(sum(thing in words for words in asked) == 1 for thing in things)


DOCUMENT = "# 2025\n## March\n- shipped checkout\n- mentored Lee\n## Q3\n- on-call rework\n"


async def test_a_document_after_the_command_is_shown_before_it_is_kept_as_well(workspace: Workspace) -> None:
    said = await workspace.type(f"/brag {DOCUMENT}")
    assert "3 entries from March 2025 to September 2025" in said
    assert "Nothing here yet" in await listed(workspace)
    await workspace.type(f"/brag {DOCUMENT}")
    await workspace.click("Keep all 3")
    assert "shipped checkout" in await workspace.type("/brag list march 2025")


async def test_a_document_that_comes_again_brings_only_what_is_new(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.say(DOCUMENT)
    await workspace.click("Keep all 3", place=dm)
    said = await workspace.type(f"{DOCUMENT}- wrote the docs\n", place=dm)
    assert "1 entries" in said or "1 entry" in said
    assert "3 more are there already" in said
    await workspace.click("Keep all 1", place=dm)
    assert "4 entries" in await listed(workspace)
    assert "Nothing was added" in await workspace.type(DOCUMENT, place=dm)
    file = attach(workspace, "before.md", DOCUMENT.encode())
    await workspace.slack.post(ANA.id, dm, "", files=[file])
    await workspace.settle()
    assert "Nothing was added" in workspace.read(place=dm)
    assert "4 entries" in await listed(workspace)


async def test_what_is_written_around_a_document_is_not_of_it(workspace: Workspace) -> None:
    text = f"Hi! Here is my old brag doc:\n\n{DOCUMENT}\nHope that helps, thanks!"
    assert "3 entries" in await workspace.type(text, place=workspace.dm())


async def test_coverage_of_a_year_that_is_over_is_told_as_such(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    said = await workspace.type("/brag coverage 2024")
    assert "Counted here: 2024" in said
    assert "Nothing of yours from 2024" in said
    assert "no entry yet" not in said
    assert "Counted here: Q1 2026" in await workspace.type("/brag coverage q1")


async def test_whoever_is_mentioned_after_a_command_is_found_as_one_mentioned_in_a_message(
    workspace: Workspace,
) -> None:
    await workspace.type("/brag paired with @ben on the tests")
    await workspace.say("Reviewed the search with @ben")
    said = await workspace.type("/brag search @ben")
    assert f"2 entries mention “<@{BEN.id}>”" in said
    assert f"paired with <@{BEN.id}> on the tests" in said
    assert f"Reviewed the search with <@{BEN.id}>" in said
