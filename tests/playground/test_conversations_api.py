"""The Web API about conversations."""

import pytest

from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, RANDOM, ZOE, Stage


async def test_opening_a_direct_message_twice_gives_the_same_one(stage: Stage) -> None:
    first = await stage.call("conversations.open", users=ANA)
    second = await stage.call("conversations.open", users=ANA)
    assert "already_open" not in first
    assert first["channel"]["id"].startswith("D")
    assert (second["channel"]["id"], second["already_open"], second["no_op"]) == (
        first["channel"]["id"],
        True,
        True,
    )


async def test_a_direct_message_is_described_in_full_when_asked(stage: Stage) -> None:
    channel = (await stage.call("conversations.open", users=ANA, return_im=True))["channel"]
    assert (channel["is_im"], channel["user"]) == (True, ANA)
    again = await stage.call("conversations.open", channel=channel["id"])
    assert again["channel"] == {"id": channel["id"]}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "users_list_not_supplied"),
        ({"users": "U404"}, "user_not_found"),
        ({"users": ZOE}, "user_disabled"),
        ({"users": f"{ANA},{BEN}"}, "invalid_user_combination"),
        ({"users": ",".join(f"U{n}" for n in range(9))}, "too_many_users"),
        ({"users": ANA, "prevent_creation": True}, "channel_not_found"),
        ({"channel": GENERAL}, "method_not_supported_for_channel_type"),
    ],
)
async def test_a_direct_message_that_cannot_be_opened_is_refused(
    stage: Stage, arguments: Json, code: str
) -> None:
    assert (await stage.call("conversations.open", **arguments))["error"] == code


async def test_a_channel_is_described_with_membership_and_size(stage: Stage) -> None:
    general = (await stage.call("conversations.info", channel=GENERAL, include_num_members=True))["channel"]
    random = (await stage.call("conversations.info", channel=RANDOM))["channel"]
    assert (general["name"], general["is_member"], general["num_members"]) == ("general", True, 3)
    assert not random["is_member"]
    assert "num_members" not in random


async def test_direct_messages_of_others_do_not_exist_for_the_bot(stage: Stage) -> None:
    private = stage.world.im_between(ANA, BEN)
    for method in ("conversations.info", "conversations.history"):
        assert (await stage.call(method, channel=private.id))["error"] == "channel_not_found"


async def test_the_bot_reads_only_where_it_is_a_member(stage: Stage) -> None:
    assert (await stage.call("conversations.history", channel=RANDOM))["error"] == "not_in_channel"


async def test_history_is_newest_first_and_comes_in_pages(stage: Stage) -> None:
    for word in ("one", "two", "three"):
        await stage.post(word, GENERAL)
    first = await stage.call("conversations.history", channel=GENERAL, limit=2)
    assert [message["text"] for message in first["messages"]] == ["three", "two"]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await stage.call("conversations.history", channel=GENERAL, limit=2, cursor=cursor)
    assert [message["text"] for message in rest["messages"]] == ["one"]
    assert not rest["has_more"]


async def test_history_can_be_limited_to_a_window(stage: Stage) -> None:
    stamps = [await stage.post(word, GENERAL) for word in ("one", "two", "three")]
    window = {"channel": GENERAL, "oldest": stamps[0], "latest": stamps[2]}
    inner = await stage.call("conversations.history", **window)
    outer = await stage.call("conversations.history", **window, inclusive=True)
    assert [message["text"] for message in inner["messages"]] == ["two"]
    assert len(outer["messages"]) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"cursor": "nonsense!"}, "invalid_cursor"),
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "now"}, "invalid_ts_latest"),
    ],
)
async def test_a_window_slack_cannot_read_is_refused(stage: Stage, arguments: Json, code: str) -> None:
    await stage.post("one", GENERAL)
    assert (await stage.call("conversations.history", channel=GENERAL, **arguments))["error"] == code


async def test_history_shows_parents_with_what_their_thread_is_about(stage: Stage) -> None:
    parent = await stage.post("Question", GENERAL)
    reply = await stage.slack.post(ANA, GENERAL, "Answer", thread_ts=parent)
    (message,) = (await stage.call("conversations.history", channel=GENERAL))["messages"]
    assert (message["ts"], message["thread_ts"]) == (parent, parent)
    assert (message["reply_count"], message["reply_users"], message["latest_reply"]) == (1, [ANA], reply.ts)


async def test_replies_start_with_the_parent_whichever_message_was_named(stage: Stage) -> None:
    parent = await stage.post("Question", GENERAL)
    reply = await stage.post("Answer", GENERAL, thread_ts=parent)
    for ts in (parent, reply):
        messages = (await stage.call("conversations.replies", channel=GENERAL, ts=ts))["messages"]
        assert [message["text"] for message in messages] == ["Question", "Answer"]
    answer = await stage.call("conversations.replies", channel=GENERAL, ts="1.1")
    assert answer["error"] == "thread_not_found"


async def test_metadata_is_read_back_only_when_asked_for(stage: Stage) -> None:
    metadata = {"event_type": "nudge", "event_payload": {"id": "7", "tags": ["a", 1, True]}}
    ts = await stage.post("Hello", GENERAL, metadata=metadata)
    for method in ("conversations.history", "conversations.replies"):
        plain = await stage.call(method, channel=GENERAL, ts=ts)
        full = await stage.call(method, channel=GENERAL, ts=ts, include_all_metadata=True)
        assert "metadata" not in plain["messages"][0]
        assert full["messages"][0]["metadata"] == metadata


async def test_the_sdk_asks_for_metadata_in_the_window_after_a_sending(stage: Stage) -> None:
    metadata = {"event_type": "nudge", "event_payload": {"id": "7"}}
    earlier = await stage.post("Earlier", metadata=metadata)
    ts = await stage.post("Hello", metadata=metadata)
    found = await stage.client.conversations_history(
        channel=stage.im, include_all_metadata=True, oldest=earlier, limit=15
    )
    assert [(each["ts"], each["metadata"]) for each in found["messages"]] == [(ts, metadata)]


async def test_ephemeral_messages_are_in_no_history(stage: Stage) -> None:
    await stage.call("chat.postEphemeral", channel=GENERAL, user=ANA, text="For Ana")
    assert (await stage.call("conversations.history", channel=GENERAL))["messages"] == []
