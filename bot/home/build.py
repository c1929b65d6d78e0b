"""Puts together what stands before all other slices: `/coach`, plain words in the DM, the Home tab."""

from __future__ import annotations

from collections.abc import Sequence

from bot.brag.captures import Captures
from bot.ground import Ground
from bot.home.coach import CoachListeners
from bot.home.conversation import Conversation
from bot.home.listeners import HomeListeners, Part
from bot.home.standing import Standing
from bot.home.upcoming import Upcoming
from bot.home.weekly import Rests
from bot.nudge.listeners import NudgeListeners
from bot.nudge.model import NUDGE
from bot.people.coming import GetComing
from bot.programme.listeners import ProgrammeListeners
from bot.slack.router import Router


def build_coach(ground: Ground, router: Router, rests: Rests) -> CoachListeners:
    coach = CoachListeners(ground, rests)
    coach.register(router)
    return coach


def build_conversation(
    ground: Ground,
    router: Router,
    coach: CoachListeners,
    captures: Captures,
    nudge: NudgeListeners,
    programmes: ProgrammeListeners,
) -> Conversation:
    """What is written to the bot, and who takes it."""
    conversation = Conversation(ground, captures, coach.is_wish)
    conversation.replies |= {NUDGE: nudge.take_reply, **programmes.takers}
    conversation.kept.append(nudge.hear_beside)
    conversation.takers.append(programmes.replies.take_flat)
    conversation.deleted.append(nudge.forget_message)
    conversation.deleted.append(lambda person, _, ts: programmes.replies.forget(person, ts))
    conversation.register(router)
    return conversation


def build_home(
    ground: Ground,
    router: Router,
    coach: CoachListeners,
    coming: Sequence[GetComing],
    parts: Sequence[Part],
) -> None:
    """What comes next and where one is, the `parts` of the slices in their order, settings."""
    standing = Standing(ground, coach.weekly)
    standing.register(router)
    upcoming = Upcoming(ground, [coach.get_coming, *coming])
    shown = [upcoming.show, standing.show, *parts, coach.show_at_home]
    HomeListeners(ground, shown).register(router)
