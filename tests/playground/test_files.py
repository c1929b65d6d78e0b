"""Files: the bot uploads in three steps, reads what people attach, and shows pictures in blocks."""

import json
from typing import Any

import aiohttp
import pytest

from bot.playground.page_files import Attached, Shared, share
from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, RANDOM, Stage, section

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture(autouse=True)
def scopes(stage: Stage) -> None:
    stage.world.manifest.scopes.extend(["files:write", "files:read"])


async def send_bytes(url: str, content: bytes) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=content) as response:
        return response.status


async def begin(stage: Stage, name: str = "map.png", content: bytes = PNG, **more: str) -> str:
    """The id of a file whose bytes have arrived."""
    answer = await stage.call("files.getUploadURLExternal", filename=name, length=len(content), **more)
    assert await send_bytes(answer["upload_url"], content) == 200
    return str(answer["file_id"])


async def complete(stage: Stage, file_id: str, **more: Any) -> Json:
    return await stage.call("files.completeUploadExternal", files=[{"id": file_id, "title": "A map"}], **more)


async def download(url: str, token: str = "xoxb-playground") -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        return await response.read()


def attach(place: str, *files: tuple[str, bytes], text: str = "") -> Shared:
    attached = [Attached.model_construct(name=name, content=content) for name, content in files]
    return Shared.model_construct(user=ANA, conversation=place, text=text, thread_ts=None, files=attached)


async def test_an_upload_takes_three_steps_and_stands_in_the_channel_then(stage: Stage) -> None:
    file_id = await begin(stage, alt_txt="Where the levels lie")
    assert stage.seen(stage.im) == []
    answer = await complete(stage, file_id, channel_id=stage.im, initial_comment="Here it is")
    assert answer["files"] == [{"id": file_id, "title": "A map"}]
    message = stage.last(stage.im)
    assert (message.text, message.files[0].content) == ("Here it is", PNG)
    assert message.files[0].alt_text == "Where the levels lie"


async def test_the_sdk_uploads_the_same_way(stage: Stage) -> None:
    parent = await stage.post("Look")
    upload = stage.client.files_upload_v2
    await upload(filename="notes.md", content="# Hi", channel=stage.im, thread_ts=parent)
    shown = stage.last(stage.im)
    assert (shown.files[0].content, shown.thread_ts) == (b"# Hi", parent)


async def test_without_a_channel_the_file_stays_with_the_bot(stage: Stage) -> None:
    file_id = await begin(stage)
    assert (await complete(stage, file_id))["ok"]
    assert (await stage.call("files.info", file=file_id))["file"]["title"] == "A map"
    assert stage.seen(stage.im) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"filename": "map.png"}, "missing_argument"),
        ({"filename": "map.png", "length": 0}, "invalid_arguments"),
        ({"filename": "map.png", "length": 10**9}, "file_upload_size_restricted"),
        ({"filename": "map.png", "length": 10, "alt_txt": "a" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.txt", "length": 2**20 + 1, "snippet_type": "text"}, "snippet_too_large"),
    ],
)
async def test_an_upload_that_cannot_be_is_refused_at_once(stage: Stage, arguments: Json, code: str) -> None:
    assert (await stage.call("files.getUploadURLExternal", **arguments))["error"] == code


async def test_an_administrator_may_turn_uploads_off(stage: Stage) -> None:
    stage.world.files.are_disabled = True
    answer = await stage.call("files.getUploadURLExternal", filename="map.png", length=10)
    assert answer["error"] == "file_uploads_disabled"


async def test_the_address_takes_the_announced_bytes_once(stage: Stage) -> None:
    answer = await stage.call("files.getUploadURLExternal", filename="map.png", length=len(PNG))
    assert await send_bytes(answer["upload_url"], PNG[:-1]) == 404
    assert (await complete(stage, answer["file_id"]))["error"] == "file_not_found"
    assert await send_bytes(answer["upload_url"], PNG) == 200
    assert await send_bytes(answer["upload_url"], PNG) == 404


async def test_a_file_is_completed_once(stage: Stage) -> None:
    file_id = await begin(stage)
    await complete(stage, file_id, channel_id=stage.im)
    assert (await complete(stage, file_id, channel_id=stage.im))["error"] == "file_not_found"


@pytest.mark.parametrize(
    ("place", "code"), [(ANA, "invalid_arguments"), ("C404", "channel_not_found"), (RANDOM, "not_in_channel")]
)
async def test_a_file_goes_only_where_the_bot_is(stage: Stage, place: str, code: str) -> None:
    file_id = await begin(stage)
    assert (await complete(stage, file_id, channel_id=place))["error"] == code


