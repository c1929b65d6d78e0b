"""What the documents and the manifest say is what the program does."""

import re
from pathlib import Path

import pytest
import yaml

from bot.contents import NEEDS
from bot.settings import ROOT, Settings
from bot.slack.manifest import REACTION_EVENTS, REACTION_SCOPES, write_manifest
from tests import example_agenda
from tests.support.process import run
from tests.support.workspace import Workspace

README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
MANIFEST = yaml.safe_load((ROOT / "manifest.yaml").read_text())

# Which scope each call and event needs, as Slack documents it.
SCOPES = {
    "chat.postMessage": "chat:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "conversations.open": "im:write",
    "conversations.history": "im:history",
    "conversations.replies": "im:history",
    "chat.update": "chat:write",
    "reactions.add": "reactions:write",
    "users.info": "users:read",
    "dnd.teamInfo": "dnd:read",
    "user_change": "users:read",
    "message": "im:history",
    "commands": "commands",
}
WITHOUT_SCOPE = {
    "views.open",
    "views.push",
    "views.update",
    "views.publish",
    "auth.test",
    "apps.connections.open",
    "chat.getPermalink",
}


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\| `{name.upper()}` \| (.*?) \|", README, re.MULTILINE)
        assert row, f"{name.upper()} is missing"
        if field.default is not None and not isinstance(field.default, Path):
            assert f"`{field.default}`" in row.group(1)


async def test_every_command_in_the_readme_exists() -> None:
    for line in sorted(set(re.findall(r"`?rung ((?:ladder|prompt|db) [a-z]+|[a-z]+)", README))):
        assert (await run(*line.split(), "--help"))[0] == 0, line


def test_every_dependency_stands_in_the_readme_with_its_reason() -> None:
    declared = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("]\n")[0]
    table = README.split("## What Rung stands on")[1]
    for name in re.findall(r'"([a-z-]+)', declared):
        assert re.search(rf"^\| .*{name.removeprefix('py')}", table, re.MULTILINE), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_leads_to_a_file(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


async def test_the_manifest_declares_what_is_heard_and_nothing_else(workspace: Workspace) -> None:
    router = workspace.rung.router
    commands = {command["command"] for command in MANIFEST["features"]["slash_commands"]}
    assert commands == router.commands.keys()
    events = {event.split(".")[0] for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    assert events == router.events.keys() - set(REACTION_EVENTS)
    shortcuts = {shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]}
    assert shortcuts == router.shortcuts.keys()
    assert all(command["should_escape"] for command in MANIFEST["features"]["slash_commands"])


def test_the_manifest_asks_for_the_scopes_in_use_and_no_others() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == set(SCOPES.values())
    code = "".join((ROOT / "bot" / path).read_text() for path in ("slack/gateway.py", "outbox/courier.py"))
    calls = set(re.findall(r'"((?:[a-z]+\.)+[a-zA-Z]+)"', code))
    assert calls <= SCOPES.keys() | WITHOUT_SCOPE


def test_keeping_by_reaction_asks_for_more_only_where_it_is_wanted() -> None:
    more = yaml.safe_load(write_manifest(reactions=True))
    assert set(more["oauth_config"]["scopes"]["bot"]) - set(SCOPES.values()) == set(REACTION_SCOPES)
    heard = more["settings"]["event_subscriptions"]["bot_events"]
    assert set(REACTION_EVENTS) <= set(heard)
    assert not set(REACTION_EVENTS) & set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])


def test_every_message_that_may_be_said_is_used() -> None:
    code = "".join(path.read_text() for path in (ROOT / "bot").rglob("*.py") if path.name != "messages.py")
    names = {name for needed in NEEDS.values() for name in needed}
    assert {
        name for name in names if not re.search(rf"""["']{name}["']""", code) and not is_put_together(name)
    } == set()


def is_put_together(name: str) -> bool:
    """Names that code makes of parts: f"{changed}_set", f"promotions_{key}", f"{message}_done"."""
    return name.endswith(("_set", "_cleared", "_done")) or name.startswith("promotions_")


def test_every_make_target_in_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for page in PAGES:
        for target in re.findall(r"^make ([a-z]+)|`make ([a-z]+)", page.read_text(), re.MULTILINE):
            assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target


def test_the_picture_of_the_architecture_names_every_part() -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text()
    parts = [p.name for p in (ROOT / "bot").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()]
    missing = [name for name in parts if name != "__init__.py" and name not in picture]
    assert missing == []


async def test_the_example_agenda_is_what_the_demo_shows() -> None:
    """But for the days, and for what is chosen by the day."""
    heads = re.compile(r"^\*\*\d\. (.+)\*\*", re.MULTILINE)
    fresh = heads.findall(await example_agenda.write())
    assert set(heads.findall(example_agenda.PAGE.read_text())) == set(fresh)
    assert 5 <= len(fresh) <= 7
