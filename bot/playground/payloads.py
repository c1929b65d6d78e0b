"""How Slack writes down people, conversations, messages, views and what happened, for the bot to read."""

import secrets
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from bot.playground import payloads_files
from bot.playground.world import Conversation, Json, Message, User, View, World

VERIFICATION_TOKEN = "playground-verification"  # noqa: S105  Slack still sends it; nobody checks it


# --- things


def full_user(world: World, user: User) -> Json:
    local = datetime.fromtimestamp(world.now(), ZoneInfo(user.tz))
    offset = local.utcoffset()
    return {
        "id": user.id,
        "team_id": user.team_id or world.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": local.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile(world, user),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "updated": int(world.now()),
    }


def profile(world: World, user: User) -> Json:
    return {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "team": world.team_id,
    }


def actor(world: World, user_id: str) -> Json:
    name = world.users[user_id].name
    return {"id": user_id, "username": name, "name": name, "team_id": world.team_id}


def channel(world: World, conversation: Conversation) -> Json:
    common = {
        "id": conversation.id,
        "created": int(world.now()),
        "is_archived": False,
        "is_org_shared": False,
    }
    if conversation.kind == "im":
        other = next((each for each in conversation.members if each != world.bot_user_id), world.bot_user_id)
        return {**common, "is_im": True, "user": other, "is_user_deleted": world.users[other].deleted}
    return {
        **common,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "is_member": world.bot_user_id in conversation.members,
    }


def message(world: World, said: Message, *, with_metadata: bool = False) -> Json:
    written: Json = {"type": "message", "user": said.user_id, "text": said.text, "ts": said.ts}
    written |= {"team": world.team_id, "blocks": said.blocks or plain_rich_text(said)}
    if said.user_id == world.bot_user_id:
        written |= bot_marks(world)
    if said.thread_ts:
        written["thread_ts"] = said.thread_ts
    if said.files:
        written |= {"files": [payloads_files.file(world, each) for each in said.files], "upload": False}
    if said.is_tombstone:
        written |= {"subtype": "tombstone", "hidden": True}
    elif said.user_id != world.bot_user_id:
        written["client_msg_id"] = str(uuid5(NAMESPACE_URL, said.ts))
    if said.edited_ts:
        written["edited"] = {"user": said.user_id, "ts": said.edited_ts}
    if with_metadata and said.metadata:
        written["metadata"] = said.metadata
    return written


def reactions(said: Message) -> Json:
    """What history and reactions.get add to a message; nothing where nobody reacted."""
    listed = [
        {"name": name, "users": list(people), "count": len(people)} for name, people in said.reactions.items()
    ]
    return {"reactions": listed} if listed else {}


def thread(world: World, said: Message) -> Json:
    """What Slack adds to the parent of replies: how many, by whom, the latest."""
    replies = world.thread(said.conversation_id, said.ts)[1:]
    if not replies:
        return {}
    people = list(dict.fromkeys(each.user_id for each in replies))
    about = {"thread_ts": said.ts, "reply_count": len(replies), "reply_users": people}
    return about | {"reply_users_count": len(people), "latest_reply": replies[-1].ts}


def bot_marks(world: World) -> Json:
    name = world.users[world.bot_user_id].real_name
    about = {"id": world.bot_id, "app_id": world.app_id, "name": name, "team_id": world.team_id}
    return {"bot_id": world.bot_id, "app_id": world.app_id, "bot_profile": about}


def plain_rich_text(said: Message) -> list[Json]:
    if not said.text:
        return []
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": said.text}]}
    return [{"type": "rich_text", "block_id": f"rt{said.ts}", "elements": [words]}]


def view(world: World, shown: View) -> Json:
    content = {"private_metadata": "", "callback_id": "", "title": None, "submit": None, "close": None}
    return {
        **content,
        "clear_on_close": False,
        "notify_on_close": False,
        **shown.payload,
        "id": shown.id,
        "team_id": world.team_id,
        "state": {"values": shown.values},
        "hash": shown.hash,
        "external_id": shown.external_id or "",
        "previous_view_id": shown.previous_id,
        "root_view_id": shown.root_id,
        "app_id": world.app_id,
        "bot_id": world.bot_id,
        "app_installed_team_id": world.team_id,
    }


# --- what happened


def command(world: World, user_id: str, place: Conversation, word: str, text: str) -> Json:
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": world.team_id,
        "team_domain": world.team_domain,
        "channel_id": place.id,
        "channel_name": place.name,
        "user_id": user_id,
        "user_name": world.users[user_id].name,
        "command": word,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
    }


def interaction(world: World, kind: str, user_id: str, **details: Any) -> Json:
    return {
        "type": kind,
        "user": actor(world, user_id),
        "team": {"id": world.team_id, "domain": world.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "api_app_id": world.app_id,
        "token": VERIFICATION_TOKEN,
        **details,
    }


def message_place(world: World, said: Message, values: Json) -> Json:
    """Where a click happened; of an ephemeral message Slack tells the place but not the content."""
    conversation = world.conversations[said.conversation_id]
    ephemeral = said.seen_only_by is not None
    container = {"type": "message", "message_ts": said.ts, "channel_id": conversation.id}
    where = {
        "container": {**container, "is_ephemeral": ephemeral},
        "channel": {"id": conversation.id, "name": conversation.name},
        "state": {"values": values},
    }
    return where if ephemeral else {**where, "message": message(world, said)}


def acted_on(world: World, said: Message) -> Json:
    """The message that a shortcut was used on."""
    conversation = world.conversations[said.conversation_id]
    where = {"id": conversation.id, "name": conversation.name}
    return {"message_ts": said.ts, "channel": where, "message": message(world, said)}


def view_place(world: World, shown: View) -> Json:
    return {
        "container": {"type": "view", "view_id": shown.id},
        "view": view(world, shown),
        "state": {"values": shown.values},
    }


def event(world: World, content: Json) -> Json:
    """The envelope of an event; its event_id is what a bot recognises a repeat by."""
    authorization = {
        "enterprise_id": None,
        "team_id": world.team_id,
        "user_id": world.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": world.team_id,
        "api_app_id": world.app_id,
        "event": content,
        "type": "event_callback",
        "event_id": f"Ev{world.next_number():08}",
        "event_time": int(world.now()),
        "event_context": secrets.token_hex(8),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "context_team_id": world.team_id,
        "context_enterprise_id": None,
    }


def message_event(world: World, said: Message) -> Json:
    conversation = world.conversations[said.conversation_id]
    content = message(world, said)
    content |= {"channel": conversation.id, "channel_type": conversation.kind, "event_ts": said.ts}
    if said.files:
        content["subtype"] = "file_share"
    return content


def mention_event(world: World, said: Message) -> Json:
    content = message_event(world, said) | {"type": "app_mention"}
    del content["channel_type"]
    return content


def home_event(world: World, user_id: str, place: Conversation) -> Json:
    content = {"type": "app_home_opened", "user": user_id, "channel": place.id, "tab": "home"}
    content["event_ts"] = world.next_ts()
    home = world.home(user_id)
    return {**content, "view": view(world, home)} if home else content
