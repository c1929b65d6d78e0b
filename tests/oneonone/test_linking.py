"""Who sees what whom shares: named, asked, confirmed, ended; each in a conversation."""

from __future__ import annotations

from bot.playground.world import User
from tests.support.workspace import BEN, Workspace

NAME_BEN = "/coach manager <@UBEN>"


def dm_of(workspace: Workspace, user: User) -> str:
    return workspace.read(user, workspace.dm(user))


async def test_naming_a_manager_counts_at_once_and_says_what_it_shares(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    said = await workspace.type(NAME_BEN)
    assert "<@UBEN> is your manager" in said
    assert "your level, Senior Engineer 2" in said
    assert "the one you aim for, Staff Engineer" in said
    assert "what you share: nothing so far" in said
    assert "new entries only once you share them" in said


async def test_whoever_is_named_hears_by_whom_and_as_what(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    said = dm_of(workspace, BEN)
    assert "<@UANA> named you as their manager" in said
    assert "what <@UANA> shares with you, and nothing else" in said
    assert "`/agenda @Ana`" in said
