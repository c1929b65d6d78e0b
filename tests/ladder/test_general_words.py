"""Every shipped ladder says in general words what its levels and competencies are."""

from pathlib import Path

import pytest

from bot.ladder.load import read_ladder
from bot.ladder.model import Ladder

FOLDER = Path(__file__).parents[2] / "ladders"
FILES = sorted(FOLDER.glob("*.yaml"))
REACHES = ("me", "team", "teams", "organization", "outside")
BANDS = ("starting", "independent", "senior", "staff")


@pytest.fixture(scope="module", params=FILES, ids=[file.stem for file in FILES])
def ladder(request: pytest.FixtureRequest) -> Ladder:
    return read_ladder(request.param)


def test_every_described_level_has_a_band_and_a_reach(ladder: Ladder) -> None:
    described = [level for level in ladder.levels.values() if level.status == "described"]
    assert [level.id for level in described if not level.band or not level.reach] == []


def test_every_level_that_is_only_named_has_a_band(ladder: Ladder) -> None:
    assert [level.id for level in ladder.levels.values() if not level.band] == []


def test_every_competency_has_one_to_three_families_each_once(ladder: Ladder) -> None:
    for competency in ladder.competencies.values():
        families = competency.families
        assert 1 <= len(families) <= 3, competency.id
        assert len(set(families)) == len(families), competency.id


def test_reach_never_narrows_on_the_way_up_a_track(ladder: Ladder) -> None:
    for track in ladder.tracks:
        reaches = [REACHES.index(level.reach) for level in ladder.levels_of(track) if level.reach]
        assert reaches == sorted(reaches), track


def test_engineers_rise_through_the_bands_in_their_order(ladder: Ladder) -> None:
    bands = [BANDS.index(level.band) for level in ladder.levels_of("ic") if level.band in BANDS]
    assert bands == sorted(bands)
    assert len(bands) == len(ladder.levels_of("ic"))


def test_every_lens_can_be_laid_over_other_ladders(ladder: Ladder) -> None:
    groups = [group for lens in ladder.lenses for group in lens.groups]
    assert [group.id for group in groups if not group.families] == []
