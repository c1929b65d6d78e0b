"""How the Home tab comes in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.errors import SlackRefused
from bot.ladder.listeners import LadderListeners
from bot.ladder.service import NoLadderChosen
from bot.ladder.whereabouts import show_whereabouts
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.gateway import Gateway
from bot.slack.payloads import Event
from bot.slack.router import Router
from bot.wording import Wording

FILE = "home/messages"

ShowSome = Callable[[PersonId], Awaitable[Sequence[Block]]]
"""A part of Home; nothing where there is nothing to show."""

log = structlog.get_logger()


class HomeListeners:
    """Shows where someone stands on Home."""

    def __init__(
        self, ladder: LadderListeners, words: Wording, gateway: Gateway, comes_next: ShowSome
    ) -> None:
        self._ladder = ladder
        self._words = words
        self._gateway = gateway
        self._comes_next = comes_next

    def register(self, router: Router) -> None:
        router.events["app_home_opened"] = self.show_home
        self._ladder.show_change = self.draw_again

    async def show_home(self, event: Event) -> None:
        if event.body.get("tab") == "home":
            await self._draw(PersonId(event.workspace, event.user))

    async def draw_again(self, person: PersonId) -> None:
        """What was changed is kept in any case; if Slack refuses now, the next visit shows it."""
        try:
            await self._draw(person)
        except SlackRefused as refused:
            log.warning("home not drawn", method=refused.method, code=refused.code)

    async def _draw(self, person: PersonId) -> None:
        await self._gateway.publish_home(person.user, await self._show(person))

    async def _show(self, person: PersonId) -> Sequence[Block]:
        """What comes next and where they stand; for someone new the welcome above, for others a reminder."""
        welcome = [blocks.section(self._words.say(FILE, "welcome")), blocks.divider()]
        try:
            reader = await self._ladder.find_reader(person)
        except NoLadderChosen:
            return [*welcome, *(await self._ladder.answer(person, "")).blocks]
        shown = [*await self._comes_next(person), *show_whereabouts(reader, self._words).blocks]
        if reader.current or reader.target:
            return [*shown, blocks.context(self._words.say(FILE, "direct_message"))]
        return [*welcome, *shown]
