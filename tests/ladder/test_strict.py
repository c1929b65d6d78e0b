"""What is right in a ladder file and still weak: `rung ladder check --strict`."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.errors import ContentError, Problem
from bot.ladder.load import parse_ladder
from bot.ladder.strict import parse_strictly
from bot.settings import ROOT
from tests.support.process import run

Part = dict[str, Any]


def statement(name: str, text: str, ask: str, sample: str) -> Part:
    return {"id": name, "text": text, "ask": ask, "sample": sample}


@pytest.fixture
def helps() -> Part:
    """A statement nobody could find fault with."""
    text, ask = "Helps one team.", "Did someone get moving because of you this week? Who?"
    return statement("junior-helps", text, ask, "Paired with Noor; she finished the import by herself.")


@pytest.fixture
def ships() -> Part:
    text, ask = "Delivers in small steps.", "Is something live this week that was a plan last week?"
    return statement("senior-ships", text, ask, "Cut the release in two; the first half went out on Monday.")


@pytest.fixture
def ladder(helps: Part, ships: Part) -> Part:
    """Two levels, two competencies, nothing wrong and nothing weak."""
    level = {"track": "ic", "band": "senior", "reach": "team"}
    return {
        "id": "small",
        "name": "Small",
        "version": "1",
        "summary": "One track.",
        "source": {"name": "Our handbook"},
        "tracks": [{"id": "ic", "name": "IC"}],
        "competencies": [
            {"id": "people", "name": "People", "tracks": ["ic"], "families": ["team"]},
            {"id": "delivery", "name": "Delivery", "tracks": ["ic"], "families": ["delivery"]},
        ],
        "levels": [
            {"id": "junior", "title": "Junior", "rank": 1, **level, "expects": {"people": [helps]}},
            {"id": "senior", "title": "Senior", "rank": 2, **level, "expects": {"delivery": [ships]}},
        ],
        "topics": [{"id": "growth", "title": "Growth", "text": "Grow.", "levels": ["senior"]}],
    }


def weak_spots(ladder: Part) -> list[Problem]:
    """All cells the ladder leaves out are empty."""
    for level in ladder["levels"]:
        level["expects"] = {"people": [], "delivery": [], **level["expects"]}
    text = yaml.safe_dump(ladder, sort_keys=False, allow_unicode=True)
    parse_ladder(text, "small.yaml")
    try:
        parse_strictly(text, "small.yaml")
    except ContentError as error:
        return list(error.problems)
    return []


def test_a_ladder_with_nothing_weak_is_in_order(ladder: Part) -> None:
    assert weak_spots(ladder) == []


@pytest.mark.parametrize("field", ["text", "ask", "sample"])
def test_two_statements_that_say_nearly_the_same_are_told(
    ladder: Part, helps: Part, ships: Part, field: str
) -> None:
    ships[field] = helps[field].replace("one team", "the one team").replace("import", "imports")
    problem = next(found for found in weak_spots(ladder) if "nearly the same" in found.message)
    assert "`junior-helps`" in problem.message
    assert problem.field.endswith(f"senior › expects › delivery › 1st statement › {field}")


def test_two_statements_of_one_cell_may_not_say_the_same_either(ladder: Part, helps: Part) -> None:
    ladder["levels"][0]["expects"]["people"].append({**helps, "id": "junior-aids"})
    assert len(weak_spots(ladder)) == 3


@pytest.mark.parametrize(
    "text", ["Helps several teams.", "Helps one team without being asked.", "Helps teams."]
)
def test_a_step_from_level_to_level_may_keep_the_wording(ladder: Part, ships: Part, text: str) -> None:
    ladder["levels"][1]["expects"] = {"people": [{**ships, "text": text}]}
    assert weak_spots(ladder) == []


def test_a_step_on_which_no_word_differs_is_told(ladder: Part, ships: Part) -> None:
    ladder["levels"][1]["expects"] = {"people": [{**ships, "text": "Helps one team!"}]}
    assert [problem.field.split(" › ")[-1] for problem in weak_spots(ladder)] == ["text"]


def test_a_question_that_only_repeats_its_expectation_is_told(ladder: Part, ships: Part) -> None:
    ships["ask"] = "Did you deliver something in small steps this week?"
    assert [problem.message for problem in weak_spots(ladder)] == [
        "only turns the expectation into a question"
    ]


def test_a_question_may_use_a_word_or_two_of_its_expectation(ladder: Part, ships: Part) -> None:
    ships["ask"] = "Did a small step this week save you a large one?"
    assert weak_spots(ladder) == []


@pytest.mark.parametrize(
    "sample",
    [
        "Helped to set up the hack day: rooms, themes, demos.",
        "Co-led the company's offsite on priorities with marketing and finance.",
        "Asked the platform team about rate limits, and used their middleware.",
        "Joined an interview and wrote it up the same afternoon, with examples.",
    ],
)
def test_a_sample_that_nothing_came_of_is_told(ladder: Part, ships: Part, sample: str) -> None:
    ships["sample"] = sample
    assert ["came of it" in problem.message for problem in weak_spots(ladder)] == [True]


@pytest.mark.parametrize(
    "sample",
    [
        "Set up the hack day; nine groups showed something.",
        "Cut our build from 14 to 6 minutes.",
        "Took the action on noisy alerts: nineteen down to four.",
        "Finance now asks me directly what a change to fees would take.",
        "Explained the outage, and they passed it on word for word.",
        "Brought the checklist to their team, so that both release alike.",
        "Put a review in place of the puzzle; interviewers agree far more often.",
        "Left the importer as it is. Priya (Mobile) dropped her rewrite too.",
    ],
)
def test_what_came_of_it_may_be_told_in_many_ways(ladder: Part, ships: Part, sample: str) -> None:
    ships["sample"] = sample
    assert weak_spots(ladder) == []


@pytest.mark.parametrize(("field", "word"), [("ask", "question"), ("sample", "sample")])
def test_an_expectation_without_question_or_sample_is_told(
    ladder: Part, ships: Part, field: str, word: str
) -> None:
    del ships[field]
    assert [problem.message for problem in weak_spots(ladder)] == [f"`senior-ships` has no {word}"]


def test_a_fact_is_never_asked_about_and_needs_no_question(ladder: Part) -> None:
    fact = {"id": "senior-reports", "text": "Has two to four reports.", "kind": "fact"}
    ladder["levels"][1]["expects"]["people"] = [fact]
    assert weak_spots(ladder) == []


@pytest.mark.parametrize("field", ["band", "reach"])
def test_a_level_that_general_questions_cannot_find_is_told(ladder: Part, field: str) -> None:
    del ladder["levels"][0][field]
    assert [problem.message for problem in weak_spots(ladder)] == [f"`junior` has no `{field}`"]


def test_a_competency_without_families_is_told(ladder: Part) -> None:
    del ladder["competencies"][1]["families"]
    assert [problem.message for problem in weak_spots(ladder)] == ["`delivery` has no `families`"]


def test_a_page_that_nothing_leads_to_is_told(ladder: Part) -> None:
    ladder["topics"].append({"id": "pay", "title": "How pay works", "text": "It does.", "aliases": ["money"]})
    assert [problem.message for problem in weak_spots(ladder)] == [
        "no level and no other page leads to `pay`"
    ]


@pytest.mark.parametrize(
    "text", ["See `/ladder guide pay`.", "`/ladder guide money`", "See “How pay works”."]
)
def test_a_page_may_be_reached_from_another_page(ladder: Part, text: str) -> None:
    ladder["topics"][0]["text"] = text
    ladder["topics"].append({"id": "pay", "title": "How pay works", "text": "It does.", "aliases": ["money"]})
    assert weak_spots(ladder) == []


def test_everything_weak_comes_at_once_in_the_order_of_the_file(ladder: Part, helps: Part) -> None:
    helps["sample"] = "Sat with the team."
    del helps["ask"], ladder["competencies"][0]["families"], ladder["levels"][1]["band"]
    found = weak_spots(ladder)
    assert len(found) == 4
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert all(problem.line and problem.field and problem.hint for problem in found)


def test_what_is_wrong_comes_before_what_is_weak(ladder: Part, helps: Part) -> None:
    del helps["ask"]
    ladder["topics"][0]["levels"] = ["seniro"]
    with pytest.raises(ContentError) as error:
        parse_strictly(yaml.safe_dump(ladder), "small.yaml")
    assert "no level `seniro`" in str(error.value)
    assert "no question" not in str(error.value)


async def test_the_shipped_ladders_are_strictly_in_order() -> None:
    code, out, err = await run("ladder", "check", "--strict")
    assert (code, err) == (0, "")
    assert "4 ladders are in order" in out


async def test_without_strict_a_weak_ladder_is_in_order(tmp_path: Path) -> None:
    ladders = shutil.copytree(ROOT / "ladders", tmp_path / "ladders")
    ai = (ladders / "ai.yaml").read_text(encoding="utf-8")
    weak = ai.replace("          ask: What did you build yourself this week?\n", "")
    assert weak != ai
    (ladders / "ai.yaml").write_text(weak, encoding="utf-8")
    assert (await run("ladder", "check", RUNG_LADDERS=str(ladders)))[0] == 0
    code, _, err = await run("ladder", "check", "--strict", RUNG_LADDERS=str(ladders))
    assert code == 1
    assert "ai.yaml:" in err
    assert "`tl-stays-hands-on` has no question" in err
