"""Which file of the prompts folder is read as what, and what happens when one is broken or missing."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import opened
from bot.contents import open_prompts
from bot.errors import StartRefused
from bot.nudge.questions import parse_weekly_questions
from bot.oneonone.questions import parse_oneonone_questions
from bot.playground.server import running
from bot.playground.slack import Slack
from bot.programme.file import parse_programme
from bot.settings import ROOT
from tests.support.workspace import SECRET, build_world, settings_for

QUESTIONS = ("nudge/questions.yaml", "oneonone/questions.yaml", "programme/trajectory.yaml")


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "prompts", tmp_path / "prompts"))


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with running(Slack(build_world(), None, SECRET)) as here:
        yield here


@pytest.fixture
def settings(address: str, database_url: str, prompts: Path) -> Any:
    return settings_for(address, database_url, rung_prompts=prompts)


def break_(file: Path) -> None:
    file.write_text(file.read_text() + "\nquestionz: []\n")


def test_every_shipped_file_is_read_by_one_library(prompts: Path) -> None:
    found = open_prompts(prompts)
    read = sorted(name for library in found.libraries for name in library.in_force)
    there = sorted(file.relative_to(prompts).with_suffix("").as_posix() for file in prompts.rglob("*.yaml"))
    assert (read, found.problems) == (there, ())


def test_a_file_of_an_unknown_name_is_told_and_not_passed_over(prompts: Path) -> None:
    (prompts / "nudge" / "question.yaml").write_text("questions: Hello")
    assert [problem.file for problem in open_prompts(prompts).problems] == ["nudge/question.yaml"]


def test_messages_beside_the_programmes_are_no_programme(prompts: Path) -> None:
    (prompts / "programme" / "messages.yaml").write_text("hello: Hi")
    found = open_prompts(prompts)
    assert "messages" not in found.programmes_by_id
    assert found.programmes.problems == ()


@pytest.mark.parametrize("file", ["nudge/questions.yaml", "oneonone/questions.yaml"])
def test_a_file_of_questions_that_is_missing_is_told(prompts: Path, file: str) -> None:
    (prompts / file).unlink()
    assert [(p.file, p.message) for p in open_prompts(prompts).problems] == [(file, "is missing")]


def test_a_folder_without_any_programme_is_told(prompts: Path) -> None:
    shutil.rmtree(prompts / "programme")
    assert "there is no programme" in str([str(p) for p in open_prompts(prompts).problems])


@pytest.mark.parametrize("file", [*QUESTIONS, "home/messages.yaml"])
async def test_a_start_with_a_broken_prompt_file_runs_on_what_was_kept(
    settings: Any, prompts: Path, file: str
) -> None:
    async with opened(settings):
        pass
    break_(prompts / file)
    async with opened(settings) as rung:
        assert [problem.file for problem in rung.prompts.problems] == [file]
        assert file.removesuffix(".yaml") in {
            name for library in rung.prompts.libraries for name in library.in_force
        }


@pytest.mark.parametrize("file", QUESTIONS)
async def test_a_first_start_with_a_broken_file_is_refused_with_the_place(
    settings: Any, prompts: Path, file: str
) -> None:
    break_(prompts / file)
    with pytest.raises(StartRefused, match=file):
        async with opened(settings):
            pass


async def test_questions_that_change_are_taken_up_and_broken_ones_leave_the_last_good(
    settings: Any, prompts: Path
) -> None:
    file = prompts / QUESTIONS[0]
    async with opened(settings) as rung:
        first = rung.prompts.weekly_questions[0]
        file.write_text(file.read_text().replace(first.id, "renamed", 1))
        await rung.look_at_files()
        assert rung.prompts.weekly_questions[0].id == "renamed"
        break_(file)
        await rung.look_at_files()
        assert rung.prompts.weekly_questions[0].id == "renamed"
        assert [problem.file for problem in rung.prompts.problems] == [QUESTIONS[0]]


@pytest.mark.parametrize(
    ("key", "parse"),
    [
        ("kind:", parse_weekly_questions),
        ("for:", parse_oneonone_questions),
        ("steps:", parse_programme),
        ("problems:", parse_programme),
    ],
)
def test_the_smallest_files_in_the_readme_work(key: str, parse: Callable[[str, str], object]) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", (ROOT / "prompts" / "README.md").read_text(), re.DOTALL)
    (example,) = [text for text in examples if key in text]
    assert parse(example, "example.yaml")
