"""The shipped ladders in a folder of one's own, to be edited and broken."""

import shutil
from collections.abc import Callable
from pathlib import Path

import yaml

from bot.playground.world import Json
from bot.settings import ROOT


def copied_ladders(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "ladders", folder / "ladders"))


def edit(ladders: Path, change: Callable[[Json], None], name: str = "artsy.yaml") -> None:
    """Change the parsed file and write it back."""
    ladder = yaml.safe_load((ladders / name).read_text(encoding="utf-8"))
    change(ladder)
    (ladders / name).write_text(yaml.safe_dump(ladder, allow_unicode=True, sort_keys=False), encoding="utf-8")
