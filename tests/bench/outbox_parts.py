"""The sender as the bot has it, with the weekly question, and a Slack that nobody has to wait for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.contents import open_ladders, open_prompts
from bot.nudge.composing import NudgeComposing
from bot.nudge.desk import NudgeDesk
from bot.outbox.courier import Courier
from bot.outbox.model import Composed, Delivery, Post
from bot.outbox.sender import Sender
from bot.people.model import PersonId
from bot.people.quiet import Quiet
from bot.storage.database import Database
from bot.storage.vault import KEY_BYTES, Vault
from bot.wording import Wording, fill
from tests.bench.outbox_bare import TEMPLATE
from tests.bench.outbox_rows import LADDER

PLAIN, NO_LIMIT = "plain", 10**9
WORDS = "What did you do this week that a Staff Engineer does?\nReply here, and I keep it."
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": WORDS}}]


class AtOnce(Courier):
    """Slack without a network."""

    def __init__(self) -> None:
        pass

    async def post(self, _delivery: Delivery, post: Post) -> tuple[str, str]:
        return post.channel, "1772622000.000100"


class NobodyQuiet(Quiet):
    """Slack is not asked."""

    def __init__(self) -> None:
        pass

    async def until(self, _people: Sequence[PersonId]) -> dict[PersonId, datetime]:
        return {}


def build_sender(database: Database, courier: Courier, clock: Callable[[], datetime]) -> Sender:
    """One that knows the weekly question, and a plain one that is rendered and not chosen."""
    ladders, prompts = open_ladders(Path("ladders")), open_prompts(Path("prompts"))
    sender = Sender(database, courier, clock, per_minute=NO_LIMIT)
    words, vault = Wording(prompts.messages), Vault([bytes(KEY_BYTES)])
    desk = NudgeDesk(
        database,
        vault,
        words,
        NobodyQuiet(),
        clock,
        lambda: prompts.weekly_questions,
        lambda: ladders.in_force,
        LADDER,
    )
    NudgeComposing(desk).register(sender)
    sender.kinds[PLAIN] = _compose_plainly
    return sender


async def _compose_plainly(batch: Sequence[Delivery]) -> Mapping[str, Composed]:
    """As the bare loop says it, in words that Rung renders."""
    return {one.id: Post(one.user, fill(TEMPLATE, user=one.user, level="Staff"), BLOCKS) for one in batch}
