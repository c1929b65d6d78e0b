"""The page in a real browser: what a person types, clicks and fills in reaches the bot, and comes back."""

import asyncio
import re
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest

from bot.playground.world import Json
from tests.playground.stage import (
    ANA,
    BEN,
    GENERAL,
    Stage,
    actions,
    button,
    field,
    home,
    modal,
    plain,
    section,
)
from tests.support.browser import Arrive

pytestmark = pytest.mark.browser

OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("Senior", "Staff", "Principal")]
LONG = "A long sentence about what a level expects of people. " * 20 + "The very end."


def labelled(action_id: str, label: str, **more: Any) -> Json:
    return button(action_id, **more) | {"text": plain(label)}


def choice(kind: str, action_id: str, **more: Any) -> Json:
    return {"type": kind, "action_id": action_id, "options": OPTIONS, **more}


EVERYTHING: list[Json] = [
    {"type": "header", "text": plain("Staff Engineer")},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "Level *five* of seven"}]},
    {"type": "divider"},
    section(f"Ask <@{BEN}> in <#{GENERAL}> :wave:", block_id="who"),
    section(LONG, block_id="long"),
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Evidence*\n2 of 3"}]},
    section("Aim at", accessory=choice("static_select", "aim", placeholder=plain("Choose a level"))),
    section("Shows", accessory=choice("multi_static_select", "several", placeholder=plain("Competencies"))),
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
        return asyncio.wait_for(self._payloads.get(), 5)

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


async def test_a_command_is_answered_with_every_kind_of_block(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, EVERYTHING)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    for words in (
        "Only visible to you",
        "Staff Engineer",
        "Level five of seven",
        "@Ben Okri",
        "2 of 3",
        "Coverage by quarter",
        "Rich words",
    ):
        await ana.sees(words)


