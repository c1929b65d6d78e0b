"""How the Home tab and the DM come in."""

from __future__ import annotations

from bot.ladder.listeners import LadderListeners
from bot.ladder.service import NoLadderChosen
from bot.ladder.whereabouts import show_whereabouts
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.gateway import Gateway
from bot.slack.mrkdwn import unescape
from bot.slack.payloads import Answer, Command, Event
from bot.slack.router import Router
from bot.wording import Wording

FILE = "home/messages"


class HomeListeners:
    """Shows where someone stands on Home, and takes command words typed into the DM."""

    def __init__(self, ladder: LadderListeners, words: Wording, gateway: Gateway) -> None:
        self._ladder = ladder
        self._words = words
        self._gateway = gateway

    def register(self, router: Router) -> None:
        self._router = router
        router.events["app_home_opened"] = self.show_home
        router.events["message"] = self.answer_words

    async def show_home(self, event: Event) -> None:
        if event.body.get("tab") != "home":
            return
        person = PersonId(event.workspace, event.user)
        try:
            reader = await self._ladder.find_reader(person)
            shown = show_whereabouts(reader, self._words).blocks
        except NoLadderChosen:
            shown = (await self._ladder.answer(person, "")).blocks
        welcome = blocks.section(self._words.say(FILE, "welcome"))
        await self._gateway.publish_home(event.user, [welcome, blocks.divider(), *shown])

    async def answer_words(self, event: Event) -> None:
        """A command word without its slash does what the command does; anything else gets a hint."""
        body = event.body
        if body.get("subtype") or body.get("bot_id") or body.get("channel_type") != "im":
            return
        word, _, text = unescape(str(body.get("text", ""))).strip().partition(" ")
        name = f"/{word.lower().removeprefix('/')}"
        if word.lower() == "help":
            name, text = "/ladder", "help"
        if name in self._router.commands:
            answer = await self._router.run(Command(event.workspace, event.user, name, text))
        else:
            answer = Answer(self._words.say(FILE, "direct_message"))
        await self._gateway.post(body["channel"], answer)
