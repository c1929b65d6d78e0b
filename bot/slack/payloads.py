"""What Slack sends, as typed values; and what it gets back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.slack.blocks import Block
from bot.slack.mrkdwn import unescape


@dataclass(frozen=True, slots=True)
class Command:
    """Something typed. `text` is unescaped; `workspace` is the one the person acts from."""

    workspace: str
    user: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Click:
    """A press on an element of a message (`response_url`) or of a view (`view_id`)."""

    workspace: str
    user: str
    channel: str
    action: str
    value: str
    trigger: str
    response_url: str = ""
    view_id: str = ""
    view_type: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form sent off: `fields` by block id, `data` as it was given to the form."""

    workspace: str
    user: str
    callback: str
    fields: Mapping[str, str]
    data: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `body` is the event as Slack sent it."""

    workspace: str
    user: str
    type: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """Words for whoever asked; `text` is what a notification and a screen reader say.

    `public`: for everyone in the channel. `replace`: instead of the message that was clicked.
    """

    text: str
    blocks: Sequence[Block] = ()
    public: bool = False
    replace: bool = False

    def body(self) -> dict[str, Any]:
        """As the answer to a command or a post to a response_url."""
        found: dict[str, Any] = {
            "response_type": "in_channel" if self.public else "ephemeral",
            "replace_original": self.replace,
            "text": self.text,
        }
        return {**found, "blocks": list(self.blocks)} if self.blocks else found

    @cached_property
    def json(self) -> str:
        """The body as it is sent; written once, since what many ask for is kept."""
        return json.dumps(self.body())


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """Errors by block id, or the view to show next; neither closes the form."""

    errors: Mapping[str, str] = field(default_factory=dict)
    view: Block | None = None

    def body(self) -> dict[str, Any] | None:
        if self.errors:
            return {"response_action": "errors", "errors": dict(self.errors)}
        return {"response_action": "update", "view": self.view} if self.view else None


def read_command(body: Mapping[str, Any]) -> Command:
    text = unescape(str(body.get("text", "")))
    return Command(str(body["team_id"]), str(body["user_id"]), str(body["command"]), text)


def read_click(body: Mapping[str, Any]) -> Click:
    action, view = body["actions"][0], body.get("view") or {}
    selected = action.get("selected_option") or {}
    return Click(
        workspace=_workspace_of(body),
        user=body["user"]["id"],
        channel=(body.get("channel") or {}).get("id", ""),
        action=action["action_id"],
        value=action.get("value") or selected.get("value") or "",
        trigger=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
        view_id=view.get("id", ""),
        view_type=view.get("type", ""),
    )


def read_form(body: Mapping[str, Any]) -> Form:
    view = body["view"]
    values = {
        block: _value_of(element)
        for block, elements in view.get("state", {}).get("values", {}).items()
        for element in elements.values()
    }
    return Form(
        _workspace_of(body),
        body["user"]["id"],
        view.get("callback_id", ""),
        values,
        view.get("private_metadata", ""),
    )


def read_event(body: Mapping[str, Any]) -> Event:
    event = body["event"]
    user = event.get("user")
    return Event(str(body.get("team_id", "")), user if isinstance(user, str) else "", event["type"], event)


def _workspace_of(body: Mapping[str, Any]) -> str:
    """The person's own: in a shared channel someone of another workspace may press our buttons."""
    return str(body["user"].get("team_id") or (body.get("team") or {}).get("id", ""))


def _value_of(element: Mapping[str, Any]) -> str:
    selected = element.get("selected_option") or {}
    return element.get("value") or selected.get("value") or ""
