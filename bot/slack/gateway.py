"""Everything Rung says to Slack on its own account, over one shared session."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackRefused
from bot.slack import uploads
from bot.slack.blocks import Block
from bot.slack.payloads import Answer, File, InModal, read_file

# A trigger lives three seconds, and so does Slack's patience for our own answer.
AT_ONCE = aiohttp.ClientTimeout(total=2)
UPLOAD = 10  # seconds
DOWNLOAD = aiohttp.ClientTimeout(total=20)
UNREADABLE = "unreadable"  # a proxy's page instead of Slack's answer
PASSING = frozenset(
    {"ratelimited", "rate_limited", "fatal_error", "internal_error", "service_unavailable", UNREADABLE}
)


class Gateway:
    """Calls that a person waits for. Each raises SlackRefused with Slack's own code."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._session = session

    async def respond(self, response_url: str, answer: Answer) -> None:
        """Answer a click; Slack takes five answers within 30 minutes."""
        try:
            async with self._session.post(response_url, json=answer.body(), timeout=AT_ONCE) as reply:
                if reply.status != 200:
                    raise SlackRefused("response_url", f"http_{reply.status}", permanent=reply.status < 429)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused("response_url", type(error).__name__, permanent=False) from None

    async def post(self, channel: str, answer: Answer, thread: str = "") -> None:
        """A message; a user id as channel means the DM with that person."""
        await self._call(
            "chat.postMessage",
            channel=channel,
            text=answer.text,
            blocks=list(answer.blocks) or None,
            thread_ts=thread or None,
        )

    async def open_dm(self, user: str) -> str:
        """The id of the conversation with this person: a file takes no person's id, unlike a message."""
        reply = await self._call("conversations.open", users=user)
        return str(reply["channel"]["id"])

    async def upload(
        self, channel: str, name: str, content: bytes, *, title: str, alt_text: str = "", comment: str = ""
    ) -> None:
        """A file into a conversation (its id), in Slack's three steps, of which each may take UPLOAD seconds.

        `comment` is mrkdwn above the file. `alt_text` says what is on a picture, in up to 1,000 characters.
        """
        about = uploads.announced(name, content, alt_text)
        place = await self._ask("files.getUploadURLExternal", UPLOAD, **about)
        await self._send_bytes(place["upload_url"], content)
        shown = uploads.completed(place["file_id"], title, channel, comment)
        await self._ask("files.completeUploadExternal", UPLOAD, **shown)

    async def _send_bytes(self, url: str, content: bytes) -> None:
        """The address is the permission: no token goes along."""
        try:
            async with asyncio.timeout(UPLOAD), self._session.post(url, data=BytesIO(content)) as reply:
                if reply.status != 200:
                    raise SlackRefused("upload_url", f"http_{reply.status}", permanent=reply.status < 429)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused("upload_url", type(error).__name__, permanent=False) from None

    async def open_view(self, trigger: str, view: Block) -> None:
        method = "views.push" if isinstance(trigger, InModal) else "views.open"
        await self._call(method, trigger_id=trigger, view=view)

    async def update_view(self, view_id: str, view: Block) -> None:
        await self._call("views.update", view_id=view_id, view=view)

    async def publish_home(self, user: str, blocks: Sequence[Block]) -> None:
        await self._call("views.publish", user_id=user, view={"type": "home", "blocks": list(blocks)})

    async def get_user(self, user: str) -> dict[str, Any]:
        """users.info: name, zone, whether the account is closed."""
        found: dict[str, Any] = (await self._ask("users.info", user=user))["user"]
        return found

    async def get_quiet_hours(self, users: Sequence[str]) -> dict[str, dict[str, Any]]:
        """dnd.teamInfo of up to fifty people: when their next quiet hours begin and end."""
        found: dict[str, dict[str, Any]] = (await self._ask("dnd.teamInfo", users=",".join(users)))["users"]
        return found

    async def get_message(self, channel: str, ts: str) -> dict[str, Any] | None:
        """The message of this ts, in a thread or not; None where it is gone."""
        here = {"channel": channel, "latest": ts, "oldest": ts, "inclusive": "true", "limit": "1"}
        for method, more in (("conversations.history", {}), ("conversations.replies", {"ts": ts})):
            try:
                found = (await self._ask(method, **here, **more)).get("messages") or ()
            except SlackRefused as refused:
                if refused.code != "thread_not_found":
                    raise
                continue
            for message in found:
                if message.get("ts") == ts:
                    return dict(message)
        return None

    async def get_file(self, file: str) -> File:
        """files.info: a file's name and where its content is."""
        return read_file((await self._ask("files.info", file=file))["file"])

    async def get_permalink(self, channel: str, ts: str) -> str:
        """The address of a message; empty where Slack has none to give now."""
        try:
            reply = await self._ask("chat.getPermalink", channel=channel, message_ts=ts)
        except SlackRefused:
            return ""
        return str(reply.get("permalink") or "")

    async def download(self, address: str, longest: int) -> bytes | None:
        """What a shared file holds; None where it is larger than `longest` bytes. Raises SlackRefused."""
        headers = {"Authorization": f"Bearer {self._client.token}"}
        try:
            async with self._session.get(address, headers=headers, timeout=DOWNLOAD) as reply:
                if reply.status != 200:
                    raise SlackRefused("download", f"http_{reply.status}", permanent=reply.status < 429)
                await reply.content.readexactly(longest + 1)
        except asyncio.IncompleteReadError as ended:
            return ended.partial
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused("download", type(error).__name__, permanent=False) from None
        return None

    async def who_am_i(self) -> dict[str, Any]:
        """auth.test: team, bot user and bot id of the token."""
        return await self._call("auth.test")

    async def try_app_token(self, token: str) -> None:
        """Would Slack let this token open a socket? The address it gives is left unused, and expires."""
        await self._call("apps.connections.open", token=token)

    async def _call(self, method: str, token: str | None = None, **arguments: Any) -> dict[str, Any]:
        sent = {name: value for name, value in arguments.items() if value is not None}
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await self._send(method, json=sent, headers=headers)

    async def _ask(self, method: str, seconds: float = 2, /, **arguments: str) -> dict[str, Any]:
        """Methods that read, and those about files, take forms only."""
        return await self._send(method, seconds, data=arguments)

    async def _send(self, method: str, seconds: float = 2, /, **request: Any) -> dict[str, Any]:
        try:
            async with asyncio.timeout(seconds):
                reply = await self._client.api_call(method, **request)
        except SlackApiError as error:
            data = getattr(error.response, "data", None)
            code = str(data.get("error", "unknown")) if isinstance(data, dict) else UNREADABLE
            raise SlackRefused(method, code, permanent=code not in PASSING) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused(method, type(error).__name__, permanent=False) from None
        return reply.data if isinstance(reply.data, dict) else {}
