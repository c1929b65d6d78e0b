"""The ladders and prompts are in our own words: no eight in a row stand in a source."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import ROOT
from tests.rules.fingerprint import fingerprint, read_fingerprints, runs_of, write_fingerprints

FILES = sorted(
    path.relative_to(ROOT) for folder in ("ladders", "prompts") for path in (ROOT / folder).rglob("*.yaml")
)


@pytest.fixture(scope="module")
def sources() -> frozenset[bytes]:
    return read_fingerprints()


@pytest.mark.parametrize("file", FILES, ids=str)
def test_no_eight_words_in_a_row_stand_in_a_source(file: Path, sources: frozenset[bytes]) -> None:
    texts = texts_of(yaml.safe_load((ROOT / file).read_text(encoding="utf-8")))
    borrowed = {run for text in texts for run in runs_of(text) if fingerprint(run) in sources}
    assert borrowed == set()


def test_the_fingerprints_are_those_of_whole_documents(sources: frozenset[bytes]) -> None:
    assert len(sources) > 10_000


def test_eight_words_of_a_source_are_noticed_and_seven_are_not(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_text("One two three, four five six seven eight nine!", encoding="utf-8")
    write_fingerprints(tmp_path, tmp_path / "kept")
    kept = read_fingerprints(tmp_path / "kept")
    noticed = [
        run for run in runs_of("zero TWO three four five six seven eight’ nine") if fingerprint(run) in kept
    ]
    assert noticed == ["two three four five six seven eight nine"]
    assert not any(fingerprint(run) in kept for run in runs_of("two three four five six seven eight ten"))


def texts_of(part: Any) -> Iterator[str]:
    """Every text in a file, each by itself."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts_of(value)
    elif isinstance(part, list):
        for item in part:
            yield from texts_of(item)
