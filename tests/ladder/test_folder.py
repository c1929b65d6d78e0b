"""Ladder files in a folder: encodings, names, one broken among others."""

from pathlib import Path

import pytest

from bot.contents import open_ladders
from bot.errors import ContentError
from bot.ladder.load import read_ladder
from tests.ladder.test_load import SMALL
from tests.support.process import run


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8-sig")
    assert read_ladder(tmp_path / "small.yaml").id == "small"


def test_a_file_in_another_encoding_is_said_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_bytes(SMALL.replace("Asks", "Äsks").encode("latin-1"))
    with pytest.raises(ContentError) as caught:
        read_ladder(tmp_path / "small.yaml")
    assert (caught.value.problems[0].line, caught.value.problems[0].message) == (18, "this is not UTF-8")


def test_a_file_of_more_than_two_megabytes_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL + "#" * 2_000_000)
    with pytest.raises(ContentError, match="larger than 2,000,000 bytes"):
        read_ladder(tmp_path / "small.yaml")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_ladder(tmp_path / "small.yaml")


def test_a_file_is_called_like_its_ladder(tmp_path: Path) -> None:
    (tmp_path / "smal.yaml").write_text(SMALL)
    with pytest.raises(ContentError, match=r"call the file `small.yaml`"):
        read_ladder(tmp_path / "smal.yaml")


def test_the_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL)
    (tmp_path / "a.yaml").write_text("- a")
    (tmp_path / "b.yml").write_text("")
    assert [Path(p.file).name for p in open_ladders(tmp_path).problems] == ["a.yaml", "b.yml"]


def test_a_broken_file_leaves_the_others_usable(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL)
    (tmp_path / "a.yaml").write_text("- a")
    (tmp_path / ".#small.yaml").write_text("left by an editor")
    ladders = open_ladders(tmp_path)
    assert (set(ladders.in_force), ladders.broken) == ({"small"}, frozenset({"a"}))


def test_two_files_cannot_hold_one_ladder(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL)
    (tmp_path / "small.yml").write_text(SMALL)
    ladders = open_ladders(tmp_path)
    assert [(p.file, p.message) for p in ladders.problems] == [
        ("small.yml", "small.yaml holds `small` already")
    ]
    (tmp_path / "small.yml").unlink()
    ladders.refresh()
    assert (set(ladders.in_force), ladders.problems) == ({"small"}, ())


async def test_a_folder_without_ladders_is_a_problem(tmp_path: Path) -> None:
    code, _, err = await run("ladder", "check", RUNG_LADDERS=str(tmp_path))
    assert code == 1
    assert "no ladder in this folder" in err
