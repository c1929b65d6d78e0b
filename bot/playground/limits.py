"""Checks what the bot sends against Block Kit's rules and refuses it in Slack's words and codes."""

import json
import secrets
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.playground.blocks import HomeSurface, MessageSurface, ModalSurface
from bot.playground.world import Json

LONGEST_TEXT = 40_000
LARGEST_VIEW = 250_000
INTERACTIVE = {
    "button",
    "overflow",
    "static_select",
    "multi_static_select",
    "users_select",
    "multi_users_select",
    "conversations_select",
    "radio_buttons",
    "checkboxes",
    "datepicker",
    "timepicker",
    "plain_text_input",
}
SURFACES: dict[str, type[BaseModel]] = {"home": HomeSurface, "modal": ModalSurface}

# pydantic's error types → Slack's sentences
SENTENCES = {
    "string_too_long": "must be less than {max_length_plus_one} characters",
    "string_too_short": "must be more than {min_length_minus_one} characters",
    "too_long": "no more than {max_length} items allowed",
    "too_short": "no less than {min_length} items allowed",
    "missing": "missing required field: {field}",
    "extra_forbidden": "invalid additional property: {field}",
    "union_tag_not_found": "missing required field: type",
    "union_tag_invalid": "unsupported type: {tag}",
    "literal_error": "must be one of: {expected}",
    "string_type": "must provide a string",
    "bool_type": "must provide a boolean",
    "int_type": "must provide an integer",
    "list_type": "must provide an array",
    "model_type": "must provide an object",
    "model_attributes_type": "must provide an object",
    "string_pattern_mismatch": "invalid format",
}


class Refused(Exception):
    """Slack said no: its code, what it says about it, and fields that belong to that answer."""

    def __init__(self, code: str, messages: Sequence[str] = (), **details: Any) -> None:
        super().__init__(code, *messages)
        self.code, self.messages, self.details = code, list(messages), details


def check_blocks(blocks: Any) -> list[Json]:
    """The blocks of a message, all ids filled in; raises Refused("invalid_blocks")."""
    parsed = parse_json(blocks, "invalid_blocks_format")
    if not isinstance(parsed, list):
        raise Refused("invalid_blocks_format")
    problems = find_problems(MessageSurface, {"blocks": parsed})
    if problems:
        raise Refused("invalid_blocks", problems)
    return fill_ids(parsed)


def check_view(view: Any) -> Json:
    """A modal or Home view, all ids filled in; raises Refused("invalid_arguments")."""
    parsed = parse_json(view, "invalid_arguments")
    if not isinstance(parsed, dict):
        raise Refused("invalid_arguments", ["[ERROR] must provide an object [json-pointer:/view]"])
    if len(json.dumps(parsed)) > LARGEST_VIEW:
        raise Refused("view_too_large")
    surface = SURFACES.get(str(parsed.get("type")))
    if not surface:
        raise Refused("invalid_arguments", ["[ERROR] must be one of: modal, home [json-pointer:/view/type]"])
    problems = find_problems(surface, parsed, "/view")
    if problems:
        raise Refused("invalid_arguments", problems)
    return parsed | {"blocks": fill_ids(parsed["blocks"])}


def parse_json(value: Any, code: str) -> Any:
    """Form-encoded calls carry nested values as JSON."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(code) from None


def find_problems(surface: type[BaseModel], payload: Json, prefix: str = "") -> list[str]:
    try:
        surface.model_validate(payload)
    except ValidationError as invalid:
        return [describe(error, payload, prefix) for error in invalid.errors()]
    return []


def describe(error: ErrorDetails, payload: Json, prefix: str) -> str:
    return f"[ERROR] {sentence(error)} [json-pointer:{prefix}{pointer(error, payload)}]"


def sentence(error: ErrorDetails) -> str:
    known = error.get("ctx", {})
    if error["type"] not in SENTENCES:
        return error["msg"]
    words = known | {
        "field": error["loc"][-1] if error["loc"] else "",
        "max_length_plus_one": known.get("max_length", 0) + 1,
        "min_length_minus_one": known.get("min_length", 0) - 1,
    }
    return SENTENCES[error["type"]].format_map(words)


def pointer(error: ErrorDetails, payload: Json) -> str:
    """The way to the fault; pydantic's own also names the type of each block passed, left out here."""
    steps, here = [], payload
    for step in error["loc"][:-1] if error["type"] in ("missing", "extra_forbidden") else error["loc"]:
        if (isinstance(here, dict) and step in here) or (isinstance(here, list) and isinstance(step, int)):
            here = here[step]
            steps.append(str(step))
    ending = {"text_too_long": ["text"], "union_tag_invalid": ["type"]}.get(error["type"], [])
    return "".join(f"/{step}" for step in (*steps, *ending))


def fill_ids(blocks: list[Json]) -> list[Json]:
    return [{"block_id": secrets.token_hex(3), **fill_action_ids(block)} for block in blocks]


def fill_action_ids(block: Json) -> Json:
    filled = dict(block)
    for place in ("accessory", "element"):
        if place in block:
            filled[place] = fill_action_id(block[place])
    if block["type"] == "actions":
        filled["elements"] = [fill_action_id(element) for element in block["elements"]]
    return filled


def fill_action_id(element: Json) -> Json:
    return {"action_id": secrets.token_hex(3), **element} if element["type"] in INTERACTIVE else element
