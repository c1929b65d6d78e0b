"""`make screenshots`: takes the pictures in docs/images/ from the demo, as a person would see them."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from bot.demo import ANA, BEN, DEV, NOOR, playing
from bot.playground.world import User
from tests.support.browser import Chromium, Person, find_chromium
from tests.support.process import free_port

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
DESK: dict[str, Any] = {"viewport": {"width": 1180, "height": 860}}
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

        await take("level", ANA, "/ladder staff", "New against")
        await take("compare", ANA, "/ladder compare staff", "New at Staff Engineer")
        await take("whereabouts", BEN, "/ladder", "Where you are")
        await take("search", NOOR, "/ladder search mentoring", "Management relationship")
        await take("ambiguous", DEV, "/ladder senior", "Which one")
        await take("help", NOOR, "/ladder help", "What does a level expect?")
        await take("phone", ANA, "/ladder staff", "New against", **PHONE)
        await take("dark", BEN, "/ladder guide", "The guide of Artsy", color_scheme="dark")
        home = await Person.arrive(chromium, address, ANA.id, "home", **DESK)
        await home.sees("Where you are")
        await home.screenshot(IMAGES / "home.png")
        await home.clicks("Set my levels")
        await home.sees("The level I aim for")
        await home.screenshot(IMAGES / "levels-form.png")
        await home.leave()
    await asyncio.to_thread(chromium.quit)


if __name__ == "__main__":
    asyncio.run(main())
