"""People as the bot may ask about them: do not disturb, and what changes about someone."""

from datetime import UTC, datetime, time

import pytest

from tests.playground.stage import ANA, BEN, Stage, listen

NIGHT = (time(22), time(8))
NAP = (time(13), time(14))


def hour(day: int, hour: int, minute: int = 0) -> int:
    """Of November 2026, in Unix seconds."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("quiet", "now", "begin", "end"),
    [
        (NIGHT, hour(20, 12), hour(20, 22), hour(21, 8)),
        (NIGHT, hour(20, 23), hour(20, 22), hour(21, 8)),
        (NIGHT, hour(20, 7), hour(19, 22), hour(20, 8)),
        (NAP, hour(20, 12), hour(20, 13), hour(20, 14)),
        (NAP, hour(20, 13), hour(20, 13), hour(20, 14)),
        (NAP, hour(20, 15), hour(21, 13), hour(21, 14)),
    ],
)
async def test_quiet_hours_are_told_as_those_that_end_next(
    stage: Stage, quiet: tuple[time, time], now: int, begin: int, end: int
) -> None:
    stage.world.now = lambda: now
    stage.world.users[ANA].quiet_hours = quiet
    people = (await stage.client.dnd_teamInfo(users=[ANA, BEN]))["users"]
    assert people[ANA] == {"dnd_enabled": True, "next_dnd_start_ts": begin, "next_dnd_end_ts": end}
    assert people[BEN] == {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


async def test_quiet_hours_are_those_of_the_persons_own_zone(stage: Stage) -> None:
    stage.world.now = lambda: hour(20, 12)
    ana = stage.world.users[ANA]
    ana.quiet_hours, ana.tz = NIGHT, "Asia/Kolkata"
    assert (await stage.client.dnd_info(user=ANA))["next_dnd_start_ts"] == hour(20, 16, 30)


async def test_asking_about_nobody_is_refused_and_strangers_are_left_out(stage: Stage) -> None:
    assert (await stage.call("dnd.teamInfo"))["error"] == "no_users_provided"
    assert (await stage.call("dnd.teamInfo", users="U404"))["users"] == {}
    assert (await stage.call("dnd.info", user="U404"))["error"] == "user_not_found"


async def test_do_not_disturb_needs_its_scope(stage: Stage) -> None:
    stage.world.manifest.scopes.remove("dnd:read")
    assert (await stage.call("dnd.teamInfo", users=ANA))["needed"] == "dnd:read"


async def test_someone_who_moves_is_told_with_the_new_zone(stage: Stage) -> None:
    heard = listen(stage, "user_change")
    await stage.slack.change_person(ANA, tz="America/New_York")
    event = heard[0]["event"]
    assert (event["user"]["id"], event["user"]["tz"]) == (ANA, "America/New_York")
    assert event["user"]["tz_offset"] in (-18000, -14400)


async def test_someone_who_leaves_is_told_as_deleted(stage: Stage) -> None:
    heard = listen(stage, "user_change")
    await stage.slack.change_person(BEN, deleted=True)
    assert heard[0]["event"]["user"]["deleted"]
    assert (await stage.call("conversations.open", users=BEN))["error"] == "user_disabled"


async def test_people_are_found_by_their_address_where_the_app_may(stage: Stage) -> None:
    stage.world.users[ANA].email = "ana@example.com"
    refused = await stage.call("users.lookupByEmail", email="ana@example.com")
    assert (refused["error"], refused["needed"]) == ("missing_scope", "users:read.email")
    stage.world.manifest.scopes.append("users:read.email")
    assert (await stage.call("users.lookupByEmail", email="Ana@Example.com"))["user"]["id"] == ANA
    assert (await stage.call("users.lookupByEmail", email="x@example.com"))["error"] == "users_not_found"


async def test_someone_of_another_workspace_is_told_with_theirs(stage: Stage) -> None:
    stage.world.users[BEN].team_id = "T0002"
    assert (await stage.call("users.info", user=BEN))["user"]["team_id"] == "T0002"
    assert (await stage.call("users.info", user=ANA))["user"]["team_id"] == stage.world.team_id
