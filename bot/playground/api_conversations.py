"""Web API methods about conversations: conversations.*."""

import base64
import binascii
import re

from bot.playground import payloads
from bot.playground.call import Call, Method
from bot.playground.limits import Refused
from bot.playground.world import Conversation, Json, Message

MOST_PEOPLE = 8
TS = re.compile(r"\d+(\.\d+)?")


def open_conversation(call: Call) -> Json:
    """Only direct messages with one person; this Slack has no group ones."""
    if call.has("channel"):
        return opened(call, call.conversation(), was_open=True)
    user_id = find_partner(call)
    bot = call.world.bot_user_id
    was_open = call.world.find_im(user_id, bot) is not None
    if not was_open and call.flag("prevent_creation"):
        raise Refused("channel_not_found")
    return opened(call, call.world.im_between(user_id, bot), was_open=was_open)


def find_partner(call: Call) -> str:
    user_ids = [each.strip() for each in call.text("users").split(",") if each.strip()]
    if not user_ids:
        raise Refused("users_list_not_supplied")
    if len(user_ids) > MOST_PEOPLE:
        raise Refused("too_many_users")
    if len(user_ids) > 1:
        raise Refused("invalid_user_combination")
    user = call.world.users.get(user_ids[0])
    if user is None:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    return user.id


def opened(call: Call, place: Conversation, *, was_open: bool) -> Json:
    if place.kind != "im":
        raise Refused("method_not_supported_for_channel_type")
    written = payloads.channel(call.world, place) if call.flag("return_im") else {"id": place.id}
    return {"channel": written} | ({"no_op": True, "already_open": True} if was_open else {})


def info(call: Call) -> Json:
    place = call.conversation()
    call.require_scope_for(place, "read")
    count = {"num_members": len(place.members)} if call.flag("include_num_members") else {}
    return {"channel": payloads.channel(call.world, place) | count}


def history(call: Call) -> Json:
    """Newest first; replies stand in their thread, not here."""
    place = find_readable(call)
    messages = [each for each in every_message(call, place) if each.thread_ts in (None, each.ts)]
    return page(call, messages[::-1], default=100, most=999)


def replies(call: Call) -> Json:
    """The parent first; `ts` may be that of the parent or of a reply."""
    place = find_readable(call)
    asked = call.world.message(place.id, call.required("ts"))
    if asked is None or asked.seen_only_by is not None:
        raise Refused("thread_not_found")
    messages = call.world.thread(place.id, asked.thread_ts or asked.ts)
    return page(call, messages, default=1000, most=1000)


def find_readable(call: Call) -> Conversation:
    place = call.conversation()
    call.require_scope_for(place, "history")
    call.require_membership(place)
    return place


def every_message(call: Call, place: Conversation) -> list[Message]:
    known = call.world.messages(place.id, call.world.bot_user_id)
    return [each for each in known if each.seen_only_by is None]


# --- pages


def page(call: Call, messages: list[Message], default: int, most: int) -> Json:
    wanted = [each for each in messages if is_in_window(call, each.ts)]
    start, size = read_cursor(call), min(max(call.number("limit", default), 1), most)
    chosen, more = wanted[start : start + size], len(wanted) > start + size
    cursor = base64.b64encode(f"next:{start + size}".encode()).decode() if more else ""
    written = [write(call, each) for each in chosen]
    return {"messages": written, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def read_cursor(call: Call) -> int:
    if not call.has("cursor"):
        return 0
    try:
        return int(base64.b64decode(call.text("cursor")).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None


def is_in_window(call: Call, ts: str) -> bool:
    oldest, latest = read_ts(call, "oldest"), read_ts(call, "latest")
    if call.flag("inclusive") and ts in (call.text("oldest"), call.text("latest")):
        return True
    return (oldest is None or float(ts) > oldest) and (latest is None or float(ts) < latest)


def read_ts(call: Call, name: str) -> float | None:
    if not call.has(name):
        return None
    given = str(call.arguments[name])
    if not TS.fullmatch(given):
        raise Refused(f"invalid_ts_{name}")
    return float(given)


def write(call: Call, message: Message) -> Json:
    with_metadata = call.flag("include_all_metadata")
    written = payloads.message(call.world, message, with_metadata=with_metadata)
    return written | payloads.reactions(message) | payloads.thread(call.world, message)


METHODS = {
    "conversations.open": Method(open_conversation, ("im:write",)),
    "conversations.info": Method(info, ("channels:read", "im:read")),
    "conversations.history": Method(history, ("channels:history", "im:history")),
    "conversations.replies": Method(replies, ("channels:history", "im:history")),
}
