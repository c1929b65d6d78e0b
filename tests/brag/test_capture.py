"""Every way in: what someone writes is kept, once, and said so."""

import re
from datetime import time, timedelta

import pytest

from tests.support.workspace import ANA, BEN, Workspace, words_of

LINE = "Paired with two new colleagues on the checkout tests"


async def test_what_is_told_in_the_dm_is_kept_and_said_so(workspace: Workspace) -> None:
    said = await workspace.type(LINE, place=workspace.dm())
    assert "private to you" in said
    assert LINE in said
    assert {"Edit", "Undo"} <= set(workspace.buttons(place=workspace.dm()))


async def test_a_line_that_was_kept_gets_a_tick(workspace: Workspace) -> None:
    await workspace.type(LINE, place=workspace.dm())
    mine = workspace.messages(place=workspace.dm())[0]
    assert "white_check_mark" in mine.reactions


async def test_a_list_becomes_one_entry_for_each_item(workspace: Workspace) -> None:
    said = await workspace.type(
        "This week:\n• shipped the search\n• mentored Lee\n• fixed flaky tests", place=workspace.dm()
    )
    assert "3 entries" in said
    assert all(item in said for item in ("shipped the search", "mentored Lee", "fixed flaky tests"))


@pytest.mark.parametrize(
    "text",
    [
        "Hi Rung!\n- shipped the search\n- mentored Lee\nThanks!",
        "- shipped the search\n- mentored Lee\n- thanks!",
        "*Wins*\n• shipped the search\n*What went well*\n• mentored Lee\n\nHave a great weekend!",
        "Highlights\n1. shipped the search\n2. mentored Lee",
        ":rocket: shipped the search\n:seedling: mentored Lee",
        "- [x] shipped the search\n- [x] mentored Lee",
    ],
)
async def test_what_stands_around_a_list_is_no_entry(workspace: Workspace, text: str) -> None:
    assert "2 entries" in await workspace.type(text, place=workspace.dm())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1. **Led the payments migration**\n2. **Hired two people**", 2),
        ("- *Search*: shipped, p99 halved\n- *Hiring*\n  - 3 interviews\n- *On-call handover*", 3),
        ("- shipped search\n*p99 900 → 200 ms*\n- mentored Lee", 2),
        ("Migrated payments to Postgres without downtime:\n- 40% cheaper\n- p99 900 → 200 ms", 3),
        ("- Reviewed the RFCs of three teams:\n- queues", 2),
    ],
)
async def test_no_item_of_a_list_is_lost_however_it_is_written(
    workspace: Workspace, text: str, kept: int
) -> None:
    assert f"{kept} entries" in await workspace.type(text, place=workspace.dm())
    await workspace.type("/brag export json", place=workspace.dm())
    [file] = workspace.messages(place=workspace.dm())[-1].files
    words = re.findall(r"\w{4,}", text)
    assert all(word.encode() in (file.content or b"") for word in words)


async def test_code_below_an_item_stays_whole(workspace: Workspace) -> None:
    code = "```\n- name: build\n\n- name: test\n```"
    text = f"- one workflow for all:\n{code}\n- mentored Lee"
    assert "2 entries" in await workspace.type(text, place=workspace.dm())
    assert "name: test" in await workspace.type("/brag search workflow", place=workspace.dm())


@pytest.mark.parametrize(
    "text",
    [
        "I was on vacation all week",
        "Sick since Monday",
        "not sure",
        "idk",
        "remind me tomorrow",
        "later today",
    ],
)
async def test_a_week_without_an_answer_is_fine(workspace: Workspace, text: str) -> None:
    assert "othing" in await workspace.type(text, place=workspace.dm())
    assert "Nothing here yet" in await workspace.type("/brag list")


@pytest.mark.parametrize(
    "text", ["what can you do", "Who can see this", "how does that work", "can I undo this"]
)
async def test_a_question_without_its_mark_is_one(workspace: Workspace, text: str) -> None:
    assert "reads like a question" in await workspace.type(text, place=workspace.dm())


@pytest.mark.parametrize("text", ["thanks!", "nothing really", "what do you mean?"])
async def test_what_is_no_entry_is_answered_and_not_kept(workspace: Workspace, text: str) -> None:
    said = await workspace.type(text, place=workspace.dm())
    assert "kept" in said.lower() or "nothing" in said.lower()
    assert workspace.messages(place=workspace.dm())[0].reactions == {}


