"""The clock of the playground: how far each step leads, and what goes along with it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playground.limits import Refused
from bot.playground.moving import measure
from tests.playground.stage import ANA, GENERAL, Stage

LISBON = ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("step", "length"),
    [("hour", timedelta(hours=1)), ("day", timedelta(days=1)), ("week", timedelta(weeks=1))],
)
def test_a_step_has_its_length(step: str, length: timedelta) -> None:
    assert measure(step, datetime(2026, 11, 20, 15, tzinfo=LISBON)) == length


@pytest.mark.parametrize(
    ("now", "friday"),
    [
        (datetime(2026, 11, 16, 9, 30, tzinfo=LISBON), datetime(2026, 11, 20, 15, tzinfo=LISBON)),
        (datetime(2026, 11, 20, 14, 59, tzinfo=LISBON), datetime(2026, 11, 20, 15, tzinfo=LISBON)),
        (datetime(2026, 11, 20, 15, tzinfo=LISBON), datetime(2026, 11, 27, 15, tzinfo=LISBON)),
        (datetime(2026, 11, 21, 8, tzinfo=LISBON), datetime(2026, 11, 27, 15, tzinfo=LISBON)),
        # over the end of summer time
        (datetime(2026, 10, 24, 8, tzinfo=LISBON), datetime(2026, 10, 30, 15, tzinfo=LISBON)),
    ],
)
def test_to_friday_leads_to_the_next_one_at_three(now: datetime, friday: datetime) -> None:
    assert now.astimezone(UTC) + measure("friday", now) == friday


def test_there_are_no_other_steps() -> None:
    with pytest.raises(Refused, match="unknown_step"):
        measure("back", datetime(2026, 11, 20, tzinfo=UTC))


async def test_messages_go_by_the_moved_clock_and_triggers_by_the_real_one(stage: Stage) -> None:
    moved: list[timedelta] = []
    real = stage.world.now

    async def move(by: timedelta) -> None:
        moved.append(by)

    stage.world.now = lambda: real() + sum(by.total_seconds() for by in moved)
    stage.slack.move = move
    trigger = stage.slack.triggers.issue(ANA)
    before = stage.world.add_message(GENERAL, ANA, "Before")
    version = stage.world.version
    await stage.slack.move_clock(timedelta(days=7))
    assert stage.world.version > version
    after = stage.world.add_message(GENERAL, ANA, "After")
    assert float(after.ts) - float(before.ts) >= timedelta(days=7).total_seconds()
    assert stage.slack.triggers.redeem(trigger) == ANA


async def test_a_clock_that_nobody_handed_over_cannot_be_moved(stage: Stage) -> None:
    with pytest.raises(Refused, match="clock_cannot_be_moved"):
        await stage.slack.move_clock(timedelta(hours=1))
