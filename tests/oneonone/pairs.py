"""People who are linked, and a clock that goes where a test wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.oneonone.model import Pair
from bot.oneonone.store import OneOnOneStore
from bot.outbox.model import Composed, Delivery
from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.playground.world import Message, User
from bot.storage.vault import Vault, read_keys
from tests.support.workspace import ANA, BEN, CHANNEL, KEY, Workspace, words_of

CY = User("UCY", "cy", "Cy Ito")
STORE = partial(OneOnOneStore, Vault(read_keys(KEY)))
LISBON, CALCUTTA, BERLIN = "Europe/Lisbon", "Asia/Kolkata", "Europe/Berlin"


def person(workspace: Workspace, user: User) -> PersonId:
    return PersonId(workspace.world.team_id, user.id)


def pair_of(workspace: Workspace, engineer: User = ANA, other: User = BEN) -> Pair:
    return Pair(workspace.world.team_id, engineer.id, other.id)


async def link_up(workspace: Workspace, engineer: User = ANA, other: User = BEN) -> None:
    """The engineer names the other as their manager."""
    await workspace.type(f"/coach manager <@{other.id}>", engineer)


async def cut(workspace: Workspace, engineer: User = ANA, other: User = BEN) -> None:
    """The engineer ends it."""
    await workspace.type(f"/coach manager end <@{other.id}>", engineer)


async def to(workspace: Workspace, weekday: int, at: str, zone: str = "UTC") -> datetime:
    """The next such local moment, a second past; Monday is 0."""
    there = workspace.clock().astimezone(ZoneInfo(zone))
    hour, _, minute = at.partition(":")
    day = there.date() + timedelta(days=(weekday - there.weekday()) % 7)
    then = datetime(day.year, day.month, day.day, int(hour), int(minute), 1, tzinfo=ZoneInfo(zone))
    then = then if then > there else then + timedelta(weeks=1)
    await workspace.move(then - there)
    await workspace.settle()
    return then


def direct(workspace: Workspace, user: User = ANA) -> list[Message]:
    """What stands in their DM with the bot, threads aside."""
    return [one for one in workspace.messages(user, workspace.dm(user)) if not one.thread_ts]


def holding(workspace: Workspace, words: str, user: User = ANA) -> list[Message]:
    """Messages in their DM with these words."""
    seen = workspace.messages(user, workspace.dm(user))
    return [one for one in seen if words in words_of(one) or words in one.text]


def get_owed(workspace: Workspace, kind: str, at: datetime) -> Delivery:
    """What is owed of this kind for the 1:1 of Ana and Ben at that time."""
    name = f"{kind.partition('.')[2]}:{ANA.id}:{BEN.id}:{at.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M}"
    found = workspace.rung.database.read_now(Outbox, Outbox.get_once, workspace.world.team_id, name)
    assert found, name
    return found


async def compose(workspace: Workspace, delivery: Delivery) -> Composed:
    """What a process would send that dies before it does."""
    return (await workspace.rung.sender.kinds[delivery.kind]([delivery]))[delivery.id]


def join(workspace: Workspace, user: User) -> None:
    """One more person, in the channel of all."""
    workspace.world.users[user.id] = replace(user)
    workspace.world.conversations[CHANNEL].members.append(user.id)


async def press(workspace: Workspace, message: Message, label: str, user: User = ANA) -> str:
    """Press a button of this very message, and what it says then."""
    block, element = next(
        (block, one)
        for block in message.blocks
        for one in block.get("elements", [])
        if one["type"] == "button" and one["text"]["text"] == label
    )
    await workspace.slack.act(
        user.id,
        block_id=block["block_id"],
        action_id=element["action_id"],
        value={"value": element.get("value", "")},
        message_ts=message.ts,
    )
    await workspace.settle()
    return words_of(workspace.message(message.ts))
