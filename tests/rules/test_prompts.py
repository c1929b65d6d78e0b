"""The shipped questions reach everyone: enough of each kind, for every side, band and family."""

from collections import Counter
from itertools import product
from typing import get_args

from bot.contents import open_prompts
from bot.ladder.marks import Profile
from bot.ladder.model import Band, Family, Reach
from bot.nudge.model import Kind
from bot.oneonone.model import Occasion, Side, questions_for
from bot.settings import ROOT

PROMPTS = open_prompts(ROOT / "prompts")
# How far the work of a band is felt at the least, so that nothing narrower is asked of the questions here.
REACH: dict[Band, Reach] = {
    "starting": "me",
    "independent": "team",
    "senior": "team",
    "staff": "teams",
    "manager": "team",
    "director": "teams",
}


def test_there_are_forty_weekly_questions_of_every_kind_and_fourteen_frames() -> None:
    kinds = Counter(question.kind for question in PROMPTS.weekly_questions)
    assert kinds.keys() == set(get_args(Kind))
    assert kinds["expectation"] >= 14
    assert kinds.total() - kinds["expectation"] >= 40


def test_every_band_has_twelve_weekly_questions_beside_the_frames() -> None:
    """So that none has to come back within twelve weeks."""
    for band, reach in REACH.items():
        profile = Profile(band, reach, frozenset())
        suiting = [question for question in PROMPTS.weekly_questions if question.suits(profile)]
        assert sum(question.kind != "expectation" for question in suiting) >= 12, band


def test_both_sides_have_two_questions_for_every_family_in_every_band() -> None:
    for side, band, family in product(get_args(Side), get_args(Band), get_args(Family)):
        profile = Profile(band, None, frozenset({family}))
        found = questions_for(PROMPTS.oneonone_questions, side, "usual", profile)
        assert sum(family in question.families for question in found) >= 2, (side, band, family)


def test_both_sides_have_five_questions_for_every_occasion() -> None:
    for side, when, band in product(get_args(Side), get_args(Occasion), get_args(Band)):
        profile = Profile(band, None, frozenset())
        assert len(questions_for(PROMPTS.oneonone_questions, side, when, profile)) >= 5, (side, when, band)


def test_every_band_has_a_problem_to_practice_on() -> None:
    problems = [problem for one in PROMPTS.programmes_by_id.values() for problem in one.problems]
    for band in get_args(Band):
        assert any(problem.suits(Profile(band, None, frozenset())) for problem in problems), band


def test_no_two_programmes_go_by_one_name() -> None:
    names = Counter(
        name.casefold()
        for programme in PROMPTS.programmes_by_id.values()
        for name in {programme.id, programme.id.replace("-", " "), programme.name.lower(), *programme.aliases}
    )
    assert [name for name, count in names.items() if count > 1] == []
