"""Brings what is owed to Slack, and asks Slack what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackRefused, SlackUnclear
from bot.outbox.model import EVENT_TYPE, MENDED_ELSEWHERE, UNGRANTED, Delivery, Post, React, Update, Upload
from bot.slack import uploads

TIMEOUT = 30  # seconds for one call, told to the client; well below a delivery's lease
# Slack says of these that part of the work may have been done.
UNCLEAR = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
LIMITED = frozenset({"ratelimited", "rate_limited"})
UNTIL_MENDED = 60  # seconds
UNREADABLE_WAIT = 30.0  # seconds
LONGEST_TOLD = 3600.0  # seconds; what is longer is no Slack's
CLOCKS_DIFFER = 60  # seconds that Slack's clock and ours may be apart
PAGE = 15  # what Slack gives apps outside its marketplace at once


TokenOf = Callable[[str], Awaitable[str]]
"""The token that speaks to a workspace. Raises SlackRefused where there is none."""


class _Told(dict[str, Any]):
    """An answer; where it lacks what it should tell, nobody knows what was done."""

    def __init__(self, method: str, told: Mapping[str, Any]) -> None:
        super().__init__(told)
        self._method = method

    def __missing__(self, name: str) -> Any:
        raise SlackUnclear(self._method, "unreadable")


class Courier:
    """Calls without retries, each with the token of the delivery's workspace and the client's own timeout.

    Raises SlackRefused for a no, SlackUnclear where nobody can know.
    """

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession, token_of: TokenOf) -> None:
        self._client = client
        self._session = session
        self._token_of = token_of

    async def post(self, delivery: Delivery, post: Post) -> tuple[str, str]:
        """Channel and ts of the message, which carries the delivery's id in its metadata."""
        reply = await self._call(
            delivery,
            "chat.postMessage",
            json={
                "channel": post.channel,
                "text": post.text,
                "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": delivery.id}},
                **({"blocks": list(post.blocks)} if post.blocks else {}),
                **({"thread_ts": post.thread} if post.thread else {}),
            },
        )
        return str(reply["channel"]), str(reply["ts"])

    async def update(self, delivery: Delivery, update: Update) -> None:
        """A message that its reader deleted meanwhile is fine as well."""
        said = {"channel": update.channel, "ts": update.ts, "text": update.text}
        try:
            await self._call(delivery, "chat.update", json={**said, "blocks": list(update.blocks)})
        except SlackRefused as refused:
            if refused.code != "message_not_found":
                raise

    async def react(self, delivery: Delivery, react: React) -> None:
        try:
            await self._call(
                delivery,
                "reactions.add",
                data={"channel": react.channel, "timestamp": react.ts, "name": react.emoji},
            )
        except SlackRefused as refused:
            if refused.code != "already_reacted":
                raise

    async def announce(self, delivery: Delivery, upload: Upload) -> tuple[str, str]:
        """Id of a file to come, and the address that takes its content. Nobody sees it yet."""
        about = uploads.announced(upload.name, upload.content, upload.alt_text)
        reply = await self._call(delivery, "files.getUploadURLExternal", data=about)
        return str(reply["file_id"]), str(reply["upload_url"])

    async def upload(self, delivery: Delivery, upload: Upload, address: str) -> None:
        """Bring the content and put the file into its conversation."""
        patience = aiohttp.ClientTimeout(total=TIMEOUT)
        with _translated("upload"):
            async with self._session.post(address, data=upload.content, timeout=patience) as reply:
                if reply.status != 200:
                    raise SlackRefused("upload", f"http_{reply.status}", permanent=reply.status < 429)
        shown = uploads.completed(delivery.file, upload.title, upload.channel, upload.comment, upload.thread)
        await self._call(delivery, "files.completeUploadExternal", data=shown)

    async def open_dm(self, delivery: Delivery) -> str:
        """The conversation of its person with the bot."""
        reply = await self._call(delivery, "conversations.open", data={"users": delivery.user})
        return str(reply["channel"]["id"])

    async def find(self, delivery: Delivery) -> str | None:
        """The ts under which a delivery arrived, None where it did not; its channel is a conversation."""
        since = delivery.sending_at.timestamp() - CLOCKS_DIFFER if delivery.sending_at else 0
        method = "conversations.replies" if delivery.thread else "conversations.history"
        asked = {"channel": delivery.channel, "oldest": f"{since:.6f}", "limit": PAGE}
        asked |= {"include_all_metadata": "true", **({"ts": delivery.thread} if delivery.thread else {})}
        while True:
            reply = await self._call(delivery, method, data=asked)
            for message in reply.get("messages", ()):
                if _names(message.get("metadata") or {}, delivery):
                    return str(message["ts"])
            cursor = (reply.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
            asked["cursor"] = cursor

    async def has_file(self, delivery: Delivery) -> bool:
        """Was its file put into a conversation?"""
        try:
            found = (await self._call(delivery, "files.info", data={"file": delivery.file}))["file"]
        except SlackRefused as refused:
            if refused.code in ("file_not_found", "file_deleted"):
                return False
            raise
        return bool(found.get("shares") or found.get("ims") or found.get("channels"))

    async def _call(self, delivery: Delivery, method: str, **arguments: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {await self._token_of(delivery.workspace)}"}
        with _translated(method):
            reply = await self._client.api_call(method, headers=headers, **arguments)
        if not isinstance(reply.data, dict):
            raise SlackUnclear(method, "unreadable")
        return _Told(method, reply.data)


@contextmanager
def _translated(method: str) -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        raise _of_answer(method, error) from None
    except aiohttp.ClientConnectorError as error:  # nothing was sent
        raise SlackRefused(method, type(error).__name__, permanent=False) from None
    except (aiohttp.ClientError, TimeoutError, ValueError, AttributeError, TypeError) as error:
        # The last two are slack_sdk's, of JSON that is no object; a proxy answers with anything.
        raise SlackUnclear(method, type(error).__name__) from None


def _of_answer(method: str, error: SlackApiError) -> SlackRefused | SlackUnclear:
    response: Any = error.response  # aiohttp's own where the body could not be read
    status = int(getattr(response, "status_code", 0) or response.status)
    data = getattr(response, "data", {})
    code = str(data.get("error", "unknown")) if isinstance(data, Mapping) else "unreadable"
    if status == 429 or code in LIMITED:
        wait = _read_wait(response.headers.get("Retry-After", "1"))
        return SlackRefused(method, "ratelimited", permanent=False, retry_after=wait)
    if code in UNGRANTED:
        return SlackRefused(method, code, permanent=False)
    if code in MENDED_ELSEWHERE:
        return SlackRefused(method, code, permanent=False, retry_after=UNTIL_MENDED)
    if status >= 500 or code in UNCLEAR or code in ("unknown", "unreadable"):
        return SlackUnclear(method, code if status == 200 else f"http_{status}")
    return SlackRefused(method, code, permanent=True)


def _read_wait(told: str) -> float:
    """Seconds, as Slack tells them; a proxy may tell a date, or anything."""
    try:
        wait = float(told)
    except ValueError:
        return UNREADABLE_WAIT
    return wait if 0 < wait <= LONGEST_TOLD else UNREADABLE_WAIT


def _names(metadata: Mapping[str, Any], delivery: Delivery) -> bool:
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("id") == delivery.id
