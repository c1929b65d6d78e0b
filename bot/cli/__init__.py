"""The commands of `rung`; each does its work elsewhere."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from bot.cli.console import err, tell
from bot.cli.content import ladder_app, prompt_app
from bot.cli.database import brag_app, db_app, outbox_app
from bot.cli.people import people_app
from bot.errors import RungError, StartRefused
from bot.slack.manifest import write_manifest

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Rung, a career coach that lives in Slack."
)
app.add_typer(ladder_app, name="ladder")
app.add_typer(prompt_app, name="prompt")
app.add_typer(brag_app, name="brag")
app.add_typer(people_app, name="people")
app.add_typer(outbox_app, name="outbox")
app.add_typer(db_app, name="db")


def main() -> None:
    """The way in; what was raised on purpose is told in words, everything else is a bug with a trace."""
    try:
        app()
    except StartRefused as refused:
        err.print(f"[bold red]Rung can't start[/]: {len(refused.problems)} to mend")
        sys.exit(tell(refused.problems))
    except RungError as error:
        err.print(str(error), markup=False)
        sys.exit(1)


# Bolt, aiohttp and SQLAlchemy take a third of a second to import; the commands for content do without.


@app.command()
def serve(
    worker: Annotated[bool, typer.Option(help="Also send what is due, as `rung worker` does.")] = True,
) -> None:
    """Answer Slack: Socket Mode when SLACK_APP_TOKEN is set, else HTTP on PORT."""
    gc.disable()  # a start makes what stays; looking through it again and again is a tenth of its time
    from bot.serve import serve as run

    run(works=worker)


@app.command()
def worker(
    port: Annotated[int, typer.Option(help="Port for /healthz, /readyz and /metrics; 0: none.")] = 0,
) -> None:
    """Send what is due, beside processes that answer; any number of them on PostgreSQL."""
    gc.disable()
    from bot.serve import work as run

    run(port)


@app.command()
def demo(port: Annotated[int, typer.Option(help="Port of the page.")] = 3000) -> None:
    """A workspace to try Rung in: no Slack, no account, everything in one process and a temporary folder."""
    from bot.demo import demo as run

    run(port)


@app.command()
def manifest(
    url: Annotated[str, typer.Option(help="Address Slack reaches Rung at; without: Socket Mode.")] = "",
    reactions: Annotated[bool, typer.Option(help="Let a reaction keep a message (reads channels).")] = False,
    email: Annotated[bool, typer.Option(help="Let `rung people import` find people by address.")] = False,
) -> None:
    """Print the manifest of the Slack app, to create it from."""
    sys.stdout.write(write_manifest(url, reactions=reactions, email=email))
