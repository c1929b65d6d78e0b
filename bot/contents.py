"""Which content there is and how each kind is read; for the bot and for the command line alike."""

from __future__ import annotations

from pathlib import Path

from bot.content_library import Library
from bot.home import messages as home
from bot.ladder import messages as ladder
from bot.ladder.load import parse_ladder
from bot.ladder.model import Ladder
from bot.wording import Messages, needs_of, prompts_parser

NEEDS = needs_of(ladder.MESSAGES, home.MESSAGES)


def open_ladders(folder: Path) -> Library[Ladder]:
    """The ladders of a folder, read once."""
    library = Library(folder, parse_ladder)
    library.refresh()
    return library


def open_prompts(folder: Path) -> Library[Messages]:
    """The prompts of a folder, read once; a file that is missing counts as broken."""
    library = Library(folder, prompts_parser(NEEDS), must_have=NEEDS)
    library.refresh()
    return library
