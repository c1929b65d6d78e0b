"""`rung people`: who reports to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import get_settings, out

people_app = typer.Typer(no_args_is_help=True, help="Who reports to whom.")


@people_app.callback()
def people() -> None:
    """Who reports to whom."""


@people_app.command("import")
def people_import(
    file: Annotated[Path, typer.Argument(help="CSV with the columns engineer, manager and perhaps role.")],
    workspace: Annotated[str, typer.Option(help="Id of the workspace, where there are several.")] = "",
) -> None:
    """Ask every engineer of a list whether its manager is theirs; nothing is shared before a yes.

    People stand there by Slack id, or by email address where the app has the scope users:read.email
    (`rung manifest --email`). The running Rung sends the questions; twice is once.
    """
    from bot.oneonone.linking.commands import import_managers

    out.print(import_managers(get_settings(), file, workspace), markup=False)