async def test_a_click_reaches_the_bot_and_its_answer_the_page(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, EVERYTHING)

    @stage.bot.action("compare")
    async def compare(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Here is what differs", replace_original=True)

    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    await ana.clicks("Compare with my level")
    await ana.sees("Here is what differs")
    await ana.does_not_see("Staff Engineer")


async def test_choices_in_a_message_are_told_at_once(stage: Stage, arrive: Arrive) -> None:
    heard = Heard(stage)
    answer_with(stage, EVERYTHING)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    await ana.chooses("Choose a level", "Staff")
    assert (await heard.next_action())["selected_option"]["value"] == "staff"
    await ana.chooses("Competencies", "Senior", "Principal")
    chosen = (await heard.next_action())["selected_options"]
    assert [each["value"] for each in chosen] == ["senior", "principal"]
    await ana.fills("Day", "2026-05-04")
    assert (await heard.next_action())["selected_date"] == "2026-05-04"
    await ana.clicks("More actions")
    await ana.clicks("Senior")
    assert (await heard.next_action())["selected_option"]["value"] == "senior"


async def test_a_dangerous_click_is_only_told_once_confirmed(stage: Stage, arrive: Arrive) -> None:
    heard = Heard(stage)
    answer_with(stage, EVERYTHING)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    await ana.clicks("Remove")
    await ana.sees("It is gone then.")
    await ana.clicks("Keep it")
    await ana.clicks("Compare with my level")
    assert (await heard.next_action())["action_id"] == "compare"
    await ana.clicks("Remove")
    await ana.clicks("Yes, remove")
    assert (await heard.next_action())["action_id"] == "remove"


async def test_a_click_that_failed_says_so(stage: Stage, arrive: Arrive) -> None:
    await stage.post("Press it", GENERAL, blocks=[actions(labelled("unheard", "Press"))])
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.clicks("Press")
    await ana.sees("That didn't work. Try again.")


async def test_a_long_section_is_folded(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, EVERYTHING)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    await ana.sees("See more")
    height = "document.querySelector('.fold-text').clientHeight"
    folded = await ana.reads(height)
    await ana.clicks("See more")
    await ana.sees("See less")
    assert await ana.reads(height) > folded


async def test_what_is_filled_in_reaches_the_bot(stage: Stage, arrive: Arrive) -> None:
    heard = Heard(stage)
    open_form(stage, FORM)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/coach")
    await ana.fills("What happened?", "Moved the jobs\np95 4 s → 300 ms")
    await ana.chooses("Level", "Staff")
    await ana.chooses("Also", "Senior", "Principal")
    await ana.chooses("Audience", "Senior")
    await ana.chooses("Reminders", "Staff")
    await ana.fills("Day", "2026-05-04")
    await ana.fills("Hour", "09:30")
    await ana.chooses("Manager", "Ben Okri")
    await ana.submits()
    values = (await heard.next())["view"]["state"]["values"]
    shown = {label: state["a"] for label, state in values.items()}
    assert shown["What happened?"]["value"] == "Moved the jobs\np95 4 s → 300 ms"
    assert shown["Level"]["selected_option"]["value"] == "staff"
    assert [each["value"] for each in shown["Also"]["selected_options"]] == ["senior", "principal"]
    assert shown["Audience"]["selected_option"]["value"] == "senior"
    assert [each["value"] for each in shown["Reminders"]["selected_options"]] == ["staff"]
    assert (shown["Day"]["selected_date"], shown["Hour"]["selected_time"]) == ("2026-05-04", "09:30")
    assert shown["Manager"]["selected_user"] == BEN
    assert shown["Link"]["value"] is None
    await ana.does_not_see("Add evidence")


async def test_an_error_stands_under_its_field_and_what_was_typed_stays(stage: Stage, arrive: Arrive) -> None:
    open_form(stage, FORM)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/coach")
    await ana.fills("Link", "https://example.org")
    await ana.submits()
    await ana.sees("Please complete this required field.")
    assert await ana.reads("document.querySelector('[data-input=Link] input').value") == "https://example.org"
    assert await ana.reads("document.activeElement.dataset.blockId") == "What happened?"
    assert await ana.reads("document.activeElement.ariaInvalid") == "true"


async def test_the_first_field_has_the_focus_and_tab_stays_inside(stage: Stage, arrive: Arrive) -> None:
    open_form(stage, FORM)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/coach")
    await ana.sees("Add evidence")
    assert await ana.reads("document.activeElement.dataset.blockId") == "What happened?"
    for _ in range(4):
        await ana.presses("Shift+Tab")
        assert await ana.reads("Boolean(document.activeElement.closest('dialog'))")


async def test_escape_closes_a_modal(stage: Stage, arrive: Arrive) -> None:
    open_form(stage, FORM)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/coach")
    await ana.sees("Add evidence")
    await ana.presses("Escape")
    await ana.does_not_see("Add evidence")
    assert stage.world.modal(ANA) is None


async def test_an_update_of_a_modal_keeps_what_was_typed(stage: Stage, arrive: Arrive) -> None:
    open_form(stage, FORM)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/coach")
    await ana.fills("What happened?", "Half a sen")
    updated = FORM | {"title": plain("Add more"), "blocks": [section("New words"), *FORM["blocks"]]}
    view = stage.world.modal(ANA)
    assert view
    await stage.client.views_update(view_id=view.id, view=updated)
    await ana.sees("New words")
    assert await ana.reads("document.querySelector('textarea.field').value") == "Half a sen"
    assert await ana.reads("document.activeElement.dataset.blockId") == "What happened?"


async def test_a_pushed_modal_covers_the_one_below_and_gives_it_back(stage: Stage, arrive: Arrive) -> None:
    note = {"type": "plain_text_input", "action_id": "a"}
    first = modal(actions(labelled("deeper", "Deeper")), field("Note", note))
    open_form(stage, first)

    @stage.bot.action("deeper")
    async def push(ack: Any, body: Json) -> None:
        await ack()
        await stage.client.views_push(trigger_id=body["trigger_id"], view=modal(section("Down here")))

    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/coach")
    await ana.fills("Note", "still here")
    await ana.clicks("Deeper")
    await ana.sees("Down here")
    await ana.does_not_see("Note")
    await ana.clicks("Back")
    await ana.sees("Note")
    assert await ana.reads("document.querySelector('dialog input.field').value") == "still here"


async def test_home_shows_what_the_bot_publishes_when_it_is_opened(stage: Stage, arrive: Arrive) -> None:
    heard = Heard(stage)

    @stage.bot.event("app_home_opened")
    async def publish(event: Json) -> None:
        blocks = [section("Where you stand"), actions(labelled("go", "Change the rhythm"))]
        await stage.client.views_publish(user_id=event["user"], view=home(*blocks))

    ana = await arrive(stage.base_url, ANA)
    await ana.opens_home()
    await ana.sees("Where you stand")
    await ana.clicks("Change the rhythm")
    assert (await heard.next())["view"]["type"] == "home"


async def test_new_messages_appear_and_the_draft_stays(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.fills("Message #general", "half a thought")
    await stage.post("Good morning", GENERAL)
    await ana.sees("Good morning")
    assert await ana.reads("document.querySelector('#composer').value") == "half a thought"


async def test_the_list_stays_at_its_end_when_messages_come(stage: Stage, arrive: Arrive) -> None:
    for number in range(40):
        stage.world.add_message(GENERAL, BEN, f"Line {number}")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    stage.world.add_message(GENERAL, BEN, "The newest line")
    await ana.sees("The newest line")
    rest = "(list => list.scrollHeight - list.scrollTop - list.clientHeight)(document.querySelector('.log'))"
    assert await ana.reads(rest) < 2


async def test_commands_are_completed_by_keyboard(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, [section("The ladder")])
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.fills("Message #general", "/")
    await ana.sees("Looks up a level")
    await ana.presses("ArrowDown", "ArrowUp", "Tab")
    assert await ana.reads("document.querySelector('#composer').value") == "/ladder "
    await ana.presses("Enter")
    await ana.sees("The ladder")


async def test_shift_enter_makes_a_new_line(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.fills("Message #general", "one")
    await ana.presses("Shift+Enter", "t", "w", "o", "Enter")
    await ana.sees("two")
    assert stage.last(GENERAL).text == "one\ntwo"


async def test_a_reply_goes_into_the_thread(stage: Stage, arrive: Arrive) -> None:
    ts = await stage.post("Anything worth keeping?")
    ana = await arrive(stage.base_url, ANA)
    await ana.clicks("Reply in thread")
    await ana.types("The new queue")
    await ana.sees("The new queue")
    assert stage.last(stage.im).thread_ts == ts


async def test_another_person_does_not_see_what_was_only_for_one(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, [section("Only for Ana")])
    person = await arrive(stage.base_url, ANA, GENERAL)
    await person.types("/ladder")
    await person.sees("Only for Ana")
    await person.becomes("Ben Okri")
    await person.sees("Ben Okri")
    await person.does_not_see("Only for Ana")


async def test_something_new_elsewhere_is_marked(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await stage.post("Something for you")
    await ana.sees("Rung")
    await ana.opens("Rung")
    await ana.sees("Something for you")
    assert await ana.reads("document.querySelectorAll('.unread').length") == 0


async def test_hostile_text_stays_text(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("<img src=x onerror=alert(1)> <script>alert(1)</script>")
    await ana.sees("<script>")
    assert await ana.reads("document.querySelectorAll('.log img, .log script').length") == 0


async def test_the_page_fits_a_phone(stage: Stage, arrive: Arrive, tmp_path: Path) -> None:
    answer_with(stage, EVERYTHING)
    looks = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    ana = await arrive(stage.base_url, ANA, "", **looks)
    await ana.opens("#general")
    await ana.types("/ladder staff")
    await ana.sees("Rich words")
    assert await ana.reads("document.documentElement.scrollWidth") == 390
    await ana.screenshot(tmp_path / "phone.png")
