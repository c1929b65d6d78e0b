"""`make screenshots`: takes the pictures in docs/images/, and the example agenda, from the demo."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from bot.demo import ANA, BEN, DEV, NOOR, playing
from bot.playground.world import User
from tests import example_agenda
from tests.support.browser import Chromium, Person, find_chromium
from tests.support.process import free_port

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
DESK: dict[str, Any] = {"viewport": {"width": 1180, "height": 860}}
TALL: dict[str, Any] = {"viewport": {"width": 1000, "height": 1460}}
ENGINEERING = "CENG"


async def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = Chromium(
        find_chromium() or sys.exit("Debian's chromium takes the pictures; install it first.")
    )
    async with playing(free_port()) as address:

        async def take(name: str, user: User, typed: str, seen: str, **looks: Any) -> None:
            person = await Person.arrive(chromium, address, user.id, ENGINEERING, **{**DESK, **looks})
            await person.types(typed)
            await person.sees(seen)
            await person.screenshot(IMAGES / f"{name}.png")
            await person.leave()

        await _take_brag_document(chromium, address)
        await take("level", ANA, "/ladder staff", "New against")
        await take("compare", ANA, "/ladder compare staff", "New at Staff Engineer")
        await take("whereabouts", BEN, "/ladder", "Where you are")
        await take("search", NOOR, "/ladder search mentoring", "Management relationship")
        await take("lens", NOOR, "/ladder staff by five responsibilities", "Being glue")
        await take("ambiguous", DEV, "/ladder senior", "Which one")
        await take("agenda", BEN, "/agenda @ana", "One question to grow by", **TALL)
        await take("help", NOOR, "/ladder help", "What does a level expect?")
        await take("phone", ANA, "/ladder staff", "New against", **PHONE)
        await take("dark", BEN, "/ladder guide", "The guide of Artsy", color_scheme="dark")
        chooser = await Person.arrive(chromium, address, DEV.id, ENGINEERING, **DESK)
        await chooser.types("/ladder use ai")
        await chooser.sees("AI engineering is your ladder")
        await chooser.types("/ladder guide ic-or-manager b")
        await chooser.sees("question 2 of 5")
        await chooser.screenshot(IMAGES / "guide-choice.png")
        await chooser.leave()
        viewer = await Person.arrive(chromium, address, ANA.id, ENGINEERING, **DESK)
        await viewer.types("/ladder picture")
        await viewer.sees("It's in our direct messages")
        await viewer.opens("Rung")
        await viewer.sees("Artsy as a picture")
        await viewer.screenshot(IMAGES / "picture.png")
        await viewer.leave()
        await _take_home(chromium, address)  # last: it leaves a form open
    await asyncio.to_thread(chromium.quit)
    example_agenda.PAGE.write_text(await example_agenda.write())


async def _take_home(chromium: Chromium, address: str) -> None:
    home = await Person.arrive(chromium, address, ANA.id, "home", **DESK)
    await home.sees("Where you are")
    await home.screenshot(IMAGES / "home.png")
    await home.clicks("Set my levels")
    await home.sees("The level I aim for")
    await home.screenshot(IMAGES / "levels-form.png")
    await home.leave()


async def _take_brag_document(chromium: Chromium, address: str) -> None:
    async def take(name: str, user: User, typed: str, seen: str) -> None:
        person = await Person.arrive(chromium, address, user.id, "UBOT", **DESK)
        await person.types(typed)
        await person.sees(seen)
        await person.screenshot(IMAGES / f"{name}.png")
        await person.leave()

    helped = "Mentored Noor through her first change, from setup to release in 2 days instead of 2 weeks"
    await take("receipt", DEV, f"/brag {helped}", helped)
    await take("entries", ANA, "/brag list", "Order events")
    await take("coverage", ANA, "/brag coverage", "Go through suggestions")
    ana = await Person.arrive(chromium, address, ANA.id, "UBOT", **DESK)
    await ana.types("/brag coverage picture")
    await ana.sees_picture("Staff Engineer")
    await ana.opens("#general")
    await ana.opens("Rung")
    await ana.screenshot(IMAGES / "coverage-picture.png")
    await ana.leave()


if __name__ == "__main__":
    asyncio.run(main())
