"""Block Kit in plain dictionaries (30 blocks by slack_sdk's models cost as much as four requests)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.slack.mrkdwn import escape, shorten, without_unseen

Block = dict[str, Any]

# Documented limits (“Block Kit: blocks”, “composition objects”).
SECTION_TEXT = 3000
FIELD_TEXT = 2000
HEADER_TEXT = 150
BUTTON_TEXT = 75
PLACEHOLDER_TEXT = 150
LABEL_TEXT = 2000
INPUT_TEXT = 3000


def header(text: str) -> Block:
    return {"type": "header", "text": _plain(shorten(text, HEADER_TEXT))}


def section(text: str, accessory: Block | None = None) -> Block:
    """`text` is mrkdwn, escaped where someone else wrote it."""
    block: Block = {"type": "section", "text": _mrkdwn(text)}
    return {**block, "accessory": accessory} if accessory else block


def fields(*texts: str) -> Block:
    """Up to ten texts in two columns, side by side where the screen is wide enough."""
    return {"type": "section", "fields": [_mrkdwn(shorten(text, FIELD_TEXT)) for text in texts]}


def context(text: str) -> Block:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def divider() -> Block:
    return {"type": "divider"}


def button(text: str, action: str, value: str, *, primary: bool = False) -> Block:
    """`action` must be unique within its block of actions."""
    element: Block = {
        "type": "button",
        "text": _plain(shorten(text, BUTTON_TEXT)),
        "action_id": action,
        "value": value,
    }
    return {**element, "style": "primary"} if primary else element


def actions(buttons: Iterable[Block]) -> Block:
    return {"type": "actions", "elements": list(buttons)}


def select(action: str, options: Sequence[Block], initial: str | None, placeholder: str) -> Block:
    """A menu; `options` come from `option`, grouped by `option_group` or not."""
    plain = [o for entry in options for o in entry.get("options", [entry])]
    chosen = next((o for o in plain if o["value"] == initial), None)
    kind = "option_groups" if options and "options" in options[0] else "options"
    element: Block = {
        "type": "static_select",
        "action_id": action,
        "placeholder": _plain(placeholder),
        kind: list(options),
    }
    return {**element, "initial_option": chosen} if chosen else element


def option(text: str, value: str) -> Block:
    return {"text": _plain(shorten(text, BUTTON_TEXT)), "value": value}


def overflow(action: str, options: Sequence[Block]) -> Block:
    """A “…” menu of up to five choices."""
    return {"type": "overflow", "action_id": action, "options": list(options)}


def option_group(label: str, options: Sequence[Block]) -> Block:
    return {"label": _plain(shorten(label, BUTTON_TEXT)), "options": list(options)}


def text_input(action: str, initial: str = "", *, lines: bool = False, placeholder: str = "") -> Block:
    """A field to write in; Slack takes 3,000 characters."""
    element: Block = {"type": "plain_text_input", "action_id": action, "multiline": lines}
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = _plain(shorten(placeholder, PLACEHOLDER_TEXT))
    return element


def date_input(action: str, initial: str = "") -> Block:
    """`initial` as `2026-11-20`."""
    element: Block = {"type": "datepicker", "action_id": action}
    return {**element, "initial_date": initial} if initial else element


def multi_select(action: str, options: Sequence[Block], chosen: Sequence[str], placeholder: str) -> Block:
    """A menu of which several can be chosen."""
    element: Block = {
        "type": "multi_static_select",
        "action_id": action,
        "placeholder": _plain(placeholder),
        "options": list(options),
    }
    initial = [one for one in options if one["value"] in chosen]
    return {**element, "initial_options": initial} if initial else element


def checkboxes(action: str, options: Sequence[Block]) -> Block:
    """Up to ten boxes to tick."""
    return {"type": "checkboxes", "action_id": action, "options": list(options)}


def people_input(action: str, chosen: Sequence[str], placeholder: str) -> Block:
    element: Block = {"type": "multi_users_select", "action_id": action, "placeholder": _plain(placeholder)}
    return {**element, "initial_users": list(chosen)} if chosen else element


def field(block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """An input of a form."""
    block: Block = {"type": "input", "block_id": block_id, "label": _plain(label), "element": element}
    return {**block, "optional": optional, **({"hint": _plain(hint)} if hint else {})}


def modal(
    title: str, blocks: Sequence[Block], *, callback: str = "", data: str = "", submit: str = ""
) -> Block:
    """A view; `submit` empty makes it one to read, `data` comes back with the form."""
    view: Block = {
        "type": "modal",
        "title": _plain(shorten(title, 24)),
        "close": _plain("Cancel" if submit else "Close"),
        "blocks": list(blocks),
        "private_metadata": data,
    }
    if callback:
        view["callback_id"] = callback
    if submit:
        view["submit"] = _plain(submit)
    return view


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"• {escape(line)}" for line in lines)


def sections(text: str) -> list[Block]:
    """As many sections as the text needs, broken between lines."""
    parts: list[str] = []
    for line in text.split("\n"):
        if parts and len(parts[-1]) + len(line) < SECTION_TEXT:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return [section(shorten(part, SECTION_TEXT)) for part in parts]


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": without_unseen(text)}


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}
