"""Every way in, as someone else: nothing of Ana's is found, and nothing of hers is changed.

The ways in are those the router knows and the buttons the code names; a new one has to be walked here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.brag import forms
from bot.brag.model import Capture, Entry, Plan
from bot.brag.receipts import pack
from bot.brag.store import BragStore
from bot.brag.tables import captures
from bot.people.model import PersonId
from bot.settings import ROOT
from bot.storage.tables import metadata
from bot.storage.vault import Vault, read_keys
from tests.brag.stranger import Stranger
from tests.slack.signed import Reply
from tests.support.workspace import ANA, BEN, KEY, Workspace

SECRET = "zebrafish"
ELSEWHERE = "T0002"
BRAG = ROOT / "bot" / "brag"

COMMANDS = (
    "list", "list 2026", "list this year", "search shipped", "find mentored", "projects", "project search",
    "coverage", "coverage picture", "suggestions", "export",
    "export json", "export markdown", "",
)  # fmt: skip
WALKED = {
    "commands": {"/brag"},
    "clicks": {"brag"},
    "forms": {forms.ENTRY, forms.RESULT, forms.PLAN},
    "shortcuts": {"brag_new", "brag_save"},
    "events": {"message", "reaction_added", "reaction_removed", "app_home_opened"},
}


@dataclass(frozen=True)
class Hers:
    """What someone would have to know to reach for it."""

    entries: list[Entry]
    captures: list[Capture]
    dm: str
    ts: list[str]

    def values(self, verb: str) -> Iterator[str]:
        """What buttons carry, with her ids in it."""
        if verb == "anyway":  # the only one about a message
            yield from (f"{self.dm}|{ts}" for ts in self.ts)
            return
        for entry in self.entries:
            yield from (entry.id, f"{entry.id}|", f"{entry.id}|{entry.id}", f"|{entry.id}")
            yield from (f"{entry.id}|{choice}" for choice in ("shared", "private", "outside"))
            yield from (pack(entry, one) for one in entry.evidence[:1])
            yield from (f"{verb}|{entry.id}" for verb in ("edit", "undo", "open"))
        yield from (capture.id for capture in self.captures)


def store(workspace: Workspace) -> Callable[[Connection], BragStore]:
    return partial(BragStore, Vault(read_keys(KEY)))


@pytest.fixture
async def hers(workspace: Workspace) -> Hers:
    """Ana has one of everything."""
    dm, ana = workspace.dm(), PersonId(workspace.world.team_id, ANA.id)
    await workspace.type("/ladder target staff")
    await workspace.type(f"Shipped the {SECRET} search, alone", place=dm)
    await workspace.type(f"This week:\n• shipped {SECRET} one\n• mentored {SECRET} two", place=dm)
    await workspace.type(f"Who fixed the {SECRET}?", place=dm)
    await workspace.type(
        f"# 2025\n## March\n- {SECRET} one\n- {SECRET} two\n## Q3\n- {SECRET} three\n", place=dm
    )
    await workspace.type(f"/brag Wrote the {SECRET} guide")
    database = workspace.rung.database
    plan = Plan("artsy", "x", f"When {SECRET}, I will", workspace.clock())
    await database.write(store(workspace), BragStore.put_plan, ana, plan)

    def find(brag: BragStore) -> tuple[list[Entry], list[Capture]]:
        ids = brag.connection.execute(select(captures.c.id).where(captures.c.user_id == ANA.id)).scalars()
        found = [capture for each in ids.all() if (capture := brag.get_capture_of(ana, each))]
        return [entry for capture in found for entry in brag.get_of_capture(capture)], found

    entries, found = await database.read(store(workspace), find)
    assert {capture.state for capture in found} == {"kept", "draft", "answered"}
    typed = [message.ts for message in workspace.messages(place=dm)]
    return Hers(entries, found, dm, typed)


@pytest.fixture(params=["colleague", "namesake"])
def stranger(request: pytest.FixtureRequest, workspace: Workspace) -> Stranger:
    """Someone of the same workspace; and someone of another one who has the same id as Ana."""
    if request.param == "colleague":
        return Stranger(workspace, BEN.id, workspace.world.team_id)
    return Stranger(workspace, ANA.id, ELSEWHERE)


def rows_of_ana(workspace: Workspace) -> dict[str, list[str]]:
    """Everything about her, in every table there is."""

    def read(connection: Connection) -> dict[str, list[str]]:
        return {
            table.name: sorted(
                repr(tuple(row))
                for row in connection.execute(
                    select(table).where(
                        table.c.workspace_id == workspace.world.team_id, table.c.user_id == ANA.id
                    )
                )
            )
            for table in metadata.sorted_tables
            if "user_id" in table.c
        }

    return workspace.rung.database.read_now(lambda connection: connection, read)


def seen_by(workspace: Workspace, stranger: Stranger, before: int) -> str:
    """What reached a stranger: for a namesake, all that was shown since."""
    world = workspace.world
    if stranger.user == BEN.id:
        places = [place for place in world.conversations.values() if BEN.id in place.members]
        shown = [message for place in places for message in world.messages(place.id, BEN.id)]
    else:
        shown = workspace.messages()[before:]
    return repr([(message.text, message.blocks) for message in shown]) + repr(
        world.modal(BEN.id) if stranger.user == BEN.id else ""
    )


@dataclass
class Watch:
    """Compares before and after."""

    workspace: Workspace
    stranger: Stranger

    def __post_init__(self) -> None:
        self.rows = rows_of_ana(self.workspace)
        self.count = len(self.workspace.messages())

    def nothing_happened(self, what: str, reply: Reply) -> None:
        assert reply.status == 200, what
        assert SECRET not in reply.text, what
        assert SECRET not in seen_by(self.workspace, self.stranger, self.count), what
        assert rows_of_ana(self.workspace) == self.rows, what


def verbs() -> set[str]:
    """Of every button the brag document names."""
    named = {
        verb for path in BRAG.rglob("*.py") for verb in re.findall(r'"brag:([a-z-]+)', Path(path).read_text())
    }
    return named - {name.partition(":")[2] for name in WALKED["forms"]} | {"result", "plan"}


def test_every_way_in_that_belongs_to_the_brag_document_is_walked(workspace: Workspace) -> None:
    router = workspace.rung.router
    for kind, walked in WALKED.items():
        registered = {
            name
            for name, handler in getattr(router, kind).items()
            if handler.__func__.__module__.startswith(
                ("bot.brag", "bot.home.conversation", "bot.home.listeners")
            )
        }
        assert registered == walked, f"{kind}: give each a case"


async def test_no_command_finds_anything(workspace: Workspace, hers: Hers, stranger: Stranger) -> None:
    watch = Watch(workspace, stranger)
    for text in COMMANDS:
        watch.nothing_happened(text, await stranger.type(text))


async def test_no_click_with_her_ids_finds_or_changes_anything(
    workspace: Workspace, hers: Hers, stranger: Stranger
) -> None:
    watch = Watch(workspace, stranger)
    assert len(verbs()) > 15
    for verb in sorted(verbs() - {"run", "keep"}):  # these two carry words, not ids
        for value in hers.values(verb):
            what = f"brag:{verb} {value}"
            watch.nothing_happened(what, await stranger.click(f"brag:{verb}", value))


async def test_no_form_about_her_entries_finds_or_changes_anything(
    workspace: Workspace, hers: Hers, stranger: Stranger
) -> None:
    watch = Watch(workspace, stranger)
    fields = {"text": "Mine now", "result": "Mine now", "plan": "Mine now", "expectation": "x"}
    for callback in sorted(WALKED["forms"]):
        for data in ("", "artsy", *(entry.id for entry in hers.entries)):
            watch.nothing_happened(f"{callback} {data}", await stranger.submit(callback, data, fields))


async def test_no_edit_deletion_or_reaction_of_others_touches_her_messages(
    workspace: Workspace, hers: Hers, stranger: Stranger
) -> None:
    watch = Watch(workspace, stranger)
    for ts in hers.ts:
        said = {"channel": hers.dm, "ts": ts, "event_ts": "9999999999.000001"}
        old = {"user": stranger.user, "ts": ts, "text": "old"}
        new = {**old, "text": "Shipped something else entirely", "edited": {"ts": "9999999999.000000"}}
        item = {"type": "message", "channel": hers.dm, "ts": ts}
        for event in (
            {
                **said,
                "type": "message",
                "subtype": "message_changed",
                "message": new,
                "previous_message": old,
            },
            {
                **said,
                "type": "message",
                "subtype": "message_deleted",
                "deleted_ts": ts,
                "previous_message": old,
            },
            {"type": "reaction_removed", "reaction": "trophy", "item": item},
        ):
            await stranger.tell(**event)
    assert rows_of_ana(workspace) == watch.rows
    workspace.world.refused.clear()  # they tried to tick what is ticked already


async def test_no_shortcut_shows_anything(workspace: Workspace, hers: Hers, stranger: Stranger) -> None:
    watch = Watch(workspace, stranger)
    watch.nothing_happened("brag_new", await stranger.run("brag_new"))
    await stranger.tell(type="app_home_opened", tab="home", channel=hers.dm)
    home = workspace.world.home(BEN.id)
    assert SECRET not in repr(home)
    assert rows_of_ana(workspace) == watch.rows


async def test_what_others_bring_in_stays_theirs(workspace: Workspace, hers: Hers) -> None:
    """An old document of the same words is theirs; hers is as it was."""
    watch = Watch(workspace, Stranger(workspace, BEN.id, workspace.world.team_id))
    await workspace.type("# 2025\n## March\n- one\n- two\n## Q3\n- three\n", BEN, workspace.dm(BEN))
    await workspace.click("Keep all 3", BEN, workspace.dm(BEN))
    assert rows_of_ana(workspace) == watch.rows


async def test_ana_herself_finds_it(workspace: Workspace, hers: Hers) -> None:
    """So that the tests above would see it."""
    ana = Stranger(workspace, ANA.id, workspace.world.team_id)
    assert SECRET in (await ana.type("list")).text
    before = rows_of_ana(workspace)
    await ana.click("brag:undo", hers.entries[0].id)
    assert rows_of_ana(workspace) != before
