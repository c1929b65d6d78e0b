"""The weekly questions and those for a 1:1 are varied, short and kind, and there are some for everyone."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations, product
from typing import Any, get_args

import pytest
import yaml
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from bot.ladder.model import Band, Family, Reach
from bot.settings import ROOT

Question = Mapping[str, Any]

BANDS, FAMILIES = get_args(Band), get_args(Family)
LONGEST = 300
LONGEST_FRAME = 170  # the ladder's own question stands inside it
AT_LEAST = {  # of the weekly questions
    "open": 8,
    "learning": 6,
    "people": 6,
    "quiet-work": 6,
    "looking-back": 6,
    "chose-not-to": 5,
    "handed-over": 5,
    "reframe": 5,
    "pre-mortem": 4,
    "expectation": 14,
}
SIDES, OCCASIONS = ("engineer", "manager"), ("first", "after-leave", "before-review", "after-a-no")
PLACEHOLDERS = {  # what a question of this kind, or for this side, may leave to be filled in
    "expectation": {"ask", "level", "competency"},
    "reframe": {"level"},
    "manager": {"name"},
}
UNKIND = re.compile(
    r"\b(?:you forgot|you should|should have|failed? to|lack\w*|missing|weak\w*|you haven't|why didn't|"
    r"not enough|on a scale|your goals|how are things|areas? for (?:growth|improvement)|going forward)\b",
    re.IGNORECASE,
)
A_TIME = re.compile(r"\b(?:weeks?|months?|quarter|years?|lately|now|tonight)\b")
LARGEST_SHARE = 0.12  # of the questions of a file may begin with the same two words
TOO_ALIKE = 90


def read(name: str) -> list[Question]:
    text = (ROOT / "prompts" / name / "questions.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["questions"])


NUDGES, ONEONONES = read("nudge"), read("oneonone")
FRAMES = [nudge for nudge in NUDGES if nudge["kind"] == "expectation"]
WITH_PLACEHOLDERS = [question for question in [*NUDGES, *ONEONONES] if re.search(r"[{}]", question["ask"])]
of_a_file = pytest.mark.parametrize("questions", [NUDGES, ONEONONES], ids=["nudge", "oneonone"])


def suits(question: Question, band: str) -> bool:
    return band in question.get("bands", BANDS)


def made_for(question: Question, bands: set[str]) -> bool:
    """Marked for these bands and hardly any other."""
    return bool(bands & set(question.get("bands", ()))) and len(question["bands"]) <= 3


def ids_of(questions: list[Question], wrong: Callable[[str], bool]) -> list[str]:
    return [question["id"] for question in questions if wrong(question["ask"])]


def chosen(questions: list[Question], **wanted: str) -> list[Question]:
    """Those that hold each of the wanted values; a 1:1 is a usual one unless a question says otherwise."""
    return [q for q in questions if {"when": "usual", **q}.items() >= wanted.items()]


@of_a_file
def test_a_question_is_short_and_asks_one_thing(questions: list[Question]) -> None:
    assert ids_of(questions, lambda ask: "?" not in ask.replace("{{ ask }}", "?")) == []
    assert ids_of(questions, lambda ask: ask.count("?") > 2 or "\n" in ask or len(ask) > LONGEST) == []


@of_a_file
def test_a_question_blames_nobody_and_sounds_like_no_form(questions: list[Question]) -> None:
    assert ids_of(questions, lambda ask: UNKIND.search(ask) is not None) == []


@pytest.mark.parametrize("question", WITH_PLACEHOLDERS, ids=lambda question: question["id"])
def test_a_question_leaves_only_what_is_known_to_be_filled_in(question: Question) -> None:
    named = re.findall(r"\{\{ (\w+) \}\}", question["ask"])
    assert set(named) <= PLACEHOLDERS.get(question.get("kind") or question["for"], set())
    assert len(re.findall(r"[{}]", question["ask"])) == 4 * len(named)


@of_a_file
@pytest.mark.parametrize(
    ("key", "known"), [("bands", BANDS), ("families", FAMILIES), ("reach", get_args(Reach))]
)
def test_a_question_is_marked_in_the_general_words(
    questions: list[Question], key: str, known: tuple[str, ...]
) -> None:
    marks = [question[key] for question in questions if key in question]
    assert [mark for mark in marks if not set(mark) <= set(known) or len(set(mark)) != len(mark)] == []
    assert [] not in marks


@of_a_file
def test_ids_are_plain_and_none_stands_twice(questions: list[Question]) -> None:
    counts = Counter(question["id"] for question in questions)
    assert [name for name, count in counts.items() if count > 1] == []
    assert [name for name in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


@of_a_file
def test_no_two_questions_are_nearly_the_same(questions: list[Question]) -> None:
    texts = [default_process(re.sub(r"\{\{ \w+ \}\}", "", question["ask"])) for question in questions]
    alike = [two for two in combinations(texts, 2) if fuzz.token_set_ratio(*two) >= TOO_ALIKE]
    assert alike == []


@of_a_file
def test_questions_begin_in_many_ways(questions: list[Question]) -> None:
    openings = Counter(" ".join(re.findall(r"[\w’']+", question["ask"])[:2]) for question in questions)
    assert {words for words, count in openings.items() if count > LARGEST_SHARE * len(questions)} == set()


@pytest.mark.parametrize(("kind", "least"), list(AT_LEAST.items()))
def test_there_are_weekly_questions_of_each_kind(kind: str, least: int) -> None:
    assert len(chosen(NUDGES, kind=kind)) >= least


def test_there_are_sixty_weekly_questions_and_of_known_kinds() -> None:
    assert len(NUDGES) >= 60
    assert {nudge["kind"] for nudge in NUDGES} == AT_LEAST.keys()


@pytest.mark.parametrize(("kind", "band"), list(product(AT_LEAST, BANDS)))
def test_each_kind_has_some_for_each_band(kind: str, band: str) -> None:
    assert sum(suits(nudge, band) for nudge in chosen(NUDGES, kind=kind)) >= 2


@pytest.mark.parametrize("kind", [kind for kind in AT_LEAST if kind != "expectation"])
@pytest.mark.parametrize(
    "bands", [{"starting"}, {"manager", "director"}], ids=["the first levels", "managers"]
)
def test_each_kind_has_one_made_for(bands: set[str], kind: str) -> None:
    assert any(made_for(nudge, bands) for nudge in chosen(NUDGES, kind=kind))


@pytest.mark.parametrize("family", FAMILIES)
def test_some_weekly_questions_bring_evidence_for_each_family(family: str) -> None:
    assert sum(family in nudge.get("families", ()) for nudge in NUDGES) >= 5


def test_one_looks_back_over_a_month_or_a_quarter() -> None:
    periods = Counter(nudge["every"] for nudge in NUDGES if nudge["kind"] == "looking-back")
    assert periods.keys() == {"month", "quarter"}
    assert min(periods.values()) >= 3
    assert {nudge["kind"] for nudge in NUDGES if "every" in nudge} == {"looking-back"}


def test_a_weekly_question_says_about_when() -> None:
    others = [nudge for nudge in NUDGES if nudge not in FRAMES]
    assert ids_of(others, lambda ask: A_TIME.search(ask) is None) == []


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame["id"])
def test_a_frame_holds_the_question_once_and_begins_with_the_point(frame: Question) -> None:
    assert frame["ask"].count("{{ ask }}") == 1
    assert len(frame["ask"]) <= LONGEST_FRAME
    assert re.match(r"\*[^*]+[?:.]\*", frame["ask"])
    assert re.search(r"[.?:]\*? \{\{ ask \}\}(?: [A-Z]|$)", frame["ask"])  # a sentence of its own


def test_some_frames_name_no_level() -> None:
    assert sum("{{ level }}" not in frame["ask"] for frame in FRAMES) >= 7


def test_there_are_ninety_questions_for_one_to_ones() -> None:
    assert len(ONEONONES) >= 90


@pytest.mark.parametrize(("side", "family", "band"), list(product(SIDES, FAMILIES, BANDS)))
def test_each_side_has_two_for_each_family_and_band(side: str, family: str, band: str) -> None:
    usual = [q for q in chosen(ONEONONES, **{"for": side, "when": "usual"}) if suits(q, band)]
    fitting = [question["ask"] for question in usual if family in question.get("families", ())]
    assert len(fitting) >= 2
    assert any("{{ name }}" not in ask for ask in fitting)  # one can be asked of nobody in particular


@pytest.mark.parametrize(("side", "when"), list(product(SIDES, OCCASIONS)))
def test_each_side_has_five_for_each_occasion_at_any_level(side: str, when: str) -> None:
    on_occasion = chosen(ONEONONES, **{"for": side, "when": when})
    assert sum("bands" not in question for question in on_occasion) >= 5


def test_only_the_usual_ones_name_families() -> None:
    assert {q.get("when", "usual") for q in ONEONONES if "families" in q} == {"usual"}
    assert {q.get("when") for q in ONEONONES} == {None, *OCCASIONS}
