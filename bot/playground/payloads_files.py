"""How Slack writes down a file."""

from __future__ import annotations

from urllib.parse import quote

from bot.playground.files import File
from bot.playground.world import Json, World


def file(world: World, kept: File) -> Json:
    """As it stands in messages and in files.info; of a deleted one only that it was there."""
    if kept.deleted:
        return {"id": kept.id, "mode": "tombstone"}
    name = quote(kept.name)
    filetype, pretty_type, mimetype = kept.kind
    is_text = mimetype.startswith("text/")
    place = f"{world.address}/files-pri/{world.team_id}-{kept.id}"
    link = f"https://{world.team_domain}.slack.com/files/{kept.owner}/{kept.id}/{name}"
    written = {
        "id": kept.id,
        "created": kept.created,
        "timestamp": kept.created,
        "name": kept.name,
        "title": kept.title,
        "mimetype": mimetype,
        "filetype": filetype,
        "pretty_type": pretty_type,
        "user": kept.owner,
        "user_team": world.team_id,
        "editable": is_text,
        "size": kept.size,
        "mode": "snippet" if is_text else "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(world.conversations[each].kind == "channel" for each, _ in kept.shares),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{place}/{name}",
        "url_private_download": f"{place}/download/{name}",
        "permalink": link,
        "has_rich_preview": False,
        "file_access": "visible",
    }
    return written | ({"alt_txt": kept.alt_text} if kept.alt_text else {})


def shares(world: World, kept: File) -> Json:
    """Where a file was shared, as files.info tells it: kind → conversation → messages."""
    found: Json = {}
    for conversation_id, ts in kept.shares:
        kind = "public" if world.conversations[conversation_id].kind == "channel" else "private"
        found.setdefault(kind, {}).setdefault(conversation_id, []).append({"ts": ts})
    return found
