"""A small Slack of many workspaces that is not always well: real HTTP, faults by chance, all counted."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from aiohttp import web

Json = dict[str, Any]

# What befalls a call, and how often.
OF_POSTS = {
    "ratelimited": 0.02,
    "http_500, lost": 0.02,
    "http_500, stored": 0.02,
    "reset, lost": 0.02,
    "reset, stored": 0.02,
}
OF_QUESTIONS = {"ratelimited": 0.05, "http_500, lost": 0.05, "reset, lost": 0.05}


class Slacks:
    """Messages by workspace and person; each workspace has a token of its own."""

    def __init__(self, workspaces: Mapping[str, str], seed: int, *, is_well: bool = False) -> None:
        """`workspaces` by token."""
        self._workspaces = dict(workspaces)
        self._random = random.Random(seed)
        self._numbers = itertools.count(1)
        self._came = asyncio.Condition()
        self._may_answer = asyncio.Event()
        self._may_answer.set()
        self.is_well = is_well
        self.counts: Counter[str] = Counter()
        self.messages: defaultdict[tuple[str, str], list[Json]] = defaultdict(list)
        """By workspace and the person in whose DM they stand."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """The address, as SLACK_API_URL takes it."""
        web_app = web.Application()
        web_app.router.add_post("/api/{method}", self._take)
        runner = web.AppRunner(web_app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        finally:
            await runner.cleanup()

    def revoke(self, token: str) -> None:
        """It will not do any more."""
        del self._workspaces[token]

    @contextmanager
    def taking_its_time(self) -> Iterator[Callable[[], None]]:
        """Messages stand, and nobody hears of it until what this gives is called."""
        self._may_answer.clear()
        try:
            yield self._may_answer.set
        finally:
            self._may_answer.set()

    async def until_posts(self, number: int, patience: float) -> bool:
        """Wait for so many calls that post; False where they did not come."""
        try:
            async with asyncio.timeout(patience), self._came:
                await self._came.wait_for(lambda: self.counts["chat.postMessage"] >= number)
        except TimeoutError:
            return False
        return True

    async def _take(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        is_json = request.content_type == "application/json"
        asked = await request.json() if is_json else dict(await request.post())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self._workspaces:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        async with self._came:
            self.counts[method] += 1
            self._came.notify_all()
        answer = self._answer(request, method, self._workspaces[token], asked)
        if method == "chat.postMessage":
            await self._may_answer.wait()
        return answer

    def _answer(self, request: web.Request, method: str, workspace: str, asked: Json) -> web.Response:
        fault = self._draw(method)
        if fault == "ratelimited":
            told = {"ok": False, "error": "ratelimited"}
            return web.json_response(told, status=429, headers={"Retry-After": "1"})
        reply = {} if fault.endswith("lost") else {"ok": True, **self._do(method, workspace, asked)}
        if fault.startswith("http_500"):
            return web.Response(status=500, text="something broke")
        if fault.startswith("reset") and request.transport:
            request.transport.abort()
        return web.json_response(reply)

    def _draw(self, method: str) -> str:
        """What goes wrong with this call; nothing most of the time."""
        chances = {"chat.postMessage": OF_POSTS}.get(method, OF_QUESTIONS)
        if self.is_well or method == "auth.test":
            return ""
        names = ["", *chances]
        [fault] = self._random.choices(names, [1 - sum(chances.values()), *chances.values()])
        if fault:
            self.counts[fault] += 1
        return fault

    def _do(self, method: str, workspace: str, asked: Json) -> Json:
        match method:
            case "auth.test":
                return {"team_id": workspace, "user_id": "URUNG", "bot_id": "BRUNG"}
            case "chat.postMessage":
                return self._post(workspace, asked)
            case "conversations.open":
                return {"channel": {"id": _dm_of(asked["users"])}}
            case "conversations.history":
                return {"messages": self._find(workspace, asked)}
            case "dnd.teamInfo":
                return {"users": {}}
            case "users.info":
                return {"user": {"id": asked["user"], "tz": "Europe/Berlin"}}
        raise AssertionError(f"nobody thought of {method}")

    def _post(self, workspace: str, asked: Json) -> Json:
        ts = f"{int(time.time())}.{next(self._numbers):06}"
        metadata = asked["metadata"]
        message = {"ts": ts, "user": "URUNG", "text": asked["text"], "metadata": metadata}
        self.messages[workspace, _person_of(asked["channel"])].append(message)
        return {"channel": _dm_of(_person_of(asked["channel"])), "ts": ts, "message": message}

    def _find(self, workspace: str, asked: Json) -> list[Json]:
        """Newest first, as Slack does; metadata only where it was asked for."""
        found = reversed(self.messages[workspace, _person_of(asked["channel"])])
        newer = [each for each in found if float(each["ts"]) > float(asked["oldest"])]
        shown = newer[: int(asked["limit"])]
        if asked.get("include_all_metadata") == "true":
            return shown
        return [{name: value for name, value in each.items() if name != "metadata"} for each in shown]


def _dm_of(user: str) -> str:
    return f"D{user[1:]}"


def _person_of(channel: str) -> str:
    return f"U{channel[1:]}"
