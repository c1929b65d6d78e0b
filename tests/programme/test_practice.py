"""A career problem: one's own answer first, then a hint, one's place on the rubric, the model answer."""

from __future__ import annotations

from tests.programme.going import answer, labels_of, newest
from tests.support.workspace import Workspace, words_of

SLOW = "The ticket that says “slow”"


async def begin(team: Workspace, level: str = "ic3") -> None:
    await team.type(f"/ladder target {level}")
    await team.type("/coach programme practice")


async def test_a_problem_suits_the_level_one_aims_for(team: Workspace) -> None:
    await begin(team)
    assert SLOW in words_of(newest(team))


async def test_hint_and_model_answer_wait_for_ones_own(team: Workspace) -> None:
    await begin(team)
    problem = newest(team)
    assert labels_of(problem) == ["Answer"]
    await answer(team, SLOW, "Ask Theo who is waiting")
    assert labels_of(team.thread(problem.ts)[-1]) == ["A hint", "Place my answer"]


async def test_a_problem_from_the_answer_to_the_model_answer(team: Workspace) -> None:
    await begin(team)
    problem = newest(team)
    await answer(team, SLOW, "Ask Theo who is waiting")
    await team.click("A hint", place=team.dm())
    assert "fast enough" in words_of(team.thread(problem.ts)[-1])
    await team.click("Place my answer", place=team.dm())
    assert "Waits, or disappears" in words_of(team.thread(problem.ts)[-1])
    await team.click("3. Measures first", place=team.dm())
    model = words_of(team.thread(problem.ts)[-1])
    assert "You placed it at “Measures first”" in model
    assert "First morning: whom is it slow for?" in model
    assert "That's the problem done." in words_of(newest(team))


async def test_another_problem_is_another_one(team: Workspace) -> None:
    await begin(team)
    await answer(team, SLOW, "Ask Theo who is waiting")
    await team.click("Place my answer", place=team.dm())
    await team.click("3. Measures first", place=team.dm())
    await team.click("Another problem", place=team.dm())
    assert SLOW not in words_of(newest(team))
    assert labels_of(newest(team)) == ["Answer"]


async def test_what_one_adds_after_the_hint_can_be_kept_beside_the_first(team: Workspace) -> None:
    await begin(team)
    problem = newest(team)
    await answer(team, SLOW, "Ask Theo who is waiting")
    await answer(team, SLOW, "And trace one customer")
    await team.click("Keep both", place=team.dm())
    shown = words_of(team.message(problem.ts))
    assert shown.index("Ask Theo") < shown.index("trace one customer")


async def test_what_one_writes_after_the_model_answer_is_kept_and_offers_no_hint(team: Workspace) -> None:
    await begin(team)
    problem = newest(team)
    await answer(team, SLOW, "Ask Theo who is waiting")
    await team.click("Place my answer", place=team.dm())
    await team.click("3. Measures first", place=team.dm())
    await team.reply("And measure it again afterwards", problem.ts)
    await team.click("Keep both", place=team.dm())
    await team.reply("thanks", problem.ts)
    assert "A hint" not in labels_of(team.thread(problem.ts)[-1])
    assert "measure it again" in words_of(team.message(problem.ts))
