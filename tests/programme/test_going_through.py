"""Going through a programme: day after day, by reply, form or click; stopped, taken up, finished."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playground.files import File
from tests.programme.going import answer, asked, labels_of, newest, pass_days, tell_again
from tests.support.workspace import ANA, BEN, Workspace, words_of

LISBON, KOLKATA = ZoneInfo("Europe/Lisbon"), ZoneInfo("Asia/Kolkata")
THIRD_DAY = "Three things that differ"
PARAGRAPH = "I want to run the payments platform, so that a new country takes weeks"


async def begin_trajectory(team: Workspace) -> None:
    await team.type("/ladder current ic5")
    await team.type("/ladder target staff")
    await team.type("/coach programme trajectory")
    await team.click("They are right as they are", place=team.dm())


async def test_a_programme_is_begun_by_its_name(team: Workspace) -> None:
    said = await team.type("/coach programme trajectory")
    assert "Trajectory has begun" in said.replace("*", "")
    first = words_of(newest(team))
    assert "In three weeks" in first
    assert "Where you are, and where you'd like to be" in first


@pytest.mark.parametrize("typed", ["career plan", "trajektory", "Trajectory"])
async def test_it_is_found_by_an_alias_and_with_a_typo(team: Workspace, typed: str) -> None:
    assert "Trajectory" in await team.type(f"/coach programme {typed}")


async def test_a_name_that_is_none_shows_those_there_are(team: Workspace) -> None:
    said = await team.type("/coach programme zzzz")
    assert "zzzz" in said
    assert team.buttons().count("Begin") == 7


async def test_trajectory_from_the_first_day_to_the_last(team: Workspace) -> None:
    await begin_trajectory(team)
    assert "Now: Senior" in words_of(asked(team, "Where you are, and"))
    await pass_days(team, 3)
    step = words_of(asked(team, "Three things that differ"))
    assert "Staff Engineer" in step
    said = await answer(team, "Three things that differ", "They say no, in writing, early")
    assert "half did this month already" in said
    await pass_days(team, 4)
    await answer(team, "Five years in one paragraph", PARAGRAPH)
    await pass_days(team, 7)
    await answer(team, "The same work, elsewhere", "At Google it is L6")
    await pass_days(team, 7)
    await answer(team, "Your paragraph, three weeks on", "Payments, Staff, because mistakes are dear")
    assert "It fit into a minute" in labels_of(newest(team))
    await team.click("It fit into a minute", place=team.dm())
    assert "Then it's yours." in words_of(asked(team, "Say it aloud"))
    closing = words_of(newest(team))
    assert "Answers kept: 6" in closing
    assert PARAGRAPH in await team.click("Your answers", place=team.dm())


async def test_an_unanswered_day_does_not_hold_back_the_next(team: Workspace) -> None:
    await begin_trajectory(team)
    await pass_days(team, 3)
    await pass_days(team, 4)
    assert asked(team, "Three things that differ").ts < asked(team, "Five years in one paragraph").ts


async def test_a_step_of_the_same_day_waits_for_the_one_before(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    assert "The problem, as people put it" in words_of(newest(team))
    await answer(team, "The problem, as people put it", "Invoices are wrong")
    assert "What it's worth" in words_of(newest(team))


async def test_a_step_may_be_passed_on(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await team.click("Pass on this one", place=team.dm())
    assert "You passed on this one" in words_of(asked(team, "The problem, as people put it"))
    assert "What it's worth" in words_of(newest(team))


async def test_a_choice_is_answered_to(team: Workspace) -> None:
    await team.type("/coach programme ic or manager")
    first = newest(team)
    label = labels_of(first)[0]
    await team.click(label, place=team.dm())
    said = words_of(team.message(first.ts))
    assert label in said
    assert "Change my answer" in said
    assert newest(team).ts != first.ts


async def test_a_choice_can_be_changed(team: Workspace) -> None:
    await team.type("/coach programme ic or manager")
    first, second = team.buttons(place=team.dm())[:2]
    await team.click(first, place=team.dm())
    before = len(team.messages(place=team.dm()))
    await team.click("Change my answer", place=team.dm())
    await team.click(second, place=team.dm())
    shown = [words_of(one) for one in team.messages(place=team.dm())]
    assert any(f">{second}" in one for one in shown)
    assert len(shown) == before


async def test_a_long_answer_goes_into_a_form(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await team.click("Answer", place=team.dm())
    view = team.modal()
    assert (
        await team.slack.submit(ANA.id, view.id, {"text": {"write": {"value": "Invoices are wrong"}}}) == {}
    )
    await team.settle()
    step = asked(team, "The problem, as people put it")
    assert "Invoices are wrong" in words_of(step)
    assert "solution in disguise" in words_of(team.thread(step.ts)[-1])


async def test_a_later_reply_takes_the_place_of_the_answer_or_joins_it(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await answer(team, "The problem, as people put it", "Invoices are wrong")
    said = await answer(team, "The problem, as people put it", "Refunds are late")
    assert "instead of what you wrote before" in said
    shown = words_of(asked(team, "The problem, as people put it"))
    assert "Refunds are late" in shown
    assert "Invoices are wrong" not in shown
    await team.click("Keep both", place=team.dm())
    shown = words_of(asked(team, "The problem, as people put it"))
    assert shown.index("Invoices are wrong") < shown.index("Refunds are late")


async def test_thanks_do_not_take_the_place_of_the_answer(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await answer(team, "The problem, as people put it", "Invoices are wrong")
    said = await answer(team, "The problem, as people put it", "thanks!")
    assert "answer" in said
    assert "Invoices are wrong" in words_of(asked(team, "The problem, as people put it"))


async def test_an_edited_reply_changes_the_answer(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    step = newest(team)
    reply = await team.reply("Invoices are rong", step.ts)
    await team.edit(reply.ts, "Invoices are wrong")
    assert "Invoices are wrong" in words_of(team.message(step.ts))
    assert len(team.thread(step.ts)) == 2


@pytest.mark.parametrize("edited", ["thanks", "skip", "later"])
async def test_words_that_are_edited_away_are_no_answer_any_more(team: Workspace, edited: str) -> None:
    await team.type("/coach programme clarity")
    step = newest(team)
    reply = await team.reply("We lost the customer because of me", step.ts)
    await team.edit(reply.ts, edited)
    assert "because of me" not in words_of(team.message(step.ts))
    assert "because of me" not in await team.type("/coach programme clarity")
    await team.edit(reply.ts, "We lost a customer")
    assert "We lost a customer" in words_of(team.message(step.ts))


async def test_thanks_edited_into_an_answer_are_answered_as_one(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await answer(team, "The problem, as people put it", "Invoices are wrong")
    step = asked(team, "The problem, as people put it")
    reply = await team.reply("thanks", step.ts)
    await team.edit(reply.ts, "Refunds are late")
    assert "Refunds are late" in words_of(team.message(step.ts))
    assert "instead of what you wrote before" in words_of(team.thread(step.ts)[-1])


async def test_an_edit_wins_over_the_reply_that_comes_again(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    step = newest(team)
    reply = await team.reply("Invoices are rong", step.ts)
    await team.edit(reply.ts, "Invoices are wrong")
    await tell_again(team, "Invoices are rong")
    await team.reply("thanks", step.ts)
    await team.click("Change my answer", place=team.dm())
    assert "Invoices are wrong" in str(team.modal().payload)


async def test_a_deleted_reply_is_forgotten(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    step = newest(team)
    reply = await team.reply("Invoices are wrong", step.ts)
    await team.delete(reply.ts)
    assert ">Invoices" not in words_of(team.message(step.ts))
    assert "Answer" in labels_of(team.message(step.ts))


async def test_what_is_written_right_after_a_check_in_answers_it(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    step = newest(team)
    await team.say("Invoices are wrong")
    assert "Invoices are wrong" in words_of(team.message(step.ts))
    await team.click("Keep it as a brag entry instead", place=team.dm())
    assert ">Invoices are wrong" not in words_of(team.message(step.ts))
    assert any("private to you" in words_of(one) for one in team.messages(place=team.dm()))


async def test_what_was_written_right_after_a_check_in_answers_no_other(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await team.say("Invoices are wrong")
    await tell_again(team, "Invoices are wrong")
    assert labels_of(asked(team, "What it's worth")) == ["Answer", "Pass on this one"]


async def test_one_check_in_after_the_other_is_answered_without_threads(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await team.say("Invoices are wrong")
    await team.say("About one person's job in support")
    assert ">About one person's job" in words_of(asked(team, "What it's worth"))


async def test_what_is_written_while_a_choice_is_open_is_kept_as_ever(team: Workspace) -> None:
    await team.type("/coach programme ic or manager")
    await team.say("Paired with two new colleagues on the tests")
    assert any("private to you" in words_of(one) for one in team.messages(place=team.dm()))


async def test_what_is_written_a_day_later_is_no_answer(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    step = newest(team)
    await team.move(timedelta(hours=25))
    await team.say("Paired with two new colleagues on the tests")
    assert "Paired" not in words_of(team.message(step.ts))


async def test_an_event_that_comes_again_asks_and_says_nothing_twice(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await answer(team, "The problem, as people put it", "Invoices are wrong")
    before = [words_of(one) for one in team.messages(place=team.dm())]
    await tell_again(team, "Invoices are wrong")
    assert [words_of(one) for one in team.messages(place=team.dm())] == before


async def test_stopped_it_is_quiet_and_what_was_written_stays(team: Workspace) -> None:
    await begin_trajectory(team)
    said = await team.type("/coach programme stop")
    assert "Your answer stays" in said
    before = len(team.messages(place=team.dm()))
    await pass_days(team, 3)
    assert len(team.messages(place=team.dm())) == before
    await team.type("/coach programme trajectory")
    assert "Now: Senior" in await team.click("Your answers")


@pytest.mark.parametrize("name", ["trajectory", "practice"])
async def test_a_question_of_what_has_stopped_has_a_line_in_place_of_its_buttons(
    team: Workspace, name: str
) -> None:
    await team.type(f"/coach programme {name}")
    question = newest(team)
    assert labels_of(question)
    await team.type("/coach programme stop")
    assert labels_of(team.message(question.ts)) == []
    assert "Stopped. `/coach programme` goes on from here" in words_of(team.message(question.ts))


async def test_a_question_that_is_begun_anew_has_no_buttons_twice(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    first = newest(team)
    await team.type("/coach programme clarity")
    await team.click("Begin anew")
    assert labels_of(team.message(first.ts)) == []
    assert labels_of(newest(team))


async def test_stop_below_a_question_is_no_answer(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    question = newest(team)
    await team.reply("stop", question.ts)
    assert "`/coach programme stop`" in words_of(team.thread(question.ts)[-1])
    assert labels_of(team.message(question.ts)) == ["Answer", "Pass on this one"]


async def test_of_several_the_one_named_is_stopped(team: Workspace) -> None:
    await team.type("/coach programme trajectory")
    await team.type("/coach programme clarity")
    assert "more than one" in await team.type("/coach programme stop")
    assert "*Clarity check* has stopped" in await team.type("/coach programme stop clarity")
    assert "*Trajectory* has stopped" in await team.type("/coach programme stop")


async def test_taken_up_again_it_goes_on_with_what_is_open(team: Workspace) -> None:
    await begin_trajectory(team)
    await team.type("/coach programme stop")
    await pass_days(team, 30)
    await team.type("/coach programme trajectory")
    await team.click("Go on there")
    assert "Three things that differ" in words_of(newest(team))
    await pass_days(team, 4)
    assert "Five years in one paragraph" in words_of(newest(team))


async def test_begun_anew_it_asks_everything_again(team: Workspace) -> None:
    await begin_trajectory(team)
    assert "in the middle of" in await team.type("/coach programme trajectory")
    await team.click("Begin anew")
    assert "Where you are, and where you'd like to be" in words_of(newest(team))
    assert "Set my levels" in team.buttons(place=team.dm())


async def test_the_list_says_where_one_is(team: Workspace) -> None:
    await begin_trajectory(team)
    said = await team.type("/coach programme")
    assert "Three things that differ" in said
    assert team.buttons().count("Begin") == 6
    await team.click("Stop")
    assert "nothing to stop" in await team.type("/coach programme stop")


async def test_a_question_comes_at_half_past_nine_where_the_person_is(team: Workspace) -> None:
    """Ana in Lisbon and Ben in Kolkata begin together; Ben's morning is the earlier one."""
    for user, zone in ((ANA, LISBON), (BEN, KOLKATA)):
        await team.slack.change_person(user.id, tz=zone.key)
        await team.type("/coach programme trajectory", user)
    for user, zone in ((BEN, KOLKATA), (ANA, LISBON)):
        due = datetime.combine(team.clock().astimezone(zone).date(), time(9, 30), zone)
        if user is BEN:
            due += timedelta(days=3)
        await team.move(due - timedelta(minutes=1) - team.clock())
        assert THIRD_DAY not in words_of(newest(team, user))
        await team.move(timedelta(minutes=2))
        assert THIRD_DAY in words_of(newest(team, user))


