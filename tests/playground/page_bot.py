"""A bot that answers with every kind of block and opens a form with every kind of input."""

import asyncio
import re
from collections.abc import Awaitable
from typing import Any

from bot.playground.world import Json
from tests.playground.stage import (
    BEN,
    GENERAL,
    Stage,
    actions,
    button,
    field,
    modal,
    plain,
    section,
)
from tests.support.browser import PATIENCE

OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("Senior", "Staff", "Principal")]
LONG = "A long sentence about what a level expects of people. " * 20 + "The very end."


def labelled(action_id: str, label: str, **more: Any) -> Json:
    return button(action_id, **more) | {"text": plain(label)}


def choice(kind: str, action_id: str, **more: Any) -> Json:
    return {"type": kind, "action_id": action_id, "options": OPTIONS, **more}


COMPETENCIES = choice("multi_static_select", "several", placeholder=plain("Competencies"))
SEVERAL = section("Shows", accessory=COMPETENCIES, block_id="shows")
EVERYTHING: list[Json] = [
    {"type": "header", "text": plain("Staff Engineer")},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "Level *five* of seven"}]},
    {"type": "divider"},
    section(f"Ask <@{BEN}> in <#{GENERAL}> :wave:", block_id="who"),
    section(LONG, block_id="long"),
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Evidence*\n2 of 3"}]},
    section("Aim at", accessory=choice("static_select", "aim", placeholder=plain("Choose a level"))),
    SEVERAL,
    section("An entry", accessory=choice("overflow", "more")),
    {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "Coverage by quarter"},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Rich words"}]}],
    },
    actions(
        labelled("compare", "Compare with my level", style="primary"),
        labelled(
            "remove",
            "Remove",
            style="danger",
            confirm={
                "title": plain("Sure?"),
                "text": plain("It is gone then."),
                "confirm": plain("Yes, remove"),
                "deny": plain("Keep it"),
            },
        ),
        {"type": "datepicker", "action_id": "day", "placeholder": plain("Day")},
    ),
]
FORM = modal(
    field("What happened?", {"type": "plain_text_input", "action_id": "a", "multiline": True}),
    field("Link", {"type": "plain_text_input", "action_id": "a"}, optional=True),
    field("Level", choice("static_select", "a")),
    field("Also", choice("multi_static_select", "a"), optional=True),
    field("Audience", choice("radio_buttons", "a")),
    field("Reminders", choice("checkboxes", "a"), optional=True),
    field("Day", {"type": "datepicker", "action_id": "a"}),
    field("Hour", {"type": "timepicker", "action_id": "a"}),
    field("Manager", {"type": "users_select", "action_id": "a"}),
    title=plain("Add evidence"),
)


class Heard:
    """What reached the bot: answers every action, hands out its payload."""

    def __init__(self, stage: Stage) -> None:
        self._payloads: asyncio.Queue[Json] = asyncio.Queue()
        stage.bot.action(re.compile(""))(self._take)
        stage.bot.view("form")(self._take)

    async def _take(self, ack: Any, body: Json) -> None:
        await ack()
        await self._payloads.put(body)

    def next(self) -> Awaitable[Json]:
        return asyncio.wait_for(self._payloads.get(), PATIENCE / 1_000)

    async def next_action(self) -> Json:
        action: Json = (await self.next())["actions"][0]
        return action


def answer_with(stage: Stage, blocks: list[Json]) -> None:
    @stage.bot.command("/ladder")
    async def show(ack: Any) -> None:
        await ack(text="Staff", blocks=blocks)


def open_form(stage: Stage, view: Json) -> None:
    @stage.bot.command("/coach")
    async def show(ack: Any, body: Json) -> None:
        await ack()
        await stage.client.views_open(trigger_id=body["trigger_id"], view=view)
