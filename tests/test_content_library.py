"""Content files that change while Rung runs."""

import os
from pathlib import Path

import pytest

from bot.content_library import Library
from bot.errors import ContentError, Problem


def parse(text: str, file: str) -> str:
    if "broken" in text:
        raise ContentError([Problem(file, 1, "", "is broken", "mend it")])
    return text.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "one.yaml", "first")
    return tmp_path


def write(path: Path, text: str) -> None:
    """Write a file as an editor would: its time moves on, even within one tick of the clock."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text)
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


def opened(folder: Path, **more: object) -> Library[str]:
    library = Library(folder, parse, **more)  # type: ignore[arg-type]
    library.refresh()
    return library


def test_a_changed_file_is_in_force_after_the_next_look(folder: Path) -> None:
    library = opened(folder)
    write(folder / "one.yaml", "second")
    assert library.refresh().kept == {"one": "second"}
    assert library.in_force == {"one": "second"}


def test_a_look_that_finds_nothing_new_keeps_the_very_same_content(folder: Path) -> None:
    library = opened(folder)
    before = library.in_force
    assert library.refresh().kept == {}
    assert library.in_force is before


def test_a_broken_file_leaves_the_last_good_in_force_and_is_told(folder: Path) -> None:
    library = opened(folder)
    write(folder / "one.yaml", "broken")
    library.refresh()
    assert library.in_force == {"one": "first"}
    assert [problem.message for problem in library.problems] == ["is broken"]


def test_a_mended_file_is_no_longer_told(folder: Path) -> None:
    library = opened(folder)
    write(folder / "one.yaml", "broken")
    library.refresh()
    write(folder / "one.yaml", "mended")
    library.refresh()
    assert (library.in_force, library.problems) == ({"one": "mended"}, ())


def test_a_removed_file_is_no_longer_in_force(folder: Path) -> None:
    library = opened(folder)
    (folder / "one.yaml").unlink()
    assert library.refresh().gone == ("one",)
    assert library.in_force == {}


def test_files_in_folders_are_named_by_their_path(folder: Path) -> None:
    (folder / "deep").mkdir()
    write(folder / "deep" / "two.yml", "two")
    assert opened(folder).in_force == {"deep/two": "two", "one": "first"}


def test_a_start_with_a_broken_file_runs_on_what_was_kept(folder: Path) -> None:
    write(folder / "one.yaml", "broken")
    library = opened(folder)
    assert library.in_force == {}
    library.restore({"one": "kept", "long gone": "old"})
    assert library.in_force == {"one": "kept"}
    assert library.problems


def test_what_was_kept_and_no_longer_fits_the_rules_does_not_count(folder: Path) -> None:
    write(folder / "one.yaml", "broken")
    library = opened(folder)
    library.restore({"one": "broken as well"})
    assert library.in_force == {}


def test_a_file_that_must_be_there_and_is_not_is_told_until_it_comes(folder: Path) -> None:
    library = opened(folder, must_have=["needed"])
    assert [problem.file for problem in library.problems] == ["needed.yaml"]
    write(folder / "needed.yaml", "here")
    library.refresh()
    assert library.problems == ()
