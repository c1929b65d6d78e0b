"""The Home tab, and plain words in the bot's DM."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.ladder.form import fill
from tests.support.workspace import ANA, BEN, Workspace, words_of

PLAN = "When a design review opens, I will ask what fails first"


async def home(workspace: Workspace) -> str:
    await workspace.slack.open_home(ANA.id)
    view = workspace.world.home(ANA.id)
    assert view
    return words_of(view)


async def press_at_home(workspace: Workspace, label: str) -> None:
    view = workspace.world.home(ANA.id)
    assert view
    await workspace.click_in(view, label)


async def say(workspace: Workspace, text: str) -> str:
    return await workspace.type(text, place=workspace.dm())


async def test_home_greets_and_says_what_it_does_and_who_sees_what(workspace: Workspace) -> None:
    said = await home(workspace)
    assert said.startswith("*Hello!")
    assert "is seen by you alone" in said
    assert labels_at_home(workspace)[:2] == ["Begin", "Not now"]


def labels_at_home(workspace: Workspace) -> list[str]:
    view = workspace.world.home(ANA.id)
    assert view
    rows = [block["elements"] for block in view.payload["blocks"] if block["type"] == "actions"]
    return [button["text"]["text"] for row in rows for button in row]


def parts_of(said: str) -> list[str]:
    """The headings that are there, in their order."""
    known = ("What comes next", "Where you are", "What you have for", "Your plans", "Lately", "Settings")
    return [name for line in said.splitlines() for name in known if line.startswith(name)]


def chosen(**values: str) -> dict[str, Any]:
    return {name: {"choose": {"selected_option": {"value": value}}} for name, value in values.items()}


async def answer_three_questions(workspace: Workspace, **values: str) -> None:
    await home(workspace)
    await press_at_home(workspace, "Begin")
    await workspace.slack.submit(ANA.id, workspace.modal().id, chosen(**values))
    await workspace.settle()


async def test_three_questions_and_it_works(workspace: Workspace) -> None:
    await answer_three_questions(workspace, current="ic4", target="ic5", day="1", at="10:30")
    said = words_of(workspace.modal())
    assert "Tuesdays at 10:30" in said
    assert "*Senior Engineer 1* (IC4)" in said
    view = workspace.world.home(ANA.id)
    assert view
    assert "The weekly question, on Tuesday, 17 March at 10:30" in words_of(view)
    assert "*Aiming for:* *Senior Engineer 2* (IC5)" in words_of(view)
    assert workspace.messages(place=workspace.dm()) == [], "they chose when; nothing more is to be said"
    await workspace.move(timedelta(days=4, hours=1))
    assert "?" in workspace.read(place=workspace.dm())


async def test_someone_may_begin_without_a_weekly_question(workspace: Workspace) -> None:
    await answer_three_questions(workspace, target="ic5", day="never")
    assert "I won't ask by myself" in words_of(workspace.modal())
    await workspace.move(timedelta(weeks=2))
    assert workspace.messages(place=workspace.dm()) == []


async def test_three_questions_without_any_level_say_what_is_missing(workspace: Workspace) -> None:
    await home(workspace)
    await press_at_home(workspace, "Begin")
    answer = await workspace.slack.submit(ANA.id, workspace.modal().id, chosen(day="1", at="10:30"))
    assert "current" in str(answer)


async def test_not_now_is_heard_for_good(workspace: Workspace) -> None:
    await home(workspace)
    await press_at_home(workspace, "Not now")
    view = workspace.world.home(ANA.id)
    assert view
    assert "I don't know your level" in words_of(view)
    assert "Hello" not in await home(workspace)
    assert "Set my levels" in labels_at_home(workspace)


@pytest.fixture
async def settled(workspace: Workspace) -> Workspace:
    """Ana aims for Staff Engineer, has evidence for one of its expectations, and a plan for it."""
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    await workspace.say("Brought payments and returns to agree on order events, 3 teams use them")
    await workspace.click(workspace.buttons(place=workspace.dm())[0], place=workspace.dm())  # a suggestion
    await home(workspace)
    await press_at_home(workspace, "Make a plan")
    menu = workspace.modal().payload["blocks"]
    options = next(b["element"] for b in menu if b.get("block_id") == "expectation")["options"]
    written = {"plan": {"write": {"value": PLAN}}} | {
        "expectation": {"choose": {"selected_option": options[0]}}
    }
    await workspace.slack.submit(ANA.id, workspace.modal().id, written)
    await workspace.settle()
    return workspace


async def test_the_parts_stand_in_their_order(settled: Workspace) -> None:
    headings = ["What comes next", "Where you are", "What you have for", "Your plans", "Lately", "Settings"]
    assert parts_of(await home(settled)) == headings


async def test_what_was_changed_in_a_form_over_home_stands_there_at_once(settled: Workspace) -> None:
    view = settled.world.home(ANA.id)
    assert view
    assert PLAN in words_of(view)


async def test_coverage_is_told_in_counts_and_age_and_never_as_a_percentage(settled: Workspace) -> None:
    await settled.move(timedelta(days=41))
    said = await home(settled)
    assert "*1 of 38 expectations* has evidence" in said
    assert re.search(r"●.*· 1 of \d, newest 41 days ago", said)
    assert "%" not in said


async def test_an_entry_opens_over_home_and_its_form_over_that(settled: Workspace) -> None:
    await home(settled)
    await press_at_home(settled, "Open")
    await settled.click_in(settled.modal(), "Edit")
    assert [view.payload["title"]["text"] for view in settled.world.modals(ANA.id)] == ["Rung", "Edit entry"]
    await settled.submit(settled.modal(), text="Brought three teams to agree on order events")
    view = settled.world.home(ANA.id)
    assert view
    assert "Brought three teams to agree on order events" in words_of(view)


async def test_a_check_in_stands_under_what_comes_next_and_then_waits(settled: Workspace) -> None:
    await settled.type("/coach programme trajectory")
    assert "*Trajectory* waits for you" in await home(settled)
    await settled.click("They are right as they are", place=settled.dm())
    said = await home(settled)
    assert "*Trajectory*, “Three things that differ”, on Monday, 16 March at 09:30" in said


async def test_in_a_pause_the_question_after_it_is_what_comes_next(settled: Workspace) -> None:
    await settled.type("/coach pause 2 weeks")
    assert "The weekly question, on Friday, 27 March at 15:00" in await home(settled)


async def test_weeks_left_out_for_want_of_an_answer_are_not_announced(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    for _ in range(5):
        await workspace.move(timedelta(weeks=1))
        await workspace.settle()
    coming = (await home(workspace)).splitlines()[1]
    before = count_questions(workspace)
    await workspace.move(timedelta(weeks=1))
    await workspace.settle()
    left_out = count_questions(workspace) == before
    next_friday = f"{workspace.clock():%A}, {workspace.clock().day} {workspace.clock():%B}"
    assert (next_friday in coming) is not left_out


def count_questions(workspace: Workspace) -> int:
    seen = workspace.messages(place=workspace.dm())
    return sum("nudge:another" in str(message.blocks) for message in seen)


async def test_home_shows_where_i_am(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    said = await home(workspace)
    assert "*Now:* *Senior Engineer 2* (IC5)" in said
    assert "*Aiming for:* *Staff Engineer* (IC6)" in said


async def test_homes_are_each_persons_own(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5", BEN)
    assert (await home(workspace)).startswith("*Hello!")


async def test_a_button_at_home_answers_in_a_window(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await home(workspace)
    await press_at_home(workspace, "What Staff Engineer expects")
    assert "Staff Engineer" in words_of(workspace.modal())


async def test_levels_set_from_home_stand_there_at_once(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic4")
    await home(workspace)
    await press_at_home(workspace, "Set my levels")
    assert await fill(workspace, current="ic5") == {}
    view = workspace.world.home(ANA.id)
    assert view
    assert "*Now:* *Senior Engineer 2* (IC5)" in words_of(view)


async def test_home_begins_with_where_i_am_while_nothing_comes(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    said = await home(workspace)
    assert said.startswith("Where you are")
    assert "*ladder staff*" in said.splitlines()[-1]


@pytest.fixture
def undecided(settings_more: dict[str, Any]) -> None:
    settings_more["rung_default_ladder"] = None


async def test_with_several_ladders_and_no_default_home_asks_which(
    undecided: None, workspace: Workspace
) -> None:
    said = await home(workspace)
    assert said.startswith("*Hello!")
    assert "Which one is yours?" in said
    await press_at_home(workspace, "Use AI engineering")
    assert "AI engineering is your ladder from now on." in words_of(workspace.modal())
    await home(workspace)
    assert labels_at_home(workspace)[:2] == ["Begin", "Not now"]


async def test_a_command_typed_as_plain_words_works_in_the_dm(workspace: Workspace) -> None:
    for typed in ("ladder staff", "Ladder staff", "  ladder  staff ", "ladder ic6"):
        assert (await say(workspace, typed)).startswith("Staff Engineer"), typed


async def test_help_in_the_dm_is_help(workspace: Workspace) -> None:
    assert "`/ladder staff`" in await say(workspace, "help")
    assert "`/ladder staff`" in await say(workspace, "Help")


async def test_help_in_the_dm_names_the_help_of_everything(workspace: Workspace) -> None:
    said = await say(workspace, "help!")
    assert all(f"`/{name} help`" in said for name in ("ladder", "brag", "agenda", "coach"))


@pytest.mark.parametrize(
    "text",
    [
        "Coach Lee on presenting",
        "Agenda prepared and sent",
        "Ladder for the new hire written",
        "brag paired with Lee on retries",
        "Brag: paired with Lee",
        "/brag paired with Lee on retries",
    ],
)
async def test_a_sentence_that_begins_like_a_command_is_kept_and_follows_its_edits(
    workspace: Workspace, text: str
) -> None:
    said = await workspace.say(text)
    assert "private to you" in workspace.read(place=workspace.dm())
    await workspace.edit(said.ts, f"{text}, twice")
    assert "twice" in await workspace.type("/brag list")
    await workspace.delete(said.ts)
    assert "Nothing here yet" in await workspace.type("/brag list")


async def test_a_line_after_brag_is_kept_without_that_word(workspace: Workspace) -> None:
    await workspace.say("brag Paired with Lee on retries")
    shown = await workspace.type("/brag list")
    assert "Paired with Lee" in shown
    assert "brag Paired" not in shown
    await workspace.say("brag\n- Wrote the runbook\n- Mentored Sam")
    assert "3 entries" in await workspace.type("/brag list")


async def test_a_question_after_brag_is_kept_at_a_click_without_that_word(workspace: Workspace) -> None:
    await workspace.say("brag who fixed the login bug?")
    await workspace.click("Keep it anyway", place=workspace.dm())
    assert "brag who" not in await workspace.type("/brag list")
    assert "who fixed" in workspace.read()


@pytest.mark.parametrize("text", ["coach paus 2 weeks", "/coach dance", "/agenda nonsense", "/ladder xyzzy"])
async def test_a_slip_or_a_command_with_its_slash_is_never_taken_for_an_entry(
    workspace: Workspace, text: str
) -> None:
    await workspace.say(text)
    assert "Nothing here yet" in await workspace.type("/brag list")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("pause 2 weeks", "Quiet until"),
        ("Pause until 3 january", "Quiet until"),
        ("resume", "aren't paused"),
        ("days off 24 dec - 2 jan", "Nothing comes on these days"),
        ("nudge thursdays 10:00", "Thursdays at 10:00"),
    ],
)
async def test_words_of_coach_work_alone(workspace: Workspace, text: str, answer: str) -> None:
    assert answer in await say(workspace, text)
    assert "Nothing here yet" in await workspace.type("/brag list")


@pytest.mark.parametrize(
    "text",
    ["Pause the rollout until the fix is in", "days of debugging paid off", "Resume screening for two roles"],
)
async def test_a_sentence_with_such_words_is_kept(workspace: Workspace, text: str) -> None:
    assert "private to you" in await say(workspace, text)


async def test_a_level_alone_is_looked_up_in_the_dm(workspace: Workspace) -> None:
    assert (await say(workspace, "staff")).startswith("Staff Engineer")


async def test_a_greeting_gets_a_hint(workspace: Workspace) -> None:
    said = await say(workspace, "hello")
    assert "*ladder staff*" in said
    assert "*help*" in said


async def test_nothing_is_answered_with_silence(workspace: Workspace) -> None:
    for typed in ("thanks!", "<!channel>", "🙂", "what?"):
        before = len(workspace.messages(place=workspace.dm()))
        await say(workspace, typed)
        assert len(workspace.messages(place=workspace.dm())) == before + 2


async def test_the_bot_answers_each_message_once_and_never_itself(workspace: Workspace) -> None:
    await say(workspace, "hello")
    assert len(workspace.messages(place=workspace.dm())) == 2


async def test_what_someone_sets_in_the_dm_counts_everywhere(workspace: Workspace) -> None:
    await say(workspace, "ladder target staff")
    assert "*Aiming for:* *Staff Engineer* (IC6)" in await workspace.type("/ladder")


async def test_messages_in_channels_are_not_answered(workspace: Workspace) -> None:
    await workspace.type("ladder staff")
    assert len(workspace.messages()) == 1
