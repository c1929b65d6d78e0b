"""Puts the brag document together."""

from __future__ import annotations

from bot.brag.captures import Captures
from bot.brag.composing import Composing
from bot.brag.desk import Desk
from bot.brag.listeners import BragListeners
from bot.ground import Ground
from bot.slack.router import Router


def build_brag(ground: Ground, router: Router, reaction: str) -> tuple[Desk, Captures]:
    """What others need of it: the desk to read at, and what keeps whatever they hear of."""
    desk = Desk(**vars(ground))
    captures = Captures(desk)
    Composing(desk).register(ground.sender)
    BragListeners(desk, captures, reaction).register(router)
    return desk, captures
