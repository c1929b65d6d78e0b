"""Web API methods about messages: chat.*."""

from typing import Any

from bot.playground import changes, payloads
from bot.playground.api_files import check_pictures
from bot.playground.call import Call, Method
from bot.playground.limits import LONGEST_TEXT, Refused, check_blocks
from bot.playground.world import Conversation, Json, Message, World

LONGEST_UPDATE = 4_000
LONGEST_EPHEMERAL_BYTES = 4_000
SIMPLE = (str, int, float, bool)


def post_message(call: Call) -> Json:
    place = find_target(call)
    text, blocks = read_text(call), read_blocks(call)
    require_content(text, blocks)
    details = {"blocks": blocks or [], "metadata": read_metadata(call), "thread_ts": read_thread(call, place)}
    message = call.slack.post_as_bot(place.id, text[:LONGEST_TEXT], **details)
    written = payloads.message(call.world, message, with_metadata=True)
    return {"channel": place.id, "ts": message.ts, "message": written} | warnings(text)


def post_ephemeral(call: Call) -> Json:
    place = call.conversation()
    call.require_membership(place)
    if call.required("user") not in place.members:
        raise Refused("user_not_in_channel")
    text, blocks = read_text(call), read_blocks(call)
    require_content(text, blocks)
    if len(text.encode()) > LONGEST_EPHEMERAL_BYTES:
        raise Refused("msg_too_long")
    details = {"seen_only_by": call.text("user"), "thread_ts": read_thread(call, place)}
    return {"message_ts": call.slack.post_as_bot(place.id, text, blocks=blocks or [], **details).ts}


def update(call: Call) -> Json:
    """Text without blocks removes the blocks; metadata stays unless given; only such edits are marked."""
    message = find_own_message(call, "cant_update_message")
    text, blocks = read_text(call), read_blocks(call)
    require_content(text, blocks)
    if len(text) > LONGEST_UPDATE:
        raise Refused("msg_too_long")
    metadata = read_metadata(call) if "metadata" in call.arguments else message.metadata
    changed = changes.edit(call.world, message, text, blocks or [], is_marked=blocks is None)
    message.metadata = metadata
    call.slack.tell_later(message, changed)
    written = payloads.message(call.world, message)
    return {"channel": message.conversation_id, "ts": message.ts, "text": text, "message": written}


def delete(call: Call) -> Json:
    message = find_own_message(call, "cant_delete_message")
    call.slack.tell_later(message, *changes.delete(call.world, message))
    return {"channel": message.conversation_id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    place, ts = call.conversation(), call.required("message_ts")
    message = call.world.message(place.id, ts)
    if message is None or message.seen_only_by is not None:
        raise Refused("message_not_found")
    return {"channel": place.id, "permalink": permalink(call.world, message)}


def permalink(world: World, message: Message) -> str:
    place = message.conversation_id
    link = f"https://{world.team_domain}.slack.com/archives/{place}/p{message.ts.replace('.', '')}"
    return link + (f"?thread_ts={message.thread_ts}&cid={place}" if message.thread_ts else "")


# --- where to


def find_target(call: Call) -> Conversation:
    """A person's id means the direct message with them."""
    target = call.required("channel")
    place = direct_message(call, target) if target in call.world.users else call.conversation()
    if place.kind == "channel" and "chat:write.public" not in call.world.manifest.scopes:
        call.require_membership(place)
    if place.kind == "im" and not call.world.manifest.app_home.messages_tab_enabled:
        raise Refused("messages_tab_disabled")
    return place


def direct_message(call: Call, user_id: str) -> Conversation:
    if call.world.users[user_id].deleted:
        raise Refused("channel_not_found")
    return call.world.im_between(user_id, call.world.bot_user_id)


def read_thread(call: Call, place: Conversation) -> str | None:
    """Only the ts of a parent makes a thread, never that of a reply."""
    if not call.has("thread_ts"):
        return None
    parent = call.world.message(place.id, call.text("thread_ts"))
    if parent is None or parent.seen_only_by is not None or parent.thread_ts not in (None, parent.ts):
        raise Refused("cannot_reply_to_message")
    return parent.ts


def find_own_message(call: Call, refusal: str) -> Message:
    message = call.world.message(call.conversation().id, call.required("ts"))
    if message is None:
        raise Refused("message_not_found")
    if message.user_id != call.world.bot_user_id or message.seen_only_by is not None:
        raise Refused(refusal)
    return message


# --- what


def read_text(call: Call) -> str:
    if call.nested("attachments", "invalid_attachments"):
        raise Refused("invalid_attachments", ["[ERROR] attachments are not part of this Slack; use blocks"])
    return call.text("text")


def read_blocks(call: Call) -> list[Json] | None:
    if not call.has("blocks"):
        return None
    return check_pictures(call.world, check_blocks(call.arguments["blocks"]))


def require_content(text: str, blocks: list[Json] | None) -> None:
    if not text and not blocks:
        raise Refused("no_text")


def read_metadata(call: Call) -> Json | None:
    metadata = call.nested("metadata", "invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or set(metadata) - {"entities"} != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    payload = metadata["event_payload"]
    if not isinstance(payload, dict) or not all(is_metadata_value(value) for value in payload.values()):
        raise Refused("invalid_metadata_schema")
    return metadata


def is_metadata_value(value: Any) -> bool:
    """A simple value, a flat object, or a list of those."""
    return all(is_flat(each) for each in value) if isinstance(value, list) else is_flat(value)


def is_flat(value: Any) -> bool:
    inside = value.values() if isinstance(value, dict) else [value]
    return all(isinstance(each, SIMPLE) for each in inside)


def warnings(text: str) -> Json:
    if len(text) <= LONGEST_TEXT:
        return {}
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(get_permalink),
}
