"""Modals in a real browser: focus, what is filled in, errors, and views on top of each other."""

from typing import Any

import pytest

from bot.playground.world import Json
from tests.playground.page_bot import FORM, Heard, labelled, open_form
from tests.playground.stage import ANA, BEN, GENERAL, Stage, actions, field, modal, plain, section
from tests.support.browser import Arrive

pytestmark = pytest.mark.browser


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
