"""Puts 1:1s together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.brag.captures import Captures
from bot.brag.desk import Desk as BragDesk
from bot.ground import Ground
from bot.oneonone.desk import Desk, GetMeanings
from bot.oneonone.listeners import OneOnOneListeners
from bot.oneonone.model import OneOnOneQuestion
from bot.oneonone.ways import Ways


def build_oneonones(
    ground: Ground,
    ways: Ways,
    brag: BragDesk,
    captures: Captures,
    questions: Callable[[], Sequence[OneOnOneQuestion]],
    agreed: GetMeanings,
) -> OneOnOneListeners:
    """`questions` are those in force."""
    desk = Desk(**vars(ground), brag=brag, captures=captures, questions=questions, agreed=agreed)
    oneonones = OneOnOneListeners(desk)
    oneonones.register(ways)
    return oneonones
