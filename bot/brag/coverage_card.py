"""Coverage in words: how many expectations have evidence first, then each of them with counts and age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.brag.coverage import CompetencyCoverage, Coverage, Covered, Tally, wanting
from bot.brag.naming import say_period
from bot.brag.receipts import FILE, REACH_NAMES, say
from bot.ladder.blocks import say_count
from bot.ladder.model import Reach
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten, show, unescape
from bot.slack.payloads import Answer
from bot.wording import Wording

PAGE_BLOCKS = 38  # Slack takes 50; the rest is for what stands around them
PAGE_TEXT = 4500  # characters of expectations; more is no pleasure on a phone
PLAN = 240  # characters of a plan that are repeated
MONTHS_FROM = 100  # days

LEVEL_REACH: dict[Reach, str] = {
    "me": "one's own work",
    "team": "a team",
    "teams": "several teams",
    "organization": "the organization",
    "outside": "beyond the organization",
}


def show_coverage(coverage: Coverage, words: Wording, *, page: int = 1, asked: str = "") -> Answer:
    """One page of it, the first with the outlook; `asked` are the words that named the period."""
    if not coverage.expectations:
        return say(words.say(FILE, "coverage_named", level=coverage.level.title))
    pages = list(_split_into_pages(coverage))
    page = min(max(page, 1), len(pages))
    title = words.say(FILE, "coverage_title", level=coverage.level.title)
    count = say_covered_count(coverage, words)
    head = [blocks.header(unescape(title))]
    if asked:
        head.append(blocks.context(words.say(FILE, "coverage_period", period=say_period(coverage.period))))
    if page == 1:
        head += [*_outlook(coverage, words, count), _buttons(coverage, asked), blocks.divider()]
    head.append(blocks.context(words.say(FILE, "coverage_marks", is_part=bool(asked))))
    return Answer(f"{title}: {count}", [*head, *pages[page - 1], *_turn(pages, page, asked)])


def read_page(text: str) -> tuple[int, str]:
    """Which page was asked for (`+2 this year`), and the words that name a period."""
    first, _, rest = text.strip().partition(" ")
    if first.startswith("+") and first[1:].isdecimal():
        return int(first[1:]), rest.strip()
    return 1, text.strip()


def say_tally(coverage: Coverage, tally: Tally) -> str:
    """`2 entries, newest 41 days ago, reach: several teams`; empty where there is nothing."""
    said = []
    if tally.age is not None:
        newest = "newest " if tally.entries > 1 else ""
        said = [f"{say_count(tally.entries, 'entry', 'entries')}, {newest}{say_age(tally.age)}"]
    if tally.reach:
        name = REACH_NAMES[tally.reach] if tally.reach != "me" else "my own work"
        said.append(f"so far within {name}" if coverage.is_narrow(tally) else f"reach: {name}")
    if tally.waiting:
        said.append(f"{tally.waiting} {'waits' if tally.waiting == 1 else 'wait'} for your yes")
    return ", ".join(said)


def say_age(days: int) -> str:
    if days <= 1:
        return "yesterday" if days else "today"
    return f"{days} days ago" if days < MONTHS_FROM else f"{round(days / 30.4)} months ago"


def say_covered_count(coverage: Coverage, words: Wording) -> Mrkdwn:
    total = len(coverage.expectations)
    ages = [one.tally.age for one in coverage.expectations if one.tally.age is not None]
    if not ages:
        period = say_period(coverage.period) if coverage.period else ""
        return words.say(FILE, "coverage_none", total=total, entries=coverage.total.entries, period=period)
    newest = say_age(min(ages))
    return words.say(FILE, "coverage_count", covered=coverage.covered, total=total, newest=newest)


def _outlook(coverage: Coverage, words: Wording, count: Mrkdwn) -> list[Block]:
    """What fits a phone's first screen."""
    reach = coverage.level.reach
    if reach and reach != "me" and coverage.covered:
        known = words.say(FILE, "coverage_reach", reach=LEVEL_REACH[reach], count=coverage.as_wide)
        count = Mrkdwn(f"{count}\n{known}")
    shown = [blocks.section(count)]
    if waiting := coverage.total.waiting:
        go = blocks.button("Go through suggestions", "brag:run", "suggestions")
        shown.append(blocks.section(words.say(FILE, "coverage_waiting", count=waiting), go))
    first = wanting(coverage)[0]
    if coverage.period is None and not coverage.is_settled(first.tally):
        name, text = first.competency.name, first.statement.text
        shown.append(blocks.section(words.say(FILE, "coverage_next", competency=name, expectation=text)))
    return shown


