"""What people do in this Slack: write, click, submit, close, look at Home; and what comes of it."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from bot.playground import answers, inputs, payloads
from bot.playground.composer import escape, link_names
from bot.playground.delivery import Answer, HttpDelivery, Kind, NoAnswer
from bot.playground.limits import Refused
from bot.playground.socket import Sockets
from bot.playground.tickets import ResponseUrls, Triggers
from bot.playground.world import SLACKBOT, Conversation, Json, Message, View, World

FAILED = "That didn't work. Try again."


class Slack:
    """One workspace with its bot, reached at `bot_url` or, where a websocket is connected, through that.

    `base_url` is where this Slack itself is reached. `real_time` is what signatures, trigger ids and
    response URLs go by; the messages go by `world.now`.
    """

    def __init__(
        self,
        world: World,
        bot_url: str | None,
        signing_secret: str,
        *,
        base_url: str = "",
        answer_seconds: float = 3.0,
        real_time: Callable[[], float] = time.time,
    ) -> None:
        self.world = world
        self.bot_url = bot_url
        self.base_url = base_url
        self.triggers = Triggers(real_time)
        self.response_urls = ResponseUrls(real_time)
        self.sockets = Sockets(world, answer_seconds)
        self._http = HttpDelivery(signing_secret, answer_seconds, real_time)
        self._background: set[asyncio.Task[None]] = set()

    # --- writing

    async def send(self, user_id: str, conversation_id: str, text: str, thread_ts: str | None = None) -> None:
        """What Enter in the composer does: runs a command or posts a message."""
        if not text.startswith("/"):
            await self.post(user_id, conversation_id, text, thread_ts)
        elif thread_ts:
            word = text.split(maxsplit=1)[0]
            self._slackbot(user_id, conversation_id, f"{word} is not supported in threads. Sorry!", thread_ts)
        else:
            await self.run_command(user_id, conversation_id, text)

    async def run_command(self, user_id: str, conversation_id: str, text: str) -> None:
        place = self._conversation(user_id, conversation_id)
        word, _, rest = text.strip().partition(" ")
        command = self.world.manifest.commands.get(word)
        if not command:
            self._slackbot(user_id, place.id, f"{word} is not a valid command.")
            return
        words = link_names(self.world, escape(rest), labelled=True) if command.should_escape else escape(rest)
        try:
            answer = await self._deliver("slash_commands", self._command(user_id, place, word, words.strip()))
            answers.take_command_answer(self.world, user_id, place, escape(text), answer)
        except (NoAnswer, Refused) as failure:
            self._command_failed(user_id, place, word, failure)

    async def post(
        self, user_id: str, conversation_id: str, text: str, thread_ts: str | None = None
    ) -> Message:
        """Shows the message and tells the bot where the manifest says so; back when the bot has it."""
        place = self._conversation(user_id, conversation_id)
        words = link_names(self.world, escape(text), labelled=False)
        message = self.world.add_message(place.id, user_id, words, thread_ts=thread_ts)
        await self._tell_message(message)
        return message

    def post_as_bot(self, conversation_id: str, text: str, **details: Any) -> Message:
        """Shows a message of the bot; it comes back as an event in the background, as every message does."""
        message = self.world.add_message(conversation_id, self.world.bot_user_id, text, **details)
        if message.seen_only_by is None:
            self._in_background(self._tell_message(message))
        return message

    def take_response(self, ticket_id: str, content: Json) -> None:
        """What the bot posts to a response URL; raises Refused, and Slackbot tells of a broken message."""
        ticket = self.response_urls.use(ticket_id)
        try:
            answers.take_response(self.world, ticket, content)
        except Refused as refused:
            words = f"An answer failed with the error “{refused.code}” {' '.join(refused.messages)}"
            self._slackbot(ticket.user_id, ticket.conversation_id, words.rstrip())
            raise

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
        place = self._view(user_id, view_id) if view_id else self._message(user_id, message_ts)
        blocks = place.payload["blocks"] if isinstance(place, View) else place.blocks
        element = inputs.find_element(blocks, block_id, action_id)
        chosen = inputs.complete(element, value)
        latest = {block_id: {action_id: value}} if element["type"] in inputs.STATE_KEYS else {}
        place.values = inputs.state_values(blocks, latest, values or {}, place.values)
        action = {"action_id": action_id, "block_id": block_id, "type": element["type"], **chosen}
        await self._tell_action(user_id, place, {**action, "action_ts": self.world.next_ts()})

    async def _tell_action(self, user_id: str, place: Message | View, action: Json) -> None:
        try:
            if not self.world.manifest.is_interactive:
                raise Refused("interactivity_disabled")
            payload = self._click(user_id, place) | {"actions": [action]}
            await self._deliver("interactive", payload)
            place.problem = None
        except (NoAnswer, Refused) as failure:
            place.problem = FAILED
            self._refuse("block_actions", failure)
        self.world.touch()

    async def submit(self, user_id: str, view_id: str, values: Json) -> dict[str, str]:
        """Errors by block_id; none means accepted, or that the bot failed and `view.problem` says so."""
        view = self._modal(user_id, view_id)
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
            answer = await self._deliver("interactive", payload)
            view.errors = answers.take_submission_answer(self.world, view, answer)
        except (NoAnswer, Refused) as failure:
            view.problem = FAILED
            self._refuse("view_submission", failure)

    async def close(self, user_id: str, view_id: str, whole_stack: bool = False) -> None:
        """Cancel closes this view; the X closes the whole stack, which the bot hears of as its root."""
        view = self._modal(user_id, view_id)
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
            await self._tell_event("app_home_opened", payloads.home_event(self.world, user_id, place))

    # --- telling the bot

    async def settle(self) -> None:
        """Waits until everything that is delivered in the background has arrived."""
        while self._background:
            await asyncio.gather(*self._background)

    async def _deliver(self, kind: Kind, payload: Json) -> Answer:
        if self.sockets.is_connected:
            return await self.sockets.deliver(kind, payload)
        if self.bot_url:
            return await self._http.deliver(self.bot_url, kind, payload)
        raise NoAnswer("dispatch_failed", "connection_failed")

    async def _tell(self, kind: Kind, what: str, payload: Json) -> None:
        try:
            await self._deliver(kind, payload)
        except NoAnswer as failure:
            self.world.refuse(what, failure.reason)

    async def _tell_event(self, name: str, content: Json) -> None:
        if self.world.manifest.is_subscribed(name):
            await self._tell("events_api", name, payloads.event(self.world, content))

    async def _tell_message(self, message: Message) -> None:
        conversation = self.world.conversations[message.conversation_id]
        if self.world.bot_user_id not in conversation.members:
            return
        name = "message.im" if conversation.kind == "im" else "message.channels"
        await self._tell_event(name, payloads.message_event(self.world, message))
        if conversation.kind == "channel" and f"<@{self.world.bot_user_id}>" in message.text:
            await self._tell_event("app_mention", payloads.mention_event(self.world, message))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    # --- what is told

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

    def _response_url(self, ticket_id: str) -> str:
        return f"{self.base_url}/respond/{ticket_id}"

    # --- what went wrong

    def _command_failed(
        self, user_id: str, place: Conversation, word: str, failure: NoAnswer | Refused
    ) -> None:
        self._refuse(word, failure)
        details = "\n".join(failure.messages) if isinstance(failure, Refused) else ""
        self._slackbot(user_id, place.id, f"{word} failed with the error “{failure.code}” {details}".rstrip())

    def _refuse(self, where: str, failure: NoAnswer | Refused) -> None:
        self.world.refuse(where, failure.code, failure.messages if isinstance(failure, Refused) else ())

    def _slackbot(self, user_id: str, conversation_id: str, text: str, thread_ts: str | None = None) -> None:
        self.world.add_message(conversation_id, SLACKBOT, text, seen_only_by=user_id, thread_ts=thread_ts)

    # --- what is meant

    def _conversation(self, user_id: str, conversation_id: str) -> Conversation:
        conversation = self.world.conversations.get(conversation_id)
        if conversation is None or user_id not in conversation.members:
            raise Refused("channel_not_found")
        return conversation

    def _message(self, user_id: str, ts: str | None) -> Message:
        message = self.world.message_by_ts(ts or "")
        if message is None or message.seen_only_by not in (None, user_id):
            raise Refused("message_not_found")
        self._conversation(user_id, message.conversation_id)
        return message

    def _view(self, user_id: str, view_id: str) -> View:
        home = self.world.home(user_id)
        return home if home and home.id == view_id else self._modal(user_id, view_id)

    def _modal(self, user_id: str, view_id: str) -> View:
        """Only the modal on top can be reached."""
        modal = self.world.modal(user_id)
        if modal is None or modal.id != view_id:
            raise Refused("not_found")
        return modal
