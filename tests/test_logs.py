"""What stands in the log of errors that nobody caught: their type and place, and none of their words."""

from __future__ import annotations

import subprocess
import sys

import pytest

FAILS = """
import asyncio, logging
from bot.logs import set_up_logs

set_up_logs()

async def fail():
    raise LookupError("Ana wrote that she is leaving")

async def fail_in_a_group():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(fail())

async def forget(work):
    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    del task

def log_it():
    try:
        asyncio.run(fail())
    except LookupError:
        logging.getLogger("library").exception("A job failed: %s", "send_due")
"""


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("asyncio.run(forget(fail))", "Task exception was never retrieved"),
        ("asyncio.run(forget(fail_in_a_group))", "Task exception was never retrieved"),
        ("log_it()", "A job failed: send_due"),
    ],
)
def test_an_error_is_logged_by_type_and_place_and_not_by_its_message(call: str, said: str) -> None:
    told = subprocess.run([sys.executable, "-c", FAILS + call], capture_output=True, text=True, check=True)
    assert said in told.stderr
    assert "LookupError" in told.stderr
    assert "<string>:8" in told.stderr
    assert "Ana" not in told.stderr
