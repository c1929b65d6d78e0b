"""The EscrowTab ladder says what its source says: one level, five pillars, 47 behaviors in their cells."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.ladder.find import find_level
from bot.ladder.load import read_ladder
from bot.ladder.model import Ladder

LADDERS = Path(__file__).parents[2] / "ladders"
BEHAVIORS = {
    "Results": {"Impact": 4, "Ownership": 3, "Decision making": 3},
    "Direction": {"Agility": 2, "Innovation": 2, "Strategy": 2},
    "Talent": {"Personal growth": 3, "Hiring": 2, "Talent development": 3},
    "Culture": {"Collaboration": 4, "Organizational health": 3, "Communication": 3},
    "Craft": {"ML fluency": 3, "ML design": 4, "Code fluency": 3, "Software design": 3},
}


@pytest.fixture(scope="module")
def escrowtab() -> Ladder:
    return read_ladder(LADDERS / "escrowtab-ml.yaml")


def test_it_describes_one_level_and_claims_no_other(escrowtab: Ladder) -> None:
    assert [(lv.id, lv.title, lv.status) for lv in escrowtab.levels.values()] == [
        ("ic3", "Machine Learning Engineer", "described")
    ]
    assert escrowtab.guidance == ()


@pytest.mark.parametrize(
    "typed",
    ["ic3", "IC3 Machine Learning Engineer", "machine learning engineer", "MLE", "ml engineer", "MLE 3"],
)
def test_the_level_is_found_as_people_call_it(escrowtab: Ladder, typed: str) -> None:
    assert find_level(escrowtab, typed).levels == ("ic3",)


def test_each_behavior_stands_in_the_cell_of_the_source(escrowtab: Ladder) -> None:
    found = {
        group.name: {c.name: len(escrowtab.cell("ic3", c.id).statements) for c in competencies}
        for group, competencies in escrowtab.sections_of("ic")
        if group
    }
    assert found == BEHAVIORS
    assert [list(cells) for cells in found.values()] == [list(cells) for cells in BEHAVIORS.values()]


def test_there_are_sixteen_responsibilities_and_47_behaviors(escrowtab: Ladder) -> None:
    assert len(escrowtab.competencies) == 16
    assert len(list(escrowtab.statements())) == 47


def test_scope_reach_and_levers_are_told_as_facts(escrowtab: Ladder) -> None:
    facts = escrowtab.levels["ic3"].facts
    assert [fact.label for fact in facts] == ["Scope", "Scope", "Reach", "Levers", "Levers", "Levers"]
    levers = [fact.text.split(":")[0] for fact in facts if fact.label == "Levers"]
    assert levers == ["Project leadership", "Product expertise", "Mentorship"]


def test_craft_alone_is_bound_to_a_discipline(escrowtab: Ladder) -> None:
    bound = {c.id: c.discipline for c in escrowtab.competencies.values() if c.discipline}
    assert bound == {
        "ml-fluency": "Machine learning",
        "ml-design": "Machine learning",
        "code-fluency": "Software",
        "software-design": "Software",
    }


def test_every_expectation_comes_with_a_question_and_an_entry_that_would_count(escrowtab: Ladder) -> None:
    statements = list(escrowtab.statements())
    assert all(statement.ask and statement.sample for statement in statements)
    assert all(statement.kind == "expectation" for statement in statements)
    assert all(statement.id.startswith("ic3-") for statement in statements)


def test_a_question_asks_about_these_weeks_and_is_no_second_telling(escrowtab: Ladder) -> None:
    asks = [statement.ask or "" for statement in escrowtab.statements()]
    assert all("this week" in ask or "this month" in ask for ask in asks)
    assert len(set(asks)) == len(asks)
    assert not any(word in ask for ask in asks for word in ("fail", "mistake", "missing", "lack", "should"))


def test_the_lifecycle_is_explained_with_its_stages(escrowtab: Ladder) -> None:
    terms = {term.name: term.text for term in escrowtab.terms}
    assert {"ML development lifecycle", "ML", "CV", "NLP", "RL"} <= terms.keys()
    stages = ("task", "data", "features", "model", "online", "service", "again")
    assert all(stage in terms["ML development lifecycle"] for stage in stages)


def test_the_guide_says_that_only_one_level_is_described(escrowtab: Ladder) -> None:
    assert list(escrowtab.topics) == [
        "what-is-here",
        "five-pillars",
        "craft-and-discipline",
        "scope-reach-levers",
        "promotions",
    ]
    assert "single rung" in escrowtab.topics["what-is-here"].text


def test_the_source_is_named_and_the_words_are_ours(escrowtab: Ladder) -> None:
    assert escrowtab.source.name == "EscrowTab Engineering Career Framework"
    assert escrowtab.source.url == ""
    assert "EscrowTab's, the words are ours" in escrowtab.source.note


def test_an_editor_finds_nothing_wrong_with_the_file() -> None:
    schema = json.loads((LADDERS / "schema.json").read_text(encoding="utf-8"))
    content = yaml.safe_load((LADDERS / "escrowtab-ml.yaml").read_text(encoding="utf-8"))
    assert Draft202012Validator(schema).is_valid(content)
