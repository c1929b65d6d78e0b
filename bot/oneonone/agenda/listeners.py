"""How `/agenda` comes in."""

from __future__ import annotations

from bot.oneonone.desk import Desk
from bot.oneonone.ways import Ways


class AgendaListeners:
    """Everything of this that comes in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, ways: Ways) -> None:
        pass
