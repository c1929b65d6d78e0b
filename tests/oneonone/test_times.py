"""`/coach 1:1`: when two people meet, said to both in their own time, and what comes on the morning."""

from datetime import datetime, time, timedelta

import pytest

from bot.oneonone.model import ActionItem
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times.owing import MORNING, ROUND, owe_item
from bot.outbox.model import Drop, Post
from tests.oneonone.pairs import (
    BERLIN,
    CALCUTTA,
    CY,
    LISBON,
    STORE,
    compose,
    cut,
    direct,
    get_owed,
    holding,
    join,
    link_up,
    pair_of,
    press,
    to,
)
from tests.support.workspace import ANA, BEN, Workspace, words_of


@pytest.fixture
async def met(workspace: Workspace) -> Workspace:
    """Ana lives in Lisbon and Ben in Calcutta; on a Monday morning they meet every second Tuesday."""
    join(workspace, CY)
    await workspace.slack.change_person(ANA.id, tz=LISBON)
    await workspace.slack.change_person(BEN.id, tz=CALCUTTA)
    await link_up(workspace)
    await to(workspace, 0, "9:00", LISBON)
    await workspace.type("/coach 1:1 @ben tuesdays 10:00 every 2 weeks, 45 min")
    return workspace


def mornings(workspace: Workspace) -> int:
    return len([one for one in direct(workspace, BEN) if "Open the agenda" in str(one.blocks)])


def preps(workspace: Workspace) -> int:
    return len(holding(workspace, "1:1 with Ben"))


async def test_the_next_three_dates_are_said_in_both_zones(met: Workspace) -> None:
    said = met.read()
    assert "every second Tuesday at 10:00, 45 minutes" in said
    tuesday = met.clock() + timedelta(days=1)
    for weeks in (0, 2, 4):
        day = tuesday + timedelta(weeks=weeks)
        assert f"{day.day} {day:%B} at 10:00 (" in said
    assert "for <@UBEN>" in said
    assert met.buttons() == ["Shift by a week", "Move the next", "Skip the next", "Pause", "End"]


async def test_the_other_hears_of_it_in_their_own_time(met: Workspace) -> None:
    told = words_of(direct(met, BEN)[-1])
    assert "Ana set when you two meet" in told
    assert "(Europe/Lisbon)" in told
    assert " at 15:30 (10:00 for <@UANA>)" in told or " at 14:30 (10:00 for <@UANA>)" in told


async def test_with_one_relation_nobody_has_to_be_named_and_the_dm_takes_words(met: Workspace) -> None:
    said = await met.type(
        "coach 1:1 wednesdays 14:00 every 3 weeks starting next week, 30 min", place=met.dm()
    )
    assert "every 3 weeks on Wednesday at 14:00, 30 minutes" in said
    assert "every 3 weeks" in await met.type("/coach 1:1", BEN)


async def test_with_several_it_asks_whom(met: Workspace) -> None:
    await link_up(met, CY, ANA)
    assert "With whom?" in await met.type("/coach 1:1 fridays 9:00")
    assert met.buttons() == ["Ben", "Cy"]
    assert "Fridays at 09:00" in await met.click("Cy")
    assert "Ana set when you two meet" in words_of(direct(met, CY)[-1])
    said = await met.type("/coach 1:1")
    assert said.index("1:1 with <@UBEN>") < said.index("1:1 with <@UCY>")


async def test_what_cannot_be_read_is_answered_with_an_example(met: Workspace) -> None:
    for words in ("whenever you like", "move to someday", "pause a bit"):
        assert "Try `/coach 1:1" in await met.type(f"/coach 1:1 {words}")
    assert "past already" in await met.type("/coach 1:1 move to today 8:00")


async def test_someone_not_linked_hears_how_to_link(workspace: Workspace) -> None:
    join(workspace, CY)
    assert "`/coach manager @ben`" in await workspace.type("/coach 1:1 tuesdays 10:00")
    await link_up(workspace)
    assert "<@UCY> aren't linked" in await workspace.type("/coach 1:1 @cy tuesdays 10:00")
    await cut(workspace)
    ended = await workspace.type("/coach 1:1 @ben tuesdays 10:00")
    never = await workspace.type("/coach 1:1 @ana tuesdays 10:00", CY)
    assert ended.replace("UBEN", "") == never.replace("UANA", "")


async def test_the_same_again_tells_nobody_anything(met: Workspace) -> None:
    before = len(direct(met, BEN))
    await met.type("/coach 1:1 45 min")
    await met.type("/coach 1:1 resume")
    assert len(direct(met, BEN)) == before


async def test_either_moves_the_next_one_and_the_others_stay(met: Workspace) -> None:
    said = await met.type("/coach 1:1 move to thursday 14:00", BEN)
    assert "Thursday" in said.split("Next:")[1].splitlines()[0]
    assert "Ben moved your next 1:1" in words_of(direct(met)[-1])
    assert said.count("Then Tuesday") == 2


