"""Brings a database to the newest schema, and says whether it is there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine

FOLDER = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run every migration not yet run, in one transaction where the database can."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Does the schema stand at the newest migration?"""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory.from_config(_config()).get_current_head()


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
