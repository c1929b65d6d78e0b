"""`/coach`: when the weekly question comes, and when nothing does."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.nudge.model import NUDGE
from bot.outbox.tables import deliveries
from tests.support.workspace import ANA, Workspace, words_of

LISBON, CALCUTTA = "Europe/Lisbon", "Asia/Kolkata"


async def to(workspace: Workspace, weekday: int, hour: int, zone: str = "UTC") -> datetime:
    """The next such moment; Monday is 0."""
    there = workspace.clock().astimezone(ZoneInfo(zone))
    day = there.date() + timedelta(days=(weekday - there.weekday()) % 7)
    at = datetime(day.year, day.month, day.day, hour, 0, 1, tzinfo=ZoneInfo(zone))
    at = at if at > there else at + timedelta(weeks=1)
    await workspace.move(at - there)
    await workspace.settle()
    return at


def chosen(field: str, value: str) -> dict[str, Any]:
    return {field: {"choose": {"selected_option": {"value": value}}}}


def written(field: str, text: str) -> dict[str, Any]:
    return {field: {"write": {"value": text}}}


def count_questions(workspace: Workspace) -> int:
    seen = workspace.messages(place=workspace.dm())
    return sum("nudge:another" in str(message.blocks) for message in seen)


@pytest.fixture
async def asked(workspace: Workspace) -> Workspace:
    """Ana aims for something, and was asked on Friday at 15:00 in Lisbon."""
    await workspace.slack.change_person(ANA.id, tz=LISBON)
    await to(workspace, 0, 9)
    await workspace.type("/ladder target staff")
    await to(workspace, 4, 15, LISBON)
    assert count_questions(workspace) == 1
    return workspace


async def test_the_first_target_brings_the_weekly_question_and_says_so(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    said = workspace.read(place=workspace.dm())
    assert "aiming at Staff Engineer" in said
    assert "Fridays at 15:00" in said
    await workspace.click("No, thank you", place=workspace.dm())
    assert "No more weekly questions" in workspace.read(place=workspace.dm())


async def test_a_rhythm_is_set_in_words(workspace: Workspace) -> None:
    said = await workspace.type("/coach nudge every second tuesday 10:00")
    assert "very second Tuesday at 10:00" in said
    assert "I don't read a day" in await workspace.type("/coach nudge whenever")


async def test_a_pause_and_its_end(workspace: Workspace) -> None:
    assert "Quiet until" in await workspace.type("/coach pause 2 weeks")
    assert "Good to have you back" in await workspace.type("/coach resume")


async def test_days_off_are_named_back(workspace: Workspace) -> None:
    assert "24 Dec" in await workspace.type("/coach days off 24 dec - 2 jan")
    assert "No days off" in await workspace.type("/coach days off none")


async def test_days_off_come_beside_those_named_before(workspace: Workspace) -> None:
    await workspace.type("/coach days off 24 dec - 2 jan")
    said = await workspace.type("/coach days off 1 may, fridays")
    assert "Fridays, 1 May 2026, 24 Dec 2026 to 2 Jan 2027" in said
    assert said.split(": ")[1].rstrip(".") in await workspace.type("/coach days off")
    await workspace.type("/coach days off none")
    assert "*Days off:* none" in await workspace.type("/coach days off")


async def test_more_days_off_than_can_be_kept_are_refused_kindly(workspace: Workspace) -> None:
    many = ", ".join(f"{day} {month}" for month in ("june", "july") for day in range(1, 17, 2))
    assert "more than I can keep in mind" in await workspace.type(f"/coach days off {many}")
    assert "*Days off:* none" in await workspace.type("/coach days off")


async def test_what_was_not_understood_is_answered_with_examples(workspace: Workspace) -> None:
    for typed in ("dance", "pause", "pause for a bit", "days off 31 feb", "nudge daily", "programme polka"):
        said = await workspace.type(f"/coach {typed}")
        assert said.count("/coach ") >= 2 or "Begin" in said, typed
    assert "“”" not in await workspace.type("/coach pause")


async def test_to_resume_without_a_pause_says_so(workspace: Workspace) -> None:
    assert "You aren't paused" in await workspace.type("/coach resume")


async def test_help_and_unknown_words_are_answered(workspace: Workspace) -> None:
    assert "/coach pause" in await workspace.type("/coach help")
    assert "I don't know" in await workspace.type("/coach dance")


async def test_the_form_shows_what_is_set(workspace: Workspace) -> None:
    await workspace.type("/coach nudge tuesdays 10:00")
    await workspace.type("/coach")
    assert "The weekly question comes on" in words_of(workspace.modal())


@pytest.mark.parametrize(
    ("said", "set_to"),
    [
        ("fridays", "Fridays at 15:00"),
        ("friday 3pm", "Fridays at 15:00"),
        ("on mondays at 9", "Mondays at 09:00"),
        ("wed 14.30", "Wednesdays at 14:30"),
        ("4pm", "Fridays at 16:00"),
        ("every other thursday noon", "every second Thursday at 12:00"),
        ("every 3 weeks on tuesday 10:00", "every 3 weeks on Tuesday at 10:00"),
    ],
)
async def test_times_are_read_as_people_say_them(workspace: Workspace, said: str, set_to: str) -> None:
    assert set_to in await workspace.type(f"/coach nudge {said}")


async def test_the_next_question_comes_when_it_was_said(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    said = await workspace.type("/coach nudge thursdays 10:00")
    at = await to(workspace, 3, 10)
    assert f"Thursday, {at.day} {at:%B} at 10:00" in said
    assert count_questions(workspace) == 1


async def test_another_day_in_a_week_that_was_asked_begins_with_the_next(asked: Workspace) -> None:
    said = await asked.type("/coach nudge saturdays 10:00")
    saturday = asked.clock() + timedelta(days=8)
    assert f"Saturday, {saturday.day} {saturday:%B} at 10:00" in said
    await to(asked, 5, 11, LISBON)
    assert count_questions(asked) == 1
    await to(asked, 5, 11, LISBON)
    assert count_questions(asked) == 2


async def test_ended_and_begun_again_in_one_week_asks_once(asked: Workspace) -> None:
    await asked.type("/coach nudge off")
    await asked.type("/coach nudge fridays 17:00")
    await to(asked, 4, 18, LISBON)
    assert count_questions(asked) == 1


async def test_someone_who_moves_is_asked_at_that_hour_there(asked: Workspace) -> None:
    await asked.slack.change_person(ANA.id, tz=CALCUTTA)
    await to(asked, 4, 14, CALCUTTA)
    assert count_questions(asked) == 1
    await to(asked, 4, 15, CALCUTTA)
    assert count_questions(asked) == 2


async def test_someone_who_moves_west_on_the_day_is_not_asked_again(asked: Workspace) -> None:
    await asked.slack.change_person(ANA.id, tz="America/Los_Angeles")
    await to(asked, 4, 16, "America/Los_Angeles")
    assert count_questions(asked) == 1


async def test_nothing_comes_on_a_day_off_and_the_next_one_is_named(asked: Workspace) -> None:
    week = timedelta(weeks=1)
    off, after = asked.clock() + week, asked.clock() + 2 * week
    await asked.type(f"/coach days off {off:%Y-%m-%d}")
    assert f"{after.day} {after:%B} at 15:00" in await asked.type("coach", place=asked.dm())
    await to(asked, 4, 15, LISBON)
    assert count_questions(asked) == 1
    await to(asked, 4, 15, LISBON)
    assert count_questions(asked) == 2


async def test_a_pause_is_kept_to_and_its_end_asks_again(asked: Workspace) -> None:
    await asked.type("/coach pause 3 weeks")
    await to(asked, 4, 15, LISBON)
    assert count_questions(asked) == 1
    await asked.type("/coach resume")
    await to(asked, 4, 15, LISBON)
    assert count_questions(asked) == 2


async def test_off_is_off_until_it_is_wanted_again(asked: Workspace) -> None:
    assert "No more weekly questions" in await asked.type("/coach nudge off")
    await asked.type("/ladder target senior staff")
    await to(asked, 4, 15, LISBON)
    assert count_questions(asked) == 1


async def test_plain_words_in_the_dm_do_the_same(workspace: Workspace) -> None:
    assert "Quiet until" in await workspace.type("coach pause 2 weeks", place=workspace.dm())
    assert "*Quiet until:*" in await workspace.type("coach", place=workspace.dm())


async def test_every_setting_has_a_line_of_its_own(workspace: Workspace) -> None:
    await workspace.type("/coach nudge tuesdays 10:00")
    await workspace.type("/coach pause 2 weeks")
    lines = (await workspace.type("coach", place=workspace.dm())).splitlines()
    assert [line.split(":*")[0] for line in lines[:4]] == [
        "*The weekly question",
        "*The next one",
        "*Days off",
        "*Quiet until",
    ]


async def fill_in(workspace: Workspace, **changes: Any) -> dict[str, str]:
    """The form of `/coach`, its fields changed; what it says is wrong."""
    await workspace.type("/coach")
    errors: dict[str, str] = await workspace.slack.submit(ANA.id, workspace.modal().id, changes)
    return errors


async def test_what_cannot_be_read_is_said_below_its_field_and_nothing_is_kept(asked: Workspace) -> None:
    errors = await fill_in(asked, **chosen("day", "1"), **written("days_off", "whenever"))
    assert list(errors) == ["days_off"]
    assert "/coach" not in errors["days_off"]
    assert "Fridays at 15:00" in await asked.type("coach", place=asked.dm())


async def test_the_form_keeps_all_of_it(asked: Workspace) -> None:
    changes = {**chosen("day", "1"), **chosen("at", "10:00"), **chosen("every", "2")}
    assert await fill_in(asked, **changes, **written("days_off", "fridays")) == {}
    said = await asked.type("coach", place=asked.dm())
    assert "every second Tuesday at 10:00" in said
    assert "*Days off:* Fridays" in said


async def test_no_day_in_the_form_ends_the_question(asked: Workspace) -> None:
    await fill_in(asked, **chosen("day", "never"))
    assert "*The weekly question:* none" in await asked.type("coach", place=asked.dm())


async def test_what_is_written_right_after_a_check_in_answers_it_until_it_is_deleted(
    workspace: Workspace,
) -> None:
    await workspace.type("/coach programme practice")
    answer = await workspace.say("Customers complain that invoices are wrong")
    assert "Keep it as a brag entry instead" in workspace.buttons(place=workspace.dm())
    await workspace.delete(answer.ts)
    await workspace.type("/coach programme")
    assert "There is nothing here yet." in await workspace.click("Your answers")


async def test_which_of_several_programmes_shall_stop_is_asked_without_offering_others(
    workspace: Workspace,
) -> None:
    await workspace.type("/coach programme clarity check")
    await workspace.type("/coach programme trajectory")
    assert "Which shall I stop?" in await workspace.type("/coach programme stop")
    assert workspace.buttons().count("Stop") == 2
    assert "Begin" not in workspace.buttons()


async def test_a_pause_until_a_day_that_just_passed_is_a_slip_and_no_year(workspace: Workspace) -> None:
    """It is the 13th of March."""
    assert "I don't read a day" in await workspace.type("/coach pause until 12 march")
    assert "I don't read a day" in await workspace.type("/coach pause until march")
    assert "14 March." in await workspace.type("/coach pause until 14 march")


async def test_a_day_of_another_year_is_said_with_it(workspace: Workspace) -> None:
    assert "3 January 2027" in await workspace.type("/coach pause until 3 january")
    assert "3 January 2027" in await workspace.type("coach", place=workspace.dm())


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("24.-28.12.", "24 Dec 2026 to 28 Dec 2026"),
        ("24.12. - 2.1.", "24 Dec 2026 to 2 Jan 2027"),
        ("august", "1 Aug 2026 to 31 Aug 2026"),
        ("march", "1 Mar 2026 to 31 Mar 2026"),
        ("february", "1 Feb 2027 to 28 Feb 2027"),
        ("august 2027", "1 Aug 2027 to 31 Aug 2027"),
        ("next week", "16 Mar 2026 to 22 Mar 2026"),
        ("dec 24 - jan 2", "24 Dec 2026 to 2 Jan 2027"),
        ("10 march - 20 march", "10 Mar 2026 to 20 Mar 2026"),
    ],
)
async def test_days_off_are_read_as_people_say_them(workspace: Workspace, said: str, days: str) -> None:
    assert f"these days: {days}" in await workspace.type(f"/coach Days Off {said}")


async def test_an_end_before_its_start_is_no_year_off(workspace: Workspace) -> None:
    assert "the first before the last" in await workspace.type("/coach days off 10 april - 3 april")


async def test_days_off_are_cleared_however_it_is_written(asked: Workspace) -> None:
    await asked.type("/coach days off august")
    assert "No days off" in await asked.type("/coach Days Off None")


async def test_days_off_that_leave_no_question_are_told_and_no_day_is_promised(asked: Workspace) -> None:
    said = await asked.type("/coach days off fridays")
    assert "every one of your questions" in said
    assert "*The next one:* none" in await asked.type("coach", place=asked.dm())
    said = await asked.type("/coach nudge fridays 10:00")
    assert "nothing would come" in said
    assert "The next question comes" in await asked.type("/coach nudge thursdays 10:00")


async def test_a_bare_hour_is_that_of_the_working_day(workspace: Workspace) -> None:
    assert "Fridays at 15:00" in await workspace.type("/coach nudge at 3 o'clock")
    assert "Fridays at 09:00" in await workspace.type("/coach nudge 9 o'clock")


async def test_what_was_put_off_does_not_come_once_questions_are_ended(asked: Workspace) -> None:
    await asked.click("On Monday", place=asked.dm())
    await asked.type("/coach nudge off")
    await to(asked, 0, 16, LISBON)
    assert count_questions(asked) == 0


async def test_of_someone_who_flew_over_their_hour_it_is_noted_that_it_was_missed(asked: Workspace) -> None:
    await to(asked, 4, 10, LISBON)
    await asked.slack.change_person(ANA.id, tz="America/Los_Angeles")
    await to(asked, 4, 13, "America/Los_Angeles")
    await asked.slack.change_person(ANA.id, tz="Asia/Tokyo")
    await asked.settle()
    dropped = select(deliveries.c.kind, deliveries.c.reason).where(deliveries.c.state == "dropped")
    found = asked.rung.database.read_now(lambda one: one, lambda one: [*one.execute(dropped)])
    assert [tuple(row) for row in found] == [(NUDGE, "too late")]
    await to(asked, 4, 15, "Asia/Tokyo")
    assert "nudge:another" in str(asked.messages(place=asked.dm())[-1].blocks)


async def test_a_word_for_a_button_answers_no_question(asked: Workspace) -> None:
    await asked.say("stop")
    assert count_questions(asked) == 1


async def test_days_off_that_are_over_are_shown_no_more_and_hold_up_no_form(asked: Workspace) -> None:
    await asked.type("/coach days off tomorrow, 24 dec")
    await to(asked, 0, 12, LISBON)
    assert await fill_in(asked) == {}
    assert "*Days off:* 24 Dec 2026\n" in await asked.type("coach", place=asked.dm()) + "\n"


async def test_a_pause_that_is_over_is_shown_no_more(asked: Workspace) -> None:
    await asked.type("/coach pause until monday")
    await to(asked, 0, 12, LISBON)
    assert "Quiet until" not in await asked.type("coach", place=asked.dm())
    assert await fill_in(asked) == {}


async def test_the_form_takes_no_pause_that_would_be_over(asked: Workspace) -> None:
    today = {"paused": {"choose": {"selected_date": f"{asked.clock():%Y-%m-%d}"}}}
    errors = await fill_in(asked, **today, **written("days_off", "whenever"))
    assert list(errors) == ["paused", "days_off"]


async def test_the_form_leaves_the_weeks_of_a_rhythm_as_they_were(workspace: Workspace) -> None:
    said = await workspace.type("/coach nudge every second tuesday 10:00 starting 31 march")
    assert "Tuesday, 31 March at 10:00" in said
    assert await fill_in(workspace, **written("days_off", "24 dec")) == {}
    assert "Tuesday, 31 March at 10:00" in await workspace.type("coach", place=workspace.dm())
    assert await fill_in(workspace, **chosen("at", "11:00")) == {}
    assert "Tuesday, 31 March at 11:00" in await workspace.type("coach", place=workspace.dm())


async def test_days_off_in_the_form_end_no_question_that_never_began(workspace: Workspace) -> None:
    assert await fill_in(workspace, **written("days_off", "24 dec")) == {}
    await workspace.type("/ladder target staff")
    assert "Fridays at 15:00" in await workspace.type("coach", place=workspace.dm())


async def test_the_form_says_when_what_it_keeps_leaves_no_question(asked: Workspace) -> None:
    await fill_in(asked, **written("days_off", "fridays"))
    assert "none, since those are all days off" in words_of(asked.modal())


async def test_the_question_comes_after_however_long_a_pause(asked: Workspace) -> None:
    await asked.type("/coach pause 2 years")
    said = await asked.type("/coach nudge thursdays 10:00")
    assert "all days off" not in said
    assert "Thursday, 23 March 2028 at 10:00" in said


async def test_an_hour_in_quiet_hours_that_outlast_the_day_is_told(workspace: Workspace) -> None:
    workspace.world.users[ANA.id].quiet_hours = (time(22), time(8))
    assert "not to disturb you then" in await workspace.type("/coach nudge fridays 22:30")
    for hour in ("07:00", "21:30"):
        assert "The next question comes" in await workspace.type(f"/coach nudge fridays {hour}")


async def test_who_flies_east_over_the_hour_of_their_first_question_is_asked_that_day(
    workspace: Workspace,
) -> None:
    await workspace.slack.change_person(ANA.id, tz=LISBON)
    await to(workspace, 0, 9)
    await workspace.type("/ladder target staff")
    await to(workspace, 4, 12, LISBON)
    await workspace.slack.change_person(ANA.id, tz=CALCUTTA)
    await workspace.settle()
    assert count_questions(workspace) == 1
