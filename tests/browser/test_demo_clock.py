"""The clock of the demo, moved at its page."""

from collections.abc import AsyncIterator

import pytest

from bot.demo import ANA, playing
from bot.demo_history import LEVELS
from tests.support.browser import Arrive
from tests.support.process import free_port

pytestmark = pytest.mark.browser


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with playing(free_port(), LEVELS) as found:
        yield found


async def test_to_friday_is_friday_for_people_and_for_what_they_write(address: str, arrive: Arrive) -> None:
    ana = await arrive(address, ANA.id, "CENG")
    await ana.reads("document.querySelector('.clock').open = true")
    await ana.clicks("To Friday 15:00")
    await ana.sees("Fri, ")
    await ana.types("It is Friday")
    await ana.sees("It is Friday")
    newest = "[...document.querySelectorAll('.message time')].at(-1).textContent"
    assert str(await ana.reads(newest)).startswith("15:0")
