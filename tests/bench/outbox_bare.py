"""What the outbox is compared with: a loop that claims, renders and marks, and Slack's client by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment
from slack_sdk.web.async_client import AsyncWebClient

from bot.storage.database import Database

BATCH = 100
TEMPLATE = (
    "Good day {{ user }}! What did you do this week that a {{ level }} does?\nReply here, and I keep it."
)
TABLE = (
    "CREATE TABLE bare (id INTEGER PRIMARY KEY, person TEXT, level TEXT, state TEXT, due_at INT, ts TEXT)",
    "CREATE INDEX bare_due ON bare (due_at) WHERE state = 'pending'",
)
FILL = "INSERT INTO bare (id, person, level, state, due_at) VALUES (?, ?, 'Staff', 'pending', 1)"
CLAIM = f"""
    UPDATE bare SET state = 'claimed' WHERE id IN (
        SELECT id FROM bare WHERE state = 'pending' AND due_at <= 1 ORDER BY due_at LIMIT {BATCH}
    ) RETURNING id, person, level
"""
MARK = "UPDATE bare SET state = 'sent', ts = ? WHERE id = ?"


def drain(database: Database, rows: int) -> float:
    """Seconds a row: the driver alone, as Rung's own connections are set up, and two commits a batch."""
    template = Environment(autoescape=False).from_string(TEMPLATE)
    connection = database.engine.raw_connection()
    try:
        cursor, sign = connection.cursor(), "?" if database.is_sqlite else "%s"
        for statement in ("DROP TABLE IF EXISTS bare", *TABLE):
            cursor.execute(statement)
        cursor.executemany(FILL.replace("?", sign), [(number, f"U{number}") for number in range(rows)])
        connection.commit()
        start = time.perf_counter()
        for taken in _claim(connection, cursor, database):
            said = [(template.render(user=user, level=level), number) for number, user, level in taken]
            _begin(cursor, database)
            cursor.executemany(MARK.replace("?", sign), [(str(len(text)), number) for text, number in said])
            connection.commit()
        return (time.perf_counter() - start) / rows
    finally:
        connection.close()


def _claim(connection: Any, cursor: Any, database: Database) -> Iterator[list[Any]]:
    claim = CLAIM if database.is_sqlite else CLAIM.replace(f"{BATCH}\n", f"{BATCH} FOR UPDATE SKIP LOCKED\n")
    while True:
        _begin(cursor, database)
        cursor.execute(claim)
        taken = cursor.fetchall()
        connection.commit()
        if not taken:
            return
        yield taken


def _begin(cursor: Any, database: Database) -> None:
    """PostgreSQL's driver begins by itself; SQLite's is told to leave that to Rung."""
    if database.is_sqlite:
        cursor.execute("BEGIN IMMEDIATE")


async def post_all(client: AsyncWebClient, messages: int, in_flight: int, message: dict[str, Any]) -> None:
    """So many messages, so many of them under way at any time, and nothing written down."""
    waiting = iter(range(messages))

    async def keep_posting() -> None:
        for _ in waiting:
            await client.api_call("chat.postMessage", json=message)

    await asyncio.gather(*(keep_posting() for _ in range(in_flight)))
