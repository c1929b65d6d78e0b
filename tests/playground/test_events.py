"""Which events the bot hears of, and what stands in them."""

from tests.playground.stage import ANA, BEN, GENERAL, RANDOM, Stage, home, listen, section


async def test_a_direct_message_to_the_bot_is_an_event(stage: Stage) -> None:
    heard = listen(stage, "message")
    message = await stage.slack.post(ANA, stage.im, "Shipped it")
    (body,) = heard
    event = body["event"]
    assert (event["user"], event["text"], event["ts"]) == (ANA, "Shipped it", message.ts)
    assert (event["channel"], event["channel_type"]) == (stage.im, "im")
    assert event["client_msg_id"]
    assert event["blocks"][0]["type"] == "rich_text"
    assert "thread_ts" not in event
    assert stage.world.refused == []


async def test_an_event_comes_in_slacks_envelope(stage: Stage) -> None:
    heard = listen(stage, "message")
    await stage.slack.post(ANA, stage.im, "One")
    await stage.slack.post(ANA, stage.im, "Two")
    first, second = heard
    assert (first["type"], first["team_id"], first["api_app_id"]) == ("event_callback", "T0001", "A0001")
    assert [each["user_id"] for each in first["authorizations"]] == ["UBOT"]
    assert isinstance(first["event_time"], int)
    assert first["event_context"]
    assert first["event_id"] != second["event_id"]


async def test_a_reply_in_a_thread_names_its_parent(stage: Stage) -> None:
    heard = listen(stage, "message")
    ts = await stage.post("Anything this week?")
    await stage.slack.post(ANA, stage.im, "Yes", thread_ts=ts)
    assert heard[-1]["event"]["thread_ts"] == ts


async def test_what_people_type_is_escaped_and_names_become_links(stage: Stage) -> None:
    heard = listen(stage, "message")
    await stage.slack.post(ANA, stage.im, "a < b & @ben in #general, see https://example.com/x.")
    expected = "a &lt; b &amp; <@U2> in <#C1|general>, see <https://example.com/x>."
    assert heard[0]["event"]["text"] == expected


async def test_only_events_the_manifest_subscribes_to_are_delivered(stage: Stage) -> None:
    heard = listen(stage, "message")
    await stage.slack.post(ANA, GENERAL, "Hello all")
    assert heard == []
    stage.world.manifest.events.append("message.channels")
    await stage.slack.post(ANA, GENERAL, "Hello all")
    assert heard[0]["event"]["channel_type"] == "channel"


async def test_an_event_comes_only_with_the_scope_to_read_it(stage: Stage) -> None:
    heard = listen(stage, "message")
    stage.world.manifest.scopes.remove("im:history")
    await stage.slack.post(ANA, stage.im, "Shipped it")
    assert heard == []


async def test_the_bot_hears_nothing_where_it_is_not_a_member(stage: Stage) -> None:
    stage.world.manifest.events.append("message.channels")
    heard = listen(stage, "message")
    await stage.slack.post(ANA, RANDOM, "Hello all")
    await stage.slack.post(ANA, stage.world.im_between(ANA, BEN).id, "Psst")
    assert heard == []


async def test_naming_the_bot_in_a_channel_is_an_event_of_its_own(stage: Stage) -> None:
    heard = listen(stage, "app_mention")
    await stage.slack.post(ANA, GENERAL, "Hey @rung, what is staff?")
    (body,) = heard
    assert body["event"]["text"] == "Hey <@UBOT>, what is staff?"
    assert "channel_type" not in body["event"]


async def test_an_event_nobody_listens_to_is_a_failure_on_record(stage: Stage) -> None:
    await stage.slack.post(ANA, stage.im, "Hello?")
    assert [(refusal.where, refusal.code) for refusal in stage.world.refused] == [
        ("message.im", "http_error")
    ]


async def test_opening_home_tells_the_bot_and_brings_the_view_only_if_there_is_one(stage: Stage) -> None:
    heard = listen(stage, "app_home_opened")
    await stage.slack.open_home(ANA)
    await stage.call("views.publish", user_id=ANA, view=home(section("Your level")))
    await stage.slack.open_home(ANA)
    first, second = (body["event"] for body in heard)
    assert (first["user"], first["channel"], first["tab"]) == (ANA, stage.im, "home")
    assert "view" not in first
    shown = stage.world.home(ANA)
    assert shown
    assert second["view"]["hash"] == shown.hash


async def test_there_is_no_home_to_open_with_the_home_tab_off(stage: Stage) -> None:
    heard = listen(stage, "app_home_opened")
    stage.world.manifest.app_home.home_tab_enabled = False
    await stage.slack.open_home(ANA)
    assert heard == []
