"""Permissions that wear out: trigger ids (3 seconds, once) and response URLs (30 minutes, 5 times)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.limits import Refused
from bot.playground.world import Message

TRIGGER_SECONDS = 3
RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5


@dataclass
class Trigger:
    user_id: str
    issued: float
    used: bool = False


class Triggers:
    """Each interaction of a person allows the bot to show them one modal."""

    def __init__(self, real_time: Callable[[], float]) -> None:
        self._real_time = real_time
        self._issued: dict[str, Trigger] = {}

    def issue(self, user_id: str) -> str:
        trigger_id = f"{secrets.randbelow(10**9)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(user_id, self._real_time())
        return trigger_id

    def redeem(self, trigger_id: str) -> str:
        """The id of the person; raises Refused with the code of what is wrong."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._real_time() - trigger.issued > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger.user_id


@dataclass
class ResponseTicket:
    """Where an answer goes; `source` is the message that was clicked, None after a command."""

    user_id: str
    conversation_id: str
    source: Message | None
    issued: float
    uses: int = 0


class ResponseUrls:
    def __init__(self, real_time: Callable[[], float]) -> None:
        self._real_time = real_time
        self._issued: dict[str, ResponseTicket] = {}

    def issue(self, user_id: str, conversation_id: str, source: Message | None = None) -> str:
        ticket_id = secrets.token_hex(12)
        self._issued[ticket_id] = ResponseTicket(user_id, conversation_id, source, self._real_time())
        return ticket_id

    def use(self, ticket_id: str) -> ResponseTicket:
        ticket = self._issued.get(ticket_id)
        if ticket is None or self._real_time() - ticket.issued > RESPONSE_SECONDS:
            raise Refused("expired_url")
        if ticket.uses >= RESPONSE_USES:
            raise Refused("used_url")
        ticket.uses += 1
        return ticket
