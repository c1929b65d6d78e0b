"""Logs of ids, lengths and durations; never of what people write."""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import structlog

log = structlog.get_logger()

QUIET = ("slack_bolt", "slack_sdk", "aiohttp.access", "apscheduler", "alembic", "asyncio")


def set_up_logs(log_format: str = "console") -> None:
    """Send everything to standard error; libraries speak from WARNING on.

    Bolt logs whole request bodies at INFO and DEBUG, so it is never let below WARNING.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutWords("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
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
    ticket = secrets.token_hex(4)
    log.error("bug", kind=kind, ticket=ticket, error=type(error).__name__, trace=_places(error))
    return ticket


class _WithoutWords(logging.Formatter):
    """What libraries log of errors that nobody caught, in the same way as `log_bug`.

    asyncio shows the task as well, in lines of their own, and with it the error's message.
    """

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return super().format(record)
        said, *_ = record.getMessage().splitlines() or [""]
        found = [f"{type(one).__name__} {' '.join(_places(one))}" for one in _each(error)]
        return " | ".join([f"{record.levelname} {record.name} {said}", *found])


def _each(error: BaseException) -> Iterator[BaseException]:
    """Those of a group, which by itself says little."""
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _each(one)
    else:
        yield error


def _places(error: BaseException) -> list[str]:
    frames = traceback.walk_tb(error.__traceback__)
    return [f"{frame.f_code.co_filename}:{line}" for frame, line in frames]
