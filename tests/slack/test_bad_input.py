"""What people type by accident or on purpose: answered kindly, never run, never logged, never a ping."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.playground.world import Message
from tests.support.workspace import Workspace

COMMANDS = (
    "",
    "compare",
    "compare staff vs",
    "search",
    "search +9",
    "target",
    "current",
    "use",
    "guide",
    "questions",
    "questions staff",
    "staff",
)
TEXTS = {
    "nothing": "",
    "spaces": "      ",
    "long": "Zwetschge" * 340,
    "many words": "zwetschge " * 300,
    "emoji": "👩🏽‍💻🏆 zwetschge",
    "right to left": "\u202eמהנדס zwetschge بكبير",
    "ping": "<!channel> zwetschge",
    "mention": "<@UBEN> zwetschge <!here|here>",
    "link": "<https://zwetschge.example|staff>",
    "quotes": "zwetschge \"' “’ `x` ``` *_~",
    "sql": "zwetschge'; DROP TABLE people; --",
    "template": "{{ zwetschge }} {% for x in ().__class__.__base__ %} {0} {} %s",
    "backslashes": "zwetschge\\n \\u0000 \\\\ C:\\x",
    "zero width": "\u200bzwe\u200dtschge\ufeff\u2060",
    "zero width alone": "\u200b\u200d\ufeff",
    "control signs": "zwetschge\x00\x07\x1b[31m",
    "numbers": "zwetschge 99999999999999999999 -1 ٣ ²",
    "slashes": "/ladder /zwetschge ../../etc/passwd",
    "commas": "zwetschge,,,;;;///|||",
}
MENTION = re.compile(r"<@U[A-Z0-9]+>")
NOTHING = re.compile(r"(?!)")
EXCUSES = ("Something went wrong", "failed with the error", "didn't work")


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as entries:
        yield entries


@pytest.mark.parametrize("command", COMMANDS)
async def test_whatever_is_typed_is_answered_kindly_and_never_pings_or_is_logged(
    workspace: Workspace, command: str, logged: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    for name, text in TEXTS.items():
        before = len(workspace.messages())
        said = await workspace.type(f"/ladder {command} {text}")
        assert len(workspace.messages()) > before, name
        assert said.strip(), name
        assert not any(excuse in said for excuse in EXCUSES), (name, said)
        assert not pings(workspace.messages()[-1]), name
    assert "wetschge" not in f"{logged} {caplog.text}"
    assert logged == []


async def test_the_same_in_the_dm_where_people_may_be_mentioned(
    workspace: Workspace, logged: list[Any]
) -> None:
    for text in TEXTS.values():
        for typed in (text, f"ladder {text}", f"ladder search {text}"):
            if typed.strip():
                said = await workspace.type(typed, place=workspace.dm())
                assert not any(excuse in said for excuse in EXCUSES)
                newest = workspace.messages(place=workspace.dm())[-1]
                assert newest.user_id == workspace.world.bot_user_id
                assert not pings(newest, but=MENTION)
    assert logged == []


async def test_whatever_is_kept_in_the_dm_is_found_again(workspace: Workspace, logged: list[Any]) -> None:
    kept = [text for text in TEXTS.values() if "zwetschge" in text and not text.startswith("/")]
    for text in kept:
        assert "zwetschge" in await workspace.type(text, place=workspace.dm())
    said = await workspace.type("/brag search zwetschge")
    assert not any(excuse in said for excuse in EXCUSES)
    assert f"{len(kept)} entries" in said.splitlines()[0]
    assert not pings(workspace.messages()[-1], but=MENTION)
    assert logged == []


async def test_the_tables_are_still_there_afterwards(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target '; DELETE FROM standings; --")
    assert "*Now:* *Senior Engineer 2* (IC5)" in await workspace.type("/ladder")


async def test_what_was_typed_into_a_template_comes_back_as_it_is(workspace: Workspace) -> None:
    assert "“{{ 7 * 7 }}”" in await workspace.type("/ladder {{ 7 * 7 }}")


async def test_a_ping_comes_back_as_words(workspace: Workspace) -> None:
    assert "“&lt;!channel&gt;”" in await workspace.type("/ladder <!channel>")


async def test_the_buttons_under_it_are_safe_too(workspace: Workspace) -> None:
    await workspace.type("/ladder <!channel> {0} \\ ' zwetschge")
    said = await workspace.click("Search for “<!channel> {0} \\ ' zwetschge”")
    assert "does not occur on Artsy" in said
    assert not pings(workspace.messages()[-1])


def pings(message: Message, but: re.Pattern[str] = NOTHING) -> list[str]:
    """Every formatted text of a message in which Slack would find a mention, those aside that may be."""
    texts = [but.sub("", text) for text in [message.text, *formatted(message.blocks)]]
    return [text for text in texts if "<!" in text or "<@" in text]


def formatted(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for item in part for text in formatted(item)]
    if not isinstance(part, dict):
        return []
    if part.get("type") == "mrkdwn":
        return [part["text"]]
    return [text for value in part.values() for text in formatted(value)]
