"""Nothing private reaches anybody: not in words, counts, pictures, order, time or the choice of a question.

People do what they like, in two workspaces with the same ids. Then everybody looks at everything they can
open, twice: in all that there is, and in what is left without what nobody shared with them.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.oneonone.agenda.values import pack
from bot.oneonone.model import Pair
from bot.people.model import PersonId
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from tests.oneonone.secrecy.acts import Act
from tests.oneonone.secrecy.company import CAS, DEV, ELSEWHERE, HERE, MIA, NEW, Company, Ground, ground
from tests.oneonone.secrecy.lives import ENGINEERS, lives
from tests.oneonone.secrecy.looking import Deed, Eyes, hear, is_like_nobody, look_around, remember
from tests.oneonone.secrecy.rows import RULES, TABLES, Known, Rows, write_rows
from tests.support.databases import Postgres
from tests.support.workspace import ANA, BEN

EXAMPLES = int(os.environ.get("RUNG_TEST_EXAMPLES", "40"))
VIEWERS = (BEN.id, MIA.id, CAS.id, DEV.id, ANA.id)
DEEP = 2
"""Buttons below buttons."""
ALONE = [Deed("/agenda", ""), *(Deed("/coach", word) for word in ("1:1", "report", "points", "privacy"))]
ABOUT = (("/agenda", ""), ("/agenda", "case "), ("/agenda", "history "), ("/coach", "report "))
A_MINUTE, A_WEEK = timedelta(minutes=1), timedelta(days=8)


def some(examples: int) -> settings:
    """So many companies; the same ones each time in CI."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=os.environ.get("CI") == "true",
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Ground]:
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("company", "whole", "shared")]
    for url in urls:
        database = Database(url)
        upgrade(database.engine)
        database.close()
    async with ground(urls) as found:
        yield found


@pytest.fixture
async def other_office(postgres: Postgres) -> AsyncIterator[Ground]:
    async with ground([postgres.new_database() for _ in range(3)]) as found:
        yield found


@some(EXAMPLES)
@given(life=lives(most=16))
async def test_nothing_private_reaches_anybody(office: Ground, life: list[Act]) -> None:
    await live_and_look(office.found(), life)


@some(EXAMPLES // 8)
@given(life=lives(most=16))
async def test_nor_does_it_on_postgresql(other_office: Ground, life: list[Act]) -> None:
    await live_and_look(other_office.found(), life)


async def live_and_look(company: Company, life: Sequence[Act]) -> None:
    for act in life:
        await live(company, act)
    for workspace in (HERE, ELSEWHERE):
        for user in VIEWERS:
            await look(company, PersonId(workspace, user))


async def live(company: Company, act: Act) -> None:
    """What is private changes nothing that anybody else may know."""
    company.clock.time += A_MINUTE
    before = company.rows if act.is_private(company) else None
    await act.do(company)
    await company.rung.sender.finish()
    if before:
        after = company.rows
        for user in VIEWERS:
            viewer = PersonId(act.who.workspace, user)
            if viewer != act.who:
                assert Known(after, viewer).pick() == Known(before, viewer).pick(), act


async def look(company: Company, viewer: PersonId) -> None:
    """All they can open and press; what comes to them in the days after, and what they can open then."""
    rows = company.rows
    known = Known(rows, viewer).pick()
    whole, shared = (Eyes(rung, company.slack, viewer) for rung in (company.whole, company.shared))
    write_rows(company.whole.database, rows)
    pairs = [
        Pair(viewer.workspace, one["user_id"], one["other_id"])
        for one in known["relations"]
        if one["state"] == "active"
    ]
    linked = {pair.counterpart(viewer.user) for pair in pairs}
    for user in sorted(set(ENGINEERS) - linked - {viewer.user}):
        for name, words in ABOUT:
            await is_like_nobody(whole, Deed(name, f"{words}<@{user}>"), user, NEW.id)
    if not linked:
        return
    write_rows(company.shared.database, known)
    deeds = [Deed("/agenda", f"<@{user}>") for user in sorted(linked)] + ALONE
    await look_around(whole, shared, reaching(rows, pairs), 0)
    await look_around(whole, shared, deeds, DEEP)
    assert remember(whole) == remember(shared)
    if viewer.workspace == HERE:  # elsewhere Rung is not installed, and cannot send anything
        write_rows(company.whole.database, rows)
        write_rows(company.shared.database, known)
        assert await hear(whole, company.clock, A_WEEK) == await hear(shared, company.clock, A_WEEK)
        await look_around(whole, shared, deeds, 0)
        assert remember(whole) == remember(shared)


def reaching(rows: Rows, pairs: Sequence[Pair]) -> list[Deed]:
    """For everything there is, by ids that no button gave them."""
    verbs = {"entries": "agenda:entry", "talking_points": "agenda:point", "meetings": "met:open"}
    return [
        Deed(verb, pack(pair, *([row["id"]] if verb == "met:open" else ["", row["id"]])), is_click=True)
        for pair in pairs
        for table, verb in verbs.items()
        for row in rows[table]
    ]


def test_every_table_has_its_say() -> None:
    assert RULES.keys() == {table.name for table in TABLES}
