"""Slack over HTTP: the signature first, then Bolt."""

from __future__ import annotations

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.slack.manifest import EVENTS


def add_slack_route(web_app: web.Application, bolt: AsyncApp, signing_secret: str) -> None:
    """Take commands, events and interactions at `POST /slack/events`.

    The signature is checked here, not by Bolt, which logs the body of a badly signed request and answers
    500 to a timestamp that is no number.
    """
    verifier = SignatureVerifier(signing_secret)

    async def take(request: web.Request) -> web.Response:
        try:
            if not _is_signed(verifier, request, await request.text()):
                return web.json_response({"error": "invalid request"}, status=401)
            bolt_request = await to_bolt_request(request)
        except (ValueError, LookupError):  # not the encoding, or not the JSON, that it claims to be
            return web.json_response({"error": "invalid body"}, status=400)
        return await to_aiohttp_response(await bolt.async_dispatch(bolt_request))

    web_app.router.add_post(EVENTS, take)


def _is_signed(verifier: SignatureVerifier, request: web.Request, body: str) -> bool:
    """Is it Slack's, and not older than five minutes (“Verifying requests from Slack”)?"""
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 15 and signature.isascii()):
        return False
    return verifier.is_valid(body, timestamp, signature)
