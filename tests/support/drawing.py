"""Pictures, drawn once before anybody waits for one."""

import pytest

from bot.contents import open_ladders
from bot.ladder.drawing import draw_picture
from bot.ladder.service import Reader
from bot.people.model import PersonId
from bot.settings import ROOT


@pytest.fixture(scope="session")
def drawn() -> None:
    """The first picture of a process loads matplotlib and its fonts; no conversation should wait for that."""
    draw_picture(Reader(PersonId("T", "U"), open_ladders(ROOT / "ladders").in_force["artsy"]))
