"""Puts the weekly question together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.brag.captures import Captures
from bot.ground import Ground
from bot.ladder.agreed import GetAgreedOfMany
from bot.ladder.model import Ladder
from bot.nudge.composing import NudgeComposing
from bot.nudge.desk import NudgeDesk
from bot.nudge.listeners import NudgeListeners
from bot.nudge.model import WeeklyQuestion
from bot.slack.router import Router


def build_nudge(
    ground: Ground,
    router: Router,
    captures: Captures,
    questions: Callable[[], Sequence[WeeklyQuestion]],
    ladders: Callable[[], Mapping[str, Ladder]],
    default_ladder: str | None,
    agreed: GetAgreedOfMany,
) -> NudgeListeners:
    """`questions` and `ladders` are those in force."""
    desk = NudgeDesk(
        ground.database,
        ground.vault,
        ground.words,
        ground.quiet,
        ground.clock,
        questions,
        ladders,
        default_ladder,
        agreed,
    )
    NudgeComposing(desk).register(ground.sender)
    nudge = NudgeListeners(desk, ground, captures)
    nudge.register(router)
    captures.kept.append(nudge.hear_kept)
    captures.taken_back.append(nudge.hear_taken_back)
    return nudge
