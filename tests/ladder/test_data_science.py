"""The data science ladder says what its source says: levels, responsibilities, pillars, situations."""

from pathlib import Path

import pytest

from bot.ladder.find import find_level
from bot.ladder.load import read_ladder
from bot.ladder.model import Ladder

LADDERS = Path(__file__).parents[2] / "ladders"

PILLARS_OF = {  # responsibility → pillars, as the source draws it
    "setting-direction": {"big-picture-thinking"},
    "mentorship-and-sponsorship": {"leveling-up"},
    "engineering-perspective": {"big-picture-thinking"},
    "exploration": {"execution"},
    "being-glue": {"execution", "leveling-up"},
}


@pytest.fixture(scope="module")
def science() -> Ladder:
    return read_ladder(LADDERS / "data-science.yaml")


def groups(ladder: Ladder, lens_id: str) -> dict[str, tuple[str, ...]]:
    (lens,) = [lens for lens in ladder.lenses if lens.id == lens_id]
    return {group.id: group.competencies for group in lens.groups}


def test_there_are_nine_levels_of_scientists_and_five_of_managers(science: Ladder) -> None:
    assert [(lv.id, lv.title) for lv in science.levels_of("ic")] == [
        ("intern", "Intern"),
        ("junior", "Junior Data Scientist"),
        ("mid", "Mid-level Data Scientist"),
        ("senior", "Senior Data Scientist"),
        ("staff", "Staff Data Scientist"),
        ("senior-staff", "Senior Staff Data Scientist"),
        ("principal", "Principal Data Scientist"),
        ("senior-principal", "Senior Principal Data Scientist"),
        ("distinguished", "Distinguished Data Scientist"),
    ]
    assert [(lv.id, lv.title) for lv in science.levels_of("m")] == [
        ("manager", "Data Science Manager"),
        ("senior-manager", "Senior Data Science Manager"),
        ("director", "Data Science Director"),
        ("senior-director", "Data Science Senior Director"),
        ("vp", "Vice President of Data Science"),
    ]


def test_staff_and_management_both_follow_senior(science: Ladder) -> None:
    assert science.below(science.levels["staff"]) == science.levels["senior"]
    assert science.below(science.levels["manager"]) == science.levels["senior"]


def test_no_level_is_set_beside_another_since_the_source_pairs_none(science: Ladder) -> None:
    assert not any(science.parallels(level) for level in science.levels.values())
    assert "sets no level beside another" in science.topics["where-staff-stands"].text


def test_only_staff_is_described_and_every_other_level_has_a_summary(science: Ladder) -> None:
    assert [lv.id for lv in science.levels.values() if lv.status == "described"] == ["staff"]
    assert all(level.summary for level in science.levels.values())


def test_the_cards_follow_the_five_responsibilities(science: Ladder) -> None:
    sections = [(group.name, len(members)) for group, members in science.sections_of("ic") if group]
    assert sections == [
        ("Setting technical direction", 3),
        ("Mentorship and sponsorship", 3),
        ("Providing engineering perspective", 2),
        ("Exploration", 2),
        ("Being glue", 2),
    ]
    assert len(science.competencies_of("ic")) == len(science.competencies) == 12


def test_each_responsibility_stands_under_its_pillars_and_glue_under_two(science: Ladder) -> None:
    pillars = groups(science, "three-pillars")
    assert set(pillars) == {"big-picture-thinking", "execution", "leveling-up"}
    for responsibility, members in groups(science, "five-responsibilities").items():
        for member in members:
            found = {pillar for pillar, held in pillars.items() if member in held}
            assert found == PILLARS_OF[responsibility], member


def test_staff_expects_as_much_as_the_source_says(science: Ladder) -> None:
    counts = {c.id: len(science.cell("staff", c.id).statements) for c in science.competencies_of("ic")}
    assert counts == {
        "framing": 7,
        "direction": 5,
        "long-view": 4,
        "growing-people": 4,
        "delegation": 3,
        "raising-the-bar": 4,
        "expert-voice": 5,
        "across-disciplines": 2,
        "new-ground": 4,
        "hard-problems": 5,
        "alignment": 3,
        "keeping-things-moving": 4,
    }


def test_what_only_research_asks_for_is_a_bonus(science: Ladder) -> None:
    bonuses = [statement.id for statement in science.statements() if statement.kind == "bonus"]
    assert bonuses == ["staff-research-community"]


def test_every_expectation_comes_with_a_question_and_an_entry_that_would_count(science: Ladder) -> None:
    for statement in science.statements():
        assert statement.id.startswith("staff-")
        assert (statement.ask or "").startswith("Did ")
        assert statement.sample


def test_the_guide_has_a_page_for_each_theme_of_the_source(science: Ladder) -> None:
    assert list(science.topics) == [
        "where-staff-stands",
        "clarity-and-pre-mortem",
        "job-descriptions",
        "staff-plus-say",
        "five-questions",
        "one-problem-three-desks",
        "responsibilities-and-pillars",
        "product-sense",
        "three-situations",
        "role-description",
        "promotions",
    ]


@pytest.mark.parametrize(("topic", "count"), [("five-questions", 5), ("three-situations", 3)])
def test_questions_and_situations_are_all_there(science: Ladder, topic: str, count: int) -> None:
    text = science.topics[topic].text
    numbers = [line[1] for line in text.splitlines() if line.startswith("*") and line[2:3] == "."]
    assert numbers == [str(number) for number in range(1, count + 1)]


def test_the_three_people_who_were_asked_are_named(science: Ladder) -> None:
    text = science.topics["staff-plus-say"].text
    assert all(name in text for name in ("Luam Totti", "Caique Lima", "Guilherme Peixoto"))


def test_the_step_from_senior_to_staff_has_its_guidance(science: Ladder) -> None:
    assert [(step.from_level, step.to_level) for step in science.guidance] == [("senior", "staff")]


@pytest.mark.parametrize(
    ("query", "level"),
    [
        ("jr data scientist", "junior"),
        ("sr. ds", "senior"),
        ("staff mle", "staff"),
        ("senior staff", "senior-staff"),
        ("sr principal ds", "senior-principal"),
        ("ds manager", "manager"),
        ("sr. ds manager", "senior-manager"),
        ("director of data science", "director"),
        ("senior director", "senior-director"),
        ("VP data science", "vp"),
    ],
)
def test_levels_are_found_the_way_people_write_them(science: Ladder, query: str, level: str) -> None:
    assert find_level(science, query).levels == (level,)


def test_the_source_is_named_and_the_words_are_ours(science: Ladder) -> None:
    assert science.source.name.startswith("Workshop on Staff+ expectations")
    assert all(word in science.source.note for word in ("Larson", "Reilly", "ours"))
