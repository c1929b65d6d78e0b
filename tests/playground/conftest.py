"""The stage most tests of the playground play on."""

import time
from collections.abc import AsyncIterator

import pytest

from bot.playground.slack import Slack
from tests.playground.stage import SECRET, Clock, Stage, build_world, staged


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture
async def stage(clock: Clock) -> AsyncIterator[Stage]:
    async with staged(Slack(build_world(), None, SECRET, real_time=clock)) as built:
        yield built
