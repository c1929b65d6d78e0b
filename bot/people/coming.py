"""What comes to someone next, as their Home tab says it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.people.model import PersonId
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn


class Coming(NamedTuple):
    """`at` is None where it is there already, and waits for them; `button` leads to more of it."""

    what: Mrkdwn
    at: datetime | None = None
    button: Block | None = None


GetComing = Callable[[PersonId], Awaitable[Sequence[Coming]]]
