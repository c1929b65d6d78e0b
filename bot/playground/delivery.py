"""Signed delivery to the bot over HTTP, and what came back."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

import aiohttp

from bot.playground.world import Json

Kind = Literal["slash_commands", "interactive", "events_api"]
FORM, JSON_TYPE = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Answer:
    """What the bot answered in time: JSON, or words, or nothing."""

    content: Json | None = None
    text: str = ""


class NoAnswer(Exception):
    """`code` is what a person gets to see, `reason` is what Slack says when it retries an event."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


def sign(secret: str, timestamp: int | str, body: bytes) -> str:
    """Slack's signature v0 over the raw body."""
    base = b"v0:%s:%s" % (str(timestamp).encode(), body)
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encode(kind: Kind, payload: Json) -> tuple[str, bytes]:
    """Content type and raw body."""
    if kind == "events_api":
        return JSON_TYPE, json.dumps(payload).encode()
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return FORM, urlencode(form).encode()


def read_answer(body: str) -> Answer:
    if body.startswith("{"):
        try:
            return Answer(content=json.loads(body))
        except ValueError:
            return Answer(text=body)
    return Answer(text=body)


class HttpDelivery:
    def __init__(self, signing_secret: str, answer_seconds: float, real_time: Callable[[], float]) -> None:
        self._secret = signing_secret
        self._timeout = aiohttp.ClientTimeout(total=answer_seconds)
        self._real_time = real_time

    async def deliver(self, bot_url: str, kind: Kind, payload: Json) -> Answer:
        """Raises NoAnswer when the bot is away, too slow, or does not say it is fine."""
        try:
            status, body = await self._post(f"{bot_url.rstrip('/')}/slack/events", *encode(kind, payload))
        except TimeoutError:
            raise NoAnswer("operation_timeout", "http_timeout") from None
        except aiohttp.ClientError:
            raise NoAnswer("dispatch_failed", "connection_failed") from None
        if status not in (range(200, 300) if kind == "events_api" else (200,)):
            raise NoAnswer("dispatch_failed", "http_error")
        return read_answer(body)

    async def _post(self, url: str, content_type: str, body: bytes) -> tuple[int, str]:
        timestamp = str(int(self._real_time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self._secret, timestamp, body),
        }
        async with (
            aiohttp.ClientSession(timeout=self._timeout) as session,
            session.post(url, data=body, headers=headers) as response,
        ):
            return response.status, await response.text()
