"""Commands sent as Slack sends them, over HTTP with a signature or through a websocket, and timed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice

from bot.playground import payloads
from bot.playground.delivery import encode, sign
from bot.playground.world import Json
from tests.bench.bare import SECRET
from tests.bench.servers import CHANNEL, STANDINGS, Bot, Way, cpu_seconds


@dataclass(frozen=True)
class Question:
    """A command as it goes through a websocket, and as it is posted; written before anything is timed."""

    payload: Json
    request: bytes


Ask = Callable[[Question], Awaitable[str]]
"""Sends a command and returns the words of the answer."""


@dataclass(frozen=True)
class Round:
    """How long each answer took, how long all of them took together, and what the bot worked for one."""

    seconds: Sequence[float]
    elapsed: float
    cpu: float

    def percentile(self, share: float) -> float:
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))]

    @property
    def a_second(self) -> float:
        return len(self.seconds) / self.elapsed


async def fire(bot: Bot, way: Way, texts: Sequence[str], requests: int, in_flight: int) -> Round:
    """So many commands, by everyone in turn, `in_flight` of them waiting for their answer at any time."""
    return await ask_all(bot, way, islice(cycle(write_questions(bot, texts)), requests), in_flight)


async def ask_all(bot: Bot, way: Way, questions: Iterable[Question], in_flight: int) -> Round:
    """Each of these once."""
    waiting = iter(questions)
    seconds: list[float] = []
    async with asking(bot, way, in_flight) as asks:
        cpu, start = cpu_seconds(bot.process), time.perf_counter()
        await asyncio.gather(*(_keep_asking(ask, waiting, seconds) for ask in asks))
        elapsed = time.perf_counter() - start
        return Round(seconds, elapsed, (cpu_seconds(bot.process) - cpu) / len(seconds))


async def _keep_asking(ask: Ask, waiting: Iterable[Question], seconds: list[float]) -> None:
    for question in waiting:
        start = time.perf_counter()
        await ask(question)
        seconds.append(time.perf_counter() - start)


def write_questions(
    bot: Bot, texts: Sequence[str], people: Sequence[str] = tuple(STANDINGS)
) -> list[Question]:
    """`/ladder` with each text, typed by each of them; good for the five minutes of a signature."""
    world = bot.slack.world
    place = world.conversations[CHANNEL]
    there = {"response_url": f"{bot.slack.world.address}/respond/unused", "trigger_id": "1.2.unused"}
    commands = [
        payloads.command(world, person, place, "/ladder", text) | there for text in texts for person in people
    ]
    return [Question(command, write_request(command)) for command in commands]


def write_brag(bot: Bot, person: str, text: str) -> Question:
    """`/brag` with this text, by someone who need not be in the small Slack."""
    [question] = write_questions(bot, [text], [next(iter(STANDINGS))])
    command = question.payload | {"user_id": person, "command": "/brag"}
    return Question(command, write_request(command))


@asynccontextmanager
async def asking(bot: Bot, way: Way, in_flight: int) -> AsyncIterator[list[Ask]]:
    """As many connections over HTTP; through the one websocket, as many at a time."""
    if way == "socket":
        yield [_through(bot)] * in_flight
        return
    connections = [await HttpConnection.open(bot.port) for _ in range(in_flight)]
    yield [connection.ask for connection in connections]
    for connection in connections:
        await connection.close()


def _through(bot: Bot) -> Ask:
    async def ask(question: Question) -> str:
        answer = await bot.slack.sockets.deliver("slash_commands", question.payload)
        return str(answer.content or answer.text)

    return ask


class HttpConnection:
    """Kept alive and bare: an HTTP client would take longer than the bot that is measured."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> HttpConnection:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, question: Question) -> str:
        self._writer.write(question.request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head[:16]:
            raise RuntimeError(f"a command was answered with {head[:40]!r}")
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        return (await self._reader.readexactly(length)).decode()

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()


def write_request(command: Json) -> bytes:
    content_type, body = encode("slash_commands", command)
    timestamp = int(time.time())
    lines = (
        "POST /slack/events HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
        f"X-Slack-Request-Timestamp: {timestamp}",
        f"X-Slack-Signature: {sign(SECRET, timestamp, body)}",
    )
    return "\r\n".join([*lines, "", ""]).encode() + body
