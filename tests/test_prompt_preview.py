"""`rung prompt preview`: how the prompts read, as it is typed."""

import shutil
from pathlib import Path

from bot.settings import ROOT
from tests.support.process import run

WEEKLY = """\
questions:
  - id: for-all
    kind: open
    ask: What worked?
  - id: for-directors
    kind: people
    bands: [director]
    ask: Whom did you hire?
  - id: frame
    kind: expectation
    ask: "For {{ level }} in {{ competency }}: {{ ask }}"
"""


def folder(tmp_path: Path) -> str:
    """The shipped prompts with few weekly questions."""
    prompts = Path(shutil.copytree(ROOT / "prompts", tmp_path / "prompts"))
    (prompts / "nudge" / "questions.yaml").write_text(WEEKLY)
    return str(prompts)


async def preview(*arguments: str, **settings: str) -> str:
    code, out, err = await run("prompt", "preview", *arguments, **settings)
    assert code == 0, err
    return out


async def test_everything_is_shown_when_nothing_is_named() -> None:
    out = await preview()
    for heading in ("Weekly questions: open", "1:1, first, manager asks", "Trajectory", "Messages: home"):
        assert heading in out


async def test_a_file_is_shown_by_its_name_with_or_without_the_way_there(tmp_path: Path) -> None:
    prompts = folder(tmp_path)
    for name in (
        "nudge",
        "nudge/questions",
        "prompts/nudge/questions.yaml",
        f"{prompts}/nudge/questions.yaml",
    ):
        out = await preview(name, RUNG_PROMPTS=prompts)
        assert "What worked?" in out
        assert "1:1," not in out


async def test_a_question_is_shown_by_its_id_with_its_marks(tmp_path: Path) -> None:
    out = await preview("for-directors", RUNG_PROMPTS=folder(tmp_path))
    assert "for-directors · director" in out
    assert "What worked?" not in out


async def test_a_frame_is_filled_with_a_sample(tmp_path: Path) -> None:
    out = await preview("frame", RUNG_PROMPTS=folder(tmp_path))
    assert "For Staff Engineer in Communication: " in out
    assert "{{" not in out


async def test_with_a_level_only_what_suits_it_is_shown_and_a_frame_holds_what_its_ladder_asks(
    tmp_path: Path,
) -> None:
    out = await preview("nudge", "--level", "l5", "--ladder", "ai", RUNG_PROMPTS=folder(tmp_path))
    assert "What worked?" in out
    assert "Whom did you hire?" not in out
    assert "For Senior in " in out
    assert "Staff Engineer" not in out


async def test_a_programme_is_shown_step_by_step_with_its_days() -> None:
    out = await preview("trajectory")
    assert out.index("opening") < out.index("Day 0 · ") < out.index("closing")
    assert "answer: levels" in out


async def test_a_practice_problem_is_shown_with_hint_rubric_and_model_answer() -> None:
    out = await preview("practice")
    assert out.index("Hint") < out.index("Where is your answer?") < out.index("One good answer")


async def test_a_message_is_shown_with_sample_values() -> None:
    assert "“staf” could be several levels." in await preview("which_level")


async def test_what_is_not_there_is_told_with_what_comes_near() -> None:
    code, _, err = await run("prompt", "preview", "trajectry")
    assert code == 1
    assert "did you mean `programme/trajectory`?" in err or "did you mean `trajectory`?" in err


async def test_a_level_that_is_not_there_and_a_ladder_without_a_level_are_told() -> None:
    _, _, err = await run("prompt", "preview", "--level", "staff", "--ladder", "arsty")
    assert "There is no ladder “arsty”" in err
    _, _, err = await run("prompt", "preview", "--ladder", "artsy")
    assert "--level" in err


async def test_a_broken_file_is_told_with_its_line_before_anything_is_shown(tmp_path: Path) -> None:
    prompts = folder(tmp_path)
    (Path(prompts) / "nudge" / "questions.yaml").write_text(WEEKLY.replace("kind: open", "kind: opn"))
    code, out, err = await run("prompt", "preview", "nudge", RUNG_PROMPTS=prompts)
    assert (code, out) == (1, "")
    assert "nudge/questions.yaml:3" in err
