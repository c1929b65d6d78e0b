"""What the commands print with, and the settings they work with."""

from __future__ import annotations

import os
from collections.abc import Iterable

from rich.console import Console

from bot.errors import Problem, StartRefused
from bot.settings import Settings, read_settings

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def get_settings() -> Settings:
    """The settings of the environment. Raises StartRefused."""
    settings, problems = read_settings(os.environ)
    if problems:
        raise StartRefused(problems)
    return settings


def tell(problems: Iterable[Problem]) -> int:
    """Print them; the exit code."""
    for problem in problems:
        err.print(str(problem), markup=False)
    return 1
