"""Puts together what stands before all other slices: `/coach`, plain words in the DM, the Home tab."""

from __future__ import annotations

from bot.brag.captures import Captures
from bot.ground import Ground
from bot.home.coach import CoachListeners
from bot.home.conversation import Conversation
from bot.home.listeners import HomeListeners, ShowSome
from bot.nudge.listeners import NudgeListeners
from bot.nudge.model import NUDGE
from bot.programme.listeners import ProgrammeListeners
from bot.slack.router import Router


def build_coach(ground: Ground, router: Router) -> CoachListeners:
    coach = CoachListeners(
        ground.database, ground.gateway, ground.words, ground.zones, ground.ladders, ground.clock
    )
    coach.register(router, ground.sender)
    return coach


def build_conversation(
    ground: Ground, router: Router, captures: Captures, nudge: NudgeListeners, programmes: ProgrammeListeners
) -> Conversation:
    """What is written to the bot, and who takes it."""
    conversation = Conversation(ground.database, ground.gateway, ground.ladders, captures)
    conversation.replies |= {NUDGE: nudge.take_reply, **programmes.takers}
    conversation.kept.append(nudge.hear_beside)
    conversation.takers.append(programmes.replies.take_flat)
    conversation.deleted.append(nudge.forget_message)
    conversation.deleted.append(lambda person, _, ts: programmes.replies.forget(person, ts))
    conversation.register(router)
    return conversation


def build_home(ground: Ground, router: Router, comes_next: ShowSome) -> HomeListeners:
    """`comes_next` shows the next 1:1, where there is one."""
    home = HomeListeners(ground.ladders, ground.words, ground.gateway, comes_next)
    home.register(router)
    return home
