"""How the Home tab comes in: parts from every slice, one below the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.errors import SlackRefused
from bot.ground import Ground
from bot.home.upcoming import FILE
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.payloads import Event
from bot.slack.router import Router

Part = Callable[[PersonId], Awaitable[Sequence[Block]]]
"""What a slice shows someone on their Home; empty where there is nothing to say."""

MOST_BLOCKS = 100  # of a view, says Slack
PATIENCE = 1  # seconds that a form waits for the Home below it

log = structlog.get_logger()


class HomeListeners:
    """Draws the parts in their order, when Home is opened and after what was done in a view over it."""

    def __init__(self, ground: Ground, parts: Sequence[Part]) -> None:
        self._ground = ground
        self._parts = parts

    def register(self, router: Router) -> None:
        router.events["app_home_opened"] = self.show_home
        router.after_view.append(self.draw_again)

    async def show_home(self, event: Event) -> None:
        if event.body.get("tab") == "home":
            await self.draw(PersonId(event.workspace, event.user))

    async def draw_again(self, workspace: str, user: str) -> None:
        """What was changed is kept in any case; if this fails now, the next visit shows it."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.draw(PersonId(workspace, user))
        except SlackRefused as refused:
            log.warning("home not drawn", method=refused.method, code=refused.code)
        except TimeoutError:
            log.warning("home not drawn", code="timeout")

    async def draw(self, person: PersonId) -> None:
        shown = [block for part in self._parts for block in await part(person)]
        hint = blocks.context(self._ground.words.say(FILE, "direct_message"))
        await self._ground.gateway.publish_home(person.user, [*shown[: MOST_BLOCKS - 1], hint])
