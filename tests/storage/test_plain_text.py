"""What people write stands nowhere in plain text: not in the SQLite file or its WAL, and in no log line."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.logs import QUIET
from bot.playground.files import File
from bot.playground.world import Json
from tests.support.workspace import BEN, Workspace, words_of

WORD = "zebrafish"


def typed(value: str) -> Json:
    return {"write": {"value": value}}


async def say_it_everywhere(workspace: Workspace) -> None:
    """The word in everything that can be written."""
    dm, ana = workspace.dm(), workspace.message
    await workspace.type(f"/ladder {WORD}")
    await workspace.type(f"/brag Shipped the {WORD} search https://{WORD}.example/1")
    await workspace.type(f"/brag search {WORD}")
    mine = await workspace.say(f"Shipped the {WORD} of <@UBEN>")
    receipt = workspace.messages(place=dm)[-1]
    await workspace.edit(mine.ts, f"Shipped the {WORD}, alone, 3 → 1 s")
    await workspace.reply(f"Two teams use {WORD} now", receipt.ts)
    await workspace.type(f"Who fixed the {WORD}?", place=dm)
    await workspace.click("Keep it anyway", place=dm)
    await workspace.type(f"# 2025\n## March\n- {WORD} one\n- {WORD} two\n## Q3\n- {WORD} three\n", place=dm)
    await workspace.click("Keep all 3", place=dm)
    file = File("F777", "UANA", f"{WORD}.md", WORD, 0, 20, "", content=f"- {WORD}\n".encode())
    workspace.world.files.by_id[file.id] = file
    await workspace.slack.post("UANA", dm, "", files=[file])
    await workspace.type(f"Ana shipped {WORD}", user=BEN)
    await workspace.shortcut("brag_save", workspace.messages()[-1].ts)
    await workspace.shortcut("brag_new")
    view = workspace.modal()
    fields = {name: typed(f"{WORD} {name}") for name in ("text", "result", "project", "goal", "links")}
    assert await workspace.slack.submit("UANA", view.id, fields) == {}
    await workspace.settle()
    assert ana(receipt.ts)


async def break_everything(workspace: Workspace) -> None:
    """Errors quote what they were about: every way in meets a database that lost its tables."""
    with workspace.rung.database.engine.begin() as connection:
        for table in ("entries", "evidence"):
            connection.execute(text(f"DROP TABLE {table}"))
    assert "ticket" in await workspace.type(f"/brag Broke the {WORD}")
    workspace.slack.retry_delays = ()
    await workspace.say(f"Broke the {WORD} again")
    with workspace.rung.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE captures"))
    await workspace.say(f"Broke the {WORD} once more")
    workspace.world.refused.clear()  # Slack was told 500, as it should be


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("rung.db*")}


async def test_nothing_that_someone_wrote_stands_in_plain_text(
    workspace: Workspace,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in QUIET:  # as the process sets them: Bolt logs whole bodies below that
        logging.getLogger(name).setLevel(logging.WARNING)
    await say_it_everywhere(workspace)
    assert WORD in words_of(workspace.messages(place=workspace.dm())[-1])
    written = files_in(tmp_path)
    assert {"rung.db", "rung.db-wal"} <= written.keys() or not workspace.rung.database.is_sqlite
    for name, content in written.items():
        assert WORD.encode() not in content.lower(), name
    await break_everything(workspace)
    told = "".join(capsys.readouterr()) + caplog.text
    assert "bug" in told
    assert WORD not in told.lower()
    assert f"/brag Broke the {WORD}" not in told
