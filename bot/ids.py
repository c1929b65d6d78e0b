"""Ids of what is kept."""

from __future__ import annotations

import os

from bot.clock import now

WEEK = 7 * 24 * 60 * 60  # seconds


def new_id() -> str:
    """32 hexadecimal digits: four of the week, 112 bits of chance.

    What is written in one week lies together in every index, and so in memory. Of when something was written
    an id tells no more, since others see the ids of what is shared with them.
    """
    return f"{int(now().timestamp()) // WEEK:04x}{os.urandom(14).hex()}"
