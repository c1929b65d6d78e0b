"""The demo as somebody finds it who opens it for the first time."""

from bot.demo import PEOPLE, living
from tests.support.process import free_port


async def test_nobody_in_the_demo_is_met_by_a_form_that_is_still_open() -> None:
    async with living(free_port()) as slack:
        assert [person.real_name for person in PEOPLE if slack.world.modals(person.id)] == []
