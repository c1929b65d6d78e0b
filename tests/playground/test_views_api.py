"""The Web API about modals and Home, and the triggers it takes to show them."""

import pytest

from bot.playground.world import Json
from tests.playground.stage import (
    ANA,
    BEN,
    Clock,
    Stage,
    field,
    home,
    modal,
    plain,
    section,
    select,
    text_input,
)


async def test_a_modal_is_opened_with_a_trigger(stage: Stage) -> None:
    trigger_id = stage.slack.triggers.issue(ANA)
    view = (await stage.call("views.open", trigger_id=trigger_id, view=modal(section("Hi"))))["view"]
    shown = stage.world.modal(ANA)
    assert shown
    assert (view["id"], view["hash"], view["root_view_id"]) == (shown.id, shown.hash, shown.id)
    assert view["previous_view_id"] is None
    assert stage.world.modal(BEN) is None


async def test_a_trigger_is_good_for_three_seconds(stage: Stage, clock: Clock) -> None:
    early, late = stage.slack.triggers.issue(ANA), stage.slack.triggers.issue(ANA)
    clock.passed = 2.9
    assert (await stage.call("views.open", trigger_id=early, view=modal(section("Hi"))))["ok"]
    clock.passed = 3.1
    answer = await stage.call("views.open", trigger_id=late, view=modal(section("Hi")))
    assert answer["error"] == "expired_trigger_id"


async def test_a_trigger_is_good_for_one_use(stage: Stage) -> None:
    trigger_id = stage.slack.triggers.issue(ANA)
    await stage.call("views.open", trigger_id=trigger_id, view=modal(section("Hi")))
    answer = await stage.call("views.push", trigger_id=trigger_id, view=modal(section("Hi")))
    assert answer["error"] == "exchanged_trigger_id"


async def test_a_trigger_nobody_issued_is_invalid(stage: Stage) -> None:
    answer = await stage.call("views.open", trigger_id="1.2.abc", view=modal(section("Hi")))
    assert answer["error"] == "invalid_trigger_id"


async def open_modal(stage: Stage, method: str = "views.open", **more: object) -> Json:
    trigger_id = stage.slack.triggers.issue(ANA)
    return await stage.call(method, trigger_id=trigger_id, view=modal(section("Hi"), **more))


async def test_at_most_three_modals_lie_on_each_other(stage: Stage) -> None:
    await open_modal(stage)
    first_push = await open_modal(stage, "views.push")
    await open_modal(stage, "views.push")
    assert (await open_modal(stage, "views.push"))["error"] == "push_limit_reached"
    root, second, third = stage.world.modals(ANA)
    assert (third.previous_id, third.root_id) == (second.id, root.id)
    assert first_push["view"]["previous_view_id"] == root.id


async def test_nothing_is_pushed_where_no_modal_is_open(stage: Stage) -> None:
    assert (await open_modal(stage, "views.push"))["error"] == "not_found"


async def test_an_external_id_is_unique(stage: Stage) -> None:
    await open_modal(stage, external_id="mine")
    answer = await open_modal(stage, "views.push", external_id="mine")
    assert answer["error"] == "duplicate_external_id"


async def test_a_view_slack_would_not_take_is_refused_and_costs_no_trigger(stage: Stage) -> None:
    trigger_id = stage.slack.triggers.issue(ANA)
    broken = modal(section("Hi"), title=plain("x" * 25))
    answer = await stage.call("views.open", trigger_id=trigger_id, view=broken)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert (await stage.call("views.open", trigger_id=trigger_id, view=modal(section("Hi"))))["ok"]


@pytest.mark.parametrize("view", [None, "{", [], {"type": "page"}, home(section("Hi"))])
async def test_what_is_no_modal_cannot_be_opened(stage: Stage, view: object) -> None:
    answer = await stage.call("views.open", trigger_id=stage.slack.triggers.issue(ANA), view=view)
    assert answer["error"] == "invalid_arguments"


async def test_a_view_is_updated_by_its_id_or_its_external_id(stage: Stage) -> None:
    await open_modal(stage, external_id="mine")
    shown = stage.world.modals(ANA)[0]
    for name, value in (("view_id", shown.id), ("external_id", "mine")):
        changed = modal(section(name), external_id="mine")
        answer = await stage.call("views.update", **{name: value}, view=changed)
        assert answer["view"]["id"] == shown.id
        assert stage.world.modals(ANA)[0].payload["blocks"][0]["text"]["text"] == name


