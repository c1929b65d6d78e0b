"""Answers are for one person alone: sealed, shown to nobody else, exported and erased with them."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import MetaData, select

from bot.people.model import PersonId
from bot.programme.meaning import service
from bot.programme.meaning.model import Meaning
from bot.programme.meaning.store import MeaningStore
from bot.programme.store import ProgrammeStore
from bot.storage.database import Database
from bot.storage.vault import Vault, read_keys
from tests.programme.going import answer, asked
from tests.support.workspace import ANA, BEN, KEY, Workspace, words_of

SECRET = "I would rather leave than lead"
VAULT = Vault(read_keys(KEY))


def everything(database: Database) -> str:
    """All rows of all tables but of those that keep what Rung itself says."""
    there = MetaData()
    there.reflect(database.engine)
    tables = [table for name, table in there.tables.items() if name != "kept_content"]
    with database.engine.connect() as connection:
        return "\n".join(repr(tuple(row)) for table in tables for row in connection.execute(select(table)))


def person(team: Workspace, user_id: str = ANA.id) -> PersonId:
    return PersonId(team.world.team_id, user_id)


def ask(team: Workspace, question: Any, *arguments: Any) -> Any:
    return team.rung.database.write_now(partial(ProgrammeStore, VAULT), question, *arguments)


async def test_an_answer_stands_nowhere_in_plain_text(team: Workspace) -> None:
    await team.type("/coach programme ic or manager")
    label = team.buttons(place=team.dm())[0]
    await team.click(label, place=team.dm())
    await team.type("/coach programme clarity")
    await answer(team, "The problem, as people put it", SECRET)
    assert SECRET in words_of(asked(team, "The problem, as people put it"))
    rows = everything(team.rung.database)
    assert "programme.step" in rows
    assert SECRET not in rows
    assert label not in rows


async def test_nobody_else_reads_or_stops_a_programme(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await answer(team, "The problem, as people put it", SECRET)
    run = ask(team, ProgrammeStore.get_runs, person(team))[0]
    assert ask(team, ProgrammeStore.get_run, person(team, BEN.id), run.id) is None
    said = await team.type("/coach programme", BEN)
    assert SECRET not in said
    assert "so far" not in said


async def test_everything_is_handed_over(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await answer(team, "The problem, as people put it", SECRET)
    exported = ask(team, ProgrammeStore.export, person(team))
    assert [(one["programme"], one["answers"][0]["text"]) for one in exported] == [("clarity-check", SECRET)]
    assert ask(team, ProgrammeStore.export, person(team, BEN.id)) == []


async def test_erased_it_is_gone_and_nothing_more_comes(team: Workspace) -> None:
    await team.type("/coach programme clarity")
    await answer(team, "The problem, as people put it", SECRET)
    ask(team, ProgrammeStore.erase, person(team))
    assert ask(team, ProgrammeStore.get_runs, person(team)) == []
    said = await answer(team, "The problem, as people put it", "Once more")
    assert "no longer here" in said


async def test_a_managers_words_go_with_the_manager(team: Workspace) -> None:
    ana, ben = person(team), person(team, BEN.id)
    agreed = Meaning(
        ana,
        "artsy",
        "ic6",
        "one",
        "run",
        0,
        "Mine",
        "ask",
        ben.user,
        "Theirs",
        "Ours",
        True,
        True,
        team.clock(),
    )
    store = partial(MeaningStore, VAULT)
    team.rung.database.write_now(store, MeaningStore.put, [agreed])
    exported = team.rung.database.read_now(store, MeaningStore.export, ben)
    assert [(one["mine"], one["agreed"]) for one in exported] == [("Theirs", "Ours")]
    team.rung.database.write_now(store, service.leave, ben, team.clock())
    left = team.rung.database.read_now(store, MeaningStore.get_on, ana, "artsy")
    assert [(one.mine, one.theirs, one.manager, one.common) for one in left] == [("Mine", "", "", "")]
    team.rung.database.write_now(store, service.leave, ana, team.clock())
    assert team.rung.database.read_now(store, MeaningStore.get_on, ana, "artsy") == []
