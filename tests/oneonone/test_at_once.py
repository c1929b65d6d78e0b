"""Two people at one agenda at once: nothing that either of them did is lost, and nothing ended goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import text

from bot.oneonone.agenda import service as agenda
from bot.oneonone.agenda.values import pack
from bot.oneonone.model import ActionItem
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times import service as times
from bot.storage.database import Database
from tests.brag.stranger import Stranger
from tests.oneonone.linked import Linked
from tests.oneonone.pairs import STORE
from tests.support.workspace import ANA, BEN

A_WEEK = timedelta(weeks=1)
PATIENCE = 200  # looks at who waits for whom


@pytest.fixture
def beside(database_url: str, linked: Linked) -> Iterator[Database]:
    """Another process at the same database."""
    found = Database(linked.workspace.rung.settings.database_url)
    yield found
    found.close()


def ana(linked: Linked) -> Stranger:
    return Stranger(linked.workspace, ANA.id, linked.pair.workspace)


def ben(linked: Linked) -> Stranger:
    return Stranger(linked.workspace, BEN.id, linked.pair.workspace)


async def due_item(linked: Linked) -> ActionItem:
    await linked.link()
    return await linked.agree("Ask Dana", due_on=linked.today)


def find(linked: Linked, item: ActionItem) -> ActionItem | None:
    def get(store: OneOnOneStore) -> ActionItem | None:
        return store.meetings.get_item(linked.pair, item.id)

    return linked.workspace.rung.database.read_now(STORE, get)


def state_of(linked: Linked, item: ActionItem) -> str:
    found = find(linked, item)
    return found.state if found else ""


def wait_until_somebody_waits(database: Database, thread: Thread) -> None:
    """PostgreSQL says who is held up by a row; on SQLite a writer waits before it has read anything."""
    if database.is_sqlite:
        return
    with database.engine.connect() as connection:
        for _ in range(PATIENCE):
            held_up = connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar()
            connection.rollback()
            if held_up or not thread.is_alive():
                return
            thread.join(0.01)


async def test_an_item_that_is_closed_while_the_other_moves_it_stays_closed(
    linked: Linked, beside: Database
) -> None:
    """Whoever moves it has read that it is open before the other one's transaction ended."""
    item = await due_item(linked)
    assert item.due_on
    move = (STORE, times.put_off_item, linked.pair.other_id, linked.pair, item.id, item.due_on, linked.now)
    mover = Thread(target=beside.write_now, args=move)

    def close(store: OneOnOneStore) -> None:
        agenda.close_item(store, linked.pair.engineer_id, linked.pair, item.id, "done", linked.now)
        mover.start()
        wait_until_somebody_waits(beside, mover)

    await linked.write(close)
    await asyncio.to_thread(mover.join)
    assert state_of(linked, item) == "done"


@pytest.mark.parametrize("first", ["close", "move"])
async def test_one_after_the_other_it_is_closed_whoever_comes_first(linked: Linked, first: str) -> None:
    item = await due_item(linked)
    closing = (ana(linked), "agenda:done")
    moving = (ben(linked), "agenda:later")
    for who, action in (closing, moving) if first == "close" else (moving, closing):
        await who.click(action, pack(linked.pair, "", item.id))
    assert state_of(linked, item) == "done"
    moved = linked.today if first == "close" else linked.today + A_WEEK
    found = find(linked, item)
    assert found
    assert found.due_on == moved


async def test_what_both_add_at_once_is_on_the_list_of_both(linked: Linked) -> None:
    await linked.link()
    topics = ("How we decide on interfaces", "Who is on call in August")
    adding = zip((ana(linked), ben(linked)), topics, strict=True)
    value = pack(linked.pair, "")
    await asyncio.gather(
        *(who.submit("agenda:add", value, {"text": topic, "seen": "both"}) for who, topic in adding)
    )
    for words, user in (("/agenda @ana", BEN), ("/agenda @ben", ANA)):
        seen = await linked.workspace.type(words, user)
        assert all(topic in seen for topic in topics)


async def test_an_entry_taken_back_while_the_other_opens_the_list_is_not_there_the_next_time(
    linked: Linked,
) -> None:
    await linked.link()
    kept = await linked.write_entry("Shipped the checkout")
    await linked.write_entry("Wrote the guide")
    await asyncio.gather(
        ana(linked).click("brag:share", f"{kept.id}|private"), ben(linked).type("<@UANA>", "/agenda")
    )
    seen = await linked.workspace.type("/agenda @ana", BEN)
    assert "Wrote the guide" in seen
    assert "Shipped the checkout" not in seen


async def test_after_it_ended_an_agenda_that_is_still_open_does_nothing(linked: Linked) -> None:
    item = await due_item(linked)
    point = await linked.bring("Who owns the schema?")
    workspace, value = linked.workspace, pack(linked.pair, "")
    await workspace.type("/agenda @ana", BEN)
    await workspace.click("We've met", BEN)
    form = workspace.modal(BEN)
    await ana(linked).click("link:end", "UANA|UBEN")
    await workspace.submit(form, shared="Too late")
    for verb, one in (("done", item.id), ("later", item.id), ("drop", item.id), ("talked", point.id)):
        await ben(linked).click(f"agenda:{verb}", f"{value}|{one}")
    await ben(linked).submit("agenda:add", value, {"text": "Too late", "seen": "both"})
    assert find(linked, item) == item
    held = workspace.rung.database.read_now(
        STORE, lambda store: (store.points.get_shared(linked.pair), store.meetings.get(linked.pair))
    )
    assert held == ([point], [])


async def test_an_end_and_a_look_at_once_leave_the_next_look_refused(linked: Linked) -> None:
    await linked.link()
    await linked.write_entry("Shipped the checkout")
    await asyncio.gather(ana(linked).click("link:end", "UANA|UBEN"), ben(linked).type("<@UANA>", "/agenda"))
    seen = await linked.workspace.type("/agenda @ana", BEN)
    assert "aren't linked in Rung" in seen
    assert "checkout" not in seen