async def test_someone_who_moved_is_asked_in_the_morning_there(team: Workspace) -> None:
    await team.slack.change_person(ANA.id, tz=LISBON.key)
    await team.type("/coach programme trajectory")
    started_on = team.clock().astimezone(LISBON).date()
    await team.slack.change_person(ANA.id, tz=KOLKATA.key)
    await team.settle()
    due = datetime.combine(started_on + timedelta(days=3), time(9, 30), KOLKATA)
    await team.move(due - timedelta(minutes=1) - team.clock())
    assert THIRD_DAY not in words_of(newest(team))
    await team.move(timedelta(minutes=2))
    assert THIRD_DAY in words_of(newest(team))


async def test_a_question_a_week_too_late_is_left_out(team: Workspace) -> None:
    await begin_trajectory(team)
    await pass_days(team, 15)
    shown = [words_of(one) for one in team.messages(place=team.dm())]
    assert not any("Three things that differ" in one for one in shown)
    assert any("The same work, elsewhere" in one for one in shown)


async def days_asked(team: Workspace, days: int) -> list[int]:
    """On which of the coming days the trajectory asked something in the morning."""
    found = []
    for day in range(1, days + 1):
        before = len(team.messages(place=team.dm()))
        await pass_days(team, 1)
        shown = [words_of(one) for one in team.messages(place=team.dm())[before:]]
        asked_now = [one for one in shown if "Pass on this one" in one]
        assert len(asked_now) <= 1, "never two on one day"
        found += [day] if asked_now else []
    return found


