"""What the bot hears when someone clicks or chooses, and what people see when that fails."""

import re

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.limits import Refused
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
    option,
    section,
    select,
    text_input,
)


def listen(stage: Stage) -> list[Json]:
    """Everything that is clicked from now on."""
    heard: list[Json] = []

    @stage.bot.action({"type": "block_actions", "action_id": re.compile(".*")})
    async def note(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack()

    return heard


async def test_a_click_tells_who_clicked_what_and_where(stage: Stage) -> None:
    heard = listen(stage)
    ts = await stage.post("Well?", blocks=[actions(button("yes", "7"))])
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, message_ts=ts)
    (body,) = heard
    (action,) = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("yes", "row", "7")
    assert action["type"] == "button"
    assert body["user"]["id"] == ANA
    assert body["channel"]["id"] == stage.im
    assert body["container"]["message_ts"] == ts
    assert body["message"]["text"] == "Well?"
    assert body["trigger_id"]
    assert body["response_url"].startswith(stage.base_url)
    assert stage.world.refused == []


async def test_a_click_in_an_ephemeral_message_comes_without_the_message(stage: Stage) -> None:
    heard = listen(stage)
    blocks = [actions(button("yes"))]
    answer = await stage.call("chat.postEphemeral", channel=GENERAL, user=ANA, text="Well?", blocks=blocks)
    ts = answer["message_ts"]
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, message_ts=ts)
    assert heard[0]["container"]["is_ephemeral"]
    assert "message" not in heard[0]


async def test_a_chosen_option_is_told_in_full_and_stands_in_the_state(stage: Stage) -> None:
    heard = listen(stage)
    ts = await stage.post("Which?", blocks=[actions(select("level", "staff", "senior"), button("go"))])
    chosen = {"selected_option": {"value": "staff"}}
    await stage.slack.act(ANA, block_id="row", action_id="level", value=chosen, message_ts=ts)
    await stage.slack.act(ANA, block_id="row", action_id="go", value={}, message_ts=ts)
    assert heard[0]["actions"][0]["selected_option"] == option("staff")
    assert heard[1]["state"]["values"]["row"]["level"]["selected_option"] == option("staff")


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "overflow", "options": [option("a"), option("b")]}, {"selected_option": option("b")}),
        ({"type": "users_select"}, {"selected_user": BEN}),
        ({"type": "conversations_select"}, {"selected_conversation": GENERAL}),
        ({"type": "radio_buttons", "options": [option("a")]}, {"selected_option": option("a")}),
        ({"type": "checkboxes", "options": [option("a")]}, {"selected_options": [option("a")]}),
        ({"type": "datepicker"}, {"selected_date": "2026-11-21"}),
        ({"type": "timepicker"}, {"selected_time": "09:30"}),
    ],
)
async def test_every_kind_of_element_tells_its_value_in_its_own_way(
    stage: Stage, element: Json, value: Json
) -> None:
    heard = listen(stage)
    ts = await stage.post("Which?", blocks=[actions(element | {"action_id": "it"})])
    await stage.slack.act(ANA, block_id="row", action_id="it", value=value, message_ts=ts)
    (key,) = value
    assert heard[0]["actions"][0][key] == value[key]
    assert heard[0]["actions"][0]["type"] == element["type"]


async def test_first_values_stand_in_the_state_until_someone_chooses(stage: Stage) -> None:
    heard = listen(stage)
    chooser = select("level", "staff", "senior", initial_option=option("senior"))
    ts = await stage.post("Which?", blocks=[actions(chooser, button("go"))])
    await stage.slack.act(ANA, block_id="row", action_id="go", value={}, message_ts=ts)
    assert heard[0]["state"]["values"]["row"]["level"]["selected_option"] == option("senior")


@pytest.mark.parametrize(
    ("block_id", "action_id"), [("row", "no"), ("other", "yes"), ("silent", "text"), ("words", "x")]
)
async def test_nothing_can_be_clicked_that_is_not_there(stage: Stage, block_id: str, action_id: str) -> None:
    blocks = [actions(button("yes")), field("silent", text_input()), section("Hi", block_id="words")]
    ts = await stage.post("Well?", blocks=blocks)
    with pytest.raises(Refused, match="action_not_found"):
        await stage.slack.act(ANA, block_id=block_id, action_id=action_id, value={}, message_ts=ts)


