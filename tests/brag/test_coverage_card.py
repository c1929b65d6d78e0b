"""`/brag coverage`: what people read, and that Slack takes it for every level there is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from bot.brag.coverage import Coverage, cover
from bot.brag.coverage_card import read_page, say_age, show_coverage
from bot.brag.model import Entry, Plan
from bot.contents import open_ladders, open_prompts
from bot.ladder.model import Ladder, Level
from bot.playground.limits import check_blocks
from bot.playground.world import Json
from bot.settings import ROOT
from bot.slack.mrkdwn import escape
from bot.slack.payloads import Answer
from bot.wording import Wording
from tests.brag.evidence import (
    SENIOR,
    SMALL,
    TODAY,
    one_entry_each,
    plan,
    record_of,
    speaks_for,
    suggests,
    with_competencies,
)

LADDERS = open_ladders(ROOT / "ladders").in_force
WORDS = Wording(open_prompts(ROOT / "prompts").messages)
LEVELS = [(ladder, level) for ladder in LADDERS.values() for level in ladder.levels.values()]
LEVEL_NAMES = [f"{ladder.id} {level.id}" for ladder, level in LEVELS]


def covered(*entries: Entry, level: Level = SENIOR, plans: dict[str, Plan] | None = None) -> Coverage:
    return cover(SMALL, level, record_of(entries), plans or {}, TODAY)


def read(answer: Answer) -> str:
    """All words of it, buttons too."""
    check_blocks(list(answer.blocks))
    return "\n".join(texts_of(list(answer.blocks)))


def texts_of(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from texts_of(item)
    elif isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text"):
            yield part["text"]
        yield from texts_of(list(part.values()))


def buttons(answer: Answer) -> list[Json]:
    rows = [block["elements"] for block in answer.blocks if block["type"] == "actions"]
    accessories = [block["accessory"] for block in answer.blocks if "accessory" in block]
    return [button for row in rows for button in row] + accessories


def all_pages(coverage: Coverage) -> Iterator[Answer]:
    for page in count(1):
        answer = show_coverage(coverage, WORDS, page=page)
        yield answer
        if not any(button["value"] == f"coverage +{page + 1}" for button in buttons(answer)):
            return


def test_it_begins_with_how_many_expectations_have_evidence_and_how_new_it_is() -> None:
    answer = show_coverage(covered(speaks_for("s-designs", days=41)), WORDS)
    assert (
        "1 of 4 expectations* has evidence, the newest from 41 days ago" in answer.blocks[1]["text"]["text"]
    )
    assert "1 of 4 expectations" in answer.text


def test_every_expectation_has_its_count_age_and_reach() -> None:
    twice = [speaks_for("s-designs", days=days, reach="teams") for days in (41, 50)]
    assert "Designs for change. _(2 entries, newest 41 days ago, reach: several teams)_" in read(
        show_coverage(covered(*twice), WORDS)
    )


def test_a_reach_narrower_than_the_levels_is_said_as_a_plain_fact() -> None:
    said = read(show_coverage(covered(speaks_for("s-designs", reach="team")), WORDS))
    assert "The level reaches several teams." in said
    assert "1 entry, today, so far within my team" in said


def test_where_nothing_is_yet_the_words_stay_calm() -> None:
    said = read(show_coverage(covered(), WORDS))
    assert "one line about this week is a start" in said
    assert "○ Reviews kindly." in said
    assert not re.search(r"missing|lack|gap|fail|%", said)


def test_entries_for_a_competency_as_a_whole_are_named() -> None:
    said = read(show_coverage(covered(speaks_for("craft:")), WORDS))
    assert "Your one entry speaks for a competency as a whole" in said
    assert "For the competency as a whole: 1 entry, today" in said


def test_what_waits_for_a_yes_has_a_button() -> None:
    answer = show_coverage(covered(suggests("s-designs")), WORDS)
    assert "1 entry has a suggestion that waits for your yes" in read(answer)
    assert ("brag:run", "suggestions") in [(one["action_id"], one["value"]) for one in buttons(answer)]


def test_one_competency_is_offered_to_look_at_next() -> None:
    said = read(show_coverage(covered(speaks_for("s-designs", "j-asks"), speaks_for("craft:")), WORDS))
    assert "*People*. “Mentors two people.”" in said


def test_when_everything_is_fresh_and_wide_nothing_more_is_wished_for() -> None:
    everything = speaks_for("s-designs", "s-reviews", "j-asks", "s-mentors", reach="teams")
    assert "Worth a line" not in read(show_coverage(covered(everything), WORDS))


def test_a_plan_stands_below_its_expectation_harmless() -> None:
    coverage = covered(plans={"s-mentors": plan("s-mentors", "When <!here>,\nI will ask")})
    assert "Mentors two people.\n    ↳ Your plan: When &lt;!here&gt;, I will ask" in read(
        show_coverage(coverage, WORDS)
    )


def test_a_bonus_without_evidence_says_nothing_about_it() -> None:
    assert "_A bonus, never a must:_ Speaks at meetups." in read(show_coverage(covered(), WORDS))


def test_the_pages_keep_the_period_and_the_picture_which_knows_none_is_not_offered() -> None:
    ladder = LADDERS["artsy"]
    coverage = cover(ladder, ladder.levels["ic6"], record_of(), {}, TODAY)
    values = [one["value"] for one in buttons(show_coverage(coverage, WORDS, asked="this year"))]
    assert values[1:] == ["coverage +2 this year"]
    assert buttons(show_coverage(coverage, WORDS))[0]["value"] == "coverage picture"


def test_the_page_asked_for_is_read_from_the_words() -> None:
    assert read_page("+2 this year") == (2, "this year")
    assert read_page("+3") == (3, "")
    assert read_page("last month") == (1, "last month")


def test_a_page_beyond_the_last_is_the_last() -> None:
    coverage = covered()
    assert show_coverage(coverage, WORDS, page=9) == show_coverage(coverage, WORDS, page=1)


def test_a_level_that_is_only_named_says_so() -> None:
    answer = show_coverage(covered(level=SMALL.levels["staff"]), WORDS)
    assert "describes nothing there yet" in answer.text


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (41, "41 days ago"), (150, "5 months ago")]
)
def test_ages_are_said_in_words(days: int, said: str) -> None:
    assert say_age(days) == said


@pytest.mark.parametrize(("ladder", "level"), LEVELS, ids=LEVEL_NAMES)
def test_every_expectation_of_every_level_is_on_one_of_its_pages(ladder: Ladder, level: Level) -> None:
    entries = list(one_entry_each(ladder, level))
    long = plan("", "When the review of a design opens & <somebody> asks, I will " * 40)
    plans = {one.id: long for one in ladder.statements()}
    coverage = cover(ladder, level, record_of(entries), plans, TODAY)
    said = "\n".join(read(answer) for answer in all_pages(coverage))
    for one in coverage.expectations:
        assert escape(one.statement.text) in said
    assert "None" not in said


def test_a_level_of_hundreds_of_long_expectations_is_paged_within_slacks_limits() -> None:
    cell = SMALL.cell("senior", "craft")
    many = tuple(
        replace(cell.statements[0], id=f"s{n}", text=f"No. {n} <!here> " + "& " * 130) for n in range(300)
    )
    cells = {**SMALL.cells, ("senior", "craft"): replace(cell, statements=many)}
    pages = list(all_pages(cover(replace(SMALL, cells=cells), SENIOR, record_of(), {}, TODAY)))
    said = "".join(map(read, pages))
    assert all(f"No. {n} &lt;!here&gt;" in said for n in range(300))


def test_a_level_of_very_many_competencies_is_paged_within_slacks_limits() -> None:
    said = "".join(map(read, all_pages(cover(with_competencies(70), SENIOR, record_of(), {}, TODAY))))
    assert all(f"*Competency {n}*" in said for n in range(70))
