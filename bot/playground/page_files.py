"""Files on the page: people attach them in the composer, look at pictures and download the rest."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated
from urllib.parse import quote

from aiohttp import web
from pydantic import BaseModel, BeforeValidator, Field

from bot.playground.files import File
from bot.playground.limits import Refused
from bot.playground.page import taking
from bot.playground.slack import Slack
from bot.playground.world import Message, World

LARGEST_ATTACHED = 1024 * 1024
MOST_ATTACHED = 10


def _decode(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except binascii.Error as error:
        raise ValueError("must be base64") from error


class Attached(BaseModel):
    name: str = Field(min_length=1, max_length=255)
    content: Annotated[bytes, BeforeValidator(_decode)] = Field(min_length=1, max_length=LARGEST_ATTACHED)


class Shared(BaseModel):
    user: str
    conversation: str
    text: str = ""
    thread_ts: str | None = None
    files: list[Attached] = Field(min_length=1, max_length=MOST_ATTACHED)


def add_file_page(app: web.Application, slack: Slack) -> None:
    async def take(shared: Shared) -> None:
        await share(slack, shared)

    async def send(request: web.Request) -> web.Response:
        return send_file(slack.world, request.query.get("as", ""), request.match_info["id"])

    app.router.add_post("/playground/share", taking(Shared, take))
    app.router.add_get("/playground/files/{id}", send)


async def share(slack: Slack, shared: Shared) -> Message:
    """A message with files; its text may be empty."""
    place = slack.world.conversations.get(shared.conversation)
    if place is None or shared.user not in place.members:
        raise Refused("channel_not_found")
    files = [keep(slack.world, shared.user, each) for each in shared.files]
    return await slack.post(shared.user, shared.conversation, shared.text, shared.thread_ts, files)


def keep(world: World, user_id: str, attached: Attached) -> File:
    name, size = attached.name, len(attached.content)
    file = File(f"F{world.next_number():08}", user_id, name, name, int(world.now()), size)
    file.content, file.is_complete = attached.content, True
    return world.files.add(file)


def send_file(world: World, user_id: str, file_id: str) -> web.Response:
    """To people who see a message it stands in. Only pictures open in the browser; the rest is downloaded."""
    file = world.files.find(file_id)
    if file is None or file.content is None or not may_see(world, user_id, file):
        raise web.HTTPNotFound
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }
    if not file.is_picture:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return web.Response(body=file.content, content_type=file.kind[2], headers=headers)


def may_see(world: World, user_id: str, file: File) -> bool:
    return file.owner == user_id or any(
        user_id in world.conversations[place].members for place, _ in file.shares
    )