async def test_an_option_that_is_not_offered_cannot_be_chosen(stage: Stage) -> None:
    ts = await stage.post("Which?", blocks=[actions(select("level", "staff"))])
    chosen = {"selected_option": option("chief")}
    with pytest.raises(Refused, match="invalid_option"):
        await stage.slack.act(ANA, block_id="row", action_id="level", value=chosen, message_ts=ts)


async def test_nobody_clicks_in_what_only_others_see(stage: Stage) -> None:
    blocks = [actions(button("yes"))]
    answer = await stage.call("chat.postEphemeral", channel=GENERAL, user=ANA, text="Well?", blocks=blocks)
    with pytest.raises(Refused, match="message_not_found"):
        await stage.slack.act(BEN, block_id="row", action_id="yes", value={}, message_ts=answer["message_ts"])


async def test_nobody_clicks_in_conversations_they_are_not_in(stage: Stage) -> None:
    ts = await stage.post("Well?", blocks=[actions(button("yes"))])
    with pytest.raises(Refused, match="channel_not_found"):
        await stage.slack.act(BEN, block_id="row", action_id="yes", value={}, message_ts=ts)


async def test_a_click_in_home_comes_with_the_view_and_without_a_response_url(stage: Stage) -> None:
    heard = listen(stage)
    view = (await stage.call("views.publish", user_id=ANA, view=home(actions(button("yes")))))["view"]
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, view_id=view["id"])
    (body,) = heard
    assert body["container"] == {"type": "view", "view_id": view["id"]}
    assert body["view"]["hash"] == view["hash"]
    assert "response_url" not in body
    assert "message" not in body


async def test_a_click_in_a_modal_brings_what_was_typed_so_far(stage: Stage) -> None:
    heard = listen(stage)
    trigger_id = stage.slack.triggers.issue(ANA)
    form = modal(field("name", text_input("a")), actions(button("yes")))
    view = (await stage.call("views.open", trigger_id=trigger_id, view=form))["view"]
    typed = {"name": {"a": {"value": "Staff"}}}
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, view_id=view["id"], values=typed)
    state = {"name": {"a": {"type": "plain_text_input", "value": "Staff"}}}
    assert heard[0]["view"]["state"]["values"] == state
    shown = stage.world.modal(ANA)
    assert shown
    assert shown.values == state


async def test_an_input_that_dispatches_tells_the_bot_while_it_is_filled_in(stage: Stage) -> None:
    heard = listen(stage)
    form = home(field("name", text_input("a"), dispatch_action=True))
    view = (await stage.call("views.publish", user_id=ANA, view=form))["view"]
    await stage.slack.act(ANA, block_id="name", action_id="a", value={"value": "Staff"}, view_id=view["id"])
    assert heard[0]["actions"][0]["value"] == "Staff"


async def test_a_click_can_open_a_modal(stage: Stage) -> None:
    @stage.bot.action("yes")
    async def show(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(section("Hi")))
        await ack()

    ts = await stage.post("Well?", blocks=[actions(button("yes"))])
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, message_ts=ts)
    assert stage.world.modal(ANA)


async def test_a_click_that_fails_says_so_until_one_works(stage: Stage) -> None:
    ts = await stage.post("Well?", blocks=[actions(button("yes"))])
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, message_ts=ts)
    assert stage.last(stage.im).problem == "That didn't work. Try again."
    assert [refusal.code for refusal in stage.world.refused] == ["dispatch_failed"]
    listen(stage)
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, message_ts=ts)
    assert stage.last(stage.im).problem is None


async def test_without_interactivity_a_click_does_nothing_but_fail(stage: Stage) -> None:
    heard = listen(stage)
    stage.world.manifest.settings.interactivity.is_enabled = False
    ts = await stage.post("Well?", blocks=[actions(button("yes"))])
    await stage.slack.act(ANA, block_id="row", action_id="yes", value={}, message_ts=ts)
    assert heard == []
    assert stage.last(stage.im).problem
