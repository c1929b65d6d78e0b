"""One serving process for a SQLite file, held by the kernel so that it is free again after SIGKILL."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.errors import Problem, StartRefused


@contextmanager
def only_one(database_url: str) -> Iterator[None]:
    """Hold `<database>.lock` while serving. PostgreSQL needs none. Raises StartRefused when it is taken."""
    address = make_url(database_url)
    path = Path(f"{Path(address.database or '').resolve()}.lock")  # a link to the file is the same file
    if address.get_backend_name() != "sqlite" or not path.parent.is_dir():
        yield  # opening the database says what is wrong with its folder
        return
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartRefused(
                [
                    Problem(
                        str(path),
                        0,
                        "DATABASE_URL",
                        "another Rung is already serving this SQLite file",
                        "stop it first, or use PostgreSQL to run several processes",
                    )
                ]
            ) from None
        yield
