"""One way in for everything Slack sends; slices say what they answer to, by name."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import structlog
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.errors import BotError, SlackRefused
from bot.logs import log_bug
from bot.slack import payloads
from bot.slack.blocks import modal, section
from bot.slack.gateway import Gateway
from bot.slack.payloads import Answer, Click, Command, Event, Form, FormAnswer, Shortcut

OnCommand = Callable[[Command], Awaitable[Answer]]
OnClick = Callable[[Click], Awaitable[Sequence[Answer]]]
OnForm = Callable[[Form], Awaitable[FormAnswer]]
OnEvent = Callable[[Event], Awaitable[None]]
OnShortcut = Callable[[Shortcut], Awaitable[Sequence[Answer]]]
AfterView = Callable[[str, str], Awaitable[None]]
"""Takes the workspace and the person."""
Outcome = TypeVar("Outcome")

OUTDATED = Answer("That belongs to an older Rung and no longer does anything. Try `/ladder help`.")

log = structlog.get_logger()


class Router:
    """Handlers by command (`/ladder`), action prefix (`ladder`), form, event type and shortcut.

    Bolt runs only the first listener that matches and tries them in turn, so it gets one per kind of
    payload, and the choice among ours is a dictionary's.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.commands: dict[str, OnCommand] = {}
        self.clicks: dict[str, OnClick] = {}
        self.forms: dict[str, OnForm] = {}
        self.events: dict[str, OnEvent] = {}
        self.shortcuts: dict[str, OnShortcut] = {}
        self.after_view: list[AfterView] = []
        """Told when someone did something at Home, or in a view that may lie over it."""

    async def take_command(self, request: AsyncBoltRequest) -> BoltResponse:
        return _json((await self.run(payloads.read_command(request.body))).json)

    async def run(self, command: Command) -> Answer:
        """What a command answers, wherever it was typed; an excuse when it fails."""
        handler = self.commands.get(command.name)
        if handler is None:
            return _unknown(command.name)
        return await _attempt("command", handler(command), lambda sorry: sorry)

    async def take_click(self, request: AsyncBoltRequest) -> BoltResponse:
        """Answers travel by response_url, or into the view that was clicked; the 200 itself is empty."""
        click = payloads.read_click(request.body)
        handler = self.clicks.get(click.action.split(":")[0], _say_outdated)
        answers = await _attempt("click", handler(click), lambda sorry: (sorry,))
        try:
            for answer in answers:
                await self._answer(click, answer)
        except SlackRefused as refused:
            log.warning("answer not delivered", method=refused.method, code=refused.code)
        if click.view_id:
            await self._tell_after_view(click.workspace, click.user)
        return _empty()

    async def take_form(self, request: AsyncBoltRequest) -> BoltResponse:
        form = payloads.read_form(request.body)
        handler = self.forms.get(form.callback)
        if handler is None:
            return _json(json.dumps(FormAnswer(view=_as_view(OUTDATED)).body()))
        answer = await _attempt("form", handler(form), lambda sorry: _excuse(form, sorry))
        if not answer.errors:
            await self._tell_after_view(form.workspace, form.user)
        body = answer.body()
        return _json(json.dumps(body)) if body else _empty()

    async def take_event(self, request: AsyncBoltRequest) -> BoltResponse:
        """A failure answers 500, so that Slack sends the event again."""
        event = payloads.read_event(request.body)
        handler = self.events.get(event.type)
        if handler is None:
            return _empty()
        failed = await _attempt("event", handler(event), lambda _: True)
        return BoltResponse(status=500, body="") if failed else _empty()

    async def take_shortcut(self, request: AsyncBoltRequest) -> BoltResponse:
        """Answers go to the DM: a shortcut works everywhere, and not everywhere can be answered."""
        shortcut = payloads.read_shortcut(request.body)
        handler = self.shortcuts.get(shortcut.callback)
        if handler is None:
            return _empty()
        answers = await _attempt("shortcut", handler(shortcut), lambda sorry: (sorry,))
        try:
            for answer in answers:
                await self._gateway.post(shortcut.user, answer)
        except SlackRefused as refused:
            log.warning("answer not delivered", method=refused.method, code=refused.code)
        return _empty()

    async def take_anything(self, _request: AsyncBoltRequest) -> BoltResponse:
        """What Slack sends and nothing here asked for is acknowledged."""
        return _empty()

    async def _tell_after_view(self, workspace: str, user: str) -> None:
        for tell in self.after_view:
            await tell(workspace, user)

    async def _answer(self, click: Click, answer: Answer) -> None:
        if click.response_url:
            await self._respond(click, answer)
        elif click.view_type == "modal":
            await self._gateway.update_view(click.view_id, _as_view(answer))
        else:
            await self._gateway.open_view(click.trigger, _as_view(answer))

    async def _respond(self, click: Click, answer: Answer) -> None:
        try:
            await self._gateway.respond(click.response_url, answer)
        except SlackRefused as refused:
            if not refused.permanent or answer.fleeting:
                raise
            # Five answers or 30 minutes are used up: the DM always takes one more.
            await self._gateway.post(click.user, answer)


async def _attempt(kind: str, work: Awaitable[Outcome], excuse: Callable[[Answer], Outcome]) -> Outcome:
    """The work's outcome; or words: a person's own mistake explained, a ticket for one of ours."""
    try:
        return await work
    except BotError as error:
        return excuse(Answer(str(error)))
    except Exception as error:
        ticket = log_bug(kind, error)
        return excuse(
            Answer(
                f"Something went wrong on my side, and nothing was changed. Please try again; "
                f"if it stays, tell whoever runs Rung this ticket: `{ticket}`."
            )
        )


def _json(body: str) -> BoltResponse:
    return BoltResponse(status=200, body=body, headers={"content-type": ["application/json"]})


def _empty() -> BoltResponse:
    return BoltResponse(status=200, body="")


def _as_view(answer: Answer) -> dict[str, Any]:
    return modal("Rung", answer.blocks or [section(answer.text)])


def _excuse(form: Form, sorry: Answer) -> FormAnswer:
    """Below the first field, so that what was filled in stays; a form without fields gives way."""
    first = next(iter((*form.fields, *form.lists)), "")
    return FormAnswer(errors={first: sorry.text}) if first else FormAnswer(view=_as_view(sorry))


async def _say_outdated(_click: Click) -> Sequence[Answer]:
    return (OUTDATED,)


def _unknown(name: str) -> Answer:
    return Answer(f"I don't know `{name}` yet. Try `/ladder help`.")
