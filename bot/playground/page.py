"""The page in the browser: shows the World to one person and passes on what they do."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.playground.limits import Refused
from bot.playground.moving import STEPS, measure
from bot.playground.reach import find_lasting_message
from bot.playground.render import TEMPLATES
from bot.playground.screen import Screen, list_people, look, read_as
from bot.playground.slack import Slack
from bot.playground.world import Json

_STATIC = Path(__file__).parent / "static"
_FILES = frozenset(file.name for file in _STATIC.iterdir())
_POLL_SECONDS = 25.0
_POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class PageOptions:
    """`hint` is mrkdwn shown where the app has not spoken yet; a click on `code` in it fills the composer."""

    title: str = "Playground"
    hint: str = ""


class Sent(BaseModel):
    user: str
    conversation: str
    text: str
    thread_ts: str | None = None


class Acted(BaseModel):
    user: str
    block_id: str
    action_id: str
    value: Json
    message_ts: str | None = None
    view_id: str | None = None
    values: Json | None = None


class Submitted(BaseModel):
    user: str
    view_id: str
    values: Json


class Closed(BaseModel):
    user: str
    view_id: str
    whole_stack: bool = False


class Edited(BaseModel):
    user: str
    message_ts: str
    text: str


class Deleted(BaseModel):
    user: str
    message_ts: str


class Reacted(BaseModel):
    user: str
    message_ts: str
    name: str


class Used(BaseModel):
    """A shortcut; without a message a global one."""

    user: str
    conversation: str
    callback_id: str
    message_ts: str | None = None


class Moved(BaseModel):
    user: str
    step: str


class Visited(BaseModel):
    user: str


Wanted = TypeVar("Wanted", bound=BaseModel)


def add_page(app: web.Application, slack: Slack, options: PageOptions | None = None) -> None:
    page = Page(slack, options or PageOptions())
    app.add_routes(
        [
            web.get("/", page.show),
            web.get("/playground/changes", page.wait_for_changes),
            web.get("/playground/static/{name}", send_static_file),
            web.post("/playground/send", taking(Sent, page.send)),
            web.post("/playground/act", taking(Acted, page.act)),
            web.post("/playground/submit", taking(Submitted, page.submit)),
            web.post("/playground/close", taking(Closed, page.close)),
            web.post("/playground/home", taking(Visited, page.open_home)),
            web.post("/playground/edit", taking(Edited, page.edit)),
            web.post("/playground/delete", taking(Deleted, page.delete)),
            web.post("/playground/react", taking(Reacted, page.react)),
            web.post("/playground/shortcut", taking(Used, page.use_shortcut)),
            web.post("/playground/move", taking(Moved, page.move_clock)),
        ]
    )
    app.on_shutdown.append(page.let_go)


def taking(
    kind: type[Wanted], do: Callable[[Wanted], Awaitable[None]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler for JSON only: a form on another site cannot send that here."""

    async def handle(request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            wanted = kind.model_validate_json(await request.text())
        except ValidationError as refused:
            raise web.HTTPBadRequest(text=str(refused)) from refused
        try:
            await do(wanted)
        except Refused as refused:
            raise web.HTTPConflict(text=refused.code) from refused
        return web.json_response({}, headers=_HEADERS)

    return handle


async def send_static_file(request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    if name not in _FILES:
        raise web.HTTPNotFound
    return web.FileResponse(_STATIC / name, headers=_HEADERS)


class Page:
    def __init__(self, slack: Slack, options: PageOptions) -> None:
        self._slack = slack
        self._world = slack.world
        self._options = options
        self._waiting: set[asyncio.Task[int]] = set()

    async def show(self, request: web.Request) -> web.Response:
        """The whole page; the scripts fetch it again and swap the parts that changed."""
        version = self._world.version
        screen = self._look(request)
        html = TEMPLATES.get_template("page.html").render(
            screen=screen,
            world=self._world,
            version=version,
            options=self._options,
            clock_steps=STEPS if self._slack.move else {},
        )
        return web.Response(text=html, content_type="text/html", headers=_HEADERS)

    def _look(self, request: web.Request) -> Screen:
        user_id = request.query.get("as", "")
        people = [person.id for person in list_people(self._world)]
        who = user_id if user_id in people else people[0]
        address = f"{request.scheme}://{request.host}"
        return look(self._world, who, request.query.get("in", ""), address)

    async def wait_for_changes(self, request: web.Request) -> web.Response:
        """Answers as soon as there is a version other than the one the page has, or after a while."""
        since = request.query.get("since", "")
        if since != str(self._world.version):
            return web.json_response({"version": self._world.version}, headers=_HEADERS)
        waiting = asyncio.create_task(self._world.changed(int(since), _POLL_SECONDS))
        self._waiting.add(waiting)
        waiting.add_done_callback(self._waiting.discard)
        return web.json_response({"version": await waiting}, headers=_HEADERS)

    async def let_go(self, _app: web.Application) -> None:
        """An open page must not keep the server from stopping."""
        for waiting in self._waiting:
            waiting.cancel()

    async def send(self, sent: Sent) -> None:
        await self._slack.send(sent.user, sent.conversation, sent.text, sent.thread_ts)

    async def act(self, acted: Acted) -> None:
        await self._slack.act(
            acted.user,
            block_id=acted.block_id,
            action_id=acted.action_id,
            value=acted.value,
            message_ts=acted.message_ts,
            view_id=acted.view_id,
            values=acted.values,
        )

    async def submit(self, submitted: Submitted) -> None:
        await self._slack.submit(submitted.user, submitted.view_id, submitted.values)

    async def close(self, closed: Closed) -> None:
        await self._slack.close(closed.user, closed.view_id, closed.whole_stack)

    async def edit(self, edited: Edited) -> None:
        await self._slack.edit(edited.user, edited.message_ts, edited.text)

    async def delete(self, deleted: Deleted) -> None:
        await self._slack.delete(deleted.user, deleted.message_ts)

    async def react(self, reacted: Reacted) -> None:
        """A second click on the same emoji takes it back."""
        message = find_lasting_message(self._world, reacted.user, reacted.message_ts)
        is_there = reacted.user in message.reactions.get(reacted.name, [])
        change = self._slack.unreact if is_there else self._slack.react
        await change(reacted.user, message.ts, reacted.name)

    async def use_shortcut(self, used: Used) -> None:
        if used.message_ts:
            await self._slack.run_message_shortcut(used.user, used.callback_id, used.message_ts)
        else:
            await self._slack.run_shortcut(used.user, used.callback_id, used.conversation)

    async def move_clock(self, moved: Moved) -> None:
        """The steps are those of the person who looks: Friday 15:00 is theirs."""
        reader = read_as(self._world, self._world.users[moved.user], "")
        await self._slack.move_clock(measure(moved.step, reader.now.astimezone(reader.zone)))

    async def open_home(self, visited: Visited) -> None:
        await self._slack.open_home(visited.user)
