"""How Slack writes down what becomes of messages and people: changed, deleted, reacted to, moved."""

from bot.playground import payloads
from bot.playground.world import Json, Message, User, World


def message_changed(world: World, message: Message, before: Json) -> Json:
    """`before` is the message as it was written down before."""
    now = payloads.message(world, message) | payloads.thread(world, message)
    about = {"message": now, "previous_message": before}
    return _about_message(world, message, "message_changed", about)


def message_deleted(world: World, message: Message) -> Json:
    about = {"deleted_ts": message.ts, "previous_message": payloads.message(world, message)}
    return _about_message(world, message, "message_deleted", about)


def _about_message(world: World, message: Message, subtype: str, about: Json) -> Json:
    conversation, ts = world.conversations[message.conversation_id], world.next_ts()
    where = {"channel": conversation.id, "channel_type": conversation.kind}
    happened = {"type": "message", "subtype": subtype, "hidden": True}
    return {**happened, **about, **where, "ts": ts, "event_ts": ts}


def reaction(world: World, kind: str, user_id: str, message: Message, name: str) -> Json:
    """`kind` is reaction_added or reaction_removed."""
    item = {"type": "message", "channel": message.conversation_id, "ts": message.ts}
    about = {"type": kind, "user": user_id, "reaction": name, "item": item}
    return {**about, "item_user": message.user_id, "event_ts": world.next_ts()}


def user_change(world: World, user: User) -> Json:
    written = {"type": "user_change", "user": payloads.full_user(world, user)}
    return {**written, "cache_ts": int(world.now()), "event_ts": world.next_ts()}
