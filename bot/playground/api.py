"""The Web API: reads a call however it is encoded, checks token and scope, and answers as Slack does."""

import json

from aiohttp import web

from bot.playground import (
    api_chat,
    api_conversations,
    api_files,
    api_others,
    api_people,
    api_reactions,
    api_views,
)
from bot.playground.call import Call, Method
from bot.playground.limits import Refused
from bot.playground.slack import Slack
from bot.playground.world import Json

METHODS: dict[str, Method] = {
    **api_chat.METHODS,
    **api_conversations.METHODS,
    **api_files.METHODS,
    **api_others.METHODS,
    **api_people.METHODS,
    **api_reactions.METHODS,
    **api_views.METHODS,
}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def answer_call(slack: Slack, request: web.Request) -> web.StreamResponse:
    """A 200 but for faults; whether it worked stands in `ok`, and what did not is kept in world.refused."""
    name = request.match_info["method"]
    try:
        call = Call(slack, await read_arguments(request), request.method)
        fault = slack.faults.take(name, call.arguments)
        if fault and not fault.stored:
            return await fault.strike(request, {})
        answer = {"ok": True} | run(name, call, read_token(request, call.arguments))
        if fault:
            return await fault.strike(request, answer)
    except Refused as refused:
        slack.world.refuse(name, refused.code, refused.messages)
        answer = write_refusal(refused)
    return web.json_response(answer, headers={"X-OAuth-Scopes": ",".join(slack.world.manifest.scopes)})


def run(name: str, call: Call, token: str) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise Refused("unknown_method", req_method=name)
    if method.post_only and call.http_method != "POST":
        raise Refused("insecure_request")
    check_token(call, method, token)
    call.require_scope(*method.scopes)
    return method.answer(call)


def check_token(call: Call, method: Method, token: str) -> None:
    expected = {"bot": call.world.bot_token, "app": call.world.app_token}
    if method.caller == "anyone" or token == expected[method.caller]:
        return
    if not token:
        raise Refused("not_authed")
    raise Refused("not_allowed_token_type" if token in expected.values() else "invalid_auth")


def read_token(request: web.Request, arguments: Json) -> str:
    header = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return header or str(arguments.get("token", ""))


async def read_arguments(request: web.Request) -> Json:
    """The query, and the body as JSON or form; a call without arguments may have an empty body."""
    arguments: Json = dict(request.query)
    if request.content_type in FORMS:
        return arguments | dict(await request.post())
    body = await request.text()
    if not body:
        return arguments
    if request.content_type not in ("application/json", "text/plain"):
        raise Refused("invalid_post_type")
    return arguments | parse_object(body)


def parse_object(body: str) -> Json:
    try:
        content = json.loads(body)
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(content, dict):
        raise Refused("json_not_object")
    return content


def write_refusal(refused: Refused) -> Json:
    written = {"ok": False, "error": refused.code, **refused.details}
    return written | ({"response_metadata": {"messages": refused.messages}} if refused.messages else {})
