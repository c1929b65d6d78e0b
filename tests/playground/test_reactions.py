"""Reactions: of people, told as events, and of the bot, by reactions.*."""

import pytest

from bot.playground.emoji import EMOJI
from bot.playground.limits import Refused
from bot.playground.world import Json
from tests.playground.stage import ANA, BEN, GENERAL, RANDOM, Stage, listen


async def test_a_reaction_is_told_with_what_it_is_on_and_whose_that_is(stage: Stage) -> None:
    heard = listen(stage, "reaction_added")
    message = await stage.slack.post(BEN, GENERAL, "We shipped it")
    await stage.slack.react(ANA, message.ts, "trophy")
    event = heard[0]["event"]
    assert (event["user"], event["reaction"], event["item_user"]) == (ANA, "trophy", BEN)
    assert event["item"] == {"type": "message", "channel": GENERAL, "ts": message.ts}
    assert event["event_ts"]


async def test_taking_a_reaction_back_is_told_as_well(stage: Stage) -> None:
    listen(stage, "reaction_added")
    heard = listen(stage, "reaction_removed")
    message = await stage.slack.post(ANA, GENERAL, "We shipped it")
    await stage.slack.react(ANA, message.ts, "trophy")
    await stage.slack.unreact(ANA, message.ts, "trophy")
    assert heard[0]["event"]["type"] == "reaction_removed"
    assert message.reactions == {}


async def test_reactions_where_the_bot_is_not_are_not_told(stage: Stage) -> None:
    heard = listen(stage, "reaction_added")
    message = await stage.slack.post(ANA, RANDOM, "Aside")
    await stage.slack.react(ANA, message.ts, "trophy")
    assert heard == []


async def test_a_reaction_counts_once_a_person_and_is_known_by_one_name(stage: Stage) -> None:
    message = await stage.slack.post(ANA, RANDOM, "We shipped it")
    await stage.slack.react(ANA, message.ts, ":thumbsup:")
    await stage.slack.react(BEN, message.ts, "+1")
    assert message.reactions == {"+1": [ANA, BEN]}
    with pytest.raises(Refused, match="already_reacted"):
        await stage.slack.react(ANA, message.ts, "thumbsup")


async def test_the_bot_reacts_and_takes_it_back(stage: Stage) -> None:
    message = await stage.slack.post(ANA, GENERAL, "We shipped it")
    item = {"channel": GENERAL, "timestamp": message.ts}
    await stage.client.reactions_add(name="eyes", **item)
    await stage.slack.react(BEN, message.ts, "eyes")
    found = await stage.client.reactions_get(full=True, **item)
    assert (found["type"], found["channel"]) == ("message", GENERAL)
    assert found["message"]["reactions"] == [{"name": "eyes", "users": ["UBOT", BEN], "count": 2}]
    assert found["message"]["permalink"].endswith(message.ts.replace(".", ""))
    await stage.client.reactions_remove(name="eyes", **item)
    assert message.reactions == {"eyes": [BEN]}


async def test_history_brings_the_reactions(stage: Stage) -> None:
    message = await stage.slack.post(ANA, GENERAL, "We shipped it")
    await stage.slack.react(BEN, message.ts, "tada")
    (found,) = (await stage.client.conversations_history(channel=GENERAL))["messages"]
    assert found["reactions"][0]["name"] == "tada"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"timestamp": ""}, "no_item_specified"),
        ({"timestamp": "soon"}, "bad_timestamp"),
        ({"timestamp": "1.1"}, "message_not_found"),
        ({"channel": "C404"}, "channel_not_found"),
        ({"channel": RANDOM}, "not_in_channel"),
        ({"name": ""}, "invalid_name"),
        ({"name": "no_such_emoji"}, "invalid_name"),
        ({"name": "trophy"}, "already_reacted"),
    ],
)
async def test_a_reaction_slack_would_not_take_is_refused(stage: Stage, changed: Json, code: str) -> None:
    message = await stage.slack.post(ANA, GENERAL, "We shipped it")
    wanted = {"channel": GENERAL, "timestamp": message.ts, "name": "trophy"}
    await stage.call("reactions.add", **wanted)
    assert (await stage.call("reactions.add", **(wanted | changed)))["error"] == code


async def test_only_a_reaction_that_is_there_can_be_taken_back(stage: Stage) -> None:
    message = await stage.slack.post(ANA, GENERAL, "We shipped it")
    await stage.slack.react(ANA, message.ts, "trophy")
    wanted = {"channel": GENERAL, "timestamp": message.ts, "name": "trophy"}
    assert (await stage.call("reactions.remove", **wanted))["error"] == "no_reaction"


async def test_one_person_adds_at_most_twenty_three(stage: Stage) -> None:
    names = list(EMOJI.keys() - {"thumbsup", "thumbsdown"})[:24]
    message = await stage.slack.post(ANA, RANDOM, "We shipped it")
    for name in names[:23]:
        await stage.slack.react(ANA, message.ts, name)
    with pytest.raises(Refused, match="too_many_reactions"):
        await stage.slack.react(ANA, message.ts, names[23])


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("reactions.add", "reactions:write"),
        ("reactions.remove", "reactions:write"),
        ("reactions.get", "reactions:read"),
    ],
)
async def test_reactions_need_their_scope(stage: Stage, method: str, scope: str) -> None:
    stage.world.manifest.scopes.remove(scope)
    answer = await stage.call(method)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
