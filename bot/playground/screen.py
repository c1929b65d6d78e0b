"""What one person sees of the World at one place: the sidebar, the rows of a conversation, Home, modals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground.manifest import Command
from bot.playground.reader import Reader, clock_time, name_day
from bot.playground.world import SLACKBOT, Conversation, Message, User, View, World

HOME = "home"
_TOGETHER = timedelta(minutes=5)  # messages of one person this close share a name and a picture


@dataclass(frozen=True)
class Link:
    """A line of the sidebar; `latest` is the ts of the newest message of someone else."""

    place: str
    name: str
    is_open: bool
    latest: str
    user: User | None = None


@dataclass(frozen=True)
class Row:
    """A message as it stands in the list; `day` is set where a new day begins."""

    message: Message
    author: User
    time: str
    moment: str
    day: str
    follows: bool
    is_reply: bool


@dataclass(frozen=True)
class Screen:
    """`conversation` is None on the Home tab."""

    me: User
    people: list[User]
    channels: list[Link]
    directs: list[Link]
    app: Link
    place: str
    conversation: Conversation | None
    other: User | None
    rows: list[Row]
    home: View | None
    modals: list[View]
    commands: list[Command]
    reader: Reader

    @property
    def name(self) -> str:
        return (
            self.other.real_name if self.other else f"#{self.conversation.name if self.conversation else ''}"
        )

    @property
    def is_new_here(self) -> bool:
        """The app has not answered this person here yet."""
        return not any(row.author.id == self.app.place for row in self.rows)


def look(world: World, user_id: str, place: str, own_address: str) -> Screen:
    """`place` is a channel, a person (direct messages) or Home; anything else means the app's messages."""
    me = world.users[user_id]
    place = find_place(world, user_id, place)
    conversation = find_conversation(world, user_id, place)
    reader = read_as(world, me, own_address)
    other = world.users.get(world.bot_user_id if place == HOME else place)
    return Screen(
        me=me,
        people=list_people(world),
        channels=list(_link_channels(world, me, place)),
        directs=[_link_person(world, me, each, place) for each in list_people(world) if each.id != me.id],
        app=_link_person(world, me, world.users[world.bot_user_id], place),
        place=place,
        conversation=conversation,
        other=other,
        rows=list(arrange(world, conversation, reader)) if conversation else [],
        home=world.home(user_id),
        modals=world.modals(user_id),
        commands=world.manifest.features.slash_commands,
        reader=reader,
    )


def list_people(world: World) -> list[User]:
    return [each for each in world.users.values() if not each.is_bot and not each.deleted]


def find_place(world: World, user_id: str, asked: str) -> str:
    if asked == HOME:
        return HOME if world.manifest.app_home.home_tab_enabled else world.bot_user_id
    conversation = world.conversations.get(asked)
    if conversation and user_id in conversation.members:
        others = [member for member in conversation.members if member != user_id]
        return others[0] if conversation.kind == "im" else asked
    return asked if asked in world.users and asked != user_id else world.bot_user_id


def find_conversation(world: World, user_id: str, place: str) -> Conversation | None:
    if place == HOME:
        return None
    return world.conversations.get(place) or world.im_between(user_id, place)


def read_as(world: World, me: User, own_address: str) -> Reader:
    people = {each.id: each.real_name for each in world.users.values() if each.id != SLACKBOT}
    channels = {each.id: each.name for each in world.conversations.values() if each.kind == "channel"}
    now = datetime.fromtimestamp(world.now(), UTC)
    return Reader(people, channels, ZoneInfo(me.tz), now, me.id, own_address)


def _link_channels(world: World, me: User, place: str) -> Iterator[Link]:
    for each in world.conversations_of(me.id):
        if each.kind == "channel":
            yield Link(each.id, each.name, each.id == place, _latest(world, each, me))


def _link_person(world: World, me: User, person: User, place: str) -> Link:
    im = world.find_im(me.id, person.id)
    is_open = place == person.id or (place == HOME and person.id == world.bot_user_id)
    return Link(person.id, person.real_name, is_open, _latest(world, im, me) if im else "", person)


def _latest(world: World, conversation: Conversation, me: User) -> str:
    others = [each.ts for each in world.messages(conversation.id, me.id) if each.user_id != me.id]
    return max(others, default="")


def arrange(world: World, conversation: Conversation, reader: Reader) -> Iterator[Row]:
    """In order, replies behind what they reply to."""
    messages = world.messages(conversation.id, reader.id)
    before: Row | None = None
    for message, is_reply in _thread(messages):
        before = _place_row(world, message, is_reply, before, reader)
        yield before


def _thread(messages: list[Message]) -> Iterator[tuple[Message, bool]]:
    known = {message.ts for message in messages}
    replies: dict[str, list[Message]] = {}
    for message in messages:
        if message.thread_ts in known and message.thread_ts != message.ts:
            replies.setdefault(str(message.thread_ts), []).append(message)
    nested = {reply.ts for several in replies.values() for reply in several}
    for message in messages:
        if message.ts not in nested:
            yield message, False
            yield from ((reply, True) for reply in replies.get(message.ts, []))


def _place_row(world: World, message: Message, is_reply: bool, before: Row | None, reader: Reader) -> Row:
    moment = reader.local(float(message.ts))
    day = name_day(moment.date(), reader.now.astimezone(reader.zone).date())
    earlier = reader.local(float(before.message.ts)) if before else None
    is_new_day = not is_reply and (earlier is None or earlier.date() < moment.date())
    follows = before is not None and not is_new_day and _belong_together(before, message, is_reply, reader)
    author = world.users[message.user_id]
    shown_day = day if is_new_day else ""
    return Row(message, author, clock_time(moment), moment.isoformat(), shown_day, follows, is_reply)


def _belong_together(before: Row, message: Message, is_reply: bool, reader: Reader) -> bool:
    passed = reader.local(float(message.ts)) - reader.local(float(before.message.ts))
    same = before.author.id == message.user_id and before.is_reply == is_reply
    quiet = before.message.seen_only_by is None and message.seen_only_by is None
    return same and quiet and timedelta(0) <= passed < _TOGETHER
