"""Last good texts, kept by several processes that start together."""

import asyncio

from bot.clock import now
from bot.storage.database import Database
from bot.storage.kept_content import KeptContent

NAMES = [f"file-{number:03}" for number in range(200)]


async def test_processes_that_start_together_do_not_wait_for_each_other_in_a_ring(database: Database) -> None:
    """Each has its files in an order of its own."""
    for number in range(5):
        one = dict.fromkeys(NAMES, (f"text {number}", f"fingerprint {number}"))
        other = {name: one[name] for name in reversed(NAMES)}
        keep = KeptContent.keep
        await asyncio.gather(
            *(database.write(KeptContent, keep, "prompt", texts, now()) for texts in (one, other))
        )
        assert await database.read(KeptContent, KeptContent.get_all, "prompt") == one
