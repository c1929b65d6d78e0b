"""`rung ladder` and `rung prompt`: work on content, without Slack and without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.console import get_settings, out, tell
from bot.content_library import Library
from bot.contents import open_ladders, open_messages, open_prompts
from bot.errors import BotError
from bot.ladder.answers import Answers
from bot.ladder.as_json import ladder_as_json, level_as_json
from bot.ladder.find import find_level
from bot.ladder.load import parse_ladder
from bot.ladder.model import Ladder, Level
from bot.ladder.service import NoLadderChosen, Reader, choose_ladder
from bot.ladder.site import write_site
from bot.ladder.terminal import print_blocks
from bot.people.model import PersonId
from bot.preview import Whom, preview
from bot.settings import Settings
from bot.wording import Wording

ladder_app = typer.Typer(no_args_is_help=True, help="Work on ladders without Slack.")
prompt_app = typer.Typer(no_args_is_help=True, help="Work on what Rung says.")

LadderId = Annotated[str | None, typer.Option("--ladder", help="Id of the ladder; RUNG_DEFAULT_LADDER else.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


@ladder_app.command("check")
def ladder_check(
    strict: Annotated[bool, typer.Option("--strict", help="Tell what is weak as well.")] = False,
) -> None:
    """Check every ladder file; all problems at once, each with file, line and what to do.

    With --strict also what works and could say more: wording that stands there twice, questions that only
    repeat, samples without an outcome, levels and competencies that general questions can't find.
    """
    from bot.ladder.strict import parse_strictly  # of no use to a server, which imports this file as well

    library = Library(get_settings().rung_ladders, parse_strictly if strict else parse_ladder)
    library.refresh()
    _report(library, "ladder")


@prompt_app.command("check")
def prompt_check() -> None:
    """Check every prompt file; all problems at once, each with file, line and what to do."""
    prompts = open_prompts(get_settings().rung_prompts)
    if prompts.problems:
        raise typer.Exit(tell(prompts.problems))
    names = sorted(name for library in prompts.libraries for name in library.in_force)
    out.print(f"{len(names)} prompt files are in order: {', '.join(names)}", markup=False)


@prompt_app.command("preview")
def prompt_preview(
    names: Annotated[
        list[str] | None, typer.Argument(help="Files, folders or ids in them; nothing: all.")
    ] = None,
    level: Annotated[str | None, typer.Option(help="Only what suits this level, as people write it.")] = None,
    ladder_id: LadderId = None,
) -> None:
    """Print how questions, programmes and messages read, filled with examples.

    With --level, only the questions that suit it, filled from its ladder.
    """
    settings = get_settings()
    if ladder_id and not level:
        raise BotError("Say which level of it: --level staff.")
    whom = None
    if level:
        ladder = _choose(open_ladders(settings.rung_ladders), ladder_id, settings)
        whom = Whom(ladder, _find_one(ladder, level))
    prompts = open_prompts(settings.rung_prompts)
    if prompts.problems:
        raise typer.Exit(tell(prompts.problems))
    print_blocks(out, preview(prompts, names or [], whom))


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
    settings = get_settings()
    library = open_ladders(settings.rung_ladders)
    asked = " ".join(words or [])
    if as_json:
        data = _as_json(_choose(library, ladder_id, settings), asked)
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return
    named = ladder_id or settings.rung_default_ladder
    answers = Answers(Wording(open_messages(settings.rung_prompts)), lambda: library.in_force)
    for ladder in [_choose(library, ladder_id, settings)] if named else library.in_force.values():
        reader = Reader(PersonId("", ""), ladder)
        for question in [asked] if asked else ladder.levels:
            print_blocks(out, answers.answer(reader, question).blocks)


def _as_json(ladder: Ladder, asked: str) -> dict[str, Any]:
    if not asked:
        return ladder_as_json(ladder)
    return level_as_json(ladder, _find_one(ladder, asked))


def _find_one(ladder: Ladder, asked: str) -> Level:
    found = find_level(ladder, asked)
    if len(found.levels) != 1:
        raise BotError(
            f"“{asked}” is not one level of {ladder.name}; `rung ladder find` says what comes near."
        )
    return ladder.levels[found.levels[0]]


@ladder_app.command("find")
def ladder_find(
    query: Annotated[list[str], typer.Argument(help="A level as people write it; - reads one a line.")],
    ladder_id: LadderId = None,
    as_json: AsJson = False,
) -> None:
    """Say which level a piece of text means."""
    settings = get_settings()
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


@ladder_app.command("site")
def ladder_site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder, or an earlier one.")],
) -> None:
    """Write every ladder as a page to read, to link to and to print: plain HTML, for any web server."""
    settings = get_settings()
    library = open_ladders(settings.rung_ladders)
    if library.problems or not library.in_force:
        _report(library, "ladder")
    words = Wording(open_messages(settings.rung_prompts))
    out.print(f"Wrote {write_site(folder, list(library.in_force.values()), words)}", markup=False)


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
        raise typer.Exit(tell(library.problems))
    if not library.in_force:
        raise BotError(f"There is no {kind} in this folder: {library.folder}. Copy one that comes with Rung.")
    names = ", ".join(library.in_force)
    out.print(f"{len(library.in_force)} {kind}s are in order: {names}", markup=False)
