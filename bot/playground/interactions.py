"""What people do that waits for an answer of the bot: commands, clicks, forms, shortcuts, a look at Home."""

import time
from collections.abc import Callable
from typing import Any

from bot.playground import answers, inputs, payloads
from bot.playground.composer import escape, link_names
from bot.playground.delivery import Kind, NoAnswer
from bot.playground.limits import Refused
from bot.playground.messenger import Messenger
from bot.playground.reach import (
    find_conversation,
    find_lasting_message,
    find_message,
    find_modal,
    find_view,
)
from bot.playground.tickets import ResponseUrls, Triggers
from bot.playground.world import SLACKBOT, Conversation, Json, Message, View, World

FAILED = "That didn't work. Try again."


class Interactions(Messenger):
    """`real_time` is what signatures, trigger ids and response URLs go by; the messages go by `world.now`."""

    def __init__(
        self,
        world: World,
        bot_url: str | None,
        signing_secret: str,
        *,
        answer_seconds: float = 3.0,
        real_time: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(world, bot_url, signing_secret, answer_seconds, real_time)
        self.triggers = Triggers(real_time)
        self.response_urls = ResponseUrls(real_time)

    # --- commands and shortcuts

    async def run_command(self, user_id: str, conversation_id: str, text: str) -> None:
        place = find_conversation(self.world, user_id, conversation_id)
        word, _, rest = text.strip().partition(" ")
        command = self.world.manifest.commands.get(word)
        if not command:
            self._slackbot(user_id, place.id, f"{word} is not a valid command.")
            return
        words = link_names(self.world, escape(rest), labelled=True) if command.should_escape else escape(rest)
        try:
            answer = await self.deliver("slash_commands", self._command(user_id, place, word, words.strip()))
            answers.take_command_answer(self.world, user_id, place, escape(text), answer)
        except (NoAnswer, Refused) as failure:
            self._fail(user_id, place, word, failure)

    async def run_shortcut(self, user_id: str, callback_id: str, conversation_id: str) -> None:
        """A global one; the conversation is only where Slackbot says that it failed."""
        place = find_conversation(self.world, user_id, conversation_id)
        name = self._find_shortcut("global", callback_id)
        details = {"callback_id": callback_id, "action_ts": self.world.next_ts()}
        await self._press(user_id, place, name, self._interaction("shortcut", user_id, **details))

    async def run_message_shortcut(self, user_id: str, callback_id: str, message_ts: str) -> None:
        message = find_lasting_message(self.world, user_id, message_ts)
        name = self._find_shortcut("message", callback_id)
        place = self.world.conversations[message.conversation_id]
        details = payloads.acted_on(self.world, message)
        details |= {"callback_id": callback_id, "action_ts": self.world.next_ts()}
        details["response_url"] = self._response_url(self.response_urls.issue(user_id, place.id))
        await self._press(user_id, place, name, self._interaction("message_action", user_id, **details))

    def _find_shortcut(self, kind: str, callback_id: str) -> str:
        for each in self.world.manifest.features.shortcuts:
            if (each.type, each.callback_id) == (kind, callback_id):
                return each.name
        raise Refused("shortcut_not_found")

    async def _press(self, user_id: str, place: Conversation, name: str, payload: Json) -> None:
        try:
            self._require_interactivity()
            await self.deliver("interactive", payload)
        except (NoAnswer, Refused) as failure:
            self._fail(user_id, place, name, failure)

    def take_response(self, ticket_id: str, content: Json) -> None:
        """What the bot posts to a response URL; raises Refused, and Slackbot tells of a broken message."""
        ticket = self.response_urls.use(ticket_id)
        try:
            told = answers.take_response(self.world, ticket, content)
        except Refused as refused:
            words = f"An answer failed with the error “{refused.code}” {' '.join(refused.messages)}"
            self._slackbot(ticket.user_id, ticket.conversation_id, words.rstrip())
            raise
        if ticket.source:
            self.tell_later(ticket.source, *told)

    # --- clicking and filling in

    async def act(
        self,
        user_id: str,
        *,
        block_id: str,
        action_id: str,
        value: Json,
        message_ts: str | None = None,
        view_id: str | None = None,
        values: Json | None = None,
    ) -> None:
        """Clicks or chooses; `values` is what stands in the other inputs, in the shape `submit` takes."""
        place = (
            find_view(self.world, user_id, view_id)
            if view_id
            else find_message(self.world, user_id, message_ts)
        )
        blocks = place.payload["blocks"] if isinstance(place, View) else place.blocks
        element = inputs.find_element(blocks, block_id, action_id)
        chosen = inputs.complete(element, value)
        latest = {block_id: {action_id: value}} if element["type"] in inputs.STATE_KEYS else {}
        place.values = inputs.state_values(blocks, latest, values or {}, place.values)
        action = {"action_id": action_id, "block_id": block_id, "type": element["type"], **chosen}
        await self._tell_action(user_id, place, {**action, "action_ts": self.world.next_ts()})

    async def _tell_action(self, user_id: str, place: Message | View, action: Json) -> None:
        try:
            self._require_interactivity()
            payload = self._click(user_id, place) | {"actions": [action]}
            await self.deliver("interactive", payload)
            place.problem = None
        except (NoAnswer, Refused) as failure:
            place.problem = FAILED
            self._refuse("block_actions", failure)
        self.world.touch()

    async def submit(self, user_id: str, view_id: str, values: Json) -> dict[str, str]:
        """Errors by block_id; none means accepted, or that the bot failed and `view.problem` says so."""
        view = find_modal(self.world, user_id, view_id)
        blocks = view.payload["blocks"]
        view.values = inputs.state_values(blocks, values, view.values)
        view.errors = inputs.find_mistakes(blocks, view.values)
        view.problem = None
        if not view.errors:
            await self._tell_submission(view)
        self.world.touch()
        return view.errors

    async def _tell_submission(self, view: View) -> None:
        details = {"view": payloads.view(self.world, view), "response_urls": []}
        payload = self._interaction("view_submission", view.user_id, **details)
        try:
            answer = await self.deliver("interactive", payload)
            view.errors = answers.take_submission_answer(self.world, view, answer)
        except (NoAnswer, Refused) as failure:
            view.problem = FAILED
            self._refuse("view_submission", failure)

    async def close(self, user_id: str, view_id: str, whole_stack: bool = False) -> None:
        """Cancel closes this view; the X closes the whole stack, which the bot hears of as its root."""
        view = find_modal(self.world, user_id, view_id)
        everything = whole_stack or bool(view.payload.get("clear_on_close"))
        told = self.world.modals(user_id)[0] if everything else view
        if everything:
            self.world.close_modals(user_id)
        else:
            self.world.close_modal(view)
        if told.payload.get("notify_on_close"):
            closed = {"view": payloads.view(self.world, told), "is_cleared": everything}
            await self._tell(
                "interactive", "view_closed", self._interaction("view_closed", user_id, **closed)
            )

    async def open_home(self, user_id: str) -> None:
        place = self.world.im_between(user_id, self.world.bot_user_id)
        if self.world.manifest.app_home.home_tab_enabled:
            await self.tell_event("app_home_opened", payloads.home_event(self.world, user_id, place))

    # --- what is told

    async def _tell(self, kind: Kind, what: str, payload: Json) -> None:
        try:
            await self.deliver(kind, payload)
        except NoAnswer as failure:
            self.world.refuse(what, failure.reason)

    def _interaction(self, kind: str, user_id: str, **details: Any) -> Json:
        trigger_id = self.triggers.issue(user_id)
        return payloads.interaction(self.world, kind, user_id, trigger_id=trigger_id, **details)

    def _command(self, user_id: str, place: Conversation, word: str, words: str) -> Json:
        written = payloads.command(self.world, user_id, place, word, words)
        url = self._response_url(self.response_urls.issue(user_id, place.id))
        return written | {"response_url": url, "trigger_id": self.triggers.issue(user_id)}

    def _click(self, user_id: str, place: Message | View) -> Json:
        if isinstance(place, View):
            return self._interaction("block_actions", user_id, **payloads.view_place(self.world, place))
        url = self._response_url(self.response_urls.issue(user_id, place.conversation_id, place))
        where = payloads.message_place(self.world, place, place.values)
        return self._interaction("block_actions", user_id, response_url=url, **where)

    def _require_interactivity(self) -> None:
        if not self.world.manifest.is_interactive:
            raise Refused("interactivity_disabled")

    def _response_url(self, ticket_id: str) -> str:
        return f"{self.world.address}/respond/{ticket_id}"

    # --- what went wrong

    def _fail(self, user_id: str, place: Conversation, what: str, failure: NoAnswer | Refused) -> None:
        """Slackbot says so, to that person alone."""
        self._refuse(what, failure)
        details = "\n".join(failure.messages) if isinstance(failure, Refused) else ""
        self._slackbot(user_id, place.id, f"{what} failed with the error “{failure.code}” {details}".rstrip())

    def _refuse(self, where: str, failure: NoAnswer | Refused) -> None:
        self.world.refuse(where, failure.code, failure.messages if isinstance(failure, Refused) else ())

    def _slackbot(self, user_id: str, conversation_id: str, text: str, thread_ts: str | None = None) -> None:
        self.world.add_message(conversation_id, SLACKBOT, text, seen_only_by=user_id, thread_ts=thread_ts)
