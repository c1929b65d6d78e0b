"""`rung db`, `rung outbox` and `rung brag`: commands on the database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import get_settings, out
from bot.clock import now
from bot.errors import StartRefused

outbox_app = typer.Typer(no_args_is_help=True, help="What is owed to whom.")
db_app = typer.Typer(no_args_is_help=True, help="The database.")
brag_app = typer.Typer(no_args_is_help=True, help="Brag documents.")


@outbox_app.command("list")
def outbox_list(
    failed: Annotated[bool, typer.Option("--failed", help="Only what Slack refuses.")] = False,
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
) -> None:
    """What is waiting or went wrong, newest first: ids, times and Slack's codes, never words."""
    from bot.outbox.schedules import Schedules
    from bot.outbox.store import Outbox
    from bot.storage.database import open_current

    with open_current(get_settings().database_url) as database:
        standing = database.read_now(Schedules, Schedules.stand, now())
        found = database.read_now(Outbox, Outbox.get_latest, limit, failed=failed)
    for one, reason in found:
        about = f"{one.state:8} {one.kind:16} {one.workspace} {one.user} {reason}"
        out.print(f"{one.due_at:%Y-%m-%d %H:%M}  {about}".rstrip(), markup=False)
    counts = ", ".join(f"{number:,} {state}" for state, number in sorted(standing.states.items()))
    out.print(counts or "Nothing was ever owed.", markup=False)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest schema."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.storage.database import Database, problem_of_database
    from bot.storage.migrate import upgrade

    with closing(Database(get_settings().database_url)) as database:
        try:
            upgrade(database.engine)
        except SQLAlchemyError as error:
            raise StartRefused([problem_of_database(error)]) from None
    out.print("The database is at the newest schema.")


@db_app.command("migration")
def db_migration(title: Annotated[str, typer.Argument(help="What changes, in a few words.")]) -> None:
    """For developers: write a migration from what the tables in code say beyond those there are."""
    from bot.app import write_migration

    out.print(f"Wrote {write_migration(title)}. Read it before you commit it.", markup=False)


@db_app.command("rekey")
def db_rekey() -> None:
    """Seal everything with the first key of RUNG_SECRET_KEY; the others can go afterwards."""
    import bot.app  # noqa: F401  (with every part come its tables; what is not known is not sealed anew)
    from bot.storage.database import open_current
    from bot.storage.keys import open_vault, reseal

    settings = get_settings()
    secret = settings.rung_secret_key.get_secret_value() if settings.rung_secret_key else None
    with open_current(settings.database_url) as database:
        count = reseal(database, open_vault(secret, database, now()), now())
    out.print(f"{count:,} texts are sealed with the first key now; the others can go.", markup=False)


@brag_app.command("import")
def brag_import(
    file: Annotated[Path, typer.Argument(help="What `/brag export json` made.")],
    workspace: Annotated[str, typer.Option(help="Id of the workspace; else as the file says.")] = "",
    user: Annotated[str, typer.Option(help="Whose entries they are to be; else as the file says.")] = "",
) -> None:
    """Put a brag document into the database; what is there already stays, so that twice is once."""
    from bot.brag.commands import import_file

    out.print(import_file(get_settings(), file, workspace, user), markup=False)
