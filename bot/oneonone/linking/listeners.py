"""How relations come in: words of `/coach`, the yes and no of an engineer, people who leave."""

from __future__ import annotations

from bot.oneonone.desk import Desk
from bot.oneonone.ways import Ways


class LinkingListeners:
    """Everything of this that comes in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, ways: Ways) -> None:
        pass