def _buttons(coverage: Coverage, asked: str) -> Block:
    """The picture, and what can be shared, are of all there is: they are not offered beside a period."""
    plan = blocks.button("Make a plan", "brag:plan", wanting(coverage)[0].statement.id)
    picture = blocks.button("As a picture", "brag:run:picture", "coverage picture")
    share = blocks.button("Share or take back", "brag:run:share", "coverage share")
    return blocks.actions([plan] if asked else [picture, plan, share])


def _turn(pages: Sequence[object], page: int, asked: str) -> list[Block]:
    """Buttons to the page before and the one after, where there are any."""
    if len(pages) == 1:
        return []
    ways = [("Back", page - 1), ("More", page + 1)]
    row = [
        blocks.button(label, f"brag:run:{number}", f"coverage +{number} {asked}".strip())
        for label, number in ways
        if 1 <= number <= len(pages)
    ]
    return [blocks.context(f"Page {page} of {len(pages)}"), blocks.actions(row)]


def _split_into_pages(coverage: Coverage) -> Iterator[list[Block]]:
    """Whole groups together, where they fit."""
    page: list[Block] = []
    for part in _parts(coverage):
        if page and not _fits([*page, *part]):
            yield page
            page = []
        page = [*page, *part]
    yield page


def _parts(coverage: Coverage) -> Iterator[list[Block]]:
    """What stays on one page: a group, or of a long one a competency, or of a long one a section."""
    for group, members in coverage.sections:
        shown = [blocks.sections(_say_competency(coverage, one)) for one in members]
        if group:
            shown[0].insert(0, blocks.context(f"*{escape(group.name)}*"))
        whole = [block for each in shown for block in each]
        for part in [whole] if _fits(whole) else shown:
            yield from [part] if _fits(part) else ([block] for block in part)


def _fits(shown: Sequence[Block]) -> bool:
    texts = (block["text"]["text"] for block in shown if block["type"] == "section")
    return len(shown) <= PAGE_BLOCKS and sum(map(len, texts)) <= PAGE_TEXT


def _say_competency(coverage: Coverage, one: CompetencyCoverage) -> str:
    title = f"*{escape(one.competency.name)}*"
    if one.expectations:
        title += f" · {one.covered} of {len(one.expectations)}"
    if one.still_from:
        title += f" · _still expected, from {escape(one.still_from.title)}_"
    lines = [title]
    for each in one.expectations:
        mark = "●" if each.tally.entries else "○"
        lines += _say_covered(f"{mark} {escape(each.statement.text)}", coverage, each)
    for each in one.bonuses:
        lines += _say_covered(f"• _A bonus, never a must:_ {escape(each.statement.text)}", coverage, each)
    if one.whole.entries or one.whole.waiting:
        lines.append(f"_For the competency as a whole: {say_tally(coverage, one.whole)}_")
    return "\n".join(lines)


def _say_covered(text: str, coverage: Coverage, one: Covered) -> Iterator[str]:
    """A line, and one for the plan."""
    tally = say_tally(coverage, one.tally)
    yield f"{text} _({tally})_" if tally else text
    if one.plan:
        plan = " ".join(one.plan.text.split())
        yield f"    ↳ Your plan: {show(shorten(plan, PLAN))}"