async def test_blocks_stand_beside_a_file_unless_there_is_a_comment(stage: Stage) -> None:
    await complete(stage, await begin(stage), channel_id=stage.im, blocks=[section("Look")])
    assert stage.last(stage.im).blocks[0]["text"]["text"] == "Look"
    blocks = json.dumps([section("Look")])
    await complete(stage, await begin(stage), channel_id=stage.im, blocks=blocks, initial_comment="Hi")
    assert stage.last(stage.im).blocks == []


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("files.getUploadURLExternal", "files:write"),
        ("files.completeUploadExternal", "files:write"),
        ("files.delete", "files:write"),
        ("files.info", "files:read"),
    ],
)
async def test_each_method_needs_its_scope(stage: Stage, method: str, scope: str) -> None:
    stage.world.manifest.scopes.remove(scope)
    answer = await stage.call(method)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)


async def test_what_a_person_attaches_reaches_the_bot_as_a_file_share(stage: Stage) -> None:
    heard: list[Json] = []

    @stage.bot.event({"type": "message", "subtype": "file_share"})
    async def listen(event: Json) -> None:
        heard.append(event)

    await share(stage.slack, attach(stage.im, ("brag.md", b"# 2026"), ("map.png", PNG)))
    (event,) = heard
    assert (event["text"], event["user"], event["channel_type"]) == ("", ANA, "im")
    note, picture = event["files"]
    assert [note[key] for key in ("name", "size", "filetype")] == ["brag.md", 6, "markdown"]
    assert (picture["mimetype"], picture["pretty_type"]) == ("image/png", "PNG")
    assert await download(note["url_private"]) == b"# 2026"
    assert await download(picture["url_private_download"]) == PNG


async def test_only_the_bots_token_with_the_scope_opens_a_private_address(stage: Stage) -> None:
    message = await share(stage.slack, attach(stage.im, ("brag.md", b"# 2026")))
    info = (await stage.call("files.info", file=message.files[0].id))["file"]
    assert info["shares"] == {"private": {stage.im: [{"ts": message.ts}]}}
    assert b"Sign in" in await download(info["url_private"], "xoxb-another")
    stage.world.manifest.scopes.remove("files:read")
    assert b"Sign in" in await download(info["url_private"])


async def test_what_people_share_among_themselves_is_not_there_for_the_bot(stage: Stage) -> None:
    between = stage.world.im_between(ANA, BEN).id
    message = await share(stage.slack, attach(between, ("salary.txt", b"much")))
    assert (await stage.call("files.info", file=message.files[0].id))["error"] == "file_not_found"


async def test_history_carries_files_without_a_subtype(stage: Stage) -> None:
    await share(stage.slack, attach(GENERAL, ("notes.txt", b"words"), text="See"))
    (message,) = (await stage.call("conversations.history", channel=GENERAL))["messages"]
    assert (message["files"][0]["name"], "subtype" in message) == ("notes.txt", False)


async def test_a_deleted_file_leaves_a_tombstone_or_takes_its_message_along(stage: Stage) -> None:
    bare, said = await begin(stage), await begin(stage)
    await complete(stage, bare, channel_id=stage.im)
    await complete(stage, said, channel_id=stage.im, initial_comment="Here")
    for file_id in (bare, said):
        assert (await stage.call("files.delete", file=file_id))["ok"]
    (message,) = (await stage.call("conversations.history", channel=stage.im))["messages"]
    assert message["files"] == [{"id": said, "mode": "tombstone"}]
    assert (await stage.call("files.info", file=said))["error"] == "file_deleted"


async def test_the_bot_deletes_its_own_files_only(stage: Stage) -> None:
    message = await share(stage.slack, attach(stage.im, ("brag.md", b"# 2026")))
    answer = await stage.call("files.delete", file=message.files[0].id)
    assert answer["error"] == "cant_delete_file"


async def test_a_block_shows_a_picture_the_bot_has(stage: Stage) -> None:
    picture, note = await begin(stage), await begin(stage, "notes.txt", b"words")
    for file_id in (picture, note):
        await complete(stage, file_id)
    image = {"type": "image", "alt_text": "A map"}
    assert await stage.post("A map", blocks=[{**image, "slack_file": {"id": picture}}])
    address = (await stage.call("files.info", file=picture))["file"]["url_private"]
    assert await stage.post("A map", blocks=[{**image, "slack_file": {"url": address}}])
    for wrong in ({"id": note}, {"id": "F404"}, {}, {"id": picture, "url": address}):
        blocks = [{**image, "slack_file": wrong}]
        answer = await stage.call("chat.postMessage", channel=stage.im, blocks=blocks)
        assert answer["error"] == "invalid_blocks", wrong
