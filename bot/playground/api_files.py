"""Web API methods about files: files.*, and the address their bytes are sent to."""

from aiohttp import web

from bot.playground import payloads_files
from bot.playground.call import Call, Method, invalid
from bot.playground.files import LARGEST_FILE, File
from bot.playground.limits import Refused, check_blocks
from bot.playground.slack import Slack
from bot.playground.world import Conversation, Json, World

LONGEST_ALT_TEXT = 1_000
LARGEST_SNIPPET = 1024 * 1024
MOST_CHANNELS = 100


def get_upload_url(call: Call) -> Json:
    """The address takes the bytes once; nobody sees the file before files.completeUploadExternal."""
    if not call.has("filename") or not call.has("length"):
        raise Refused("missing_argument")
    if call.world.files.are_disabled:
        raise Refused("file_uploads_disabled")
    size, alt_text = read_size(call), call.text("alt_txt")
    if len(alt_text) > LONGEST_ALT_TEXT:
        raise Refused("alt_txt_too_large")
    name, world = call.text("filename"), call.world
    file = File(new_file_id(world), world.bot_user_id, name, name, int(world.now()), size, alt_text)
    ticket = world.files.await_bytes(file)
    return {"upload_url": f"{world.address}/upload/v1/{ticket}", "file_id": file.id}


def read_size(call: Call) -> int:
    size = call.number("length", 0)
    if size < 1:
        raise invalid("must be greater than 0 [json-pointer:/length]")
    if call.has("snippet_type") and size > LARGEST_SNIPPET:
        raise Refused("snippet_too_large")
    if size > LARGEST_FILE:
        raise Refused("file_upload_size_restricted")
    return size


def new_file_id(world: World) -> str:
    return f"F{world.next_number():08}"


def complete_upload(call: Call) -> Json:
    """Without a channel the files stay the bot's own."""
    wanted = [(find_waiting(call, each), each) for each in read_files(call)]
    places = find_places(call)
    comment, blocks = call.text("initial_comment"), read_blocks(call)
    thread_ts = read_thread(call, places)
    for file, given in wanted:
        file.title, file.is_complete = given.get("title") or file.name, True
    for place in places:
        files = [file for file, _ in wanted]
        call.slack.post_as_bot(place.id, comment, blocks=blocks, thread_ts=thread_ts, files=files)
    return {"files": [{"id": file.id, "title": file.title} for file, _ in wanted]}


def read_files(call: Call) -> list[Json]:
    files = call.nested("files", "invalid_arguments")
    if not isinstance(files, list) or not files or not all(isinstance(each, dict) for each in files):
        raise invalid("missing required field: files [json-pointer:]")
    return files


def find_waiting(call: Call, given: Json) -> File:
    """Its bytes must have arrived, and it can be completed once."""
    file = call.world.files.by_id.get(str(given.get("id")))
    if file is None or file.content is None or file.is_complete:
        raise Refused("file_not_found")
    return file


def find_places(call: Call) -> list[Conversation]:
    """A person's id is refused here, unlike in chat.postMessage: a DM has to be opened first."""
    ids = [each.strip() for each in call.text("channels").split(",") if each.strip()]
    if call.has("channel_id"):
        ids = [call.text("channel_id")]
    if len(ids) > MOST_CHANNELS:
        raise Refused("channels_limit_exceeded")
    return [find_place(call, each) for each in ids]


def find_place(call: Call, channel_id: str) -> Conversation:
    if channel_id[:1] not in ("C", "G", "D", "Z"):
        raise invalid("input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]")
    place = call.world.conversations.get(channel_id)
    if place is None or (place.kind == "im" and call.world.bot_user_id not in place.members):
        raise Refused("channel_not_found")
    call.require_membership(place)
    return place


def read_blocks(call: Call) -> list[Json]:
    """Blocks beside a comment are left out, as Slack leaves them out."""
    if call.has("initial_comment") or not call.has("blocks"):
        return []
    return check_pictures(call.world, check_blocks(call.arguments["blocks"]))


