"""What buttons around a pair carry: the two, and whatever else the button is about."""

from __future__ import annotations

from bot.oneonone.model import Pair


def pack(pair: Pair, *more: str) -> str:
    """Holds at most 150 characters for an option, 2,000 for a button."""
    return "|".join((pair.engineer, pair.other, *more))


def unpack(workspace: str, value: str) -> tuple[Pair, list[str]]:
    """Whoever clicks is to be held against the pair: a value says nothing of who may."""
    engineer, _, rest = value.partition("|")
    other, *more = rest.split("|")
    return Pair(workspace, engineer, other), more
