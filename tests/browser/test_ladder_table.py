"""Each row of the `/ladder` table, typed by someone at the page of the demo; asserted on what they see."""

import socket
from collections.abc import AsyncIterator

import pytest

from bot.demo import ANA, BEN, NOOR, playing
from bot.demo_history import LEVELS
from tests.support.browser import Arrive, Person

pytestmark = pytest.mark.browser

PLACE = "CENG"


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with playing(free_port(), LEVELS) as found:
        yield found


@pytest.fixture
async def noor(address: str, arrive: Arrive) -> Person:
    """New since Monday: nothing is set."""
    return await arrive(address, NOOR.id, PLACE)


@pytest.fixture
async def ana(address: str, arrive: Arrive) -> Person:
    """A Senior Engineer 2 who aims for Staff."""
    return await arrive(address, ANA.id, PLACE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_level_with_everything_it_expects(noor: Person) -> None:
    await noor.types("/ladder staff")
    await noor.sees("Only visible to you")
    await noor.sees("IC6 · Individual contributor · beside Senior Engineering Manager")
    await noor.sees("New against Senior Engineer 2")
    await noor.sees("Cross-functional collaboration")
    await noor.sees("Still expected, from Engineer 2:")
    await noor.sees("the words are ours")


async def test_one_competency_of_a_level(noor: Person) -> None:
    await noor.types("/ladder staff communication")
    await noor.sees("Staff Engineer: Communication")
    await noor.does_not_see("Technical decision-making")
    await noor.clicks("Communication over all levels")
    await noor.sees("Engineer 1")


async def test_two_levels_side_by_side(noor: Person) -> None:
    await noor.types("/ladder compare senior engineer 2 vs staff")
    await noor.sees("Senior Engineer 2 → Staff Engineer")
    await noor.sees("32 expectations are new, in 11 competencies.")
    await noor.sees("Nothing new in: Code quality, Team influence.")


async def test_an_unclear_level_is_asked_about_and_the_comparison_goes_on(noor: Person) -> None:
    await noor.types("/ladder senior vs staff")
    await noor.sees("“senior” could be several levels. Which one do you mean?")
    await noor.clicks("Senior Engineer 2")
    await noor.sees("Senior Engineer 2 → Staff Engineer")


async def test_a_search_over_all_levels(noor: Person) -> None:
    await noor.types("/ladder search mentoring")
    await noor.sees("“mentoring”: 3 expectations")
    await noor.clicks("Open")
    await noor.sees("Director of Engineering: People & Business Leadership")


async def test_where_i_am(ana: Person) -> None:
    await ana.types("/ladder")
    await ana.sees("Where you are")
    await ana.sees("▸ Senior Engineer 2")
    await ana.sees("your target")
    await ana.clicks("Compare the two")
    await ana.sees("Senior Engineer 2 → Staff Engineer")


async def test_setting_both_levels_by_typing(noor: Person) -> None:
    await noor.types("/ladder current engineer 1")
    await noor.sees("Noted: you are at Engineer 1 (IC2).")
    await noor.types("/ladder target engineer 2")
    await noor.sees("Engineer 2 (IC3) is your target now.")
    await noor.sees("new between the two")


async def test_setting_both_levels_in_the_form(noor: Person) -> None:
    await noor.types("/ladder")
    await noor.sees("I don't know your level on Artsy yet.")
    await noor.clicks("Set my levels")
    await noor.submits()
    await noor.sees("Choose at least one of the two.")
    await noor.chooses("The level I am at", "Engineer 1 (IC2)")
    await noor.chooses("The level I aim for", "Engineer 2 (IC3)")
    await noor.submits()
    await noor.sees("▸ Engineer 1")


async def test_the_ladders_there_are_and_using_another(noor: Person) -> None:
    await noor.types("/ladder list")
    await noor.sees("(yours)")
    await noor.clicks("Use AI engineering")
    await noor.sees("AI engineering is your ladder from now on.")
    await noor.types("/ladder use artsy")
    await noor.sees("Artsy is your ladder from now on.")


async def test_the_guide(noor: Person) -> None:
    await noor.types("/ladder guide")
    await noor.sees("The guide of Artsy")
    await noor.types("/ladder guide promotions")
    await noor.sees("How promotions work")
    await noor.clicks("All pages")


async def test_a_page_that_asks_question_by_question(noor: Person) -> None:
    await noor.types("/ladder use ai")
    await noor.sees("AI engineering is your ladder from now on.")
    await noor.types("/ladder guide ic-or-manager")
    await noor.clicks("Go through it")
    for label in (
        "Someone on the team got further",
        "Go deep on our own part",
        "How the systems are built",
        "I'd rather have a clear problem",
        "I can't see it yet",
    ):
        await noor.clicks(label)
    await noor.sees("Your answers, side by side.")
    await noor.does_not_see("question 5 of 5")
    await noor.clicks("Once more")
    await noor.sees("question 1 of 5")


async def test_a_level_sorted_another_way(noor: Person) -> None:
    await noor.types("/ladder staff")
    await noor.clicks("Sort it another way")
    await noor.sees("A level can be sorted in several ways.")
    await noor.types("/ladder staff by three pillars")
    await noor.sees("Staff Engineer by three pillars")
    await noor.clicks("By five responsibilities")
    await noor.sees("Being glue")


@pytest.mark.usefixtures("drawn")
async def test_the_picture(ana: Person) -> None:
    await ana.types("/ladder picture")
    await ana.sees("our direct messages")  # there, or on its way there
    await ana.opens("Rung")
    await ana.sees("Artsy as a picture")
    width = "[...document.images].findLast(image => image.alt.includes('The levels of Artsy'))?.naturalWidth"
    assert await ana.reads(width) > 0


async def test_help(noor: Person) -> None:
    await noor.types("/ladder help")
    await noor.sees("What does a level expect?")
    await noor.sees("/ladder search mentoring")


async def test_making_a_level_my_target(noor: Person) -> None:
    await noor.types("/ladder staff")
    await noor.clicks("Make it my target")
    await noor.sees("Staff Engineer (IC6) is your target now.")
    await noor.does_not_see("Make it my target")


async def test_questions_to_ask_myself(ana: Person) -> None:
    await ana.types("/ladder staff")
    await ana.clicks("Questions to ask myself")
    await ana.sees("Questions to ask yourself: Staff Engineer")
    await ana.sees("What would count:")


async def test_comparing_with_my_level(ana: Person) -> None:
    await ana.types("/ladder principal")
    await ana.clicks("Staff Engineer")
    await ana.clicks("Compare with my level")
    await ana.sees("From one team to several")


async def test_what_ana_shares_ben_sees_without_a_word_about_her(
    address: str, ana: Person, arrive: Arrive
) -> None:
    ben = await arrive(address, BEN.id, PLACE)
    await ana.types("/ladder staff")
    await ana.sees("your target")
    await ana.clicks("Share here")
    await ana.sees("Shared with everyone here.")
    await ben.sees("looked this up:")
    await ben.sees("IC6 · Individual contributor")
    await ben.does_not_see("your target")
    await ben.clicks("See it against my level")
    await ben.sees("Only visible to you")


async def test_home_shows_where_i_am(ana: Person) -> None:
    await ana.opens_home()
    await ana.sees("Aiming for: Staff Engineer (IC6)")
    await ana.clicks("What Staff Engineer expects")
    await ana.sees("Cross-functional collaboration")


async def test_on_the_first_visit_three_questions_are_enough(noor: Person) -> None:
    await noor.opens_home()
    await noor.sees("I know what every level of your engineering ladder expects")
    await noor.clicks("Begin")
    await noor.chooses("The level I am at", "Engineer 1 (IC2)")
    await noor.chooses("The level I aim for", "Engineer 2 (IC3)")
    await noor.chooses("The weekly question comes on", "Tuesday")
    await noor.chooses("At, in your own time", "10:30")
    await noor.submits()
    await noor.sees("I'll ask one question a week, Tuesdays at 10:30 your time")
    await noor.clicks("Close")
    await noor.sees("Now: Engineer 1 (IC2)")
    await noor.sees("What you have for Engineer 2")
    await noor.sees("The weekly question, ")
    await noor.does_not_see("Not now")


async def test_levels_chosen_at_home_stand_there_when_the_form_closes(ana: Person) -> None:
    await ana.opens_home()
    await ana.clicks("Set my levels")
    await ana.chooses("The level I aim for", "Senior Staff Engineer (IC7)")
    await ana.submits()
    await ana.clicks("Close")
    await ana.sees("Aiming for: Senior Staff Engineer (IC7)")


async def test_plain_words_in_the_dm(noor: Person) -> None:
    await noor.opens("Rung")
    await noor.types("ladder staff")
    await noor.sees("Cross-functional collaboration")
    await noor.types("Wrote the page on how we deploy")
    await noor.sees("private to you")
