"""What stands in the inputs of a message or view: their state, completed and checked as Slack does."""

import re
from collections.abc import Iterator
from typing import Any

from bot.playground.limits import Refused
from bot.playground.world import Json

# element type → where its value stands in the state, and where the blocks give it a first value
STATE_KEYS = {
    "static_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "plain_text_input": ("value", "initial_value"),
}
SEVERAL = ("multi_static_select", "multi_users_select", "checkboxes")
PATTERNS = {"datepicker": r"\d{4}-\d\d-\d\d", "timepicker": r"\d\d:\d\d"}
REQUIRED = "Please complete this required field."


def elements_of(block: Json) -> list[Json]:
    if block["type"] == "actions":
        return list(block["elements"])
    return [block[place] for place in ("accessory", "element") if place in block]


def find_element(blocks: list[Json], block_id: str, action_id: str) -> Json:
    """The element to be clicked; raises Refused where there is none, or none that tells the bot."""
    for block in blocks:
        silent = block["type"] == "input" and not block.get("dispatch_action")
        if block.get("block_id") == block_id and not silent:
            for element in elements_of(block):
                if element.get("action_id") == action_id:
                    return element
    raise Refused("action_not_found", [f"nothing to click at {block_id}/{action_id}"])


def complete(element: Json, given: Json) -> Json:
    """The element's own part of an action, in full; raises Refused for a choice it does not offer."""
    if element["type"] == "button":
        return {key: element[key] for key in ("text", "value", "url") if key in element}
    if element["type"] == "overflow":
        return {"selected_option": offered(element, given.get("selected_option"))}
    return state_of(element, given)


def state_of(element: Json, given: Json | None) -> Json:
    key, initial_key = STATE_KEYS[element["type"]]
    value = given.get(key) if given is not None else element.get(initial_key)
    if key == "selected_option":
        value = offered(element, value) if value else None
    elif key == "selected_options":
        value = [offered(element, option) for option in value or []]
    return {"type": element["type"], key: value or ([] if element["type"] in SEVERAL else None)}


def offered(element: Json, choice: Any) -> Json:
    """The option as the blocks have it."""
    groups = element.get("option_groups", [])
    options = [*element.get("options", []), *(option for group in groups for option in group["options"])]
    value = choice.get("value") if isinstance(choice, dict) else None
    for option in options:
        if option["value"] == value:
            return dict(option)
    raise Refused("invalid_option", [f"{value!r} is not among the options"])


def stateful(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in STATE_KEYS:
                yield block, element


def state_values(blocks: list[Json], *sources: Json) -> Json:
    """block_id → action_id → state; the first of `sources` that knows an input gives its value."""
    values: Json = {}
    for block, element in stateful(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        known = (source.get(block_id, {}).get(action_id) for source in sources)
        given = next((each for each in known if each is not None), None)
        values.setdefault(block_id, {})[action_id] = state_of(element, given)
    return values


def find_mistakes(blocks: list[Json], values: Json) -> dict[str, str]:
    """What Slack itself objects to before it asks the bot: block_id → words."""
    mistakes = {}
    for block, element in stateful(blocks):
        state = values[block["block_id"]][element["action_id"]]
        words = mistake(block, element, state[STATE_KEYS[element["type"]][0]])
        if words and block["type"] == "input":
            mistakes[block["block_id"]] = words
    return mistakes


def mistake(block: Json, element: Json, value: Any) -> str | None:
    if not value:
        return None if block.get("optional") else REQUIRED
    if element["type"] == "plain_text_input":
        return wrong_length(element, value)
    if element["type"] in PATTERNS and not re.fullmatch(PATTERNS[element["type"]], value):
        return "Please enter a valid date or time."
    if element["type"].startswith("multi_") and len(value) > element.get("max_selected_items", len(value)):
        return f"Please choose at most {element['max_selected_items']}."
    return None


def wrong_length(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > most:
        return f"Please enter at most {most} characters."
    return None