async def test_the_form_moves_it_as_well_and_says_what_is_wrong_below_its_field(met: Workspace) -> None:
    await met.click("Move the next")
    day = met.clock().date() + timedelta(days=2)
    chosen = {"day": {"choose": {"selected_date": day.isoformat()}}}
    wrong = await met.slack.submit(ANA.id, met.modal().id, {**chosen, "at": {"write": {"value": "late"}}})
    assert list(wrong) == ["at"]
    past = {"day": {"choose": {"selected_date": "2020-01-01"}}, "at": {"write": {"value": "16:15"}}}
    assert list(await met.slack.submit(ANA.id, met.modal().id, past)) == ["day"]
    await met.slack.submit(ANA.id, met.modal().id, {**chosen, "at": {"write": {"value": "16:15"}}})
    await met.settle()
    assert f"{day.day} {day:%B} at 16:15" in await met.type("/coach 1:1")


async def test_a_button_of_an_earlier_meeting_skips_nothing_more(met: Workspace) -> None:
    await met.click("Skip the next")
    assert "This is how it stands" in await press(met, direct(met, BEN)[-2], "Skip the next", BEN)
    day = met.clock() + timedelta(days=15)
    assert f"Next: *Tuesday, {day.day} {day:%B}" in await met.type("/coach 1:1")
    assert holding(met, "Ben left out your next 1:1") == []


async def test_shifted_paused_resumed_and_ended_by_a_click(met: Workspace) -> None:
    week = met.clock() + timedelta(days=8)
    assert f"Next: *Tuesday, {week.day} {week:%B}" in await met.click("Shift by a week")
    assert "For how long?" in await met.click("Pause")
    assert "Paused until" in await met.click("2 weeks")
    assert met.buttons() == ["Resume", "End"]
    assert f"Next: *Tuesday, {week.day} {week:%B}" in await met.click("Resume")
    assert "are off" in await met.click("End")
    assert "Ana ended your 1:1s in Rung" in words_of(direct(met, BEN)[-1])
    assert "No 1:1 is set yet" in await met.type("/coach 1:1", BEN)


async def test_the_morning_tells_the_other_and_the_round_goes_on(met: Workspace) -> None:
    await to(met, 1, "8:29", CALCUTTA)
    assert mornings(met) == 0
    await to(met, 1, "8:30", CALCUTTA)
    assert "1:1 with Ana today at 1" in direct(met, BEN)[-1].text
    await to(met, 1, "10:44", LISBON)
    tuesday = met.clock()
    assert f"Next: *Tuesday, {tuesday.day} {tuesday:%B}" in await met.type("/coach 1:1")
    await to(met, 1, "10:45", LISBON)
    later = tuesday + timedelta(weeks=2)
    assert f"Next: *Tuesday, {later.day} {later:%B}" in await met.type("/coach 1:1")
    await to(met, 1, "9:00", CALCUTTA)
    assert mornings(met) == 1
    await to(met, 1, "9:00", CALCUTTA)
    assert mornings(met) == 2


async def test_a_moved_one_is_told_of_on_its_new_day_alone(met: Workspace) -> None:
    await met.type("/coach 1:1 move to thursday 10:00")
    await to(met, 1, "9:00", CALCUTTA)
    assert mornings(met) == 0
    await to(met, 3, "9:00", CALCUTTA)
    assert mornings(met) == 1


async def test_moved_away_and_back_it_comes_once(met: Workspace) -> None:
    await met.type("/coach 1:1 move to thursday 10:00")
    await met.move(timedelta(hours=7))  # what was owed for Tuesday is looked at, and dropped
    await met.type("/coach 1:1 move to tuesday 10:00")
    await to(met, 1, "9:00", CALCUTTA)
    await to(met, 3, "9:00", CALCUTTA)
    assert (mornings(met), preps(met)) == (1, 1)
    assert f"{(met.clock() + timedelta(days=12)).day} " in (await met.type("/coach 1:1")).split("Next:")[1]


async def test_a_skipped_one_is_not_told_of(met: Workspace) -> None:
    await met.type("/coach 1:1 skip")
    await to(met, 1, "9:00", CALCUTTA)
    assert (mornings(met), preps(met)) == (0, 0)
    await to(met, 1, "9:00", CALCUTTA)
    await to(met, 1, "9:00", CALCUTTA)
    assert (mornings(met), preps(met)) == (1, 1)


async def test_after_weeks_of_downtime_nothing_late_comes_and_the_next_one_does(met: Workspace) -> None:
    await met.move(timedelta(weeks=5))  # a Monday; they would meet the Tuesday a week from now
    assert (mornings(met), preps(met)) == (0, 0)
    await to(met, 1, "9:00", CALCUTTA)
    await to(met, 1, "9:00", CALCUTTA)
    assert (mornings(met), preps(met)) == (1, 1)


