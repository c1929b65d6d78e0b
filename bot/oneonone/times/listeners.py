"""How the times of 1:1s come in, and what is owed before and after them."""

from __future__ import annotations

from bot.oneonone.desk import Desk
from bot.oneonone.ways import Ways


class TimesListeners:
    """Everything of this that comes in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, ways: Ways) -> None:
        pass
