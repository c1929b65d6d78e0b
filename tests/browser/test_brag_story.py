"""The brag document as a person lives with it at the page of the demo; asserted on what they read."""

from collections.abc import AsyncIterator

import pytest

from bot.demo import ANA, NOOR, playing
from bot.demo_history import LEVELS
from tests.support.browser import Arrive, Person
from tests.support.process import free_port

pytestmark = pytest.mark.browser

OLD_DOCUMENT = """# Brag document 2025

## March
- Moved the newsletter to the new templates, from 3 hours to 20 minutes an issue

## Q3
- Took over the on-call handbook
- Learned enough SQL to answer support's questions myself
"""


@pytest.fixture
async def new_address() -> AsyncIterator[str]:
    """Nobody has kept anything yet."""
    async with playing(free_port(), LEVELS) as found:
        yield found


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Ten weeks later."""
    async with playing(free_port()) as found:
        yield found


@pytest.fixture
async def noor(new_address: str, arrive: Arrive) -> Person:
    noor = await arrive(new_address, NOOR.id, "CENG")
    await noor.types("/ladder target engineer 2")
    await noor.sees("Engineer 2 (IC3) is your target now.")
    await noor.opens("Rung")
    return noor


@pytest.fixture
async def ana(address: str, arrive: Arrive) -> Person:
    ana = await arrive(address, ANA.id, "CENG")
    await ana.opens("Rung")
    return ana


async def test_whatever_way_something_comes_in_it_is_kept(noor: Person) -> None:
    await noor.types("Fixed the date filter, support gets no more questions about it")
    await noor.sees("private to you")
    await noor.sees("✅ 1")
    await noor.types("This week:\n- first change in production\n- paired with Dev on tests")
    await noor.sees("Kept as 2 entries, private to you.")
    await noor.types("/brag Wrote down how to run everything locally")
    await noor.sees("Only visible to you")
    await _fill_in_the_form(noor)
    await noor.clicks("Shortcuts")
    await noor.clicks("Add to my brag doc")
    await noor.fills("What happened?", "Asked the question everybody had in the planning")
    await noor.submits()
    await noor.opens("engineering")
    await noor.acts_on("Welcome, Noor!", "Message actions", "Save to my brag doc")
    await noor.acts_on("how I found out", "Add reaction", "trophy")
    await noor.sees("🏆 1")
    await noor.opens("Rung")
    await noor.sees("And /ladder search mentoring is how I found out")
    await noor.types("/brag list this week")
    await noor.sees("8 entries, ")


async def _fill_in_the_form(noor: Person) -> None:
    await noor.types("/brag")
    await noor.fills("What happened?", "Found out why the parcel labels came out empty")
    await noor.fills("What came of it?", "The warehouse prints 400 a day again")
    await noor.chooses("What is it evidence for?", "Technical understanding")
    await noor.chooses("How far did it reach?", "Several teams")
    await noor.fills("Project", "Labels")
    await noor.fills("Links", "https://tracker.example.com/labels")
    await noor.chooses("Who was part of it?", "Dev Anand")
    await noor.submits()
    await noor.sees("reach: several teams · project: Labels · 1 link")
    await noor.sees("Evidence for Technical understanding (Engineer 2)")


async def test_what_is_kept_can_be_changed_and_taken_back(noor: Person) -> None:
    line = "Fixed the slow test run, from 14 to 6 minutes"
    await noor.types("Fixed the slow tset run, from 14 to 6 minutes")
    await noor.sees("✅ 1")
    await noor.acts_on("slow tset run", "Message actions", "Edit message")
    await noor.types(line)
    await noor.does_not_see("tset")
    await noor.clicks("Code quality")
    await noor.sees("Evidence for Code quality (Engineer 2)")
    await noor.chooses("How far did it reach?", "Reach: my team")
    await noor.sees("reach: my team")
    await noor.clicks("Share with my manager")
    await noor.sees("shared, but nobody is linked yet")
    await noor.types("Tidied up the test data")
    await noor.sees("Tidied up the test data")
    await noor.sees("What works now that didn't before?")
    await noor.clicks("Undo")
    await noor.sees("Taken back. Nothing of it is kept.")
    await noor.acts_on(line, "Message actions", "Delete message")
    await noor.clicks("Delete")
    await noor.sees("You deleted the message, so nothing of it is kept.")
    await noor.types("/brag list")
    await noor.sees("Nothing here yet.")


async def test_what_was_kept_is_found_again(ana: Person) -> None:
    await ana.types("/brag list last month")
    await ana.sees("Private")
    await ana.types("/brag search stuck consumer")
    await ana.sees("1 entry mentions “stuck consumer”")
    await ana.clicks("Open")
    await ana.sees("What came of it: On Thursday night payments got a stuck consumer going again")
    await ana.types("/brag projects")
    await ana.sees("2 projects")
    await ana.sees("5 entries")
    await ana.types("/brag coverage")
    await ana.sees("What you have for Staff Engineer")
    await ana.sees("of 38 expectations have evidence")
    await ana.clicks("As a picture")
    await ana.sees_picture("Staff Engineer")
    await ana.types("/brag export")
    text = await ana.downloads("Brag document")
    assert "Order events" in text
    assert "Stock is right after 4 minutes instead of the next morning." in text


async def test_an_old_document_is_taken_over(noor: Person) -> None:
    await noor.types(OLD_DOCUMENT)
    await noor.sees("3 entries from March 2025 to September 2025")
    await noor.clicks("Keep all 3")
    await noor.sees("All 3 are in your brag document now.")
    await noor.attaches("before.md", OLD_DOCUMENT.replace("2025", "2024").encode())
    await noor.sees("before.md")
    await noor.clicks("Send")
    await noor.sees("3 entries from March 2024 to September 2024")
    await noor.clicks("Keep none")
    await noor.sees("Nothing of it was kept.")
    await noor.types("/brag list 2025")
    await noor.sees("3 entries, 2025")


async def test_weeks_later_it_is_asked_what_came_of_it(noor: Person) -> None:
    await noor.types("Set up a page where everybody on call writes what they tried")
    await noor.sees("What works now that didn't before?")
    await noor.moves_clock("+1 week", "+1 week", "+1 week", "+1 hour")
    await noor.sees("What came of it?")
    await noor.clicks("Say it")
    await noor.fills("What works now that didn't before?", "Two pages at night were answered by reading it")
    await noor.submits()
    await noor.sees("What came of it: Two pages at night were answered by reading it")
    await noor.types("/brag search pages at night")
    await noor.clicks("Open")
    await noor.sees("What came of it: Two pages at night were answered by reading it")
