"""The Web API about messages."""

import pytest

from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, RANDOM, ZOE, Stage, section


async def test_a_message_is_posted_to_a_channel_the_bot_is_in(stage: Stage) -> None:
    answer = await stage.call("chat.postMessage", channel=GENERAL, text="Hello")
    assert answer["ok"]
    assert answer["channel"] == GENERAL
    assert answer["message"]["text"] == "Hello"
    assert answer["message"]["bot_id"] == "B0001"
    assert stage.last(GENERAL).ts == answer["ts"]


async def test_a_message_to_a_person_opens_their_direct_message(stage: Stage) -> None:
    answer = await stage.call("chat.postMessage", channel=ANA, text="Hello")
    assert answer["channel"] == stage.im
    assert stage.last(stage.im).text == "Hello"


async def test_a_message_to_a_direct_message_arrives(stage: Stage) -> None:
    answer = await stage.call("chat.postMessage", channel=stage.im, text="Hello")
    assert answer["channel"] == stage.im


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": "U404", "text": "x"}, "channel_not_found"),
        ({"channel": ZOE, "text": "x"}, "channel_not_found"),
        ({"channel": RANDOM, "text": "x"}, "not_in_channel"),
        ({"channel": GENERAL}, "no_text"),
        ({"channel": GENERAL, "text": "", "blocks": []}, "no_text"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": GENERAL, "text": 1}, "invalid_arguments"),
        ({"channel": GENERAL, "text": "x", "blocks": "["}, "invalid_blocks_format"),
        ({"channel": GENERAL, "text": "x", "blocks": {"a": 1}}, "invalid_blocks_format"),
        ({"channel": GENERAL, "text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"channel": GENERAL, "text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
        ({"channel": GENERAL, "text": "x", "attachments": [{"text": "old"}]}, "invalid_attachments"),
        ({"channel": GENERAL, "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        (
            {"channel": GENERAL, "text": "x", "metadata": {"event_type": "a", "event_payload": {"a": None}}},
            "invalid_metadata_schema",
        ),
    ],
)
async def test_a_message_slack_would_not_take_is_refused_with_its_code(
    stage: Stage, arguments: Json, code: str
) -> None:
    answer = await stage.call("chat.postMessage", **arguments)
    assert (answer["ok"], answer["error"]) == (False, code)
    assert [(refusal.where, refusal.code) for refusal in stage.world.refused] == [("chat.postMessage", code)]
    assert stage.seen(GENERAL) == []


async def test_a_refusal_of_blocks_points_at_the_fault(stage: Stage) -> None:
    answer = await stage.call("chat.postMessage", channel=GENERAL, blocks=[section("x" * 3001)])
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_a_text_over_forty_thousand_characters_is_cut_with_a_warning(stage: Stage) -> None:
    answer = await stage.call("chat.postMessage", channel=GENERAL, text="x" * 40_001)
    assert answer["ok"]
    assert answer["warning"] == "message_truncated"
    assert answer["response_metadata"]["warnings"] == ["message_truncated"]
    assert len(stage.last(GENERAL).text) == 40_000


async def test_a_reply_stands_in_the_thread_of_its_parent(stage: Stage) -> None:
    parent = await stage.post("Question", GENERAL)
    reply = await stage.post("Answer", GENERAL, thread_ts=parent)
    assert stage.last(GENERAL).thread_ts == parent
    answer = await stage.call("chat.postMessage", channel=GENERAL, text="x", thread_ts=reply)
    assert answer["error"] == "cannot_reply_to_message"


async def test_with_the_messages_tab_off_nobody_gets_a_direct_message(stage: Stage) -> None:
    stage.world.manifest.app_home.messages_tab_enabled = False
    answer = await stage.call("chat.postMessage", channel=ANA, text="Hello")
    assert answer["error"] == "messages_tab_disabled"


async def test_an_ephemeral_message_is_seen_by_one_person(stage: Stage) -> None:
    answer = await stage.call("chat.postEphemeral", channel=GENERAL, user=ANA, text="For Ana")
    assert answer["message_ts"]
    assert stage.last(GENERAL, ANA).text == "For Ana"
    assert stage.seen(GENERAL, BEN) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": GENERAL, "user": "U404", "text": "x"}, "user_not_in_channel"),
        ({"channel": RANDOM, "user": ANA, "text": "x"}, "not_in_channel"),
        ({"channel": "C404", "user": ANA, "text": "x"}, "channel_not_found"),
        ({"channel": GENERAL, "user": ANA}, "no_text"),
        ({"channel": GENERAL, "user": ANA, "text": "x" * 4001}, "msg_too_long"),
    ],
)
async def test_an_ephemeral_message_slack_would_not_take_is_refused(
    stage: Stage, arguments: Json, code: str
) -> None:
    assert (await stage.call("chat.postEphemeral", **arguments))["error"] == code


