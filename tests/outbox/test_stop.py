"""A process that is told to stop while it sends: it ends what it began, and leaves the rest for another."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from bot.outbox.line import AT_ONCE
from bot.settings import read_settings
from bot.storage.database import Database
from tests.outbox.due import TOKENS, invent_people, is_owing, read_deliveries, write_people
from tests.outbox.slacks import Slacks
from tests.outbox.workers import finish, settings_for
from tests.support.process import serving

HOW_MANY = 5 * AT_ONCE
PEOPLE = invent_people(HOW_MANY)
PATIENCE = 20  # seconds


@pytest.mark.parametrize("command", ["serve", "worker"])
async def test_told_to_stop_it_ends_the_calls_under_way_and_leaves_the_others_as_if_never_taken(
    database_url: str, command: str
) -> None:
    slacks = Slacks(TOKENS, seed=1, is_well=True)
    settings = settings_for(database_url, RUNG_MESSAGES_PER_MINUTE="1000")
    database = Database(read_settings(settings)[0].database_url)
    write_people(database, PEOPLE)
    async with slacks.running() as address:
        settings["SLACK_API_URL"] = address
        with slacks.taking_its_time() as go_on:
            async with serving(command=command, **settings) as server:
                assert await slacks.until_posts(AT_ONCE, PATIENCE)
                server.process.terminate()
                await server.says("stopping")
                go_on()
                assert await server.stop() == 0
        states = Counter(state for state, _ in read_deliveries(database).values())
        assert states == {"sent": AT_ONCE, "pending": HOW_MANY - AT_ONCE}
        await finish(settings, timedelta(hours=1), is_owing)
    assert {person: len(slacks.messages[person]) for person in PEOPLE} == dict.fromkeys(PEOPLE, 1)
    assert slacks.counts["conversations.history"] == 0, "nobody had to ask Slack whether it arrived"
    database.close()
