"""The same words typed as a command twice: kept once, until that is meant, or some time went by."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.brag import service
from bot.brag.model import Entry
from bot.brag.service import Keeping
from bot.brag.store import BragStore
from bot.ids import new_id
from bot.storage.database import Database
from bot.storage.vault import KEY_BYTES, Vault
from tests.brag.evidence import ANA
from tests.support.workspace import BEN, Workspace

LINE = "Mentored Lee through their first on-call week"
ALREADY = "kept already"
MOMENT = datetime(2026, 11, 5, 12, tzinfo=UTC)
STORE = partial(BragStore, Vault([bytes(KEY_BYTES)]))


async def type_it(workspace: Workspace) -> str:
    return await workspace.type(f"/brag {LINE}")


async def test_a_moment_later_it_is_not_kept_again(workspace: Workspace) -> None:
    await type_it(workspace)
    await workspace.move(timedelta(minutes=9))
    assert ALREADY in await type_it(workspace)
    assert "1 entry" in await workspace.type("/brag list")


async def test_after_a_while_it_happened_once_more_and_counts_from_then(workspace: Workspace) -> None:
    await type_it(workspace)
    await workspace.move(timedelta(minutes=11))
    assert "private to you" in await type_it(workspace)
    assert ALREADY in await type_it(workspace)
    assert "2 entries" in await workspace.type("/brag list")


async def test_what_was_taken_back_can_be_typed_again(workspace: Workspace) -> None:
    await type_it(workspace)
    await workspace.click("Undo")
    assert "private to you" in await type_it(workspace)
    assert "1 entry" in await workspace.type("/brag list")


async def test_for_someone_else_it_is_new(workspace: Workspace) -> None:
    await type_it(workspace)
    assert ALREADY not in await workspace.type(f"/brag {LINE}", user=BEN)


def keep_at_once(database: Database, start: datetime) -> list[list[str] | Entry]:
    """What eight processes answer that have the same to keep."""

    def keep(number: int) -> list[str] | Entry:
        now = start + timedelta(seconds=number)
        capture = service.new_capture(ANA, service.COMMAND, new_id())
        written = service.draft_entries(capture, [LINE], Keeping(ANA, now.date(), now, lambda _: ()))
        return database.write_now(STORE, service.keep_unless_same, capture, written, [], now)

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(keep, range(8)))


@pytest.mark.parametrize("kept_before", [False, True])
def test_of_several_processes_with_the_same_to_keep_one_does(database: Database, kept_before: bool) -> None:
    if kept_before:
        keep_at_once(database, MOMENT - timedelta(days=1))
    outcomes = keep_at_once(database, MOMENT)
    newest, *others = database.read_now(STORE, BragStore.get_kept, ANA)
    assert [each.id for each in outcomes if isinstance(each, Entry)] == [newest.id] * 7
    assert len(others) == kept_before
