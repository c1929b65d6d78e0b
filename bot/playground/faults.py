"""What goes wrong in this Slack on purpose, so that tests see what a bot makes of it."""

import asyncio
import json
import socket
import struct
from dataclasses import dataclass, field
from fnmatch import fnmatch

from aiohttp import web

from bot.playground.world import Json

PLACES = ("channel", "channel_id", "user", "users", "user_id")


@dataclass
class Fault:
    """What befalls a call of `method` (`chat.*` is a pattern); `channel` narrows it to one place or person.

    `kind` is ratelimited, http_500, timeout (held until `release`), reset, half_body, no_object (JSON, but a
    list), or a code that Slack answers with. It strikes `times` times (None: always), and where `stored` is
    set only after the call was carried out.
    """

    method: str
    kind: str
    channel: str = ""
    times: int | None = 1
    stored: bool = False
    retry_after: int | str = 1
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def fits(self, method: str, arguments: Json) -> bool:
        is_here = not self.channel or self.channel in [arguments.get(name) for name in PLACES]
        return self.times != 0 and fnmatch(method, self.method) and is_here

    def release(self) -> None:
        """Lets go of what is held: a stored call is answered, late; any other is cut off."""
        self._released.set()

    async def strike(self, request: web.Request, answer: Json) -> web.StreamResponse:
        """`answer` is what the call would have got."""
        self.reached.set()
        if self.kind == "ratelimited":
            headers = {"Retry-After": str(self.retry_after)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if self.kind == "http_500":
            return web.Response(status=500, text="Internal Server Error")
        if self.kind == "timeout":
            await self._released.wait()
            return web.json_response(answer) if self.stored else cut(request)
        if self.kind == "reset":
            return cut(request)
        if self.kind == "half_body":
            return await send_half(request, answer)
        return web.json_response([answer] if self.kind == "no_object" else {"ok": False, "error": self.kind})


class Faults:
    """`add(method="chat.postMessage", kind="ratelimited", retry_after=2)`; the first that fits strikes."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(
        self,
        method: str,
        kind: str,
        *,
        channel: str = "",
        times: int | None = 1,
        stored: bool = False,
        retry_after: int | str = 1,
    ) -> Fault:
        self._faults.append(Fault(method, kind, channel, times, stored, retry_after))
        return self._faults[-1]

    def take(self, method: str, arguments: Json) -> Fault | None:
        fault = next((each for each in self._faults if each.fits(method, arguments)), None)
        if fault and fault.times:
            fault.times -= 1
        return fault

    def clear(self) -> None:
        """Nothing goes wrong any more, and nothing is held."""
        for fault in self._faults:
            fault.release()
        self._faults.clear()


def cut(request: web.Request) -> web.Response:
    """Resets the connection; the response is only what aiohttp wants to be given."""
    if request.transport:
        raw = request.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()


async def send_half(request: web.Request, answer: Json) -> web.StreamResponse:
    """Announces the whole answer and closes the connection after half of it."""
    body = json.dumps(answer).encode()
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport:
        request.transport.close()
    return response
