"""A person at the page: the playground driven in headless Chromium, in verbs the tests read well with."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import pytest
from playwright.async_api import Browser, BrowserContext, FilePayload, Locator, Page, async_playwright, expect

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "install Debian's chromium to run them"
PATIENCE = 15_000  # milliseconds until something that should be seen counts as missing: machines get busy

Answer = TypeVar("Answer")
Arrive = Callable[..., Awaitable["Person"]]


class Chromium:
    """One browser for all tests, on an event loop in a thread of its own: every test has its own loop."""

    def __init__(self, executable: str) -> None:
        self._executable = executable
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="browser", daemon=True)
        self._thread.start()
        self.browser = asyncio.run_coroutine_threadsafe(self._launch(), self._loop).result()

    async def _launch(self) -> Browser:
        self._playwright = await async_playwright().start()
        expect.set_options(timeout=PATIENCE)
        return await self._playwright.chromium.launch(executable_path=self._executable, args=list(ARGUMENTS))

    async def do(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def quit(self) -> None:
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _leave(self) -> None:
        await self.browser.close()
        await self._playwright.stop()


class Person:
    """Someone at the page; every verb waits until it can be done or fails when its patience is over."""

    def __init__(self, chromium: Chromium, context: BrowserContext, page: Page) -> None:
        self._do = chromium.do
        self._context = context
        self.page = page
        self.trouble: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda line: self.trouble.append(line.text) if line.type == "error" else None)

    @classmethod
    async def arrive(
        cls, chromium: Chromium, base_url: str, user_id: str, place: str = "", **looks: Any
    ) -> "Person":
        async def open_page() -> "Person":
            context = await chromium.browser.new_context(**looks)
            person = cls(chromium, context, await context.new_page())
            await person.page.goto(f"{base_url}/?as={user_id}&in={place}")
            await person._settle()
            return person

        return await chromium.do(open_page())

    async def leave(self) -> None:
        await self._do(self._context.close())

    async def types(self, text: str) -> None:
        """Writes into the message box and presses Enter, once no form is open: that would take every key."""
        box = self.page.locator("#composer")

        async def work() -> None:
            await expect(self.page.locator("dialog[open]")).to_have_count(0)
            await box.fill(text)
            await box.press("Enter")

        await self._do(work())

    async def attaches(self, name: str, content: bytes) -> None:
        """Chooses a file for the next message."""
        payload = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        await self._do(self.page.locator(".composer input[type=file]").set_input_files(payload))

    async def presses(self, *keys: str) -> None:
        async def work() -> None:
            for key in keys:
                await self.page.keyboard.press(key)

        await self._do(work())

    async def sees(self, text: str) -> None:
        await self._do(expect(self._words(text).first).to_be_visible())

    async def sees_picture(self, words: str) -> None:
        """A picture among the messages that is described with these words."""
        picture = self.page.locator(".log").get_by_alt_text(re.compile(re.escape(words)))
        await self._do(expect(picture.last).to_be_visible())

    async def does_not_see(self, text: str) -> None:
        await self._do(expect(self._words(text)).to_have_count(0))

    async def clicks(self, name: str) -> None:
        """The newest button, link or menu item of this name."""
        exactly = re.compile(rf"^{re.escape(name)}( \(opens a new tab\))?$")
        by_role = self.page.get_by_role
        places = by_role("button", name=exactly).or_(by_role("link", name=exactly))
        await self._do(places.or_(by_role("menuitem", name=exactly)).filter(visible=True).last.click())

    async def acts_on(self, message: str, tool: str, *then: str) -> None:
        """A tool of the oldest message with these words (“Message actions”), and what its menu offers."""

        async def work() -> None:
            place = self.page.locator("article").filter(has=self._words(message)).first
            await place.hover()
            await place.get_by_role("button", name=tool, exact=True).click()
            for name in then:
                await place.get_by_role("menuitem", name=name, exact=True).click()

        await self._do(work())

    async def downloads(self, name: str) -> str:
        """The text of the newest file whose name begins so."""

        async def work() -> Path:
            async with self.page.expect_download() as download:
                await self.page.get_by_role("link", name=re.compile(rf"\b{re.escape(name)}")).last.click()
            return await (await download.value).path()

        return await asyncio.to_thread((await self._do(work())).read_text, encoding="utf-8")

    async def fills(self, label: str, text: str) -> None:
        await self._do(self._labelled(label).fill(text))

    async def chooses(self, label: str, *options: str) -> None:
        """In a drop-down list, radio buttons or checkboxes."""

        async def work() -> None:
            element = self._labelled(label)
            kind = await element.evaluate("element => element.localName")
            if kind == "select":
                await element.select_option(label=list(options))
            elif kind == "summary":
                await self._pick(element, options)
            else:
                await self._check(element, options)

        await self._do(work())

    async def chooses_open(self, *options: str) -> None:
        """In the list of checkboxes that is open."""
        await self._do(self._check(self.page.locator(".menu[open]"), options))

    @asynccontextmanager
    async def holds_down(self, name: str) -> AsyncIterator[None]:
        """The mouse on a button, from its press to its release."""

        async def press() -> None:
            await self.page.get_by_role("button", name=name).hover()
            await self.page.mouse.down()

        await self._do(press())
        yield
        await self._do(self.page.mouse.up())

    async def submits(self) -> None:
        await self._do(self.page.locator("dialog[open] [type=submit]").last.click())

    async def opens(self, name: str) -> None:
        """A channel ("#general"), a person or an app in the sidebar."""
        await self._do(self._follow(self._sidebar_link(name)))

    async def opens_home(self) -> None:
        async def work() -> None:
            home = self.page.locator(".tabs").get_by_role("link", name="Home")
            if not await home.is_visible():
                await self._follow(self.page.locator("#sidebar .place").last)
            await self._follow(home)

        await self._do(work())

    async def becomes(self, name: str) -> None:
        """Switches to another person of the workspace."""

        async def work() -> None:
            await self.page.locator(".switcher summary").click()
            await self._follow(self.page.locator(".switcher a").filter(has_text=name))

        await self._do(work())

    async def screenshot(self, path: Path | str) -> None:
        await self._do(self.page.screenshot(path=path))

    async def reads(self, script: str) -> Any:
        """What an expression in the page gives, for what the verbs don't cover."""
        return await self._do(self.page.evaluate(script))

    async def waits_for(self, condition: str) -> None:
        """Until something holds in the page."""
        look = f"const look = () => {condition} ? done() : requestAnimationFrame(look)"
        late = f"setTimeout(() => fail(new Error('it never came to that')), {PATIENCE})"
        await self.reads(f"new Promise((done, fail) => {{ {late}; {look}; look() }})")

    async def moves_clock(self, *steps: str) -> None:
        """By the page's own clock."""
        clock = "document.querySelector('[data-part=clock]').innerText"
        for step in steps:
            before = await self.reads(clock)
            await self.reads("document.querySelector('.clock').open = true")
            await self.clicks(step)
            await self.waits_for(f"{clock} !== '{before}'")

    def _words(self, text: str) -> Locator:
        return self.page.get_by_text(text).filter(visible=True)

    def _labelled(self, label: str) -> Locator:
        exactly = re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")
        return self.page.get_by_label(exactly).filter(visible=True).last

    def _sidebar_link(self, name: str) -> Locator:
        exactly = re.compile(rf"^{re.escape(name.removeprefix('#'))}$")
        return self.page.locator("#sidebar .place").filter(has=self.page.get_by_text(exactly))

    async def _follow(self, link: Locator) -> None:
        drawer = self.page.locator(".sidebar-button[aria-expanded=false]")
        if await drawer.is_visible() and not await link.is_visible():
            await drawer.click()
        await self.page.evaluate("delete document.documentElement.dataset.ready")
        await link.click()
        await self._settle()

    async def _settle(self) -> None:
        await self.page.locator("html[data-ready]").wait_for()

    async def _pick(self, summary: Locator, options: tuple[str, ...]) -> None:
        await summary.click()
        await self._check(summary.locator(".."), options)
        await self.page.keyboard.press("Escape")

    async def _check(self, group: Locator, options: tuple[str, ...]) -> None:
        for option in options:
            await group.locator("label").filter(has_text=option).locator("input").check()


def find_chromium() -> str | None:
    return os.environ.get("RUNG_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Skips where there is none, but never in CI."""
    executable = find_chromium()
    if executable is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(f"There is no Chromium for the browser tests; {MISSING}.")
    browser = Chromium(executable)
    yield browser
    browser.quit()


@pytest.fixture
async def arrive(chromium: Chromium) -> AsyncIterator[Arrive]:
    """`ana = await arrive(base_url, "U1", "#general's id")`; fails the test if the page had trouble."""
    people: list[Person] = []

    async def arrive_at(base_url: str, user_id: str, place: str = "", **looks: Any) -> Person:
        people.append(await Person.arrive(chromium, base_url, user_id, place, **looks))
        return people[-1]

    yield arrive_at
    for person in people:
        await person.leave()
    assert [line for person in people for line in person.trouble] == []
