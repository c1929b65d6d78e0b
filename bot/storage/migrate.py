"""Brings a database to the newest schema, and says whether it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from bot.errors import Problem, StartRefused, problem_of_setting

FOLDER = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run every migration not yet run, in one transaction where the database can.

    Raises StartRefused where a newer Rung has written the database.
    """
    problem = find_problem(engine)
    if problem is None:
        return
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
    except CommandError:  # there is no way from a revision that is not known
        raise StartRefused([problem]) from None


def find_problem(engine: Engine) -> Problem | None:
    """Why the schema does not stand at the newest migration; None where it does."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    newest, known = _list_revisions()
    if present == newest:
        return None
    if present and present not in known:
        return problem_of_setting(
            "DATABASE_URL", "was written by a newer Rung", "run that version, or a newer one"
        )
    return problem_of_setting("DATABASE_URL", "lacks migrations", "run `rung db upgrade` first")


@cache
def _list_revisions() -> tuple[str | None, frozenset[str]]:
    """The newest, and all."""
    scripts = ScriptDirectory.from_config(_config())
    return scripts.get_current_head(), frozenset(script.revision for script in scripts.walk_revisions())


def create_migration(engine: Engine, title: str) -> Path:
    """Write a migration from what the tables in code say beyond those in the database; its path."""
    number = len(list((FOLDER / "versions").glob("*.py"))) + 1
    with engine.connect() as connection:
        script = command.revision(_config(connection), title, autogenerate=True, rev_id=f"{number:04}")
    if not isinstance(script, Script):
        raise TypeError("one migration was asked for")
    return Path(script.path)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config
