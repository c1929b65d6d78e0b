"""A programme that a company wrote itself: what its file may ask for is done."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT
from tests.programme.going import answer, asked, labels_of, newest, pass_days
from tests.support.workspace import Workspace, words_of

FIRST_WEEK = """\
name: First week
aliases: [onboarding]
summary: Two questions.
opening: For you alone.
steps:
  - id: hope
    day: 0
    title: A hope
    text: What do you hope for at {{ level }}, coming from {{ current }}?
  - id: read
    day: 0
    title: To read
    text: Read the handbook.
    answer: none
    then: Well read.
  - id: look-back
    day: 2
    title: Looking back
    text: Did it come true?
    shows: hope
closing: "{{ count }} answers."
"""


@pytest.fixture
def settings_more(tmp_path: Path) -> dict[str, Any]:
    prompts = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", prompts)
    (prompts / "programme" / "first-week.yaml").write_text(FIRST_WEEK, encoding="utf-8")
    return {"rung_prompts": prompts}


async def test_a_later_step_shows_what_was_written_in_an_earlier_one(team: Workspace) -> None:
    await team.type("/coach programme onboarding")
    await answer(team, "A hope", "To ask more")
    await pass_days(team, 2)
    shown = words_of(asked(team, "Looking back"))
    assert shown.index("What you wrote on day 0") < shown.index(">To ask more") < shown.index("Did it come")


async def test_levels_that_are_not_set_have_words_of_their_own(team: Workspace) -> None:
    await team.type("/coach programme first week")
    assert "at your next level, coming from your level now?" in words_of(newest(team))


async def test_a_step_without_a_question_goes_on_at_a_click(team: Workspace) -> None:
    await team.type("/coach programme first week")
    await answer(team, "A hope", "To ask more")
    assert labels_of(newest(team)) == ["Go on"]
    await team.click("Go on", place=team.dm())
    assert "Well read." in words_of(newest(team))
    await pass_days(team, 2)
    await answer(team, "Looking back", "It did")
    assert words_of(newest(team)).startswith("2 answers.")
