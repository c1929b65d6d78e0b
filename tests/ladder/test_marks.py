"""Whom a question suits, by what its ladder says of a level in general words."""

import pytest

from bot.ladder.load import parse_ladder
from bot.ladder.marks import Marked, Profile, describe, suiting
from tests.ladder.test_load import SMALL

STAFF = Profile("staff", "teams", frozenset({"craft", "direction"}))
SILENT = Profile(None, None, frozenset())


@pytest.mark.parametrize(
    ("marked", "suits"),
    [
        (Marked(), True),
        (Marked(bands=("senior", "staff")), True),
        (Marked(bands=("senior",)), False),
        (Marked(families=("craft", "team")), True),
        (Marked(families=("team",)), False),
        (Marked(reach=("team", "teams")), True),
        (Marked(reach=("me",)), True),
        (Marked(reach=("teams",)), True),
        (Marked(reach=("organization", "outside")), False),
        (Marked(bands=("staff",), families=("team",)), False),
    ],
)
def test_a_question_suits_by_band_by_the_families_of_the_track_and_within_reach(
    marked: Marked, suits: bool
) -> None:
    assert marked.suits(STAFF) is suits


def test_where_the_ladder_is_silent_families_and_reach_exclude_nothing_and_a_band_does() -> None:
    assert Marked(families=("team",), reach=("outside",)).suits(SILENT)
    assert not Marked(bands=("senior",)).suits(SILENT)


def test_without_a_level_everything_suits() -> None:
    everything = [Marked(bands=("senior",)), Marked(families=("team",))]
    assert suiting(everything, None) == everything
    assert suiting(everything, STAFF) == []


def test_a_level_is_described_by_its_own_band_and_reach_and_the_families_of_its_track() -> None:
    text = SMALL.replace("tracks: [ic] }", "tracks: [ic], families: [communication] }")
    text = text.replace("    rank: 2", "    rank: 2\n    band: senior\n    reach: team", 1)
    ladder = parse_ladder(text, "small.yaml")
    top = max(ladder.levels.values(), key=lambda level: level.rank)
    assert describe(ladder, top) == Profile("senior", "team", frozenset({"communication"}))
