"""Where the parts of 1:1s say what they take: commands, clicks, words of `/coach`, replies, deliveries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.outbox.model import Delivery
from bot.outbox.sender import Sender
from bot.people.model import PersonId
from bot.slack.payloads import Answer, Message
from bot.slack.router import Router


@dataclass(frozen=True)
class Ways:
    """`coach` by the word after `/coach`; `replies` by the kind of delivery whose thread it is.

    `flat` are offered, in turn, what is written in the DM outside every thread; the first that says yes has
    it.
    `deleted` are told of messages that are gone, by person, channel and ts.
    """

    router: Router
    sender: Sender
    coach: dict[str, Callable[[PersonId, str], Awaitable[Answer]]]
    replies: dict[str, Callable[[Message, Delivery], Awaitable[None]]]
    flat: list[Callable[[Message], Awaitable[bool]]]
    deleted: list[Callable[[PersonId, str, str], Awaitable[object]]]
