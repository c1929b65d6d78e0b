"""The AI ladder says what its source says: levels, figures, gaps."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.ladder.load import read_ladder
from bot.ladder.model import CellState, Ladder

LADDERS = Path(__file__).parents[2] / "ladders"


@pytest.fixture(scope="module")
def ai() -> Ladder:
    return read_ladder(LADDERS / "ai.yaml")


def fact(ladder: Ladder, level: str, name: str) -> str:
    return next(fact.text for fact in ladder.levels[level].facts if fact.id == name)


def test_five_levels_of_engineers_stand_beside_five_of_leaders(ai: Ladder) -> None:
    assert [(lv.id, lv.title) for lv in ai.levels_of("ic")] == [
        ("l3", "Junior"),
        ("l4", "Mid"),
        ("l5", "Senior"),
        ("l6", "Staff"),
        ("l7", "Principal"),
    ]
    assert [(lv.id, lv.title) for lv in ai.levels_of("management")] == [
        ("tl", "Tech Lead"),
        ("em", "Engineering Manager"),
        ("sem", "Senior EM"),
        ("dir", "Director"),
        ("vp", "VP"),
    ]


def test_management_opens_at_senior(ai: Ladder) -> None:
    assert ai.tracks["management"].branches_from == "l5"
    assert ai.below(ai.levels["tl"]) == ai.levels["l5"]


def test_no_level_is_set_beside_another_since_the_source_sets_none(ai: Ladder) -> None:
    assert not any(ai.parallels(level) for level in ai.levels.values())


@pytest.mark.parametrize("level", ["l3", "l4", "l5", "l6", "l7"])
def test_an_engineers_level_has_project_differentiator_and_blocker(ai: Ladder, level: str) -> None:
    found = [fact.id for fact in ai.levels[level].facts]
    assert found == ["typical-project", "differentiator", "promotion-blocker"]


@pytest.mark.parametrize(
    ("level", "size"), [("tl", "0–3"), ("em", "5–8"), ("sem", "8–15"), ("dir", "15–40"), ("vp", "40+")]
)
def test_a_leaders_level_has_its_team_size_and_key_focus(ai: Ladder, level: str, size: str) -> None:
    assert fact(ai, level, "team-size").startswith(f"{size} reports")
    assert fact(ai, level, "key-focus")


def test_the_reach_grows_from_tasks_to_the_company(ai: Ladder) -> None:
    scopes = [level.scope for level in ai.levels_of("ic")]
    assert scopes == ["Tasks", "Features", "Systems", "The organisation", "The company"]


@pytest.mark.parametrize(
    ("level", "counts"),
    [
        ("l3", [3, 0, 2, 0]),
        ("l4", [2, 1, 0, 0]),
        ("l5", [1, 2, 3, 1]),
        ("l6", [2, 3, 2, 1]),
        ("l7", [0, 1, 2, 1]),
        ("tl", [2, 1, 1, 0]),
        ("em", [0, 3, 1, 1]),
        ("sem", [0, 0, 1, 2]),
        ("dir", [0, 2, 1, 1]),
        ("vp", [0, 1, 1, 2]),
    ],
)
def test_each_level_expects_as_much_as_its_source_says(ai: Ladder, level: str, counts: list[int]) -> None:
    competencies = ai.competencies_of(ai.levels[level].track)
    assert [len(ai.cell(level, c.id).statements) for c in competencies] == counts


def test_what_a_mid_level_engineer_does_not_add_is_still_expected_from_junior(ai: Ladder) -> None:
    assert ai.cell("l4", "influence").still_from == "l3"


def test_whether_managers_go_on_setting_technical_direction_is_left_open(ai: Ladder) -> None:
    states = {ai.cell(level, "technical-direction").state for level in ("em", "sem", "dir", "vp")}
    assert states == {CellState.UNDEFINED}


def test_every_expectation_comes_with_a_question_and_an_entry_that_would_count(ai: Ladder) -> None:
    statements = list(ai.statements())
    assert all(statement.ask and statement.sample for statement in statements)
    assert all(statement.id.startswith(f"{statement.level}-") for statement in statements)


def test_four_bridges_and_two_blockers_lie_between_senior_and_staff(ai: Ladder) -> None:
    (step,) = [g for g in ai.guidance if (g.from_level, g.to_level) == ("l5", "l6")]
    kinds = [point.title.split(":")[0] for point in step.points]
    assert kinds == ["Bridge 1", "Bridge 2", "Bridge 3", "Bridge 4", "Blocker", "Blocker"]
    assert all(figure in step.points[3].text for figure in ("40 %", "$200K", "2x"))


def test_every_step_has_its_guidance(ai: Ladder) -> None:
    steps = {(g.from_level, g.to_level) for g in ai.guidance}
    below = {level.id: ai.below(level) for level in ai.levels.values()}
    assert steps == {(before.id, level) for level, before in below.items() if before}


def test_the_guide_has_a_page_for_each_theme_of_the_source(ai: Ladder) -> None:
    assert list(ai.topics) == [
        "scope",
        "blockers",
        "fork-at-senior",
        "senior-to-staff",
        "ai-and-software-ladders",
        "career-patterns",
        "companies",
        "ic-or-manager",
        "tech-lead-as-a-trial",
        "business-framing",
        "promotions",
        "promotion-strategy",
        "five-years",
        "after-a-no",
        "trajectory",
    ]


def test_abbreviations_are_explained(ai: Ladder) -> None:
    explained = {term.name for term in ai.terms}
    assert {"ML", "MLE", "NLP", "CV", "RecSys", "TLM", "AUC", "IC", "EM"} <= explained


def test_the_source_is_named_and_the_words_are_ours(ai: Ladder) -> None:
    assert ai.source.name == "Career Ladders in AI - Plan Your Trajectory"
    assert "EngineersOfAI" in ai.source.note
    assert "ours" in ai.source.note


def test_an_editor_finds_nothing_wrong_with_the_file() -> None:
    schema = json.loads((LADDERS / "schema.json").read_text(encoding="utf-8"))
    content = yaml.safe_load((LADDERS / "ai.yaml").read_text(encoding="utf-8"))
    assert Draft202012Validator(schema).is_valid(content)