@pytest.mark.parametrize("text", ["hm", "Hmm…", "lol", "haha", "wow", "oops", "test"])
async def test_a_sound_is_no_entry(workspace: Workspace, text: str) -> None:
    assert "othing" in await workspace.type(text, place=workspace.dm())
    assert "Nothing here yet" in await workspace.type("/brag list")


@pytest.mark.parametrize("text", ["undo", "Undo that please", "delete it", "edit", "never mind", "stop"])
async def test_what_a_button_does_is_told_and_not_kept(workspace: Workspace, text: str) -> None:
    said = await workspace.type(text, place=workspace.dm())
    assert "*Undo* and *Edit*" in said
    assert "`/coach nudge off`" in said
    assert "Nothing here yet" in await workspace.type("/brag list")


@pytest.mark.parametrize(
    "text", ["Undo works in the editor now", "Stopped the nightly job", "no more flaky tests"]
)
async def test_what_only_begins_like_that_is_kept(workspace: Workspace, text: str) -> None:
    assert "private to you" in await workspace.type(text, place=workspace.dm())


async def test_a_question_mark_alone_is_answered_with_what_there_is(workspace: Workspace) -> None:
    assert "`/brag help`" in await workspace.type("?", place=workspace.dm())


async def test_what_did_not_look_like_an_entry_is_kept_at_a_click(workspace: Workspace) -> None:
    await workspace.type("Who fixed the login bug?", place=workspace.dm())
    said = await workspace.click("Keep it anyway", place=workspace.dm())
    assert "Who fixed the login bug?" in said
    assert "private to you" in said


