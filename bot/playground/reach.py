"""What a person can get at: their conversations, messages and views. Raises Refused for anything else."""

from bot.playground.limits import Refused
from bot.playground.world import Conversation, Message, View, World


def find_conversation(world: World, user_id: str, conversation_id: str) -> Conversation:
    conversation = world.conversations.get(conversation_id)
    if conversation is None or user_id not in conversation.members:
        raise Refused("channel_not_found")
    return conversation


def find_message(world: World, user_id: str, ts: str | None) -> Message:
    message = world.message_by_ts(ts or "")
    if message is None or message.seen_only_by not in (None, user_id):
        raise Refused("message_not_found")
    find_conversation(world, user_id, message.conversation_id)
    return message


def find_lasting_message(world: World, user_id: str, ts: str | None) -> Message:
    """One that others see as well and that was not deleted: it can be reacted to and acted on."""
    message = find_message(world, user_id, ts)
    if message.seen_only_by is not None or message.is_tombstone:
        raise Refused("message_not_found")
    return message


def find_own_message(world: World, user_id: str, ts: str, refusal: str) -> Message:
    message = find_lasting_message(world, user_id, ts)
    if message.user_id != user_id:
        raise Refused(refusal)
    return message


def find_view(world: World, user_id: str, view_id: str) -> View:
    home = world.home(user_id)
    return home if home and home.id == view_id else find_modal(world, user_id, view_id)


def find_modal(world: World, user_id: str, view_id: str) -> View:
    """Only the modal on top can be reached."""
    modal = world.modal(user_id)
    if modal is None or modal.id != view_id:
        raise Refused("not_found")
    return modal
