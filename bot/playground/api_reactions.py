"""Web API methods about reactions: reactions.*."""

import re

from bot.playground import changes, events, payloads
from bot.playground.api_chat import permalink
from bot.playground.call import Call, Method
from bot.playground.limits import Refused
from bot.playground.world import Json, Message

TS = re.compile(r"\d+\.\d+")


def add(call: Call) -> Json:
    message = find_item(call)
    name = changes.add_reaction(call.world, call.world.bot_user_id, message, read_name(call))
    tell(call, "reaction_added", message, name)
    return {}


def remove(call: Call) -> Json:
    message = find_item(call)
    name = changes.remove_reaction(call.world, call.world.bot_user_id, message, read_name(call))
    tell(call, "reaction_removed", message, name)
    return {}


def get(call: Call) -> Json:
    message = find_item(call)
    link = permalink(call.world, message)
    written = payloads.message(call.world, message) | payloads.reactions(message) | {"permalink": link}
    return {"type": "message", "channel": message.conversation_id, "message": written}


def find_item(call: Call) -> Message:
    if not call.has("channel") or not call.has("timestamp"):
        raise Refused("no_item_specified")
    place = call.conversation()
    if not TS.fullmatch(call.text("timestamp")):
        raise Refused("bad_timestamp")
    call.require_membership(place)
    message = call.world.message(place.id, call.text("timestamp"))
    if message is None or message.seen_only_by is not None:
        raise Refused("message_not_found")
    if message.is_tombstone:
        raise Refused("not_reactable")
    return message


def read_name(call: Call) -> str:
    if not call.has("name"):
        raise Refused("invalid_name")
    return call.text("name")


def tell(call: Call, kind: str, message: Message, name: str) -> None:
    content = events.reaction(call.world, kind, call.world.bot_user_id, message, name)
    call.slack.tell_later(message, content)


METHODS = {
    "reactions.add": Method(add, ("reactions:write",)),
    "reactions.remove": Method(remove, ("reactions:write",)),
    "reactions.get": Method(get, ("reactions:read",)),
}
