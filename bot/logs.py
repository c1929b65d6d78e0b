"""Logs of ids, lengths and durations; never of what people write."""

from __future__ import annotations

import logging
import secrets
import sys
from typing import Any

import structlog

log = structlog.get_logger()

QUIET = ("slack_bolt", "slack_sdk", "aiohttp.access", "apscheduler", "alembic", "asyncio")


def set_up_logs(log_format: str = "console") -> None:
    """Send everything to standard error; libraries speak from WARNING on.

    Bolt logs whole request bodies at INFO and DEBUG, so it is never let below WARNING.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    final: Any = (
        structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            final,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def log_bug(kind: str, error: Exception) -> str:
    """Log a bug; the ticket, eight characters a person can quote and an operator can search for.

    Type and place, never the message: it may quote what someone wrote.
    """
    ticket, trace = secrets.token_hex(4), error.__traceback__
    places = []
    while trace:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("bug", kind=kind, ticket=ticket, error=type(error).__name__, trace=places)
    return ticket