async def test_an_update_with_an_old_hash_is_a_conflict(stage: Stage) -> None:
    await open_modal(stage)
    shown = stage.world.modals(ANA)[0]
    arguments: Json = {"view_id": shown.id, "hash": shown.hash, "view": modal(section("New"))}
    assert (await stage.call("views.update", **arguments))["ok"]
    assert (await stage.call("views.update", **arguments))["error"] == "hash_conflict"


async def test_a_closed_view_cannot_be_updated(stage: Stage) -> None:
    await open_modal(stage)
    shown = stage.world.modals(ANA)[0]
    await stage.slack.close(ANA, shown.id)
    answer = await stage.call("views.update", view_id=shown.id, view=modal(section("New")))
    assert answer["error"] == "not_found"
    assert (await stage.call("views.update", view=modal(section("New"))))["error"] == "invalid_arguments"


async def test_a_modal_does_not_become_home(stage: Stage) -> None:
    await open_modal(stage)
    shown = stage.world.modals(ANA)[0]
    answer = await stage.call("views.update", view_id=shown.id, view=home(section("New")))
    assert answer["error"] == "invalid_arguments"


async def test_what_was_typed_survives_an_update_where_the_ids_stay(stage: Stage) -> None:
    first = modal(field("kept", text_input("a")), field("lost", text_input("a")))
    trigger_id = stage.slack.triggers.issue(ANA)
    await stage.call("views.open", trigger_id=trigger_id, view=first)
    shown = stage.world.modals(ANA)[0]
    shown.values = {each: {"a": {"type": "plain_text_input", "value": each}} for each in ("kept", "lost")}
    await stage.call("views.update", view_id=shown.id, view=modal(field("kept", text_input("a"))))
    assert list(stage.world.modals(ANA)[0].values) == ["kept"]


async def test_home_is_published_for_one_person(stage: Stage) -> None:
    answer = await stage.call("views.publish", user_id=ANA, view=home(section("Your level")))
    shown = stage.world.home(ANA)
    assert shown
    assert answer["view"]["hash"] == shown.hash
    assert stage.world.home(BEN) is None


async def test_home_keeps_its_id_and_changes_its_hash(stage: Stage) -> None:
    first = (await stage.call("views.publish", user_id=ANA, view=home(section("One"))))["view"]
    second = (await stage.call("views.publish", user_id=ANA, view=home(section("Two"))))["view"]
    assert first["id"] == second["id"]
    assert first["hash"] != second["hash"]


async def test_home_published_with_an_old_hash_is_a_conflict(stage: Stage) -> None:
    first = await stage.call("views.publish", user_id=ANA, hash="1.a", view=home(section("One")))
    arguments: Json = {"user_id": ANA, "hash": first["view"]["hash"], "view": home(section("Two"))}
    assert (await stage.call("views.publish", **arguments))["ok"]
    assert (await stage.call("views.publish", **arguments))["error"] == "hash_conflict"


async def test_home_cannot_be_published_with_the_home_tab_off(stage: Stage) -> None:
    stage.world.manifest.app_home.home_tab_enabled = False
    answer = await stage.call("views.publish", user_id=ANA, view=home(section("One")))
    assert answer["error"] == "not_enabled"


async def test_home_is_published_for_people_who_exist_and_is_no_modal(stage: Stage) -> None:
    for user_id, view in (("U404", home(section("One"))), (ANA, modal(section("One")))):
        answer = await stage.call("views.publish", user_id=user_id, view=view)
        assert answer["error"] == "invalid_arguments"


async def test_elements_without_ids_get_some(stage: Stage) -> None:
    unnamed: Json = {"type": "section", "text": plain("Hi"), "accessory": select("x", "a")}
    del unnamed["accessory"]["action_id"]
    answer = await stage.call("views.publish", user_id=ANA, view=home(unnamed))
    assert answer["view"]["blocks"][0]["block_id"]
    assert answer["view"]["blocks"][0]["accessory"]["action_id"]
