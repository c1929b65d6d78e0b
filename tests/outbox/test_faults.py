"""Many due in one minute, a Slack that fails by chance, workers killed again and again: each gets one."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.settings import read_settings
from bot.storage.database import Database
from tests.outbox.due import TOKENS, invent_people, is_owing, read_deliveries, write_people
from tests.outbox.leases import pass_lease
from tests.outbox.slacks import Slacks
from tests.outbox.workers import finish, settings_for
from tests.support.victim import Victim, warm

HOW_MANY = int(os.environ.get("RUNG_TEST_PEOPLE", "500"))
PEOPLE = invent_people(HOW_MANY)
KILLS = 8
PATIENCE = 4  # seconds; whoever is left may all be in the hands of the dead


@pytest.mark.parametrize("seed", [7])
async def test_each_of_many_gets_one_question_whatever_fails_and_whoever_dies(
    database_url: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    slacks, began = Slacks(TOKENS, seed), time.monotonic()
    settings = settings_for(database_url, RUNG_MESSAGES_PER_MINUTE="1000")
    database = Database(read_settings(settings)[0].database_url)
    write_people(database, PEOPLE)
    async with slacks.running() as address, AsyncExitStack() as stack:
        settings["SLACK_API_URL"] = address
        starting = [warm("work", **settings) for _ in range(1 if database.is_sqlite else 2)]
        victims = [await stack.enter_async_context(each) for each in starting]
        await kill_again_and_again(slacks, victims, database, random.Random(seed))
        by_workers = count_messages(slacks)
        slacks.is_well = True
        await finish(settings, timedelta(hours=1), is_owing)
    with capsys.disabled():
        sys.stdout.write(f"\n{report(slacks, by_workers, time.monotonic() - began)}\n")
    check(slacks, database)
    database.close()


async def kill_again_and_again(
    slacks: Slacks, victims: list[Victim], database: Database, chance: random.Random
) -> None:
    """In the middle of sending, one after the other.

    When the last one is dead, the time passes after which their work is somebody else's.
    """
    for _ in range(KILLS // len(victims)):
        await asyncio.gather(*(victim.start() for victim in victims))
        for victim in chance.sample(victims, len(victims)):
            more = chance.randint(1, HOW_MANY // KILLS)
            await slacks.until_posts(slacks.counts["chat.postMessage"] + more, PATIENCE)
            await victim.kill()
        await asyncio.to_thread(database.write_now, lambda connection: connection, pass_lease)


def count_messages(slacks: Slacks) -> int:
    return sum(map(len, slacks.messages.values()))


def report(slacks: Slacks, by_workers: int, seconds: float) -> str:
    faults = ", ".join(f"{number} {name}" for name, number in sorted(slacks.counts.items()))
    each = Counter(len(slacks.messages[person]) for person in PEOPLE)
    twice = sum(each.values()) - each[0] - each[1]
    return (
        f"{HOW_MANY} people, {KILLS} kills, {seconds:.0f} s: {by_workers} messages by the workers, "
        f"{count_messages(slacks)} in the end, {each[0]} lost, {twice} twice\n"
        f"{faults}"
    )


def check(slacks: Slacks, database: Database) -> None:
    """Everyone has one, and the database knows which."""
    assert {person: len(slacks.messages[person]) for person in PEOPLE} == dict.fromkeys(PEOPLE, 1)
    assert count_messages(slacks) == HOW_MANY
    known = read_deliveries(database)
    assert known == {person: ("sent", slacks.messages[person][0]["ts"]) for person in PEOPLE}
