"""Socket Mode: the bot comes to us over a websocket, and everything is delivered through it."""

import asyncio
import json
import secrets
from typing import Any

from aiohttp import WSMsgType, web

from bot.playground.delivery import FIRST, Answer, Attempt, Kind, NoAnswer
from bot.playground.world import Json, World

MOST_CONNECTIONS = 10


class Sockets:
    """The open websockets of the bot; each delivery goes to any one of them."""

    def __init__(self, world: World, answer_seconds: float) -> None:
        self._world = world
        self._answer_seconds = answer_seconds
        self._tickets: set[str] = set()
        self._connections: list[web.WebSocketResponse] = []
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Any]]] = {}

    @property
    def is_connected(self) -> bool:
        return bool(self._connections)

    def issue_ticket(self) -> str:
        ticket = secrets.token_hex(12)
        self._tickets.add(ticket)
        return ticket

    async def accept(self, request: web.Request) -> web.WebSocketResponse:
        """Serves one websocket until it closes; its ticket is good for one connection."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets or len(self._connections) >= MOST_CONNECTIONS:
            raise web.HTTPForbidden
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(self._hello(request.host))
        self._connections.append(socket)
        try:
            await self._read(socket)
        finally:
            self._forget(socket)
        return socket

    async def close(self) -> None:
        for socket in list(self._connections):
            await socket.close()

    async def deliver(self, kind: Kind, payload: Json, attempt: Attempt = FIRST) -> Answer:
        """Raises NoAnswer when no acknowledgement came in time or the connection broke."""
        socket = secrets.choice(self._connections)
        envelope_id = secrets.token_hex(16)
        acknowledged: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, acknowledged)
        try:
            await socket.send_json(envelope(envelope_id, kind, payload, attempt))
            return read_payload(await asyncio.wait_for(acknowledged, self._answer_seconds))
        except TimeoutError:
            raise NoAnswer("operation_timeout", "timeout") from None
        except ConnectionError:
            raise NoAnswer("dispatch_failed", "connection_failed") from None
        finally:
            del self._waiting[envelope_id]

    def _hello(self, host: str) -> Json:
        debug = {"host": host, "approximate_connection_time": 18060}
        about = {"connection_info": {"app_id": self._world.app_id}, "debug_info": debug}
        return {"type": "hello", "num_connections": len(self._connections) + 1, **about}

    async def _read(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._take_acknowledgement(frame.data)

    def _take_acknowledgement(self, data: str) -> None:
        try:
            content: Any = json.loads(data)
        except ValueError:
            return
        waiting = self._waiting.get(str(content.get("envelope_id"))) if isinstance(content, dict) else None
        if waiting and not waiting[1].done():
            waiting[1].set_result(content.get("payload"))

    def _forget(self, socket: web.WebSocketResponse) -> None:
        self._connections.remove(socket)
        for used, acknowledged in self._waiting.values():
            if used is socket and not acknowledged.done():
                acknowledged.set_exception(ConnectionError("the websocket closed"))


def envelope(envelope_id: str, kind: Kind, payload: Json, attempt: Attempt) -> Json:
    written: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
    written["accepts_response_payload"] = kind != "events_api"
    retry = {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return written | (retry if kind == "events_api" else {})


def read_payload(payload: Any) -> Answer:
    """Plain words may come as {"text": …}, which means the same."""
    if isinstance(payload, dict) and payload:
        return Answer(content=payload)
    return Answer(text=str(payload or ""))
