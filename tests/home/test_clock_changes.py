"""The weekly question in the nights in which clocks change: asked once, at the time that was named."""

from datetime import datetime, timedelta

import pytest

from tests.home.test_coach import count_questions
from tests.support.workspace import ANA, Workspace


@pytest.mark.parametrize(
    ("zone", "rhythm", "named", "comes"),
    [
        ("Europe/Berlin", "sundays 02:30", "Sunday, 29 March at 03:00", "2026-03-29T01:00Z"),
        ("Europe/Berlin", "sundays 02:30", "Sunday, 25 October at 02:30", "2026-10-25T00:30Z"),
        ("America/New_York", "sundays 02:30", "Sunday, 14 March at 03:00", "2027-03-14T07:00Z"),
        ("America/New_York", "sundays 01:30", "Sunday, 1 November at 01:30", "2026-11-01T05:30Z"),
        ("Australia/Lord_Howe", "sundays 02:15", "Sunday, 4 October at 02:30", "2026-10-03T15:30Z"),
        ("Australia/Lord_Howe", "sundays 01:45", "Sunday, 5 April at 01:45", "2026-04-04T14:45Z"),
        ("America/Santiago", "sundays 00:00", "Sunday, 6 September at 01:00", "2026-09-06T04:00Z"),
        ("America/Santiago", "saturdays 23:30", "Saturday, 4 April at 23:30", "2026-04-05T02:30Z"),
        ("Africa/Cairo", "fridays 00:30", "Friday, 24 April at 01:00", "2026-04-23T22:00Z"),
        ("Africa/Cairo", "thursdays 23:30", "Thursday, 29 October at 23:30", "2026-10-29T20:30Z"),
    ],
)
async def test_a_skipped_time_comes_right_after_and_a_doubled_one_once(
    workspace: Workspace, zone: str, rhythm: str, named: str, comes: str
) -> None:
    at = datetime.fromisoformat(comes)
    await workspace.slack.change_person(ANA.id, tz=zone)
    await workspace.move(at - timedelta(days=3) - workspace.clock())
    await workspace.type("/ladder target staff")
    assert named in await workspace.type(f"/coach nudge {rhythm}")
    await workspace.move(at - timedelta(minutes=1) - workspace.clock())
    assert count_questions(workspace) == 0
    for _ in range(4):
        await workspace.move(max(at, workspace.clock() + timedelta(minutes=30)) - workspace.clock())
        assert count_questions(workspace) == 1