async def test_an_update_with_text_alone_removes_the_blocks_and_marks_the_edit(stage: Stage) -> None:
    ts = await stage.post("Old", blocks=[section("Old")])
    answer = await stage.call("chat.update", channel=stage.im, ts=ts, text="New")
    assert (answer["ts"], answer["text"]) == (ts, "New")
    message = stage.last(stage.im)
    assert (message.text, message.blocks, bool(message.edited_ts)) == ("New", [], True)


async def test_an_update_with_blocks_is_not_marked_as_an_edit(stage: Stage) -> None:
    ts = await stage.post("Old")
    await stage.call("chat.update", channel=stage.im, ts=ts, text="New", blocks=[section("New")])
    assert stage.last(stage.im).blocks[0]["text"]["text"] == "New"
    assert not stage.last(stage.im).edited_ts


async def test_an_update_keeps_the_metadata_unless_it_brings_its_own(stage: Stage) -> None:
    metadata = {"event_type": "nudge", "event_payload": {"id": "7"}}
    ts = await stage.post("Old", metadata=metadata)
    await stage.call("chat.update", channel=stage.im, ts=ts, text="New")
    assert stage.last(stage.im).metadata == metadata
    await stage.call("chat.update", channel=stage.im, ts=ts, text="New", metadata={})
    assert stage.last(stage.im).metadata is None


async def test_an_update_has_to_name_a_message_of_the_bot(stage: Stage) -> None:
    ts = await stage.post("Old")
    of_ana = await stage.slack.post(ANA, stage.im, "Mine")
    codes = [
        (await stage.call("chat.update", channel=channel, ts=which, text=text)).get("error")
        for channel, which, text in [
            (ANA, ts, "New"),
            (stage.im, "1.1", "New"),
            (stage.im, of_ana.ts, "New"),
            (stage.im, ts, "x" * 4001),
            (stage.im, ts, ""),
        ]
    ]
    assert codes == [
        "channel_not_found",
        "message_not_found",
        "cant_update_message",
        "msg_too_long",
        "no_text",
    ]


async def test_an_ephemeral_message_cannot_be_updated(stage: Stage) -> None:
    ephemeral = await stage.call("chat.postEphemeral", channel=GENERAL, user=ANA, text="For Ana")
    answer = await stage.call("chat.update", channel=GENERAL, ts=ephemeral["message_ts"], text="New")
    assert answer["error"] == "cant_update_message"


async def test_the_bot_deletes_its_own_messages_only(stage: Stage) -> None:
    ts = await stage.post("Mine")
    of_ana = await stage.slack.post(ANA, stage.im, "Hers")
    assert (await stage.call("chat.delete", channel=stage.im, ts=ts))["ok"]
    assert [message.text for message in stage.seen(stage.im)] == ["Hers"]
    assert (await stage.call("chat.delete", channel=stage.im, ts=ts))["error"] == "message_not_found"
    answer = await stage.call("chat.delete", channel=stage.im, ts=of_ana.ts)
    assert answer["error"] == "cant_delete_message"


async def test_a_permalink_leads_to_the_message_and_into_its_thread(stage: Stage) -> None:
    parent = await stage.post("Question", GENERAL)
    reply = await stage.post("Answer", GENERAL, thread_ts=parent)
    first = await stage.call("chat.getPermalink", channel=GENERAL, message_ts=parent)
    second = await stage.call("chat.getPermalink", channel=GENERAL, message_ts=reply)
    root = f"https://playground.slack.com/archives/{GENERAL}/p"
    assert first["permalink"] == root + parent.replace(".", "")
    assert second["permalink"] == f"{root}{reply.replace('.', '')}?thread_ts={parent}&cid={GENERAL}"
    answer = await stage.call("chat.getPermalink", channel=GENERAL, message_ts="1.1")
    assert answer["error"] == "message_not_found"
