"""The Bolt app: one listener per kind of payload, all of them the router's."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.router import Router

ANYTHING = re.compile("")
UNUSED = "xoxb-unused"  # Bolt wants a token in its context; the gateway holds the real one
NOT_INSTALLED = "Rung isn't installed in this workspace. Whoever runs it can change that."

Take = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


@dataclass
class Identity:
    """Whose token this is; empty until Slack has said so (auth.test)."""

    team_id: str = ""
    bot_id: str = ""
    bot_user_id: str = ""


def build_bolt(router: Router, api_url: str, identity: Identity) -> AsyncApp:
    """Bolt without what we do ourselves or never use: signatures, OAuth, assistants, workflow steps.

    `process_before_response` lets the answer leave when the listener returns: by default Bolt polls for it
    every 10 ms, and acknowledges events before they are kept.
    """
    bolt = AsyncApp(
        name="rung",
        client=AsyncWebClient(base_url=api_url),  # what Rung says to Slack goes through the gateway
        # Bolt switches to OAuth when it sees SLACK_CLIENT_ID; our own authorize decides instead. Bolt takes
        # such an object, and declares a function.
        authorize=_OneWorkspace(identity),  # type: ignore[arg-type]
        process_before_response=True,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        user_facing_authorize_error_message=NOT_INSTALLED,
        logger=logging.getLogger("slack_bolt"),
    )
    bolt.command(ANYTHING)(_listener(router.take_command))
    bolt.action(ANYTHING)(_listener(router.take_click))
    bolt.view_submission(ANYTHING)(_listener(router.take_form))
    bolt.event(ANYTHING)(_listener(router.take_event))
    bolt.shortcut(ANYTHING)(_listener(router.take_shortcut))
    for kind in (bolt.view_closed, bolt.options):
        kind(ANYTHING)(_listener(router.take_anything))
    return bolt


def _listener(take: Take) -> Callable[..., Awaitable[BoltResponse]]:
    """Bolt hands arguments over by name, and its request is called `req`."""

    async def listener(req: AsyncBoltRequest) -> BoltResponse:
        return await take(req)

    return listener


class _OneWorkspace(AsyncAuthorize):
    """One token, no call to Slack; a payload of another workspace is refused before anything reads it."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        identity = self._identity
        if identity.team_id and team_id and team_id != identity.team_id:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
            bot_token=UNUSED,
        )
