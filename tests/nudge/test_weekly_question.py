"""The weekly question as a person meets it: it comes, can be answered, and knows when to be quiet."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import MetaData, select, text

from bot.nudge.composing import NudgeComposing
from bot.nudge.store import NudgeStore
from bot.outbox.model import LEASE, Post
from bot.outbox.store import Outbox
from bot.rhythm.days_off import DaysOff, Stretch
from tests.nudge.conftest import Weekly
from tests.support.workspace import words_of

LINE = "Moved the last customers to the new checkout, p99 900 → 200 ms"
FRIDAY = 4
A_WEEK = Stretch(date(2026, 3, 23), date(2026, 3, 30))
PROMISE = "Next week I'll migrate the billing tables"


def questions_of(weekly: Weekly) -> list[str]:
    """First lines of all questions that stand in the DM."""
    messages = weekly.workspace.messages(place=weekly.dm)
    asked = [one for one in messages if "Nothing this week" in str(one.blocks)]
    return [words_of(one).splitlines()[0] for one in asked]


def buttons_of(weekly: Weekly, ts: str) -> list[dict[str, Any]]:
    blocks = weekly.workspace.message(ts).blocks
    return [button for block in blocks if block["type"] == "actions" for button in block["elements"]]


async def test_a_question_comes_with_what_can_be_done_about_it(weekly: Weekly) -> None:
    await weekly.lives_by_day()
    await weekly.aim_for("ic4")
    said = await weekly.comes()
    assert "?" in said.splitlines()[0]
    assert "Only you see it" in said
    assert weekly.workspace.buttons(place=weekly.dm) == [
        "Add with details",
        "Nothing this week",
        "Another question",
        "Tomorrow",
        "Settings",
    ]


async def test_a_phone_shows_the_question_itself(weekly: Weekly) -> None:
    await weekly.aim_for("ic4")
    said = await weekly.comes()
    assert weekly.workspace.messages(place=weekly.dm)[-1].text == said.splitlines()[0]


async def test_the_first_question_is_about_the_level_aimed_for(weekly: Weekly) -> None:
    await weekly.aim_for("ic4")
    await weekly.comes()
    asked = (await weekly.export())["asked"][0]
    assert (asked["ladder"], asked["level"]) == ("artsy", "ic4")
    assert asked["expectation"]


async def test_someone_without_a_level_is_asked_what_suits_anybody(weekly: Weekly) -> None:
    assert "?" in await weekly.comes()
    asked = (await weekly.export())["asked"][0]
    assert (asked["level"], asked["expectation"]) == ("", "")


async def test_the_same_delivery_again_asks_nothing_more(weekly: Weekly) -> None:
    await weekly.comes("this week")
    await weekly.comes("this week")
    assert len(questions_of(weekly)) == 1


async def test_a_reply_in_its_thread_is_kept_and_answers_it(weekly: Weekly) -> None:
    await weekly.comes()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    await weekly.workspace.reply(LINE, question.ts)
    assert "private to you" in words_of(weekly.workspace.thread(question.ts)[-1])
    assert await weekly.states() == ["answered"]


async def test_a_reply_that_comes_twice_is_kept_once(weekly: Weekly) -> None:
    await weekly.comes()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    await weekly.workspace.reply(LINE, question.ts)
    before = len(weekly.workspace.thread(question.ts))
    await weekly.workspace.redeliver()
    assert len(weekly.workspace.thread(question.ts)) == before


async def test_nothing_really_is_a_reply_as_well(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.reply("nothing really", weekly.workspace.messages(place=weekly.dm)[-1].ts)
    assert await weekly.states() == ["nothing"]


async def test_what_is_written_beside_it_within_a_day_is_a_reply(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.type(LINE, place=weekly.dm)
    assert await weekly.states() == ["answered"]


async def test_what_is_written_days_later_is_none(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.move(timedelta(days=2))
    await weekly.workspace.type(LINE, place=weekly.dm)
    assert await weekly.states() == ["open"]


async def test_nothing_this_week_takes_one_click(weekly: Weekly) -> None:
    question = (await weekly.comes()).splitlines()[0]
    said = await weekly.workspace.click("Nothing this week", place=weekly.dm)
    assert said.startswith(question)
    assert weekly.workspace.buttons(place=weekly.dm) == []
    assert await weekly.states() == ["nothing"]


async def test_nothing_after_a_reply_does_not_take_the_reply_back(weekly: Weekly) -> None:
    await weekly.comes()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    weekly.workspace.slack.faults.add("chat.update", "cant_update_message")  # so that the buttons stay
    await weekly.workspace.reply(LINE, question.ts)
    await weekly.workspace.click("Nothing this week", place=weekly.dm)
    assert "is kept" in words_of(weekly.workspace.message(question.ts))
    assert await weekly.states() == ["answered"]


async def test_another_question_takes_its_place_and_none_comes_twice(weekly: Weekly) -> None:
    await weekly.aim_for("ic4")
    seen = [(await weekly.comes()).splitlines()[0]]
    for _ in range(12):
        said = await weekly.workspace.click("Another question", place=weekly.dm)
        seen.append(said.splitlines()[0])
    assert len(set(seen)) == len(seen)
    assert len(questions_of(weekly)) == 1
    rows = (await weekly.export())["asked"]
    ids = [row["expectation"] or row["question"] for row in rows]
    assert len(set(ids)) == len(ids)


async def test_tomorrow_asks_the_same_at_the_same_hour(weekly: Weekly) -> None:
    await weekly.lives_by_day()
    question = (await weekly.comes()).splitlines()[0]
    tomorrow = weekly.workspace.clock() + timedelta(days=1)
    said = await weekly.workspace.click("Tomorrow", place=weekly.dm)
    assert f"{tomorrow:%A}, {tomorrow.day} {tomorrow:%B} at {tomorrow:%H:%M}" in said
    await weekly.workspace.move(timedelta(days=1))
    assert questions_of(weekly) == [question]
    assert await weekly.states() == ["replaced", "open"]


@pytest.mark.parametrize(
    ("off", "label", "day"),
    [
        (DaysOff(), "On Monday", "Monday, 23 March"),
        (DaysOff(weekdays=frozenset({0})), "On Tuesday", "Tuesday, 24 March"),
        (DaysOff(stretches=(A_WEEK,)), "On 31 March", "Tuesday, 31 March"),
    ],
    ids=["weekend", "mondays off", "a week off"],
)
async def test_on_a_friday_the_next_day_is_a_working_day_that_is_not_off_and_the_button_names_it(
    weekly: Weekly, off: DaysOff, label: str, day: str
) -> None:
    await weekly.lives_by_day(FRIDAY)
    await weekly.change(days_off=off)
    await weekly.comes()
    said = await weekly.workspace.click(label, place=weekly.dm)
    assert f"{day} at {weekly.workspace.clock():%H:%M}" in said


async def test_what_was_answered_meanwhile_is_not_asked_again(weekly: Weekly) -> None:
    await weekly.lives_by_day()
    await weekly.comes()
    await weekly.workspace.click("Tomorrow", place=weekly.dm)
    await weekly.workspace.type(LINE, place=weekly.dm)
    await weekly.workspace.move(timedelta(days=1))
    assert questions_of(weekly) == []


async def test_the_form_and_the_settings_open(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.click("Add with details", place=weekly.dm)
    assert weekly.workspace.modal().payload["submit"]
    await weekly.workspace.click("Settings", place=weekly.dm)
    assert "settings" in words_of(weekly.workspace.modal()).lower()


async def answered_in_its_thread(weekly: Weekly) -> None:
    await weekly.workspace.reply(LINE, weekly.workspace.messages(place=weekly.dm)[-1].ts)


async def answered_beside_it(weekly: Weekly) -> None:
    await weekly.workspace.type(LINE, place=weekly.dm)


async def answered_by_a_command(weekly: Weekly) -> None:
    await weekly.workspace.type(f"/brag {LINE}")


async def answered_by_the_form(weekly: Weekly) -> None:
    await weekly.workspace.click("Add with details", place=weekly.dm)
    await weekly.workspace.submit(weekly.workspace.modal(), text=LINE)


@pytest.mark.parametrize(
    "answer",
    [answered_in_its_thread, answered_beside_it, answered_by_a_command, answered_by_the_form],
    ids=lambda answer: answer.__name__,
)
async def test_an_answered_question_has_a_line_in_place_of_its_buttons(
    weekly: Weekly, answer: Callable[[Weekly], Awaitable[None]]
) -> None:
    question = (await weekly.comes()).splitlines()[0]
    ts = weekly.workspace.messages(place=weekly.dm)[-1].ts
    await answer(weekly)
    shown = weekly.workspace.message(ts)
    assert words_of(shown).splitlines() == [question, "Answered. More to it? Just reply here."]


async def test_what_answers_a_question_is_kept_with_the_answer_or_not_at_all(weekly: Weekly) -> None:
    await weekly.comes()
    engine = weekly.workspace.rung.database.engine
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE asked RENAME TO away"))
    assert "nothing was changed" in await weekly.workspace.type(f"/brag {LINE}")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO asked"))
    assert "Nothing here yet" in await weekly.workspace.type("/brag list")
    assert "private to you" in await weekly.workspace.type(f"/brag {LINE}")


async def test_a_reply_that_there_was_nothing_stands_in_place_of_the_buttons_as_well(weekly: Weekly) -> None:
    await weekly.comes()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    await weekly.workspace.reply("nothing really", question.ts)
    assert "Nothing this week" not in [b["text"]["text"] for b in buttons_of(weekly, question.ts)]
    await weekly.workspace.reply(LINE, question.ts)
    assert "Answered" in words_of(weekly.workspace.message(question.ts))


async def test_on_a_day_off_and_in_a_pause_nothing_is_asked(weekly: Weekly) -> None:
    tomorrow = weekly.workspace.clock().date() + timedelta(days=2)
    await weekly.change(paused_until=tomorrow)
    await weekly.comes()
    assert questions_of(weekly) == []


async def test_a_question_too_late_for_its_day_is_not_asked(weekly: Weekly) -> None:
    await weekly.lives_by_day()
    await weekly.comes(late=timedelta(hours=3))
    await weekly.comes(late=timedelta(days=1))
    assert len(questions_of(weekly)) == 1


async def test_a_process_that_dies_before_sending_leaves_the_same_question(weekly: Weekly) -> None:
    await weekly.aim_for("ic4")
    await weekly.owe()
    claimed = await weekly.database.write(Outbox, Outbox.claim, weekly.workspace.clock(), 1)
    composed = await weekly.compose(claimed[0])
    await weekly.workspace.move(LEASE)
    assert isinstance(composed, Post)
    assert questions_of(weekly) == [composed.text]
    assert await weekly.states() == ["open"]


async def test_a_question_that_was_taken_off_the_list_gives_way_to_another(weekly: Weekly) -> None:
    await weekly.owe()
    claimed = await weekly.database.write(Outbox, Outbox.claim, weekly.workspace.clock(), 1)
    await weekly.compose(claimed[0])
    taken_off = (await weekly.export())["asked"][0]["question"]
    left = [one for one in weekly.desk.questions() if one.id != taken_off]
    desk = replace(weekly.desk, questions=lambda: left)
    NudgeComposing(desk).register(weekly.workspace.rung.sender)
    await weekly.workspace.move(LEASE)
    assert len(questions_of(weekly)) == 1
    assert [row["question"] != taken_off for row in (await weekly.export())["asked"]] == [True]


async def test_whoever_writes_things_down_in_other_ways_is_not_quiet(weekly: Weekly) -> None:
    for _ in range(6):
        said = await weekly.comes_next_week()
        assert "quiet weeks" not in said
        assert "one line" in said
        await weekly.workspace.move(timedelta(days=3))
        await weekly.workspace.say("Shipped the search, and support writes half as often")
        await weekly.workspace.move(timedelta(days=-3))


async def test_after_quiet_weeks_anything_written_down_brings_the_weekly_question_back(
    weekly: Weekly,
) -> None:
    for _ in range(6):
        await weekly.comes_next_week()
    await weekly.workspace.move(timedelta(days=3))
    await weekly.workspace.say("Shipped the search, and support writes half as often")
    await weekly.workspace.move(timedelta(days=-3))
    said = [await weekly.comes_next_week() for _ in range(3)]
    assert all("one line" in each for each in said)
    assert len(set(said)) == 3


async def test_after_three_quiet_weeks_it_comes_every_other_week_and_says_so_once(weekly: Weekly) -> None:
    heard = [await weekly.comes()]
    for _ in range(8):
        before = len(questions_of(weekly))
        said = await weekly.comes_next_week()
        heard.append(said if len(questions_of(weekly)) > before else "")
    assert [bool(said) for said in heard] == [True, True, True, True, False, True, False, True, False]
    assert ["every other week" in said for said in heard] == [week == 3 for week in range(9)]


async def test_one_reply_brings_the_weekly_question_back(weekly: Weekly) -> None:
    await weekly.comes()
    for _ in range(3):
        await weekly.comes_next_week()
    await weekly.workspace.type(LINE, place=weekly.dm)
    before = len(questions_of(weekly))
    assert "every other week" not in await weekly.comes_next_week()
    await weekly.comes_next_week()
    assert len(questions_of(weekly)) == before + 2


async def test_what_was_promised_is_asked_about_once_in_their_words(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.type(f"{LINE}. {PROMISE}.", place=weekly.dm)
    assert f"“{PROMISE}”" in await weekly.comes_next_week()
    assert f"“{PROMISE}”" not in await weekly.comes_next_week()
    assert f"“{PROMISE}”" not in await weekly.comes_next_week()


async def test_a_short_reply_to_that_is_kept_with_what_it_is_about(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.type(f"{LINE}. {PROMISE}.", place=weekly.dm)
    await weekly.comes_next_week()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    reply = await weekly.workspace.reply("yes, done on Tuesday", question.ts)
    kept = f"{PROMISE}: yes, done on Tuesday"
    assert kept in words_of(weekly.workspace.thread(question.ts)[-1])
    await weekly.workspace.edit(reply.ts, "yes, done on Monday already")
    assert f"{PROMISE}: yes, done on Monday already" in await weekly.workspace.type("/brag list")
    assert len((await weekly.export())["promises"]) == 1, "the reply itself promises nothing"


async def test_a_reply_to_that_which_tells_everything_is_kept_as_it_is(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.type(f"{LINE}. {PROMISE}.", place=weekly.dm)
    await weekly.comes_next_week()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    told = "Migrated all billing tables on Tuesday, and the nightly job takes 4 minutes instead of 50 now"
    await weekly.workspace.reply(told, question.ts)
    assert f"{PROMISE}:" not in await weekly.workspace.type("/brag list")
    assert told in weekly.workspace.read()


async def test_that_it_came_to_nothing_is_not_kept(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.type(f"{LINE}. {PROMISE}.", place=weekly.dm)
    await weekly.comes_next_week()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    await weekly.workspace.reply("not yet", question.ts)
    assert "1 entry" in await weekly.workspace.type("/brag list")


async def test_a_promise_taken_back_is_not_asked_about(weekly: Weekly) -> None:
    await weekly.comes()
    promise = await weekly.workspace.say(f"{LINE}. {PROMISE}.")
    await weekly.workspace.delete(promise.ts)
    assert PROMISE not in await weekly.comes_next_week()
    assert (await weekly.export())["promises"] == []


async def test_a_promise_goes_with_the_one_item_of_a_list_that_held_it(weekly: Weekly) -> None:
    dm = weekly.dm
    await weekly.workspace.type(f"• {LINE}\n• {PROMISE}\n• Wrote the runbook for the new cache", place=dm)
    await weekly.workspace.choose("Undo this one", "runbook", place=dm)
    assert len((await weekly.export())["promises"]) == 1
    await weekly.workspace.choose("Undo this one", "billing", place=dm)
    assert (await weekly.export())["promises"] == []


async def test_an_entry_undone_takes_its_promise_along(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.type(f"{LINE}. {PROMISE}.", place=weekly.dm)
    await weekly.workspace.click("Undo", place=weekly.dm)
    assert (await weekly.export())["promises"] == []
    assert PROMISE not in await weekly.comes_next_week()


async def test_an_edit_takes_a_promise_back(weekly: Weekly) -> None:
    await weekly.comes()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    promise = await weekly.workspace.reply(f"{LINE}. {PROMISE}.", question.ts)
    await weekly.workspace.edit(promise.ts, LINE)
    assert PROMISE not in await weekly.comes_next_week()


async def test_promises_and_answers_are_sealed_and_never_logged(
    weekly: Weekly, capfd: pytest.CaptureFixture[str]
) -> None:
    await weekly.comes()
    question = weekly.workspace.messages(place=weekly.dm)[-1]
    await weekly.workspace.reply(f"{LINE}. {PROMISE}.", question.ts)
    await weekly.comes_next_week()
    with weekly.database.engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        kept = [
            value
            for table in tables.sorted_tables
            for row in connection.execute(select(table))
            for value in row
        ]
    said = [value for value in kept if any(word in str(value) for word in ("billing", "checkout"))]
    assert [one for one in said if not _is_content(one)] == []
    printed = "".join(capfd.readouterr())
    assert "weekly question" in printed
    assert "billing" not in printed


async def test_what_is_kept_can_be_handed_over_and_erased(weekly: Weekly) -> None:
    await weekly.comes()
    await weekly.workspace.type(f"{LINE}. {PROMISE}.", place=weekly.dm)
    found = await weekly.export()
    assert [one["state"] for one in found["asked"]] == ["answered"]
    assert [one["words"] for one in found["promises"]] == [PROMISE]
    await weekly.desk.write(NudgeStore.erase, weekly.person)
    assert await weekly.export() == {"asked": [], "promises": []}


def _is_content(value: object) -> bool:
    """Ladders and prompts are kept in plain words."""
    return isinstance(value, str) and len(value) > 1000
