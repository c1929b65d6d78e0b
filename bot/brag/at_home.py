"""What Home shows of the brag document: coverage in counts and age, plans, and the newest entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.brag.coverage import CompetencyCoverage, Coverage, Covered, wanting
from bot.brag.coverage_card import PLAN, say_age, say_covered_count
from bot.brag.desk import Desk
from bot.brag.listing import Look, show_row
from bot.brag.receipts import FILE
from bot.brag.store import BragStore
from bot.ladder.blocks import say_count
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten, show, unescape
from bot.wording import Wording

LATEST = 5  # entries
MOST_PLANS = 5
EXPECTATION = 120  # characters of an expectation above its plan


class AtHome:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show_coverage(self, person: PersonId) -> Sequence[Block]:
        """And below it the plans for what it counts; nothing while no level is set."""
        coverage = await self._desk.cover(person)
        return show_counts(coverage, self._desk.words) if coverage and coverage.expectations else []

    async def show_latest(self, person: PersonId) -> Sequence[Block]:
        entries = await self._desk.read(BragStore.get_page, person, None, 0, LATEST)
        write = blocks.button("Write something down", "brag:new", "new")
        if not entries:
            said = self._desk.words.say(FILE, "list_empty")
            return [blocks.section(said), blocks.actions([write])]
        ladder, _ = await self._desk.standing(person)
        today, seers = await self._desk.zones.today(person), await self._desk.find_seers(entries)
        look = Look(ladder, self._desk.words, today, seers)
        rows = [show_row(entry, look, place) for place, entry in enumerate(entries[:LATEST])]
        everything = blocks.button("Everything I kept", "brag:run:list", "list")
        title = blocks.header(look.words.say(FILE, "latest_title"))
        return [title, *rows, blocks.actions([write, everything])]


def show_counts(coverage: Coverage, words: Wording) -> list[Block]:
    """A line for each competency of which something is expected."""
    title = words.say(FILE, "coverage_title", level=coverage.level.title)
    lines = [_say_competency(one) for one in coverage.competencies if one.expectations]
    row = [
        blocks.button("Each expectation", "brag:run:coverage", "coverage"),
        blocks.button("As a picture", "brag:run:picture", "coverage picture"),
        blocks.button("Make a plan", "brag:plan", wanting(coverage)[0].statement.id),
    ]
    return [
        blocks.header(unescape(title)),
        blocks.section(say_covered_count(coverage, words)),
        *blocks.sections("\n".join(lines)),
        blocks.actions(row),
        *_show_plans(coverage, words.say(FILE, "plans_title")),
    ]


def _say_competency(one: CompetencyCoverage) -> str:
    """A mark for each expectation, then in numbers: `2 of 3, newest 41 days ago`."""
    marks = "".join("●" if each.tally.entries else "○" for each in one.expectations)
    ages = [each.tally.age for each in one.expectations if each.tally.age is not None]
    newest = f", newest {say_age(min(ages))}" if ages else ""
    beside = say_count(one.whole.entries, "entry", "entries")
    whole = f", {beside} for it as a whole" if one.whole.entries else ""
    count = f"{one.covered} of {len(one.expectations)}"
    return f"{marks} *{escape(one.competency.name)}* · {count}{newest}{whole}"


def _show_plans(coverage: Coverage, title: Mrkdwn) -> Iterator[Block]:
    planned = [one for one in coverage.expectations if one.plan]
    if planned:
        yield blocks.header(title)
        yield from blocks.sections("\n".join(map(_say_plan, planned[:MOST_PLANS])))


def _say_plan(one: Covered) -> str:
    plan = " ".join(one.plan.text.split()) if one.plan else ""
    expectation = escape(shorten(one.statement.text, EXPECTATION))
    return f"• {show(shorten(plan, PLAN))}\n    ↳ _{escape(one.competency.name)}: {expectation}_"
