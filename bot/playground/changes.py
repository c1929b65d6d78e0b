"""What is done to a message that stands: edited, deleted, reacted to; and the events that tell of it."""

import re

from bot.playground import events, payloads
from bot.playground.emoji import EMOJI
from bot.playground.limits import Refused
from bot.playground.world import SLACKBOT, Json, Message, World

MOST_EMOJI = 50  # different ones under a message
MOST_OF_A_PERSON = 23
GONE = "This message was deleted."
SKIN = re.compile(r"::skin-tone-[2-6]$")
ONE_NAME = {"thumbsup": "+1", "thumbsdown": "-1"}  # Slack keeps one name where it knows two


def edit(world: World, message: Message, text: str, blocks: list[Json], *, is_marked: bool) -> Json:
    """The event. Slack dates edits to the second: two within one second have the same `edited.ts`."""
    before = payloads.message(world, message) | payloads.thread(world, message)
    message.text, message.blocks = text, blocks
    if is_marked:
        message.edited_ts = f"{int(world.now())}.000000"
    world.touch()
    return events.message_changed(world, message, before)


def delete(world: World, message: Message) -> list[Json]:
    """The events. A parent with replies leaves a tombstone, which goes with its last reply."""
    replies = world.thread(message.conversation_id, message.ts)[1:]
    if replies and not message.is_tombstone:
        return [bury(world, message)]
    told = [events.message_deleted(world, message)]
    message.deleted = True
    world.touch()
    parent = world.message(message.conversation_id, message.thread_ts or "")
    is_last = parent is not None and len(world.thread(parent.conversation_id, parent.ts)) == 1
    return told + (delete(world, parent) if parent and parent.is_tombstone and is_last else [])


def bury(world: World, message: Message) -> Json:
    before = payloads.message(world, message) | payloads.thread(world, message)
    message.is_tombstone, message.user_id, message.text = True, SLACKBOT, GONE
    message.blocks, message.files, message.reactions = [], [], {}
    message.metadata = message.edited_ts = message.problem = None
    world.touch()
    return events.message_changed(world, message, before)


# --- reactions


def add_reaction(world: World, user_id: str, message: Message, name: str) -> str:
    """The name Slack keeps it under."""
    name = read_name(name)
    people = message.reactions.get(name, [])
    if user_id in people:
        raise Refused("already_reacted")
    if not people and len(message.reactions) >= MOST_EMOJI:
        raise Refused("too_many_emoji")
    if sum(user_id in each for each in message.reactions.values()) >= MOST_OF_A_PERSON:
        raise Refused("too_many_reactions")
    message.reactions[name] = [*people, user_id]
    world.touch()
    return name


def remove_reaction(world: World, user_id: str, message: Message, name: str) -> str:
    """The name Slack kept it under."""
    name = read_name(name)
    people = message.reactions.get(name, [])
    if user_id not in people:
        raise Refused("no_reaction")
    rest = [each for each in people if each != user_id]
    message.reactions.pop(name)
    if rest:
        message.reactions[name] = rest
    world.touch()
    return name


def read_name(name: str) -> str:
    bare = name.strip(":")
    if SKIN.sub("", bare) not in EMOJI:
        raise Refused("invalid_name")
    return ONE_NAME.get(bare, bare)