async def test_an_edit_of_the_message_edits_the_entry(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.type("shipped the serch", place=dm)
    mine = workspace.messages(place=dm)[0]
    await workspace.edit(mine.ts, "shipped the search, p99 900 → 200 ms")
    assert "shipped the search, p99 900 → 200 ms" in workspace.read(place=dm)
    assert "serch" not in workspace.read(place=dm)


async def test_deleting_the_message_deletes_the_entry(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.type(LINE, place=dm)
    await workspace.delete(workspace.messages(place=dm)[0].ts)
    assert "deleted the message" in workspace.read(place=dm)


async def test_undo_takes_it_back(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.type(LINE, place=dm)
    assert "Taken back" in await workspace.click("Undo", place=dm)


async def test_the_command_keeps_at_once(workspace: Workspace) -> None:
    said = await workspace.type("/brag " + LINE)
    assert "private to you" in said
    assert LINE in said


@pytest.mark.parametrize("text", ["thanks", "nothing", "undo", "hm"])
async def test_the_command_keeps_no_small_talk_unless_that_is_meant(workspace: Workspace, text: str) -> None:
    assert "othing" in await workspace.type(f"/brag {text}")
    assert "Nothing here yet" in await workspace.type("/brag list")
    await workspace.type(f"/brag {text}")
    assert "private to you" in await workspace.click("Keep it anyway")


@pytest.mark.parametrize(
    "text",
    [
        "project kickoff done with the platform team",
        "find and fix the memory leak in the worker",
        "search engine rewritten and shipped at last",
        "coverage share of mobile tests went from 40 to 80 %",
    ],
)
async def test_what_begins_like_a_question_can_still_be_kept(workspace: Workspace, text: str) -> None:
    await workspace.type(f"/brag {text}")
    await workspace.click("Keep it as an entry")
    assert text in await workspace.type("/brag list")


async def test_a_sentence_that_begins_with_suggestions_is_kept(workspace: Workspace) -> None:
    said = await workspace.type("/brag suggestions for the onboarding doc were written with legal")
    assert "onboarding doc" in said
    assert "private to you" in said


async def test_the_same_command_again_is_not_kept_twice_unasked(workspace: Workspace) -> None:
    await workspace.type("/brag " + LINE)
    assert "already" in await workspace.type("/brag " + LINE)
    said = await workspace.click("Keep it again")
    assert "private to you" in said


async def test_a_reply_below_the_receipt_says_what_came_of_it(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.type(LINE, place=dm)
    receipt = workspace.messages(place=dm)[-1]
    assert "?" in words_of(receipt)
    await workspace.reply("They shipped alone the week after", receipt.ts)
    assert "Say it" not in workspace.buttons(place=dm)


async def test_a_message_is_saved_by_its_shortcut(workspace: Workspace) -> None:
    await workspace.type("Ana untangled our deploys, from 40 to 8 minutes", user=BEN)
    message = workspace.messages()[-1]
    await workspace.shortcut("brag_save", message.ts)
    said = workspace.read(place=workspace.dm())
    assert "untangled our deploys" in said
    assert "1 link" in said


async def test_a_reaction_keeps_a_message(workspace: Workspace) -> None:
    workspace.invite_bot()
    await workspace.type("/ladder target staff")
    await workspace.type("Ana untangled our deploys", user=BEN)
    message = workspace.messages()[-1]
    await workspace.react(message.ts)
    assert "untangled our deploys" in workspace.read(place=workspace.dm())
    await workspace.unreact(message.ts)
    assert "Taken back" in workspace.read(place=workspace.dm())


async def test_an_event_that_comes_again_keeps_nothing_more(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.type(LINE, place=dm)
    before = len(workspace.messages(place=dm))
    await workspace.redeliver()
    assert len(workspace.messages(place=dm)) == before


async def test_an_old_document_is_shown_before_it_is_kept(workspace: Workspace) -> None:
    text = "# 2025\n## March\n- shipped checkout\n- mentored Lee\n## Q3\n- on-call rework\n"
    said = await workspace.type(text, place=workspace.dm())
    assert "3 entries from March 2025 to September 2025" in said
    assert "All 3" in await workspace.click("Keep all 3", place=workspace.dm())


async def test_weeks_later_it_is_asked_what_came_of_it(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.type(LINE, place=dm)
    await workspace.move(timedelta(weeks=3, hours=1))
    await workspace.settle()
    assert "What came of it?" in workspace.read(place=dm)
    assert "once more" in await workspace.click("Nothing yet", place=dm)


async def test_what_came_of_it_said_in_the_form_ends_the_question(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.type(LINE, place=dm)
    await workspace.move(timedelta(weeks=3, hours=1))
    await workspace.settle()
    await workspace.click("Say it", place=dm)
    await workspace.submit(workspace.modal(), result="Both shipped alone")
    said = workspace.read(place=dm)
    assert "stands with the entry now" in said
    assert "Say it" not in workspace.buttons(place=dm)


async def test_a_yes_counts_for_the_expectation_that_was_shown(workspace: Workspace) -> None:
    dm = workspace.dm()
    await workspace.type("/ladder target staff", place=dm)
    await workspace.type("Mentored two new engineers through their first on-call week", place=dm)
    shown = workspace.read(place=dm)
    await workspace.click("Engineering influence", place=dm)
    evidence = workspace.read(place=dm).split("Evidence for *Engineering influence*")[1]
    quoted = evidence.split("“")[1].split("”")[0]
    assert quoted[:60] in shown


async def test_signs_that_nobody_sees_are_kept_and_never_shown(workspace: Workspace) -> None:
    unseen = "\x00\x07\x1b\x7f\u202e\u2066"
    await workspace.say(f"Shipped the sea{unseen}rch of the new docs, 9 → 2 clicks")
    await workspace.type("/brag list", place=workspace.dm())
    await workspace.type("/brag search docs", place=workspace.dm())
    seen = "".join(
        words_of(message) + message.text for message in workspace.messages(place=workspace.dm())[1:]
    )
    assert seen.count("Shipped the search") >= 3
    assert not set(unseen) & set(seen)


@pytest.mark.parametrize("why", ["days off", "pause", "quiet hours"])
async def test_what_came_of_it_is_not_asked_while_someone_is_away(workspace: Workspace, why: str) -> None:
    """Kept on a Friday at ten, so it would be asked on a Friday at ten."""
    dm = workspace.dm()
    await workspace.type(LINE, place=dm)
    match why:
        case "days off":
            await workspace.type("/coach days off 3 april")
        case "pause":
            await workspace.type("/coach pause until 4 april")
        case "quiet hours":
            workspace.world.users[ANA.id].quiet_hours = (time(9), time(12))
    await workspace.move(timedelta(weeks=3, hours=1))
    assert "What came of it?" not in workspace.read(place=dm)
    await workspace.move(timedelta(hours=2))
    await workspace.move(timedelta(hours=23))
    assert "What came of it?" in workspace.read(place=dm)
