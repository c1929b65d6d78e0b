"""What people do to messages at the page, by mouse and by keyboard, and the clock they move."""

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, Stage, field, modal, text_input
from tests.support.browser import Arrive

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


async def test_a_message_is_edited_in_the_message_box(stage: Stage, arrive: Arrive) -> None:
    await stage.slack.post(ANA, GENERAL, "Shiped it & asked @ben, see https://example.com/x")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.clicks("Message actions")
    await ana.clicks("Edit message")
    await ana.sees("Editing your message")
    typed = await ana.reads("document.querySelector('#composer').value")
    assert typed == "Shiped it & asked @ben, see https://example.com/x"
    await ana.types("Shipped it")
    await ana.sees("(edited)")
    await ana.does_not_see("Editing your message")
    assert stage.last(GENERAL).text == "Shipped it"


async def test_arrow_up_edits_ones_newest_message_and_escape_leaves_it(stage: Stage, arrive: Arrive) -> None:
    await stage.slack.post(ANA, GENERAL, "Mine")
    await stage.slack.post(BEN, GENERAL, "His")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.presses("ArrowUp", "!", "Escape")
    await ana.does_not_see("Editing your message")
    await ana.presses("ArrowUp", "!", "Enter")
    await ana.sees("Mine!")
    assert [each.text for each in stage.seen(GENERAL)] == ["Mine!", "His"]


async def test_a_message_is_deleted_only_once_confirmed(stage: Stage, arrive: Arrive) -> None:
    await stage.slack.post(ANA, GENERAL, "Not yet")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    for answer in ("Cancel", "Delete"):
        await ana.sees("Not yet")
        await ana.clicks("Message actions")
        await ana.clicks("Delete message")
        await ana.clicks(answer)
    await ana.does_not_see("Not yet")


async def test_a_deleted_parent_leaves_its_place(stage: Stage, arrive: Arrive) -> None:
    parent = await stage.slack.post(ANA, GENERAL, "Question")
    await stage.slack.post(BEN, GENERAL, "Answer", thread_ts=parent.ts)
    await stage.slack.delete(ANA, parent.ts)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.sees("This message was deleted.")
    await ana.sees("Answer")


async def test_what_others_wrote_cannot_be_edited(stage: Stage, arrive: Arrive) -> None:
    await stage.slack.post(BEN, GENERAL, "His")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.clicks("Message actions")
    await ana.sees("Save to my brag doc")
    await ana.does_not_see("Edit message")


async def test_a_reaction_is_added_from_the_picker_and_taken_back_by_a_click(
    stage: Stage, arrive: Arrive
) -> None:
    message = await stage.slack.post(BEN, GENERAL, "We shipped it")
    await stage.slack.react(BEN, message.ts, "tada")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.clicks("Add reaction")
    await ana.clicks("trophy")
    await ana.sees("🏆 1")
    assert message.reactions == {"tada": [BEN], "trophy": [ANA]}
    await ana.clicks("tada: Ben Okri")
    await ana.sees("🎉 2")
    await ana.clicks("trophy: Ana Sousa")
    await ana.does_not_see("🏆 1")
    assert message.reactions == {"tada": [BEN, ANA]}


async def test_the_toolbar_is_reached_by_keyboard(stage: Stage, arrive: Arrive) -> None:
    message = await stage.slack.post(BEN, GENERAL, "We shipped it")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.reads("document.querySelector('.log').focus()")
    await ana.presses("Tab", "Enter", "ArrowDown", "ArrowDown", "Enter")
    await ana.sees("✅ 1")
    assert message.reactions == {"white_check_mark": [ANA]}


async def test_a_message_shortcut_reaches_the_bot_and_its_answer_the_page(
    stage: Stage, arrive: Arrive
) -> None:
    @stage.bot.shortcut("save")
    async def save(ack: AsyncAck, respond: AsyncRespond, body: Json) -> None:
        await ack()
        await respond(f"Kept: {body['message']['text']}")

    await stage.slack.post(BEN, GENERAL, "Ana fixed the queue")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.clicks("Message actions")
    await ana.clicks("Save to my brag doc")
    await ana.sees("Kept: Ana fixed the queue")


async def test_a_global_shortcut_opens_a_form(stage: Stage, arrive: Arrive) -> None:
    @stage.bot.shortcut("add")
    async def add(ack: AsyncAck, body: Json) -> None:
        await ack()
        view = modal(field("What happened?", text_input()))
        await stage.client.views_open(trigger_id=body["trigger_id"], view=view)

    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.clicks("Shortcuts")
    await ana.clicks("Add to my brag doc")
    await ana.sees("What happened?")


async def test_the_clock_is_shown_and_moved_by_steps(stage: Stage, arrive: Arrive) -> None:
    monday_at_three = 1_795_446_000
    moved: list[timedelta] = []

    async def move(by: timedelta) -> None:
        moved.append(by)

    stage.world.now = lambda: monday_at_three + sum(by.total_seconds() for by in moved)
    stage.slack.move = move
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.sees("Mon, 23 Nov, 15:00")
    for step, now in (
        ("+1 hour", "Mon, 23 Nov, 16:00"),
        ("+1 day", "Tue, 24 Nov, 16:00"),
        ("To Friday 15:00", "Fri, 27 Nov, 15:00"),
        ("+1 week", "Fri, 4 Dec, 15:00"),
    ):
        await ana.reads("document.querySelector('.clock').open = true")
        await ana.clicks(step)
        await ana.sees(now)


async def test_there_is_no_clock_where_it_cannot_be_moved(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    assert await ana.reads("document.querySelector('.clock')") is None


async def test_on_a_phone_a_tap_shows_what_can_be_done(stage: Stage, arrive: Arrive) -> None:
    await stage.slack.post(ANA, GENERAL, "Mine")
    ana = await arrive(stage.base_url, ANA, GENERAL, **PHONE)
    await ana.reads("document.querySelector('.message .text').click()")
    await ana.clicks("Message actions")
    await ana.sees("Edit message")
    assert await ana.reads("document.documentElement.scrollWidth") == 390
