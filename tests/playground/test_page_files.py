"""Files on the page, in a real browser: attached in the composer, shown or downloaded, and who gets them."""

import asyncio
import base64
import json
from io import BytesIO

import aiohttp
import pytest

from bot.playground.page_files import LARGEST_ATTACHED, Attached, Shared, share
from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, Stage
from tests.support.browser import Arrive

JSON = {"Content-Type": "application/json"}
TOO_LARGE = base64.b64encode(b"a" * (LARGEST_ATTACHED + 1)).decode()
TINY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def attached(place: str, name: str, content: bytes, text: str = "") -> Shared:
    files = [Attached.model_construct(name=name, content=content)]
    return Shared.model_construct(user=ANA, conversation=place, text=text, thread_ts=None, files=files)


async def fetch(stage: Stage, path: str) -> tuple[int, dict[str, str], bytes]:
    async with aiohttp.ClientSession() as session, session.get(f"{stage.base_url}{path}") as answer:
        return answer.status, dict(answer.headers), await answer.read()


async def test_a_file_is_there_for_those_who_see_its_message(stage: Stage) -> None:
    (file,) = (await share(stage.slack, attached(stage.im, "brag.md", b"# 2026"))).files
    status, headers, content = await fetch(stage, f"/playground/files/{file.id}?as={ANA}")
    assert (status, content) == (200, b"# 2026")
    assert headers["Content-Disposition"].startswith("attachment")
    assert (await fetch(stage, f"/playground/files/{file.id}?as={BEN}"))[0] == 404
    assert (await fetch(stage, f"/playground/files/F404?as={ANA}"))[0] == 404


async def test_what_is_no_picture_never_opens_in_the_page(stage: Stage) -> None:
    (file,) = (await share(stage.slack, attached(stage.im, "trap.html", b"<script>1</script>"))).files
    _, headers, _ = await fetch(stage, f"/playground/files/{file.id}?as={ANA}")
    assert headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"conversation": "C404"}, 409),
        ({"files": []}, 400),
        ({"files": [{"name": "a.txt", "content": "no base64!"}]}, 400),
        ({"files": [{"name": "a.txt", "content": TOO_LARGE}]}, 400),
    ],
)
async def test_the_page_shares_only_what_can_be_shared(stage: Stage, change: Json, status: int) -> None:
    files = [{"name": "a.txt", "content": base64.b64encode(b"a").decode()}]
    sent = {"user": ANA, "conversation": stage.im, "files": files, **change}
    body = BytesIO(json.dumps(sent).encode())
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.base_url}/playground/share", data=body, headers=JSON) as answer,
    ):
        assert answer.status == status


@pytest.mark.browser
async def test_a_person_attaches_a_file_and_sends_it_without_words(stage: Stage, arrive: Arrive) -> None:
    heard: asyncio.Queue[Json] = asyncio.Queue()

    @stage.bot.event({"type": "message", "subtype": "file_share"})
    async def listen(event: Json) -> None:
        await heard.put(event)

    ana = await arrive(stage.base_url, ANA, stage.im)
    await ana.attaches("brag.md", b"# 2026")
    await ana.sees("brag.md")
    await ana.clicks("Send")
    event = await asyncio.wait_for(heard.get(), 5)
    assert (event["text"], event["files"][0]["name"]) == ("", "brag.md")
    await ana.sees("Markdown · 6 B")


@pytest.mark.browser
async def test_a_file_can_be_taken_off_again(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.attaches("wrong.txt", b"words")
    await ana.clicks("Take off wrong.txt")
    await ana.types("Just words")
    await ana.sees("Just words")
    assert stage.last(GENERAL).files == []


@pytest.mark.browser
async def test_pictures_are_shown_where_they_stand_and_in_blocks(stage: Stage, arrive: Arrive) -> None:
    message = await share(stage.slack, attached(GENERAL, "map.png", TINY, text="Look"))
    block = {"type": "image", "alt_text": "A map", "slack_file": {"id": message.files[0].id}}
    stage.world.manifest.scopes.append("files:read")
    await stage.post("A map", GENERAL, blocks=[block])
    ben = await arrive(stage.base_url, BEN, GENERAL)
    loaded = "[...document.querySelectorAll('.log img')].map((image) => [image.alt, image.naturalWidth])"
    await ben.sees("Look")
    assert await ben.reads(loaded) == [["map.png", 1], ["A map", 1]]