async def test_without_days_off_its_days_are_those_of_the_programme(team: Workspace) -> None:
    await begin_trajectory(team)
    assert await days_asked(team, 22) == [3, 7, 14, 21]


async def test_after_days_off_they_come_as_far_apart_as_they_were_meant(team: Workspace) -> None:
    await begin_trajectory(team)
    first, last = (team.clock() + timedelta(days=day) for day in (2, 15))
    await team.type(f"/coach days off {first:%Y-%m-%d} - {last:%Y-%m-%d}")
    assert await days_asked(team, 36) == [16, 20, 27, 34]


async def test_after_a_pause_that_ended_sooner_as_well(team: Workspace) -> None:
    await begin_trajectory(team)
    await team.type("/coach pause 6 weeks")
    assert await days_asked(team, 16) == []
    await team.type("/coach resume")
    assert await days_asked(team, 20) == [1, 5, 12, 19]


async def test_after_some_days_without_a_process_too(team: Workspace) -> None:
    await begin_trajectory(team)
    await pass_days(team, 8)
    assert "Three things that differ" in words_of(newest(team))
    assert await days_asked(team, 19) == [4, 11, 18]


async def test_a_step_waits_for_the_end_of_quiet_hours(team: Workspace) -> None:
    await begin_trajectory(team)
    team.world.users[ANA.id].quiet_hours = (time(9), time(12))
    await pass_days(team, 3)
    assert THIRD_DAY not in words_of(newest(team))
    await team.move(timedelta(hours=2, minutes=1))
    assert THIRD_DAY in words_of(newest(team))


