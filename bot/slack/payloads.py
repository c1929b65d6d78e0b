"""What Slack sends, as typed values; and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic_core import to_json

from bot.slack.blocks import Block
from bot.slack.mrkdwn import as_typed


class InModal(str):
    """A trigger from inside a modal. What it opens lies on top: Slack promises nothing of a second one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Command:
    """Something typed. `text` as in a message; `workspace` is the one the person acts from."""

    workspace: str
    user: str
    name: str
    text: str
    trigger: str = ""
    """Opens a form; empty for words typed into the DM."""


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
    message_ts: str = ""
    """The message that was clicked; empty in a view."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form sent off: `fields` by block id, `lists` where several can be chosen, `data` as it was given.

    `view_id` stays the same when the same form is sent twice.
    """

    workspace: str
    user: str
    callback: str
    fields: Mapping[str, str]
    data: str
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut chosen: on a message (then `message` is it) or anywhere."""

    workspace: str
    user: str
    callback: str
    trigger: str
    message: Message | None = None
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file shared with a message; `address` needs the bot's token to be read."""

    id: str
    name: str
    mimetype: str
    size: int
    permalink: str
    address: str


@dataclass(frozen=True, slots=True)
class Message:
    """Something someone wrote. `text` is unescaped; mentions stay `<@U…>`, links are written out.

    `thread` is the ts of the message it answers to; `edited` the ts of the newest change, or empty, and
    `before` what it said until then.
    """

    workspace: str
    user: str
    channel: str
    ts: str
    text: str
    thread: str = ""
    edited: str = ""
    before: str = ""
    files: tuple[File, ...] = ()
    is_direct: bool = False

    @property
    def file_links(self) -> list[str]:
        """Where its files can be seen; those that Slack gives no link to are left out."""
        return [file.permalink for file in self.files if file.permalink]


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
    `fleeting`: never as a message that stays, even where nothing else gets through.
    `understood`: False where the words asked for nothing there is; something else may be meant by them.
    """

    text: str
    blocks: Sequence[Block] = ()
    public: bool = False
    replace: bool = False
    fleeting: bool = False
    understood: bool = True

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
        return to_json(self.body()).decode()


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
    text = as_typed(str(body.get("text", "")))
    return Command(
        str(body["team_id"]),
        str(body["user_id"]),
        str(body["command"]),
        text,
        str(body.get("trigger_id") or ""),
    )


def read_click(body: Mapping[str, Any]) -> Click:
    action, view = body["actions"][0], body.get("view") or {}
    selected = action.get("selected_option") or {}
    trigger = str(body.get("trigger_id", ""))
    return Click(
        workspace=_workspace_of(body),
        user=body["user"]["id"],
        channel=(body.get("channel") or {}).get("id", ""),
        action=action["action_id"],
        value=action.get("value") or selected.get("value") or "",
        trigger=InModal(trigger) if view.get("type") == "modal" else trigger,
        response_url=body.get("response_url", ""),
        view_id=view.get("id", ""),
        view_type=view.get("type", ""),
        message_ts=(body.get("message") or {}).get("ts", ""),
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
        _lists_of(view),
        view.get("id", ""),
    )


def read_shortcut(body: Mapping[str, Any]) -> Shortcut:
    found = body.get("message")
    workspace, user = _workspace_of(body), body["user"]["id"]
    message = read_message(workspace, found, body["channel"]["id"]) if found else None
    return Shortcut(
        workspace,
        user,
        body.get("callback_id", ""),
        body.get("trigger_id", ""),
        message,
        body.get("response_url", ""),
    )


def read_message(workspace: str, body: Mapping[str, Any], channel: str = "") -> Message:
    """A message as events, shortcuts and the history give it; another app's has no user."""
    thread = str(body.get("thread_ts") or "")
    return Message(
        workspace=workspace,
        user=str(body.get("user") or ""),
        channel=channel or str(body.get("channel") or ""),
        ts=str(body["ts"]),
        text=read_text(body),
        thread="" if thread == body["ts"] else thread,
        edited=str((body.get("edited") or {}).get("ts") or ""),
        files=tuple(map(read_file, body.get("files") or ())),
        is_direct=body.get("channel_type") == "im",
    )


def read_text(body: Mapping[str, Any]) -> str:
    """The words of a message, as they were typed."""
    return as_typed(str(body.get("text") or ""))


def read_file(body: Mapping[str, Any]) -> File:
    return File(
        id=str(body["id"]),
        name=str(body.get("name") or body.get("title") or "file"),
        mimetype=str(body.get("mimetype") or ""),
        size=int(body.get("size") or 0),
        permalink=str(body.get("permalink") or ""),
        address=str(body.get("url_private_download") or body.get("url_private") or ""),
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
    return element.get("value") or selected.get("value") or element.get("selected_date") or ""


def _lists_of(view: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was chosen where several can be: options of a menu, boxes, people."""
    found: dict[str, tuple[str, ...]] = {}
    for block, elements in view.get("state", {}).get("values", {}).items():
        for element in elements.values():
            if "selected_options" in element:
                found[block] = tuple(option["value"] for option in element["selected_options"] or ())
            elif "selected_users" in element:
                found[block] = tuple(element["selected_users"] or ())
    return found
