"""What is told to authors and editors about ladder files is true."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from bot.contents import open_ladders
from bot.ladder.file import describe_schema
from bot.ladder.load import parse_ladder

LADDERS = Path(__file__).parents[2] / "ladders"


def test_the_schema_for_editors_is_up_to_date() -> None:
    assert (LADDERS / "schema.json").read_text(encoding="utf-8") == describe_schema()


def test_the_schema_accepts_a_ladder_and_refuses_a_misspelt_key() -> None:
    validator = Draft202012Validator(json.loads(describe_schema()))
    small: dict[str, object] = {
        "id": "small",
        "name": "Small",
        "version": "1",
        "summary": "One.",
        "source": {"name": "Rung"},
        "tracks": [{"id": "ic", "name": "IC"}],
        "levels": [
            {"id": "junior", "title": "Junior", "track": "ic", "rank": 1, "expects": {"craft": "undefined"}}
        ],
    }
    assert validator.is_valid(small)
    assert not validator.is_valid(small | {"nmae": "Small"})


def test_the_smallest_ladder_of_the_readme_works() -> None:
    readme = (LADDERS / "README.md").read_text(encoding="utf-8")
    example = readme.split("## The smallest file that works")[1].split("```yaml\n")[1].split("```")[0]
    assert parse_ladder(example, "small.yaml").id == "small"


def test_the_ladders_that_come_with_rung_are_sound() -> None:
    assert {"ai", "artsy"} <= open_ladders(LADDERS).in_force.keys()