async def test_nothing_comes_on_the_others_day_off_and_ones_own_stays_hidden(met: Workspace) -> None:
    await met.type("/coach days off tuesdays", BEN)
    await to(met, 1, "9:00", CALCUTTA)
    assert mornings(met) == 0
    await met.type("/coach days off none", BEN)
    await met.type("/coach pause 8 weeks")
    await to(met, 1, "9:00", CALCUTTA)
    await to(met, 1, "9:00", CALCUTTA)
    assert mornings(met) == 1


@pytest.mark.parametrize(("quiet_until", "told"), [(time(9), True), (time(23, 59), False)])
async def test_do_not_disturb_is_kept_to_unless_they_meet_before_it_ends(
    met: Workspace, quiet_until: time, told: bool
) -> None:
    met.world.users[BEN.id].quiet_hours = (time(0), quiet_until)
    await to(met, 1, "8:31", CALCUTTA)
    assert mornings(met) == (0 if told else 1)
    await to(met, 1, "9:01", CALCUTTA)
    assert mornings(met) == 1


async def test_the_morning_counts_what_is_shared_and_nothing_else(met: Workspace) -> None:
    await met.type("/brag moved the checkout to the new cluster")
    await to(met, 1, "8:30", CALCUTTA)
    said = words_of(direct(met, BEN)[-1])
    assert "Nothing new is shared" in said
    assert "checkout" not in said


async def test_ended_by_the_engineer_everything_drops_until_it_is_set_again(met: Workspace) -> None:
    await cut(met)
    await to(met, 1, "9:00", CALCUTTA)
    await to(met, 1, "18:00", CALCUTTA)
    assert (mornings(met), preps(met)) == (0, 0)
    await link_up(met)
    assert "Nothing comes until" in await met.type("/coach 1:1")
    await to(met, 1, "9:00", CALCUTTA)
    await to(met, 1, "9:00", CALCUTTA)
    assert mornings(met) == 0
    await met.type("/coach 1:1 tuesdays 10:00")
    assert (mornings(met), preps(met)) == (1, 1)


async def test_whoever_moves_to_another_zone_leaves_the_1on1_where_it_is(met: Workspace) -> None:
    await met.slack.change_person(ANA.id, tz=BERLIN)
    said = await met.type("/coach 1:1")
    assert "every second Tuesday at 10:00 (Europe/Lisbon)" in said
    assert " at 11:00 (" in said


async def test_what_is_composed_twice_is_the_same_and_written_once(met: Workspace) -> None:
    meeting = (await to(met, 1, "10:00", LISBON)).replace(second=0)
    again = await compose(met, get_owed(met, MORNING, meeting))
    assert isinstance(again, Post)
    assert again.text == direct(met, BEN)[-1].text
    await to(met, 1, "10:46", LISBON)
    before = await met.type("/coach 1:1")
    assert await compose(met, get_owed(met, ROUND, meeting)) == Drop("moved")
    assert await met.type("/coach 1:1") == before


def give_item(met: Workspace, days: int) -> ActionItem:
    """Something Ana said she would do, so many days from now."""
    due = met.clock().date() + timedelta(days=days)
    text = "Write the <!channel> note"
    item = ActionItem("item", pair_of(met), BEN.id, ANA.id, text, met.clock(), due)
    met.rung.database.write_now(STORE, keep_item, item, met.clock())
    return item


def keep_item(store: OneOnOneStore, item: ActionItem, now: datetime) -> None:
    store.meetings.add_items([item])
    store.outbox.owe([owe_item(item)], now)


async def test_an_item_is_recalled_on_its_day_put_off_and_done(met: Workspace) -> None:
    give_item(met, days=2)
    await to(met, 2, "8:59", LISBON)
    assert holding(met, "For today") == []
    await to(met, 2, "9:00", LISBON)
    assert "Write the &lt;!channel&gt; note" in words_of(holding(met, "For today")[0])
    assert "Until Wednesday" in await met.click("A week later", place=met.dm())
    await met.move(timedelta(days=7))
    assert len(holding(met, "For today")) == 1
    assert "Done: Write" in await met.click("Done", place=met.dm())
    await met.move(timedelta(days=7))
    assert holding(met, "For today") == []


async def test_for_one_day_an_item_is_recalled_once(met: Workspace) -> None:
    item = give_item(met, days=2)
    await to(met, 2, "9:00", LISBON)
    met.rung.database.write_now(STORE, keep_item, item, met.clock())
    await met.move(timedelta(hours=1))
    assert len(holding(met, "For today")) == 1


async def test_an_item_of_a_pair_that_is_no_more_is_not_recalled(met: Workspace) -> None:
    give_item(met, days=2)
    await cut(met)
    await to(met, 2, "9:00", LISBON)
    assert holding(met, "For today") == []


async def test_home_says_what_comes_next_and_opens_all_of_them(met: Workspace) -> None:
    await met.slack.open_home(ANA.id)
    await met.settle()
    home = met.world.home(ANA.id)
    assert home
    assert "1:1 with <@UBEN>, tomorrow at 10:00" in words_of(home)
    await met.click_in(home, "My 1:1s")
    await met.settle()
    assert "every second Tuesday at 10:00" in words_of(met.modal())
