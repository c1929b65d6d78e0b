"""What going through a programme is made of, for tests."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.playground.world import Json, Message, User
from tests.support.workspace import ANA, Workspace, words_of


def newest(team: Workspace, user: User = ANA) -> Message:
    """The newest message in the DM that stands in no thread."""
    return [one for one in team.messages(user, team.dm(user)) if not one.thread_ts][-1]


def asked(team: Workspace, title: str, user: User = ANA) -> Message:
    """The message in which this step was asked."""
    found = [one for one in team.messages(user, team.dm(user)) if title in words_of(one)]
    assert found, title
    return found[-1]


def labels_of(message: Message) -> list[str]:
    """Its buttons."""
    elements = [element for block in message.blocks for element in block.get("elements", [])]
    return [element["text"]["text"] for element in elements if element["type"] == "button"]


async def pass_days(team: Workspace, days: int) -> None:
    """To ten in the morning, so many days from now."""
    day = team.clock().date() + timedelta(days=days)
    await team.move(datetime.combine(day, time(10), UTC) - team.clock())


async def answer(team: Workspace, title: str, text: str) -> str:
    """Reply to a step; what the thread says then."""
    step = next(one for one in team.messages(place=team.dm()) if title in words_of(one) and not one.thread_ts)
    await team.reply(text, step.ts)
    return words_of(team.thread(step.ts)[-1])


async def tell_again(team: Workspace, text: str) -> None:
    """The bot is told once more that someone wrote this."""
    found = [n for n, one in enumerate(team.slack.events) if one.payload["event"].get("text") == text]
    await team.redeliver(found[0])


async def fill_in(team: Workspace, *texts: str, user: User = ANA) -> None:
    """Write into the fields of the open form, in their order, and send it off."""
    view = team.modal(user)
    fields = [block for block in view.payload["blocks"] if block["type"] == "input"]
    values: Json = {
        field["block_id"]: {field["element"]["action_id"]: {"value": text}}
        for field, text in zip(fields, texts, strict=True)
    }
    assert await team.slack.submit(user.id, view.id, values) == {}
    await team.settle()
