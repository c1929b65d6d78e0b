"""Runs and what was answered in them; every question names the workspace and the owner."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.programme.run import Answers, Given, Run, RunState
from bot.programme.tables import answers, runs
from bot.storage.upsert import adding, upsert
from bot.storage.vault import Owner, Vault

WORDS = "programme_answers.words"


class ProgrammeStore:
    """Questions about one person's programmes, in the transaction of what is owed for them."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection
        self.outbox = Outbox(connection)

    def add_run(self, run: Run) -> bool:
        """False where they are going through this programme already."""
        statement = adding(self._connection.dialect.name, runs).returning(runs.c.id)
        return self._connection.execute(statement, _run_row(run)).first() is not None

    def put_run(self, run: Run) -> None:
        upsert(self._connection, runs, [_run_row(run)], changing=("state", "round", "started_on"))

    def move_run(self, run: Run, before: RunState, state: RunState) -> bool:
        """False where it is no longer in the state it was `before`."""
        here = (runs.c.workspace_id == run.person.workspace) & (runs.c.id == run.id)
        moved = update(runs).where(here, runs.c.state == before).values(state=state).returning(runs.c.id)
        return self._connection.execute(moved).first() is not None

    def count_from(self, run: Run, started_on: date) -> None:
        """Day 0 of this round is another one from now on; nothing changes where it is no longer under way."""
        here = (runs.c.workspace_id == run.person.workspace) & (runs.c.id == run.id)
        this = (runs.c.state == "running") & (runs.c.round == run.round)
        self._connection.execute(update(runs).where(here, this).values(started_on=started_on))

    def get_run(self, person: PersonId, run_id: str) -> Run | None:
        return next(iter(self._get_runs(person, runs.c.id == run_id)), None)

    def get_runs(self, person: PersonId, programme: str = "") -> list[Run]:
        """Newest first."""
        return self._get_runs(person, *((runs.c.programme_id == programme,) if programme else ()))

    def get_answers(self, run: Run) -> Answers:
        """In the order they came."""
        mine = (answers.c.workspace_id == run.person.workspace) & (answers.c.user_id == run.person.user)
        wanted = select(answers).where(mine, answers.c.run_id == run.id)
        rows = self._connection.execute(wanted.order_by(answers.c.answered_at, answers.c.source))
        return Answers([self._given(row, run.person) for row in rows])

    def get_given(self, run: Run, step: str, source: str) -> Given | None:
        wanted = select(answers).where(*_at(run, step), answers.c.source == source)
        row = self._connection.execute(wanted).first()
        return self._given(row, run.person) if row else None

    def put_given(self, person: PersonId, given: Given) -> None:
        words = json.dumps({"text": given.text, "option": given.option}, ensure_ascii=False)
        row = {
            "workspace_id": person.workspace,
            "run_id": given.run,
            "step_id": given.step,
            "source": given.source,
            "user_id": person.user,
            "words": self._vault.seal(words, Owner(*person), WORDS),
            "counts": given.counts,
            "edited": given.edited,
            "answered_at": given.at,
        }
        upsert(self._connection, answers, [row], changing=("words", "counts", "edited", "answered_at"))

    def let_count(self, run: Run, step: str, sources: Collection[str] | None = None) -> None:
        """These are the answer from now on, and no others; without `sources` all of them together."""
        counts = answers.c.source.in_(sources) if sources is not None else True
        self._connection.execute(update(answers).where(*_at(run, step)).values(counts=counts))

    def forget_words(self, person: PersonId, source: str) -> list[tuple[str, str]]:
        """Delete the words of a message; runs and steps they belonged to."""
        mine = (answers.c.workspace_id == person.workspace) & (answers.c.user_id == person.user)
        gone = update(answers).where(mine, answers.c.source == source, answers.c.words.is_not(None))
        gone_from = gone.values(words=None, counts=False).returning(answers.c.run_id, answers.c.step_id)
        return [(row.run_id, row.step_id) for row in self._connection.execute(gone_from)]

    def remove(self, person: PersonId, source: str) -> list[tuple[str, str]]:
        """A message is no answer any more; runs and steps it belonged to."""
        mine = (answers.c.workspace_id == person.workspace) & (answers.c.user_id == person.user)
        gone = delete(answers).where(mine, answers.c.source == source)
        rows = self._connection.execute(gone.returning(answers.c.run_id, answers.c.step_id))
        return [(row.run_id, row.step_id) for row in rows]

    def find_source(self, person: PersonId, source: str) -> tuple[str, str] | None:
        """Run and step that a message answers, or answered before it was deleted."""
        mine = (answers.c.workspace_id == person.workspace) & (answers.c.user_id == person.user)
        wanted = select(answers.c.run_id, answers.c.step_id).where(mine, answers.c.source == source)
        row = self._connection.execute(wanted).first()
        return (row.run_id, row.step_id) if row else None

    def export(self, person: PersonId) -> list[dict[str, Any]]:
        """Every run with everything answered in it, as JSON takes it."""
        return [self._export_run(run) for run in self.get_runs(person)]

    def erase(self, person: PersonId) -> None:
        """For good."""
        for table in (answers, runs):
            mine = (table.c.workspace_id == person.workspace) & (table.c.user_id == person.user)
            self._connection.execute(delete(table).where(mine))

    def _export_run(self, run: Run) -> dict[str, Any]:
        return {
            "programme": run.programme,
            "problem": run.problem,
            "state": run.state,
            "started_at": run.started_at.isoformat(),
            "answers": [
                {"step": one.step, "text": one.text, "counts": one.counts, "at": one.at.isoformat()}
                for one in self.get_answers(run).given
                if one.text
            ],
        }

    def _get_runs(self, person: PersonId, *wanted: Any) -> list[Run]:
        mine = (runs.c.workspace_id == person.workspace) & (runs.c.user_id == person.user)
        newest = select(runs).where(mine, *wanted).order_by(runs.c.started_at.desc(), runs.c.id)
        rows = self._connection.execute(newest)
        return [_run(row) for row in rows]

    def _given(self, row: Row[Any], person: PersonId) -> Given:
        found: dict[str, Any] = {"text": None, "option": ""}
        if row.words is not None:
            found = json.loads(self._vault.open(row.words, Owner(*person), WORDS))
        return Given(
            row.run_id,
            row.step_id,
            row.source,
            at=row.answered_at,
            counts=row.counts,
            edited=row.edited,
            **found,
        )


def _run(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        person=PersonId(row.workspace_id, row.user_id),
        programme=row.programme_id,
        started_on=row.started_on,
        started_at=row.started_at,
        problem=row.problem_id,
        state=row.state,
        round=row.round,
    )


def _run_row(run: Run) -> dict[str, object]:
    return {
        "workspace_id": run.person.workspace,
        "id": run.id,
        "user_id": run.person.user,
        "programme_id": run.programme,
        "problem_id": run.problem,
        "state": run.state,
        "round": run.round,
        "started_on": run.started_on,
        "started_at": run.started_at,
    }


def _at(run: Run, step: str) -> tuple[Any, ...]:
    return (
        answers.c.workspace_id == run.person.workspace,
        answers.c.user_id == run.person.user,
        answers.c.run_id == run.id,
        answers.c.step_id == step,
    )
