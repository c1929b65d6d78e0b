"""A 1:1 at the page, as an engineer, her manager and a curious colleague live with it."""

from collections.abc import AsyncIterator

import pytest

from bot.demo import ANA, BEN, DEV, playing
from bot.demo_history import LEVELS
from tests.support.browser import Arrive, Person
from tests.support.process import free_port

pytestmark = pytest.mark.browser

CHECKOUT = "Shipped the new checkout, p99 from 900 to 200 ms"
GUIDE = "Wrote the migration guide that payments and search use now"
SECRET = "Had a bad week and told nobody about it"
POINT = "I'd like to lead the next design review"
PROMISE = "ask Dana about the review"
BUTTONS = "[...document.querySelectorAll('button')]"
SHARES = f"{BUTTONS}.filter(b => b.innerText === 'Share with my manager').length"
REFUSED = "aren't linked in Rung, so there is nothing I can show you here"


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """People have said where they stand, and nothing else."""
    async with playing(free_port(), LEVELS) as found:
        yield found


@pytest.fixture
async def ana(address: str, arrive: Arrive) -> Person:
    """In the DM, on a Friday at 15:00."""
    ana = await arrive(address, ANA.id, "UBOT")
    await ana.moves_clock("To Friday 15:00")
    return ana


@pytest.fixture
async def ben(ana: Person, address: str, arrive: Arrive) -> Person:
    return await arrive(address, BEN.id, "CENG")


@pytest.fixture
async def dev(ana: Person, address: str, arrive: Arrive) -> Person:
    return await arrive(address, DEV.id, "CENG")


async def opens_agenda(person: Person, of: str, place: str) -> None:
    """Where nothing else is in sight."""
    await person.opens(place)
    await person.types(f"/agenda {of}")


async def brings(ana: Person) -> None:
    """She names Ben her manager, keeps three things and shares two of them, and says when they meet."""
    await ana.types("/coach manager @ben")
    await ana.sees("is your manager in Rung.")
    for kept, words in enumerate((SECRET, CHECKOUT, GUIDE), start=1):
        await ana.types(words)
        await ana.waits_for(f"{SHARES} === {kept}")
    for left in (2, 1):
        await ana.clicks("Share with my manager")
        await ana.waits_for(f"{SHARES} === {left}")
    await ana.types("/coach 1:1 @ben mondays 16:00, 45 min")


async def replies(ana: Person) -> None:
    """To the questions that came the day before."""
    await ana.sees("1:1 with Ben on Monday, ")
    await ana.acts_on("you might raise", "Reply in thread")
    await ana.types(POINT)
    await ana.sees("Noted as a talking point, for your eyes only until you share it with Ben.")


async def meets(ana: Person, ben: Person) -> None:
    """He notes what they agreed, in the agenda that is open before him; a week passes."""
    await ben.clicks("We've met")
    await ben.fills("Action items, one a line", f"me: {PROMISE}")
    await ben.chooses("Talked about, and off the list", POINT)
    await ben.submits()
    await ben.presses("Escape")
    await ana.moves_clock("+1 week")


async def test_both_come_prepared_and_nobody_else_sees_anything(
    ana: Person, ben: Person, dev: Person
) -> None:
    await brings(ana)

    # What she replies the day before is a talking point of her own.
    await replies(ana)
    await opens_agenda(ben, "@ana", "Dev Anand")
    await ben.sees(CHECKOUT)
    await ben.sees(GUIDE)
    await ben.does_not_see(POINT)
    await ben.does_not_see(SECRET)
    await ana.clicks("Share with Ben")
    await ana.sees("A talking point, shared with Ben since")

    # The morning: he is told without a word of hers, and opens the list there.
    await ana.moves_clock("+1 day", "+1 day", "+1 day")
    await ben.opens("Rung")
    await ben.sees("1:1 with Ana")
    await ben.does_not_see(POINT)
    await ben.clicks("Open the agenda")
    await ben.sees(POINT)
    await opens_agenda(ana, "@ben", "#engineering")
    for words in (POINT, CHECKOUT, GUIDE, "To get to know each other"):
        await ana.sees(words)
    await opens_agenda(dev, "@ana", "#engineering")
    await dev.sees(REFUSED)
    await dev.does_not_see(CHECKOUT)

    # What is no longer shared is gone from the list at once.
    await ana.opens("Rung")
    await ana.reads(f"{BUTTONS}.find(b => b.innerText === 'Make private').click()")
    await ana.waits_for(f"{SHARES} === 2")
    await opens_agenda(ben, "@ana", "#engineering")
    await ben.sees(GUIDE)
    await ben.does_not_see(CHECKOUT)

    # They meet; what he promises comes back until it is done.
    await meets(ana, ben)
    await opens_agenda(ben, "@ana", "#general")
    await ben.sees("Agreed and still open")
    await ben.sees(PROMISE)
    await ben.does_not_see(POINT)
    await ben.clicks("Done")
    await ben.does_not_see(PROMISE)

    # She reads who looked, and ends it: he is refused like anybody else.
    await ana.types("/coach privacy")
    await ana.sees("opened the agenda")
    await ana.clicks("End")
    await opens_agenda(ben, "@ana", "Noor Haddad")
    await ben.sees(REFUSED)
    await ben.does_not_see(GUIDE)