async def test_skip_leaves_a_question_out_and_an_answer_as_it_is(team: Workspace) -> None:
    await begin_trajectory(team)
    await pass_days(team, 3)
    assert "leave that one out" in await answer(team, THIRD_DAY, "skip this one")
    await pass_days(team, 4)
    await answer(team, "Five years in one paragraph", "Staff, in payments")
    await answer(team, "Five years in one paragraph", "skip")
    assert "Staff, in payments" in words_of(asked(team, "Five years in one paragraph"))


@pytest.mark.parametrize("text", ["later", "not today", "busy today"])
async def test_a_question_put_off_stays_open(team: Workspace, text: str) -> None:
    await begin_trajectory(team)
    await pass_days(team, 3)
    assert "stays open" in await answer(team, THIRD_DAY, text)
    assert "Pass on this one" in labels_of(asked(team, THIRD_DAY))
    await answer(team, THIRD_DAY, "They decide, write it down, and others follow")
    assert "Pass on this one" not in labels_of(asked(team, THIRD_DAY))


async def test_nothing_may_be_an_answer(team: Workspace) -> None:
    await team.type("/coach programme after a no")
    said = await answer(team, "How it is", "nothing at all")
    assert "stays open" not in said
    assert "Change" in str(labels_of(asked(team, "How it is")))


async def test_a_file_stands_with_the_answer(team: Workspace) -> None:
    await begin_trajectory(team)
    await pass_days(team, 3)
    step = asked(team, THIRD_DAY)
    file = File("FNOTES", ANA.id, "notes.png", "notes.png", 0, 3, "", b"png", is_complete=True)
    team.world.files.by_id[file.id] = file
    await team.slack.post(ANA.id, step.conversation_id, "", thread_ts=step.ts, files=[file])
    await team.settle()
    assert "FNOTES" in words_of(asked(team, THIRD_DAY))


async def test_passing_on_an_older_message_of_a_step_takes_no_answer_away(team: Workspace) -> None:
    await begin_trajectory(team)
    await pass_days(team, 3)
    older = asked(team, THIRD_DAY)
    block = next(block for block in older.blocks if block["type"] == "actions")
    button = next(one for one in block["elements"] if one["text"]["text"] == "Pass on this one")
    await team.type("/coach programme trajectory")
    await team.click("Go on there")
    await team.reply("They decide, write it down, and others follow", asked(team, THIRD_DAY).ts)
    await team.slack.act(
        ANA.id,
        block_id=block["block_id"],
        action_id=button["action_id"],
        value={"value": button["value"]},
        message_ts=older.ts,
    )
    await team.settle()
    assert "others follow" in words_of(team.message(older.ts))