def read_thread(call: Call, places: list[Conversation]) -> str | None:
    if not call.has("thread_ts"):
        return None
    if len(places) != 1:
        raise invalid("thread_ts needs exactly one channel [json-pointer:/thread_ts]")
    parent = call.world.message(places[0].id, call.text("thread_ts"))
    if parent is None or parent.seen_only_by is not None:
        raise invalid("thread_ts names no message there [json-pointer:/thread_ts]")
    return parent.thread_ts or parent.ts


def info(call: Call) -> Json:
    file = find_file(call)
    if not is_visible(call.world, file):
        raise Refused("file_not_found")
    about = payloads_files.file(call.world, file) | {"shares": payloads_files.shares(call.world, file)}
    return {"file": about, "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(call: Call) -> Json:
    """A message that was nothing but the file goes with it; in others a tombstone stays."""
    file = find_file(call)
    if file.owner != call.world.bot_user_id:
        raise Refused("cant_delete_file")
    file.deleted, file.content = True, None
    for place, ts in file.shares:
        message = call.world.message(place, ts)
        said_more = message and (message.text or message.blocks)
        if message and not said_more and all(each.deleted for each in message.files):
            message.deleted = True
    call.world.touch()
    return {}


def find_file(call: Call) -> File:
    file = call.world.files.find(call.required("file"))
    if file is None:
        raise Refused("file_not_found")
    if file.deleted:
        raise Refused("file_deleted")
    return file


def is_visible(world: World, file: File) -> bool:
    """To the bot: its own, and what was shared where it is a member."""
    places = (world.conversations[place] for place, _ in file.shares)
    return file.owner == world.bot_user_id or any(world.bot_user_id in place.members for place in places)


def check_pictures(world: World, blocks: list[Json]) -> list[Json]:
    """The same blocks; raises Refused where one shows what is no picture, or none the bot can see."""
    for number, block in enumerate(blocks):
        for place in (block, block.get("accessory") or {}, *block.get("elements", [])):
            named = place.get("slack_file")
            if named and not is_shown(world, world.files.find_named(named)):
                said = f"[ERROR] invalid slack file [json-pointer:/blocks/{number}/slack_file]"
                raise Refused("invalid_blocks", [said])
    return blocks


def is_shown(world: World, file: File | None) -> bool:
    return file is not None and not file.deleted and file.is_picture and is_visible(world, file)


# --- bytes


class FileRoutes:
    """Where the bot sends the bytes of a file to, and reads those of any file from."""

    def __init__(self, slack: Slack) -> None:
        self._world = slack.world

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/upload/v1/{ticket}", self.take)
        app.router.add_get("/files-pri/{id}/{name}", self.send)
        app.router.add_get("/files-pri/{id}/download/{name}", self.send)

    async def take(self, request: web.Request) -> web.Response:
        """The body itself or the one file of a form; the address is all that is asked for."""
        if request.content_type == "multipart/form-data":
            fields = (await request.post()).values()
            content = next((each.file.read() for each in fields if isinstance(each, web.FileField)), b"")
        else:
            content = await request.read()
        if not self._world.files.take_bytes(request.match_info["ticket"], content):
            raise web.HTTPNotFound
        return web.Response(text=f"OK - {len(content)}")

    async def send(self, request: web.Request) -> web.Response:
        """Asks for the bot's token and files:read; anyone else gets Slack's sign-in page instead."""
        world = self._world
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if token != world.bot_token or "files:read" not in world.manifest.scopes:
            return web.Response(text="<!doctype html><title>Sign in</title>", content_type="text/html")
        file = world.files.find(request.match_info["id"].removeprefix(f"{world.team_id}-"))
        if file is None or file.content is None or not is_visible(world, file):
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.kind[2])


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
    "files.delete": Method(delete, ("files:write",), post_only=True),
}
