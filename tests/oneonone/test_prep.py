"""Prep before a 1:1: it comes the day before, a reply is a talking point, and one button shares."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.oneonone.model import ActionItem, TalkingPoint
from bot.oneonone.prep import service
from bot.oneonone.prep.composing import A_MOMENT
from bot.oneonone.shared import read_shared
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times.owing import PREP
from bot.outbox.model import Post
from bot.playground.world import Message
from tests.oneonone.pairs import (
    CALCUTTA,
    LISBON,
    STORE,
    compose,
    cut,
    direct,
    get_owed,
    holding,
    link_up,
    pair_of,
    person,
    press,
    to,
)
from tests.programme.going import tell_again
from tests.support.workspace import ANA, BEN, Workspace, words_of

POINT = "I'd like to lead the billing migration"


@pytest.fixture
async def team(workspace: Workspace) -> Workspace:
    """Ana, in Lisbon, meets Ben on Tuesdays at 10:00; it is Friday, and she aims for Senior Engineer 2."""
    await workspace.slack.change_person(ANA.id, tz=LISBON)
    await workspace.slack.change_person(BEN.id, tz=CALCUTTA)
    await workspace.type("/ladder target ic5")
    await workspace.type("/coach nudge off")
    await link_up(workspace)
    await to(workspace, 4, "9:00", LISBON)
    await workspace.type("/coach 1:1 tuesdays 10:00")
    return workspace


@pytest.fixture
async def prepared(team: Workspace) -> Workspace:
    """Her prep is there, on Monday at 15:00."""
    await to(team, 0, "15:00", LISBON)
    return team


def prep_of(team: Workspace) -> Message:
    return holding(team, "1:1 with Ben")[-1]


def points(team: Workspace) -> list[TalkingPoint]:
    return team.rung.database.read_now(STORE, _get_own, team)


def _get_own(store: OneOnOneStore, team: Workspace) -> list[TalkingPoint]:
    return store.points.get_own(pair_of(team), person(team, ANA))


def texts(team: Workspace) -> list[str]:
    return [one.text for one in points(team)]


def seen_by_ben(team: Workspace) -> list[str]:
    """The words of all points that both see."""
    shared = team.rung.database.read_now(STORE, read_shared, pair_of(team), team.clock())
    assert shared
    return [one.text for one in shared.points]


def newest(team: Workspace) -> str:
    return words_of(direct(team)[-1])


async def test_prep_comes_on_the_working_day_before_with_what_to_raise(team: Workspace) -> None:
    await to(team, 0, "14:59", LISBON)
    assert holding(team, "1:1 with Ben") == []
    await to(team, 0, "15:00", LISBON)
    said = words_of(prep_of(team))
    assert said.startswith("*1:1 with Ben tomorrow at 10:00.* Three things you might raise:")
    assert "3. " in said
    assert "for your eyes only until you share it with Ben" in said
    labels = [one["text"]["text"] for one in prep_of(team).blocks[-1]["elements"]]
    assert labels == ["Share all with Ben", "Add a point", "My points"]


async def test_a_mondays_comes_on_friday_and_around_days_off(team: Workspace) -> None:
    await team.type("/coach 1:1 mondays 10:00")
    await team.type("/coach days off thursdays")
    await to(team, 4, "15:00", LISBON)
    assert "1:1 with Ben on Monday" in words_of(prep_of(team))
    await team.type("/coach 1:1 fridays 10:00")
    await to(team, 2, "15:00", LISBON)
    assert "1:1 with Ben on Friday" in words_of(prep_of(team))


async def test_a_day_off_taken_later_brings_it_sooner(team: Workspace) -> None:
    await team.type("/coach 1:1 move to wednesday 10:00")
    await to(team, 0, "9:00", LISBON)
    await team.type("/coach days off tuesdays")
    await team.move(timedelta(hours=6, seconds=1))
    assert "1:1 with Ben on Wednesday" in words_of(prep_of(team))


async def test_late_it_still_comes_until_they_meet(team: Workspace) -> None:
    await to(team, 1, "9:30", LISBON)
    assert "1:1 with Ben today at 10:00" in words_of(prep_of(team))
    await to(team, 1, "10:01", LISBON)
    assert len(holding(team, "1:1 with Ben")) == 1


async def test_while_paused_nothing_comes(team: Workspace) -> None:
    await team.type("/coach pause 3 weeks")
    await to(team, 0, "15:00", LISBON)
    await to(team, 1, "9:00", LISBON)
    assert holding(team, "1:1 with Ben") == []


async def test_it_says_what_is_open_and_what_was_kept(team: Workspace) -> None:
    await team.type("/brag moved the checkout to the new cluster")
    item = ActionItem("i", pair_of(team), ANA.id, BEN.id, "Ask about the <budget>", team.clock())
    team.rung.database.write_now(STORE, lambda store: store.meetings.add_items([item]))
    await to(team, 0, "15:00", LISBON)
    said = words_of(prep_of(team))
    assert "Ask about the &lt;budget&gt; (<@UBEN>)" in said
    assert "*Kept since last time:* one entry" in said
    assert "moved the checkout" in said


async def test_however_long_the_words_are_slack_takes_all_of_it(team: Workspace) -> None:
    long = "R&D & <more> " * 600
    items = [
        ActionItem(f"i{n}", pair_of(team), ANA.id, ANA.id, long, team.clock(), team.clock().date())
        for n in range(9)
    ]
    team.rung.database.write_now(STORE, lambda store: store.meetings.add_items(items))
    await to(team, 0, "15:00", LISBON)
    await team.reply("\n".join(f"- {n} {long[:700]}" for n in range(20)), prep_of(team).ts)
    assert len(texts(team)) == 20
    assert "And 5 more" in await team.type("/coach points")
    await team.type("/coach 1:1 move to wednesday 10:00")
    await to(team, 1, "15:00", LISBON)
    assert len(holding(team, "1:1 with Ben tomorrow")) == 2


async def test_composed_twice_it_asks_the_same_and_remembers_it_once(prepared: Workspace) -> None:
    meeting = prepared.clock().replace(microsecond=0) + timedelta(hours=19)
    owed = get_owed(prepared, PREP, meeting.replace(minute=0, second=0))
    before = asked(prepared)
    again = await compose(prepared, owed)
    assert isinstance(again, Post)
    assert list(again.blocks)[:2] == [strip(block) for block in prep_of(prepared).blocks][:2]
    assert asked(prepared) == before
    assert len(before) == 3


def strip(block: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in block.items() if name != "block_id"}


def asked(team: Workspace) -> list[str]:
    since = team.clock().date() - timedelta(weeks=9)
    found = team.rung.database.read_now(STORE, lambda s: s.times.get_asked(pair_of(team), "engineer", since))
    return sorted(one.question for one in found)


async def test_a_reply_is_a_point_for_ones_own_eyes(prepared: Workspace) -> None:
    reply = await prepared.reply(POINT, prep_of(prepared).ts)
    assert texts(prepared) == [POINT]
    assert seen_by_ben(prepared) == []
    receipt = prepared.thread(prep_of(prepared).ts)[-1]
    assert "for your eyes only until you share it with Ben" in words_of(receipt)
    assert prepared.message(reply.ts).reactions
    assert "Nothing kept" in await prepared.type("/brag list") or POINT not in await prepared.type(
        "/brag list"
    )


async def test_the_same_event_again_keeps_nothing_more(prepared: Workspace) -> None:
    await prepared.reply(POINT, prep_of(prepared).ts)
    before = len(prepared.thread(prep_of(prepared).ts))
    await tell_again(prepared, POINT)
    assert texts(prepared) == [POINT]
    assert len(prepared.thread(prep_of(prepared).ts)) == before


async def test_a_list_becomes_a_point_each_in_its_order(prepared: Workspace) -> None:
    await prepared.reply(
        "- the on-call load\n- my promotion\n- a week with the data team", prep_of(prepared).ts
    )
    assert texts(prepared) == ["the on-call load", "my promotion", "a week with the data team"]
    assert "Noted as 3 talking points" in words_of(prepared.thread(prep_of(prepared).ts)[-1])


async def test_an_edit_changes_the_point_and_what_was_shared_stays_shared(prepared: Workspace) -> None:
    before = "- the on-call load\n- my promotion"
    reply = await prepared.reply(before, prep_of(prepared).ts)
    await prepared.click("Share with Ben", place=prepared.dm())
    await prepared.edit(reply.ts, "- the on-call load in spring\n- my promotion\n- travel")
    assert texts(prepared) == ["the on-call load in spring", "my promotion", "travel"]
    assert seen_by_ben(prepared) == ["the on-call load in spring", "my promotion"]
    await tell_again(prepared, before)
    assert texts(prepared)[0] == "the on-call load in spring"


async def test_a_deleted_message_takes_its_points_along_for_good(prepared: Workspace) -> None:
    reply = await prepared.reply(POINT, prep_of(prepared).ts)
    await prepared.delete(reply.ts)
    await prepared.move(A_MOMENT)
    assert texts(prepared) == []
    assert "Taken back" in words_of(prepared.thread(prep_of(prepared).ts)[-1])
    await tell_again(prepared, POINT)
    assert texts(prepared) == []


async def test_edited_to_small_talk_nothing_is_kept_and_a_late_repeat_changes_that_no_more(
    prepared: Workspace,
) -> None:
    reply = await prepared.reply(POINT, prep_of(prepared).ts)
    await prepared.edit(reply.ts, "thanks")
    assert texts(prepared) == []
    await tell_again(prepared, POINT)
    assert texts(prepared) == []


async def test_small_talk_keeps_nothing_and_is_answered(prepared: Workspace) -> None:
    for said in ("thanks!", "nothing really"):
        await prepared.reply(said, prep_of(prepared).ts)
        assert texts(prepared) == []
        assert "Noted" not in words_of(prepared.thread(prep_of(prepared).ts)[-1])


async def test_what_is_written_right_after_it_is_a_point_as_well(prepared: Workspace) -> None:
    await prepared.say(POINT)
    await prepared.say("Could I spend a week with the data team?")
    assert len(texts(prepared)) == 2
    assert "Keep as brag entry instead" in str(direct(prepared)[-1].blocks)


async def test_a_day_later_or_after_another_message_it_is_an_entry(prepared: Workspace) -> None:
    await prepared.move(timedelta(hours=25))
    await prepared.say("Shipped the new importer to all customers")
    assert texts(prepared) == []
    assert "private to you" in newest(prepared)


async def test_once_they_meet_what_is_written_is_an_entry(prepared: Workspace) -> None:
    await prepared.reply(POINT, prep_of(prepared).ts)
    await to(prepared, 1, "10:05", LISBON)
    await prepared.say("Shipped the invoices, two days instead of five")
    assert "private to you" in newest(prepared)
    assert texts(prepared) == [POINT]


async def test_kept_as_an_entry_instead_it_is_no_point_any_more(prepared: Workspace) -> None:
    written = await prepared.say("Shipped the new importer to all customers")
    assert "private to you" in await prepared.click("Keep as brag entry instead", place=prepared.dm())
    assert texts(prepared) == []
    await tell_again(prepared, "Shipped the new importer to all customers")
    await prepared.edit(written.ts, "Shipped the new importer to all customers in May")
    assert texts(prepared) == []
    assert "in May" in await prepared.type("/brag list")


async def test_one_button_shares_what_is_open(prepared: Workspace) -> None:
    assert "nothing to share" in await press_prep(prepared, "Share all with Ben")
    await prepared.reply("- the on-call load\n- my promotion", prep_of(prepared).ts)
    assert "Ben sees 2 more talking points" in await press_prep(prepared, "Share all with Ben")
    assert seen_by_ben(prepared) == ["the on-call load", "my promotion"]
    assert "shared with Ben since" in words_of(prepared.thread(prep_of(prepared).ts)[-1])


async def press_prep(team: Workspace, label: str) -> str:
    """Press a button of the prep; what is answered beside it."""
    await press(team, prep_of(team), label)
    return team.read(place=team.dm())


async def test_shared_made_private_and_done_below_its_receipt(prepared: Workspace) -> None:
    await prepared.reply(POINT, prep_of(prepared).ts)
    assert "shared with Ben since" in await click_receipt(prepared, "Share with Ben")
    assert seen_by_ben(prepared) == [POINT]
    assert "your eyes only" in await click_receipt(prepared, "Make private")
    assert seen_by_ben(prepared) == []
    assert "off your list" in await click_receipt(prepared, "Done")
    assert texts(prepared) == []


async def click_receipt(team: Workspace, label: str) -> str:
    return await press(team, team.thread(prep_of(team).ts)[-1], label)


async def test_the_list_shows_each_with_what_can_be_done(prepared: Workspace) -> None:
    await prepared.reply("- the on-call load\n- my <promotion>", prep_of(prepared).ts)
    said = await prepared.type("/coach points")
    assert "two talking points" in said or "2 talking points" in said
    assert "my &lt;promotion&gt;" in said
    assert "shared with <@UBEN> since" in await prepared.click("Share it")
    assert len(seen_by_ben(prepared)) == 1
    await prepared.click("Make private")
    assert seen_by_ben(prepared) == []
    await prepared.click("Share all")
    assert len(seen_by_ben(prepared)) == 2
    await prepared.click("Done")
    assert len(texts(prepared)) == 1
    assert "one talking point" in await prepared.type("coach points", place=prepared.dm())


async def test_a_form_adds_a_point_once(prepared: Workspace) -> None:
    await press(prepared, prep_of(prepared), "Add a point")
    view = prepared.modal()
    assert list(await prepared.slack.submit(ANA.id, view.id, {"text": {"write": {"value": " "}}})) == ["text"]
    await prepared.submit(view, text=POINT)
    assert texts(prepared) == [POINT]
    assert POINT in newest(prepared)


async def test_a_point_stays_open_over_meetings_and_is_gone_on_with(prepared: Workspace) -> None:
    await prepared.reply(POINT, prep_of(prepared).ts)
    await to(prepared, 1, "10:31", LISBON)
    await to(prepared, 0, "15:00", LISBON)
    assert len(holding(prepared, "1:1 with Ben")) == 2
    said = words_of(prep_of(prepared))
    assert "*On your list already:*" in said
    assert f"{POINT} _(private)_" in said


async def test_at_staff_the_open_points_are_the_topic_to_go_on_with(team: Workspace) -> None:
    await team.type("/ladder target staff")
    await to(team, 0, "15:00", LISBON)
    await team.reply(POINT, prep_of(team).ts)
    await to(team, 1, "10:31", LISBON)
    await to(team, 0, "15:00", LISBON)
    assert "One thing you might raise" in words_of(prep_of(team))
    assert "*Your topic so far, to go on with:*" in words_of(prep_of(team))


async def test_no_question_comes_again_the_week_after(prepared: Workspace) -> None:
    first = asked(prepared)
    await to(prepared, 1, "10:31", LISBON)
    await to(prepared, 0, "15:00", LISBON)
    assert len(asked(prepared)) == len(set(asked(prepared))) == len(first) + 3


async def test_after_it_ended_a_reply_is_no_point_and_nothing_can_be_shared(prepared: Workspace) -> None:
    await prepared.reply(POINT, prep_of(prepared).ts)
    receipt = prepared.thread(prep_of(prepared).ts)[-1]
    await cut(prepared)
    await press(prepared, receipt, "Share with Ben")
    await press(prepared, prep_of(prepared), "Share all with Ben")
    await link_up(prepared)
    assert seen_by_ben(prepared) == []
    await cut(prepared)
    await prepared.reply("Shipped the importer", prep_of(prepared).ts)
    assert "private to you" in words_of(prepared.thread(prep_of(prepared).ts)[-1])


async def test_nobody_else_reads_or_changes_a_point(prepared: Workspace) -> None:
    await prepared.reply(POINT, prep_of(prepared).ts)
    assert "nothing on the list" in await prepared.type("/coach points", BEN)
    mine = [one.id for one in points(prepared)]
    for change in ("share", "finish"):
        change_as_ben(prepared, change, mine)
    assert texts(prepared) == [POINT]
    assert seen_by_ben(prepared) == []


def change_as_ben(team: Workspace, what: str, ids: Sequence[str]) -> None:
    change = getattr(service, what)
    team.rung.database.write_now(STORE, change, person(team, BEN), ids, team.clock())


async def test_from_the_time_set_to_the_next_prep(team: Workspace) -> None:
    await to(team, 0, "15:00", LISBON)
    await team.reply(POINT, prep_of(team).ts)
    await press(team, prep_of(team), "Share all with Ben")
    await to(team, 1, "9:00", CALCUTTA)
    assert "Shared with you: 1 talking point." in words_of(direct(team, BEN)[-1])
    assert POINT not in str(direct(team, BEN))
    await to(team, 1, "10:31", LISBON)
    await team.type("/coach 1:1 move to wednesday 16:00", BEN)
    await to(team, 0, "16:00", LISBON)
    assert len(holding(team, "1:1 with Ben")) == 1
    await to(team, 1, "15:00", LISBON)
    assert len(holding(team, "1:1 with Ben tomorrow")) == 2
    assert f"{POINT} _(shared)_" in words_of(prep_of(team))
