"""The weekly question and programmes as a person lives with them at the page; the clock is moved there."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.demo import NOOR, playing
from tests.support.browser import Arrive, Person
from tests.support.process import free_port

pytestmark = pytest.mark.browser

QUESTIONS = (
    "[...document.querySelectorAll('article')].filter(one => one.innerText.includes('Another question'))"
    ".map(one => [one.querySelector('time').dateTime, one.querySelector('.blocks').innerText])"
)
LINE = "Fixed the date filter, support gets no more questions about it"


class Weeks:
    """Noor's weeks, and what she was asked in them, as far as she could still answer it."""

    def __init__(self, noor: Person) -> None:
        self.noor = noor
        self.asked: list[str] = []
        self._last = ""

    async def pass_by(self) -> None:
        """To the next Friday at 15:00, asked or not."""
        await self.noor.moves_clock("To Friday 15:00")

    async def ask(self) -> str:
        """To the next Friday; the question that comes then."""
        await self.pass_by()
        await self.noor.waits_for(f"({QUESTIONS}.at(-1) || [''])[0] > '{self._last}'")
        self._last, words = await newest(self.noor)
        self.asked.append(words.split("\n")[0])
        return self.asked[-1]


async def newest(person: Person) -> Any:
    """When the newest open question came, and all its words."""
    return await person.reads(f"{QUESTIONS}.at(-1) || ['', '']")


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Nobody has done anything yet."""
    async with playing(free_port(), ()) as found:
        yield found


@pytest.fixture
async def noor(address: str, arrive: Arrive) -> Person:
    """In the DM, on a Friday at 15:00."""
    noor = await arrive(address, NOOR.id, "UBOT")
    await noor.moves_clock("To Friday 15:00")
    return noor


@pytest.fixture
async def weeks(noor: Person) -> Weeks:
    """With Engineer 2 ahead, and the first question to come in a week."""
    await noor.types("/ladder target engineer 2")
    await noor.sees("Since you're aiming at Engineer 2, I'd ask you one question a week: Fridays at 15:00")
    return Weeks(noor)


async def test_on_friday_there_is_a_question_and_its_answer_is_kept(weeks: Weeks) -> None:
    question = await weeks.ask()
    assert "?" in question
    await weeks.noor.acts_on(question, "Reply in thread")
    await weeks.noor.types(LINE)
    await weeks.noor.sees("private to you")
    await weeks.noor.sees("✅ 1")
    await weeks.noor.types("/brag list")
    await weeks.noor.sees("1 entry, all time")


async def test_nothing_is_asked_twice_and_after_three_silent_weeks_it_gets_rarer(weeks: Weeks) -> None:
    noor = weeks.noor
    await noor.acts_on(await weeks.ask(), "Reply in thread")
    await noor.types(LINE)
    await noor.sees("✅ 1")
    await weeks.ask()
    await noor.clicks("Nothing this week")
    for _ in range(3):
        await weeks.ask()
    await noor.does_not_see("Three quiet weeks")
    await weeks.ask()
    await noor.sees("Three quiet weeks, so I'll ask every other week.")
    await weeks.pass_by()
    await weeks.ask()
    assert len(set(weeks.asked)) == len(weeks.asked) == 7
    said = "document.querySelector('.log').innerText.split('Three quiet weeks').length - 1"
    assert await noor.reads(said) == 1
    await noor.types("Paired with Dev on his first migration without downtime")
    await noor.sees("✅ 1")
    await weeks.ask()
    assert len(set(weeks.asked)) == 8


async def test_weeks_later_what_came_of_it_is_said_in_a_reply(weeks: Weeks) -> None:
    noor = weeks.noor
    await noor.types("Rewrote the address search")
    await noor.sees("✅ 1")
    for _ in range(3):
        await weeks.pass_by()
    await noor.sees("What came of it?")
    await noor.acts_on("What came of it?", "Reply in thread")
    await noor.types("Half as many parcels come back now")
    await noor.sees("Noted, it stands with the entry now.")
    await noor.types("/brag search address")
    await noor.clicks("Open")
    await noor.sees("What came of it: Half as many parcels come back now")


async def test_when_it_comes_is_said_in_words_or_in_a_form(weeks: Weeks) -> None:
    noor = weeks.noor
    await noor.types("/coach pause 2 weeks")
    await noor.sees("Quiet until Friday, ")
    await noor.types("/coach nudge tuesdays 10:00")
    await noor.sees("All right: Tuesdays at 10:00, your time. The next question comes Tuesday, ")
    await noor.types("/coach")
    await noor.chooses("The weekly question comes on", "Wednesday")
    await noor.chooses("How often", "Every second week")
    await noor.fills("Days off", "whenever")
    await noor.submits()
    await noor.sees("I don't read days in that.")
    await noor.fills("Days off", "fridays")
    await noor.submits()
    await noor.sees("every second Wednesday at 10:00")
    await noor.sees("Quiet until: Friday, ")
    await noor.presses("Escape")
    await noor.moves_clock("+1 week")
    assert await newest(noor) == ["", ""]


async def test_three_weeks_lead_to_a_trajectory(weeks: Weeks) -> None:
    noor = weeks.noor
    await noor.clicks("No, thank you")
    await noor.sees("No more weekly questions.")
    await noor.types("/coach programme trajectory")
    await noor.sees("Two things to begin with")
    await noor.clicks("Set my levels")
    await noor.chooses("The level I am at", "Engineer 1 (IC2)")
    await noor.submits()
    await noor.sees("Now: Engineer 1. Aiming for: Engineer 2.")
    await noor.moves_clock("+1 day", "+1 day", "+1 day")
    await noor.acts_on("What are three things that people at Engineer 2 do", "Reply in thread")
    await noor.types("I ask Dev first, they decide")
    await noor.sees("In four days we look further ahead")
    await noor.moves_clock("+1 day", "+1 day", "+1 day", "+1 day")
    await noor.sees("Write one paragraph on your next five years.")
    await noor.clicks("Answer")
    await noor.fills("Five years in one paragraph", "I'd like to be the one who settles how parcels move")
    await noor.submits()
    await noor.sees("paragraphs like this get better in a drawer")
    await noor.moves_clock("+1 week")
    await noor.sees("The same work, elsewhere")
    await noor.clicks("Pass on this one")
    await noor.sees("You passed on this one")
    await noor.moves_clock("+1 week")
    await noor.sees("Your paragraph, three weeks on")
    await noor.types("Parcels move in one way, and I'll write it down this month")
    await noor.sees("Keep it as a brag entry instead")
    await noor.clicks("I got stuck somewhere")
    await noor.sees("That's your trajectory.")
    await noor.clicks("Your answers")
    await noor.sees("What you wrote in Trajectory")
    await noor.sees("Your manager sees neither this nor that you did it.")


async def test_a_programme_can_be_stopped_and_taken_up_again(weeks: Weeks) -> None:
    noor = weeks.noor
    await noor.types("/ladder current engineer 1")
    await noor.types("/coach programme trajectory")
    await noor.clicks("They are right as they are")
    await noor.sees("Good, that gives us two ends of a line.")
    await noor.types("/coach programme stop")
    await noor.sees("Trajectory has stopped, and nothing more of it comes. Your answer stays with you alone")
    await noor.moves_clock("+1 week")
    await noor.does_not_see("What are three things")
    await noor.types("/coach programme trajectory")
    await noor.sees("You stopped Trajectory before “Three things that differ”.")
    await noor.clicks("Go on there")
    await noor.sees("What are three things that people at Engineer 2 do")


async def test_a_problem_shows_its_hint_scale_and_answer_one_after_the_other(noor: Person) -> None:
    await noor.types("/coach programme practice")
    await noor.sees("Only you see what you write")
    model = "In the first month I'd find out what counts."
    later = ("A hint.", "Which of these comes nearest", model)
    for words in later:
        await noor.does_not_see(words)
    await noor.acts_on("Only you see what you write", "Reply in thread")
    await noor.types("I'd ask who needs it by when, and measure before I change anything")
    await noor.sees("There's a hint, in case you'd like to add something")
    for button, words in zip(("A hint", "Place my answer"), later, strict=False):
        await noor.clicks(button)
        await noor.sees(words)
        await noor.does_not_see(model)
    name = (
        "[...document.querySelectorAll('button')].map(one => one.innerText).find(one => /^3\\. /.test(one))"
    )
    await noor.clicks(str(await noor.reads(name)))
    await noor.sees("This is how an experienced leader might have answered:")
    await noor.sees(model)
    await noor.sees("That's the problem done.")
