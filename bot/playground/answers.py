"""Shows or refuses what the bot answers to a command, at a response URL, or to a submitted modal."""

from typing import Any

from bot.playground import changes
from bot.playground.delivery import Answer
from bot.playground.limits import LONGEST_TEXT, Refused, check_blocks, check_view
from bot.playground.tickets import ResponseTicket
from bot.playground.world import Conversation, Json, Message, View, World

MOST_MODALS = 3


def take_command_answer(world: World, user_id: str, place: Conversation, typed: str, answer: Answer) -> None:
    """Raises Refused where the answer is not a message."""
    content = answer.content if answer.content is not None else {"text": answer.text}
    if content.get("response_type") == "in_channel":
        world.add_message(place.id, user_id, typed)
    if answer.content or answer.text:
        add_response(world, ResponseTicket(user_id, place.id, None, 0), content)


def take_response(world: World, ticket: ResponseTicket, content: Json) -> list[Json]:
    """Shows what was posted to a response URL; the events of the source. Raises Refused for no message."""
    source = ticket.source
    told = changes.delete(world, source) if source and content.get("delete_original") else []
    if set(content) == {"delete_original"}:
        return told
    if source and content.get("replace_original") and not source.deleted:
        text, blocks = read_message(content)
        source.values = {}
        return [changes.edit(world, source, text, blocks, is_marked=False)]
    add_response(world, ticket, content)
    return told


def add_response(world: World, ticket: ResponseTicket, content: Json) -> Message:
    text, blocks = read_message(content)
    shown_to = None if content.get("response_type") == "in_channel" else ticket.user_id
    details = {"blocks": blocks, "seen_only_by": shown_to, "thread_ts": content.get("thread_ts")}
    return world.add_message(ticket.conversation_id, world.bot_user_id, text, **details)


def read_message(content: Json) -> tuple[str, list[Json]]:
    text, blocks = content.get("text") or "", content.get("blocks")
    if not isinstance(text, str):
        raise Refused("invalid_arguments", ["[ERROR] must provide a string [json-pointer:/text]"])
    if not text and not blocks:
        raise Refused("no_text")
    return text[:LONGEST_TEXT], check_blocks(blocks) if blocks else []


def take_submission_answer(world: World, view: View, answer: Answer) -> dict[str, str]:
    """Follows the response_action and returns its errors; raises Refused for an unknown answer."""
    if answer.content is None:
        if answer.text:
            raise Refused("invalid_response", [answer.text])
        world.close_modal(view)
        return {}
    action = answer.content.get("response_action")
    if action == "errors":
        return read_errors(view, answer.content.get("errors"))
    if action == "clear":
        world.close_modals(view.user_id)
    elif action == "update":
        world.update_view(view, check_modal(answer.content.get("view")))
    elif action == "push":
        push_modal(world, view.user_id, check_modal(answer.content.get("view")))
    else:
        raise Refused("invalid_response", [f"[ERROR] unknown response_action: {action}"])
    return {}


def read_errors(view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.payload["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise Refused("invalid_response", [f"[ERROR] errors must name input blocks: {errors}"])
    return {block_id: str(words) for block_id, words in errors.items()}


def check_modal(view: Any) -> Json:
    checked = check_view(view)
    if checked["type"] != "modal":
        raise Refused("invalid_arguments", ["[ERROR] must be a modal [json-pointer:/view/type]"])
    return checked


def push_modal(world: World, user_id: str, payload: Json) -> View:
    if len(world.modals(user_id)) >= MOST_MODALS:
        raise Refused("push_limit_reached")
    return world.push_modal(user_id, payload)
