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
MOST_REDIRECTS = 2


@dataclass(frozen=True)
class Answer:
    """What the bot answered in time: JSON, or words, or nothing."""

    content: Json | None = None
    text: str = ""


@dataclass(frozen=True)
class Attempt:
    """`number` is 0 the first time, then 1 to 3; `reason` is why the one before failed."""

    number: int = 0
    reason: str = ""


FIRST = Attempt()


class NoAnswer(Exception):
    """`code` is what a person gets to see, `reason` is what Slack says when it retries an event.

    `is_final` where the bot asked not to be told again.
    """

    def __init__(self, code: str, reason: str, *, is_final: bool = False) -> None:
        super().__init__(code, reason)
        self.code, self.reason, self.is_final = code, reason, is_final


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

    async def deliver(self, bot_url: str, kind: Kind, payload: Json, attempt: Attempt = FIRST) -> Answer:
        """Raises NoAnswer when the bot is away, too slow, or does not say it is fine."""
        content_type, body = encode(kind, payload)
        headers = {"Content-Type": content_type, **self._sign(body), **describe(attempt)}
        try:
            return await self._post(f"{bot_url.rstrip('/')}/slack/events", kind, body, headers)
        except TimeoutError:
            raise NoAnswer("operation_timeout", "http_timeout") from None
        except aiohttp.TooManyRedirects:
            raise NoAnswer("dispatch_failed", "too_many_redirects") from None
        except aiohttp.ClientSSLError:
            raise NoAnswer("dispatch_failed", "ssl_error") from None
        except aiohttp.ClientError:
            raise NoAnswer("dispatch_failed", "connection_failed") from None

    async def _post(self, url: str, kind: Kind, body: bytes, headers: dict[str, str]) -> Answer:
        async with (
            aiohttp.ClientSession(timeout=self._timeout) as session,
            session.post(url, data=body, headers=headers, max_redirects=MOST_REDIRECTS + 1) as response,
        ):
            if response.status not in (range(200, 300) if kind == "events_api" else (200,)):
                is_final = response.headers.get("X-Slack-No-Retry") == "1"
                raise NoAnswer("dispatch_failed", "http_error", is_final=is_final)
            return read_answer(await response.text())

    def _sign(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self._real_time()))
        signature = sign(self._secret, timestamp, body)
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


def describe(attempt: Attempt) -> dict[str, str]:
    """The headers of a repetition."""
    if attempt.number == 0:
        return {}
    return {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}
