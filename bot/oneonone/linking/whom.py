"""Who can be linked with whom: two full members of one workspace."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from bot.errors import BotError, SlackRefused
from bot.oneonone.desk import Desk
from bot.oneonone.linking.messages import FILE
from bot.people.model import PersonId
from bot.slack.mrkdwn import Mrkdwn

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
SLACKBOT = "USLACKBOT"  # which Slack itself does not call a bot


def mention(user: str) -> Mrkdwn:
    return Mrkdwn(f"<@{user}>")


def find_mentioned(text: str) -> str | None:
    """The one person named; None for nobody, or for several."""
    found = set(MENTION.findall(text))
    return found.pop() if len(found) == 1 else None


def why_not(user: Mapping[str, Any], workspace: str) -> str | None:
    """Why this one, as `users.info` has them, cannot be linked in the workspace; the name of a message."""
    teams = (user.get("enterprise_user") or {}).get("teams") or [user.get("team_id") or workspace]
    if workspace not in teams:
        return "is_elsewhere"
    if user.get("is_bot") or user.get("id") == SLACKBOT:
        return "is_app"
    if user.get("deleted"):
        return "has_left"
    return "is_guest" if is_guest(user) else None


def is_guest(user: Mapping[str, Any]) -> bool:
    return bool(user.get("is_restricted") or user.get("is_ultra_restricted"))


async def find_colleague(desk: Desk, person: PersonId, text: str, example: str) -> str:
    """The one this person names. Raises BotError where that can't be, with what to do instead."""
    named = find_mentioned(text)
    if named is None:
        raise BotError(desk.words.say(FILE, "whom", example=example))
    if named == person.user:
        raise BotError(desk.words.say(FILE, "is_self", example=example))
    own, other = await asyncio.gather(_ask(desk, person.user), _ask(desk, named))
    if why_not(own, person.workspace):
        raise BotError(desk.words.say(FILE, "is_guest_self"))
    if why := why_not(other, person.workspace):
        raise BotError(desk.words.say(FILE, why, person=mention(named)))
    return named


async def _ask(desk: Desk, user: str) -> Mapping[str, Any]:
    try:
        return await desk.gateway.get_user(user)
    except SlackRefused as refused:
        why = "is_unknown" if refused.permanent else "slack_is_away"
        raise BotError(desk.words.say(FILE, why)) from None
