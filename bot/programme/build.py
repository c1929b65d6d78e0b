"""Puts programmes together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.brag.captures import Captures
from bot.ground import Ground
from bot.programme.composing import Composing
from bot.programme.desk import Desk
from bot.programme.listeners import ProgrammeListeners
from bot.programme.meaning.agreements import Agreements
from bot.programme.model import Programme
from bot.slack.router import Router


def build_programmes(
    ground: Ground,
    router: Router,
    captures: Captures,
    agreements: Agreements,
    in_force: Callable[[], Mapping[str, Programme]],
) -> ProgrammeListeners:
    desk = Desk(**vars(ground), programmes=in_force)
    Composing(desk).register(ground.sender)
    programmes = ProgrammeListeners(desk, captures, agreements)
    programmes.register(router)
    return programmes
