"""The web server of the playground: Web API, response URLs, Socket Mode, and the page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.playground.api import answer_call, parse_object
from bot.playground.api_files import FileRoutes
from bot.playground.limits import Refused
from bot.playground.page import PageOptions, add_page
from bot.playground.page_files import add_file_page
from bot.playground.slack import Slack

LARGEST_BODY = 4 * 1024 * 1024
GONE = ("expired_url", "used_url")


def build_server(slack: Slack, page: PageOptions | None = None) -> web.Application:
    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_route("GET", "/api/{method}", serve_api(slack))
    app.router.add_route("POST", "/api/{method}", serve_api(slack))
    app.router.add_post("/respond/{ticket}", serve_response_url(slack))
    app.router.add_get("/socket/{ticket}", slack.sockets.accept)
    FileRoutes(slack).add_to(app)
    add_page(app, slack, page)
    add_file_page(app, slack)
    app.on_shutdown.append(lambda _: slack.let_go())
    app.on_cleanup.append(lambda _: slack.hang_up())
    return app


def serve_api(slack: Slack) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(request: web.Request) -> web.StreamResponse:
        return await answer_call(slack, request)

    return serve


def serve_response_url(slack: Slack) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(request: web.Request) -> web.StreamResponse:
        fault = slack.faults.take("response_url", {})
        if fault and not fault.stored:
            return await fault.strike(request, {})
        try:
            slack.take_response(request.match_info["ticket"], parse_object(await request.text()))
        except Refused as refused:
            slack.world.refuse("response_url", refused.code, refused.messages)
            status = 404 if refused.code in GONE else 400
            return web.json_response({"ok": False, "error": refused.code}, status=status)
        return await fault.strike(request, {}) if fault else web.Response(text="ok")

    return serve


@asynccontextmanager
async def running(slack: Slack, port: int = 0) -> AsyncIterator[str]:
    """Serves on the loopback interface and yields the address without a slash at its end."""
    runner = web.AppRunner(build_server(slack))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    slack.world.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack.world.address
    finally:
        await runner.cleanup()
