"""How promotions work: what the company wrote, and plainly what nobody wrote."""

from pathlib import Path
from typing import Any

import pytest

from tests.ladder.folder import edit
from tests.support.workspace import Workspace

SHIPPED = ("ai", "artsy", "data-science", "escrowtab-ml")
QUESTIONS = {
    "when": "When in the year is it decided",
    "who_decides": "Who decides, and whose opinion",
    "what_to_bring": "What would you need from me in writing",
    "appeal": "If it is a no, who explains it",
}


@pytest.mark.parametrize("ladder", SHIPPED)
async def test_every_ladder_has_the_page_and_asks_what_is_not_written(
    workspace: Workspace, ladder: str
) -> None:
    await workspace.type(f"/ladder use {ladder}")
    assert "*How promotions work*" in await workspace.type("/ladder guide")
    for typed in ("promotions", "promotion", "how promotions work", "promotoins"):
        said = await workspace.type(f"/ladder guide {typed}")
        assert said.startswith("How promotions work"), typed
        assert "Your manager should know" in said
        assert all(question in said for question in QUESTIONS.values())


@pytest.mark.parametrize("written", QUESTIONS)
async def test_what_a_company_fills_in_is_shown_and_no_longer_asked(
    workspace: Workspace, ladders: Path, written: str
) -> None:
    edit(ladders, lambda ladder: ladder.update(promotions={written: "As the handbook says <here>."}))
    await workspace.rung.look_at_files()
    said = await workspace.type("/ladder guide promotions")
    assert "As the handbook says &lt;here&gt;." in said
    assert [key for key, question in QUESTIONS.items() if question not in said] == [written]


async def test_when_all_is_written_nobody_has_to_be_asked(workspace: Workspace, ladders: Path) -> None:
    edit(ladders, lambda ladder: ladder.update(promotions=dict.fromkeys(QUESTIONS, "In April.")))
    await workspace.rung.look_at_files()
    said = await workspace.type("/ladder guide promotions")
    assert said.count("In April.") == len(QUESTIONS)
    assert "Your manager should know" not in said


@pytest.mark.parametrize(
    ("promotions", "first"), [({}, "does not say how promotions work"), ({"when": "In May."}, "stands below")]
)
async def test_a_ladder_without_such_a_page_gets_one(
    workspace: Workspace, ladders: Path, promotions: dict[str, Any], first: str
) -> None:
    def strip(ladder: dict[str, Any]) -> None:
        ladder["topics"] = [topic for topic in ladder["topics"] if topic["id"] != "promotions"]
        ladder["promotions"] = promotions

    edit(ladders, strip)
    await workspace.rung.look_at_files()
    assert first in await workspace.type("/ladder guide promotions")
    assert "*How promotions work*" in await workspace.type("/ladder guide")
