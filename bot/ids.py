"""Ids of what is kept."""

from __future__ import annotations

import os
import time


def new_id() -> str:
    """32 hexadecimal digits, later ones behind earlier ones: what is written together lies together.

    Begins with the time, as a UUID of version 7 does (RFC 9562, 5.7): 48 bits of it in milliseconds, and
    80 bits of chance.
    """
    return f"{time.time_ns() // 1_000_000:012x}{os.urandom(10).hex()}"
