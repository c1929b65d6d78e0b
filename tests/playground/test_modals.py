"""What happens when someone submits or closes a modal."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck

from bot.playground.limits import Refused
from bot.playground.world import Json, View
from tests.playground.stage import ANA, BEN, Stage, field, modal, option, section, select, text_input

FAILED = "That didn't work. Try again."


async def open_form(stage: Stage, *blocks: Json, method: str = "views.open", **more: object) -> View:
    form = modal(*(blocks or [field("name", text_input("a"))]), **more)
    answer = await stage.call(method, trigger_id=stage.slack.triggers.issue(ANA), view=form)
    assert answer["ok"], answer
    top = stage.world.modal(ANA)
    assert top
    return top


def typed(text: str, block_id: str = "name") -> Json:
    return {block_id: {"a": {"value": text}}}


def answering(stage: Stage, **answer: Any) -> list[Json]:
    """Answers every submission so, and notes what was heard."""
    heard: list[Json] = []

    @stage.bot.view("form")
    async def take(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack(**answer)

    return heard


async def test_an_empty_answer_closes_the_modal(stage: Stage) -> None:
    heard = answering(stage)
    view = await open_form(stage, private_metadata="7")
    assert await stage.slack.submit(ANA, view.id, typed("Staff")) == {}
    assert stage.world.modal(ANA) is None
    told = heard[0]["view"]
    assert told["state"]["values"] == {"name": {"a": {"type": "plain_text_input", "value": "Staff"}}}
    assert (told["private_metadata"], told["callback_id"]) == ("7", "form")
    assert (told["id"], told["hash"], told["root_view_id"]) == (view.id, view.hash, view.id)
    assert heard[0]["trigger_id"]
    assert stage.world.refused == []


async def test_an_empty_answer_closes_only_the_modal_on_top(stage: Stage) -> None:
    answering(stage)
    below = await open_form(stage)
    top = await open_form(stage, method="views.push")
    await stage.slack.submit(ANA, top.id, typed("Staff"))
    assert stage.world.modals(ANA) == [below]


async def test_errors_keep_the_modal_open_and_stand_at_their_inputs(stage: Stage) -> None:
    answering(stage, response_action="errors", errors={"name": "Too vague"})
    view = await open_form(stage)
    assert await stage.slack.submit(ANA, view.id, typed("Staff")) == {"name": "Too vague"}
    assert view.errors == {"name": "Too vague"}
    assert view.values["name"]["a"]["value"] == "Staff"
    assert stage.world.modal(ANA) is view


async def test_an_update_shows_another_view_in_the_same_place(stage: Stage) -> None:
    answering(stage, response_action="update", view=modal(section("Thanks")))
    view = await open_form(stage)
    await stage.slack.submit(ANA, view.id, typed("Staff"))
    shown = stage.world.modal(ANA)
    assert shown
    assert shown.id == view.id
    assert shown.payload["blocks"][0]["text"]["text"] == "Thanks"


async def test_a_push_lays_another_view_on_top(stage: Stage) -> None:
    answering(stage, response_action="push", view=modal(section("And now?")))
    view = await open_form(stage)
    await stage.slack.submit(ANA, view.id, typed("Staff"))
    assert [each.previous_id for each in stage.world.modals(ANA)] == [None, view.id]


async def test_a_fourth_modal_is_not_pushed(stage: Stage) -> None:
    answering(stage, response_action="push", view=modal(field("name", text_input("a"))))
    await open_form(stage)
    for _ in range(3):
        top = stage.world.modal(ANA)
        assert top
        await stage.slack.submit(ANA, top.id, typed("Staff"))
    assert len(stage.world.modals(ANA)) == 3
    assert [refusal.code for refusal in stage.world.refused] == ["push_limit_reached"]


async def test_clear_closes_the_whole_stack(stage: Stage) -> None:
    answering(stage, response_action="clear")
    await open_form(stage)
    top = await open_form(stage, method="views.push")
    await stage.slack.submit(ANA, top.id, typed("Staff"))
    assert stage.world.modals(ANA) == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "dance"},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"elsewhere": "Wrong"}},
        {"response_action": "update", "view": {"type": "home", "blocks": []}},
        {"response_action": "update", "view": modal(section("x" * 3001))},
        {"text": "Thanks"},
    ],
)
async def test_an_answer_slack_does_not_know_is_shown_as_a_failure(stage: Stage, answer: Json) -> None:
    answering(stage, **answer)
    view = await open_form(stage)
    assert await stage.slack.submit(ANA, view.id, typed("Staff")) == {}
    assert view.problem == FAILED
    assert stage.world.modal(ANA) is view
    assert [refusal.where for refusal in stage.world.refused] == ["view_submission"]


async def test_a_bot_that_fails_leaves_the_modal_open_with_what_was_typed(stage: Stage) -> None:
    view = await open_form(stage)
    await stage.slack.submit(ANA, view.id, typed("Staff"))
    assert view.problem == FAILED
    assert view.values["name"]["a"]["value"] == "Staff"


@pytest.mark.parametrize(
    ("element", "given", "words"),
    [
        (text_input("a"), {"value": ""}, "Please complete this required field."),
        (text_input("a", min_length=3), {"value": "ab"}, "Please enter at least 3 characters."),
        (text_input("a", max_length=2), {"value": "abc"}, "Please enter at most 2 characters."),
        (text_input("a"), {"value": "x" * 3001}, "Please enter at most 3000 characters."),
        (select("a", "one"), {"selected_option": None}, "Please complete this required field."),
        (
            {"type": "datepicker", "action_id": "a"},
            {"selected_date": "soon"},
            "Please enter a valid date or time.",
        ),
    ],
)
async def test_slack_itself_checks_the_inputs_before_it_asks_the_bot(
    stage: Stage, element: Json, given: Json, words: str
) -> None:
    heard = answering(stage)
    view = await open_form(stage, field("name", element))
    assert await stage.slack.submit(ANA, view.id, {"name": {"a": given}}) == {"name": words}
    assert view.errors == {"name": words}
    assert heard == []


async def test_no_more_may_be_chosen_than_the_menu_allows(stage: Stage) -> None:
    menu = select("a", "one", "two", max_selected_items=1) | {"type": "multi_static_select"}
    view = await open_form(stage, field("name", menu))
    chosen = {"name": {"a": {"selected_options": [option("one"), option("two")]}}}
    assert await stage.slack.submit(ANA, view.id, chosen) == {"name": "Please choose at most 1."}


async def test_optional_inputs_may_stay_empty_and_first_values_count(stage: Stage) -> None:
    heard = answering(stage)
    blocks = [
        field("empty", text_input("a"), optional=True),
        field("kept", text_input("a", initial_value="As it was")),
        field("chosen", select("a", "one", initial_option=option("one"))),
    ]
    view = await open_form(stage, *blocks)
    assert await stage.slack.submit(ANA, view.id, {}) == {}
    values = heard[0]["view"]["state"]["values"]
    assert values["empty"]["a"] == {"type": "plain_text_input", "value": None}
    assert values["kept"]["a"]["value"] == "As it was"
    assert values["chosen"]["a"]["selected_option"] == option("one")


async def test_only_the_modal_on_top_can_be_submitted_and_only_by_whom_it_is_shown_to(stage: Stage) -> None:
    below = await open_form(stage)
    top = await open_form(stage, method="views.push")
    for user_id, view in ((ANA, below), (BEN, top)):
        with pytest.raises(Refused, match="not_found"):
            await stage.slack.submit(user_id, view.id, typed("Staff"))


def noting_closed(stage: Stage) -> list[Json]:
    heard: list[Json] = []

    @stage.bot.view_closed("form")
    async def note(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack()

    return heard


async def test_closing_tells_the_bot_only_where_it_asked_to_know(stage: Stage) -> None:
    heard = noting_closed(stage)
    silent = await open_form(stage)
    await stage.slack.close(ANA, silent.id)
    assert heard == []
    asked = await open_form(stage, notify_on_close=True)
    await stage.slack.close(ANA, asked.id)
    assert [(body["view"]["id"], body["is_cleared"]) for body in heard] == [(asked.id, False)]
    assert stage.world.modal(ANA) is None


async def test_cancel_closes_the_view_on_top_only(stage: Stage) -> None:
    below = await open_form(stage)
    top = await open_form(stage, method="views.push")
    await stage.slack.close(ANA, top.id)
    assert stage.world.modals(ANA) == [below]


async def test_the_x_closes_the_stack_and_tells_of_its_root(stage: Stage) -> None:
    heard = noting_closed(stage)
    root = await open_form(stage, notify_on_close=True)
    top = await open_form(stage, method="views.push")
    await stage.slack.close(ANA, top.id, whole_stack=True)
    assert stage.world.modals(ANA) == []
    assert [(body["view"]["id"], body["is_cleared"]) for body in heard] == [(root.id, True)]


async def test_a_view_may_take_the_stack_along_when_it_is_closed(stage: Stage) -> None:
    await open_form(stage)
    top = await open_form(stage, method="views.push", clear_on_close=True)
    await stage.slack.close(ANA, top.id)
    assert stage.world.modals(ANA) == []
