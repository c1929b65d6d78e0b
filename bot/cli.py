"""The commands of `rung`; each does its work elsewhere."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import closing
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.content_library import Library
from bot.contents import open_ladders, open_prompts
from bot.errors import BotError, Problem, RungError, StartRefused
from bot.ladder.answers import Answers
from bot.ladder.as_json import ladder_as_json, level_as_json
from bot.ladder.find import find_level
from bot.ladder.model import Ladder
from bot.ladder.service import NoLadderChosen, Reader, choose_ladder
from bot.ladder.terminal import print_blocks
from bot.people.model import PersonId
from bot.settings import Settings, problem_of_database, read_settings
from bot.slack.manifest import write_manifest
from bot.wording import Wording

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Rung, a career coach that lives in Slack."
)
ladder_app = typer.Typer(no_args_is_help=True, help="Work on ladders without Slack.")
prompt_app = typer.Typer(no_args_is_help=True, help="Work on what Rung says.")
db_app = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(ladder_app, name="ladder")
app.add_typer(prompt_app, name="prompt")
app.add_typer(db_app, name="db")

LadderId = Annotated[str | None, typer.Option("--ladder", help="Id of the ladder; RUNG_DEFAULT_LADDER else.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> None:
    """The way in; what was raised on purpose is told in words, everything else is a bug with a trace."""
    try:
        app()
    except StartRefused as refused:
        err.print(f"[bold red]Rung can't start[/]: {len(refused.problems)} to mend")
        sys.exit(_tell(refused.problems))
    except RungError as error:
        err.print(str(error), markup=False)
        sys.exit(1)


# Bolt, aiohttp and SQLAlchemy take a third of a second to import; the commands for content do without.


@app.command()
def serve() -> None:
    """Answer Slack: Socket Mode when SLACK_APP_TOKEN is set, else HTTP on PORT."""
    from bot.serve import serve as run

    run()


@app.command()
def demo(port: Annotated[int, typer.Option(help="Port of the page.")] = 3000) -> None:
    """A workspace to try Rung in: no Slack, no account, everything in one process and a temporary folder."""
    from bot.demo import demo as run

    run(port)


@app.command()
def manifest(
    url: Annotated[str, typer.Option(help="Address Slack reaches Rung at; without: Socket Mode.")] = "",
) -> None:
    """Print the manifest of the Slack app, to create it from."""
    sys.stdout.write(write_manifest(url))


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest schema."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.storage.database import Database
    from bot.storage.migrate import upgrade

    with closing(Database(_settings().database_url)) as database:
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


@ladder_app.command("check")
def ladder_check() -> None:
    """Check every ladder file; all problems at once, each with file, line and what to do."""
    _report(open_ladders(_settings().rung_ladders), "ladder")


@prompt_app.command("check")
def prompt_check() -> None:
    """Check every prompt file; all problems at once, each with file, line and what to do."""
    _report(open_prompts(_settings().rung_prompts), "prompt file")


@ladder_app.command("show")
def ladder_show(
    words: Annotated[
        list[str] | None, typer.Argument(help="What would follow /ladder; nothing: all.")
    ] = None,
    ladder_id: LadderId = None,
    as_json: AsJson = False,
) -> None:
    """Print what `/ladder` would show: a level, one competency of it, or the whole ladder.

    Without --ladder, and with no RUNG_DEFAULT_LADDER, every ladder answers.
    """
    settings = _settings()
    library = open_ladders(settings.rung_ladders)
    asked = " ".join(words or [])
    if as_json:
        data = _as_json(_choose(library, ladder_id, settings), asked)
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return
    named = ladder_id or settings.rung_default_ladder
    answers = Answers(Wording(open_prompts(settings.rung_prompts)), lambda: library.in_force)
    for ladder in [_choose(library, ladder_id, settings)] if named else library.in_force.values():
        reader = Reader(PersonId("", ""), ladder)
        for question in [asked] if asked else ladder.levels:
            print_blocks(out, answers.answer(reader, question).blocks)


def _as_json(ladder: Ladder, asked: str) -> dict[str, Any]:
    if not asked:
        return ladder_as_json(ladder)
    found = find_level(ladder, asked)
    if len(found.levels) != 1:
        raise BotError(
            f"“{asked}” is not one level of {ladder.name}; `rung ladder find` says what comes near."
        )
    return level_as_json(ladder, ladder.levels[found.levels[0]])


@ladder_app.command("find")
def ladder_find(
    query: Annotated[list[str], typer.Argument(help="A level as people write it; - reads one a line.")],
    ladder_id: LadderId = None,
    as_json: AsJson = False,
) -> None:
    """Say which level a piece of text means."""
    settings = _settings()
    ladder = _choose(open_ladders(settings.rung_ladders), ladder_id, settings)
    queries = (line.rstrip("\n") for line in sys.stdin) if query == ["-"] else [" ".join(query)]
    for text in queries:
        found = find_level(ladder, text)
        data = {
            "query": text,
            "kind": found.kind,
            "levels": list(found.levels),
            "roles": list(found.roles),
            "suggestions": list(found.suggestions),
        }
        if as_json:
            sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
        else:
            names = ", ".join(ladder.levels[level].title for level in found.levels or found.suggestions)
            out.print(f"{found.kind}: {names or 'nothing comes near'}", markup=False)


def _settings() -> Settings:
    settings, problems = read_settings(os.environ)
    if problems:
        raise StartRefused(problems)
    return settings


def _choose(library: Library[Ladder], ladder_id: str | None, settings: Settings) -> Ladder:
    if ladder_id and ladder_id not in library.in_force:
        broken = " (its file is broken: `rung ladder check`)" if ladder_id in library.broken else ""
        there = ", ".join(library.in_force)
        raise BotError(f"There is no ladder “{ladder_id}”{broken}. There are: {there}.")
    if ladder_id:
        return library.in_force[ladder_id]
    try:
        return choose_ladder(None, library.in_force, settings.rung_default_ladder)
    except NoLadderChosen:
        there = ", ".join(library.in_force) or "none that can be used (`rung ladder check`)"
        raise BotError(f"Say which ladder with --ladder ID. There are: {there}.") from None


def _report(library: Library[Any], kind: str) -> None:
    if library.problems:
        raise typer.Exit(_tell(library.problems))
    if not library.in_force:
        raise BotError(f"There is no {kind} in this folder: {library.folder}. Copy one that comes with Rung.")
    names = ", ".join(library.in_force)
    out.print(f"{len(library.in_force)} {kind}s are in order: {names}", markup=False)


def _tell(problems: Iterable[Problem]) -> int:
    for problem in problems:
        err.print(str(problem), markup=False)
    return 1
