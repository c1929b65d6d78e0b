"""Whatever goes wrong between Rung and Slack: nothing is lost, and nothing arrives twice."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection, select

from bot.clock import MovableClock
from bot.outbox.calling import ASK_AFTER, LONGEST_WAIT, UNTIL_GRANTED
from bot.outbox.courier import UNTIL_MENDED, Courier
from bot.outbox.model import (
    ABOUT_PERSON,
    LEASE,
    Composed,
    Delivery,
    Drop,
    Later,
    Owed,
    Post,
    React,
    Update,
    Upload,
)
from bot.outbox.schedules import Schedule, Schedules
from bot.outbox.sender import BATCH, Sender
from bot.outbox.store import Outbox
from bot.outbox.tables import deliveries
from bot.playground.server import running
from bot.playground.slack import Slack
from bot.playground.world import Message
from bot.storage.database import Database
from tests.support.workspace import ANA, BEN, CHANNEL, SECRET, build_world

POST, COMPLETE = "chat.postMessage", "files.completeUploadExternal"
SECOND = timedelta(seconds=1)
# Every way in which nobody can know whether Slack did it.
UNCLEAR = ["http_500", "fatal_error", "internal_error", "service_unavailable", "reset", "half_body"]


@dataclass
class PostOffice:
    """A sender, the Slack it sends to, and what each delivery is to say, by the name it is owed under."""

    database: Database
    slack: Slack
    courier: Courier
    sender: Sender
    clock: MovableClock
    letters: dict[str, Composed] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    locked: set[str] = field(default_factory=set)
    """Workspaces whose token cannot be read."""

    @property
    def dm(self) -> str:
        return self.slack.world.im_between(ANA.id, "UBOT").id

    async def compose(self, deliveries: Sequence[Delivery]) -> Mapping[str, Composed]:
        if self.broken & {one.about["name"] for one in deliveries}:
            raise LookupError("a bug in the words")
        return {one.id: self.letters[one.about["name"]] for one in deliveries}

    async def owe(
        self,
        *names: str,
        kind: str = "letter",
        workspace: str = "T0001",
        user: str = ANA.id,
        late: timedelta = timedelta(),
    ) -> list[str]:
        """What says its own name, where nothing else was laid down for it."""
        for name in names:
            self.letters.setdefault(name, Post(user, name))
        now = self.clock()
        owed = [Owed(workspace, user, kind, name, now - late, {"name": name}) for name in names]
        return await self.database.write(Outbox, Outbox.owe, owed, now)

    async def go(self, after: timedelta = timedelta()) -> None:
        """What the metronome does, that much later."""
        self.clock.move(after)
        await self.sender.send_due()
        await self.sender.ask_for_unclear()
        await self.sender.send_due()

    async def get(self, name: str, workspace: str = "T0001") -> Delivery:
        found = await self.database.read(Outbox, Outbox.get_once, workspace, name)
        assert found
        return found

    async def schedule(self, user: str) -> None:
        """Something comes round for this person every week."""
        weekly = Schedule("T0001", user, "weekly", "fri 15:00", "UTC", self.clock() + timedelta(days=1))
        await self.database.write(Schedules, Schedules.put, weekly)

    async def get_running(self, user: str) -> tuple[str, str]:
        """The kind of what comes round for them, and why it does no more."""
        found = await self.database.read(Schedules, Schedules.get, "T0001", user, "weekly")
        assert found
        return found.kind if found.next_due_at else "", found.ended

    def messages(self, place: str = "") -> list[Message]:
        return self.slack.world.messages(place or self.dm, ANA.id)

    def texts(self, place: str = "") -> list[str]:
        return [message.text for message in self.messages(place)]

    def hear(self, text: str) -> Message:
        """Ana writes to the bot."""
        return self.slack.world.add_message(self.dm, ANA.id, text)


@pytest.fixture
async def office(database: Database) -> AsyncIterator[PostOffice]:
    clock = MovableClock()
    slack = Slack(build_world(clock), None, SECRET)

    locked: set[str] = set()

    async def home_token(workspace: str) -> str:
        if workspace in locked:
            raise LookupError("no key opens this")
        return slack.world.bot_token

    async with running(slack) as address, aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            slack.world.bot_token, base_url=f"{address}/api/", session=session, retry_handlers=[]
        )
        courier = Courier(client, session, home_token)
        sender = Sender(database, courier, clock, per_minute=1000)
        office = PostOffice(database, slack, courier, sender, clock, locked=locked)
        office.sender.kinds["letter"] = office.compose
        yield office
        await slack.hang_up()


# --- as it should be


async def test_what_is_due_arrives_once(office: PostOffice) -> None:
    await office.owe("a", "b")
    await office.go()
    await office.go(after=timedelta(days=1))
    assert sorted(office.texts()) == ["a", "b"]


async def test_a_message_names_its_delivery_and_none_of_its_words(office: PostOffice) -> None:
    [delivery_id] = await office.owe("a")
    await office.go()
    assert office.messages()[0].metadata == {
        "event_type": "rung_delivery",
        "event_payload": {"id": delivery_id},
    }


async def test_where_it_stands_is_written_down(office: PostOffice) -> None:
    await office.owe("a")
    await office.go()
    sent = await office.get("a")
    assert (sent.state, sent.channel, sent.ts) == ("sent", office.dm, office.messages()[0].ts)


async def test_many_arrive_each_once(office: PostOffice) -> None:
    names = [f"{n:03}" for n in range(2 * BATCH + 7)]
    await office.owe(*names)
    await office.go()
    assert sorted(office.texts()) == names


async def test_after_an_outage_everything_arrives_in_the_order_it_fell_due(office: PostOffice) -> None:
    for hours in range(12):
        await office.owe(f"{hours:02} hours late", late=timedelta(hours=hours))
    await office.go()
    assert office.texts() == [f"{hours:02} hours late" for hours in reversed(range(12))]


async def test_one_that_takes_long_holds_up_the_next_for_the_same_person_alone(office: PostOffice) -> None:
    slow, others = (
        office.slack.faults.add(POST, "timeout", channel=user, stored=True) for user in (ANA.id, BEN.id)
    )
    await office.owe("question", late=SECOND)
    await office.owe("prep")
    await office.owe("something for Ben", user=BEN.id)
    going = asyncio.create_task(office.sender.send_due())
    await slow.reached.wait()
    await others.reached.wait()
    assert office.texts() == ["question"]
    slow.release()
    others.release()
    await going
    assert office.texts() == ["question", "prep"]


async def test_what_is_wanted_at_once_does_not_wait_for_the_metronome(office: PostOffice) -> None:
    office.sender.send_soon(await office.owe("a"))
    await office.sender.finish()
    assert office.texts() == ["a"]


async def test_the_metronome_and_the_one_who_wrote_it_do_not_send_it_twice(office: PostOffice) -> None:
    ids = await office.owe(*map(str, range(30)))
    office.sender.send_soon(ids)
    await office.go()
    await office.sender.finish()
    assert sorted(office.texts()) == sorted(map(str, range(30)))


async def test_what_no_longer_makes_sense_is_dropped(office: PostOffice) -> None:
    office.letters["a"] = Drop("answered")
    await office.owe("a")
    await office.go()
    assert (office.texts(), (await office.get("a")).state) == ([], "dropped")


async def test_what_has_to_wait_waits(office: PostOffice) -> None:
    office.letters["a"] = Later(office.clock() + timedelta(hours=1))
    await office.owe("a")
    await office.go()
    office.letters["a"] = Post(ANA.id, "a")
    await office.go(after=timedelta(minutes=59))
    assert office.texts() == []
    await office.go(after=timedelta(minutes=2))
    assert office.texts() == ["a"]


async def test_a_kind_of_a_newer_rung_is_left_for_it(office: PostOffice) -> None:
    await office.owe("a", kind="telegram")
    await office.go()
    assert (await office.get("a")).state == "pending"
    office.sender.kinds["telegram"] = office.compose
    await office.go(after=LONGEST_WAIT)
    assert office.texts() == ["a"]


# --- Slack asks to wait


async def test_a_rate_limit_moves_the_whole_workspace(office: PostOffice) -> None:
    limit = office.slack.faults.add(POST, "ratelimited", retry_after=30, times=None)
    await office.owe("a")
    await office.go()
    limit.times = 0
    await office.owe("b", "c")
    await office.go(after=timedelta(seconds=29))
    assert office.texts() == []
    await office.go(after=SECOND)
    assert sorted(office.texts()) == ["a", "b", "c"]


async def test_after_a_rate_limit_no_more_is_tried_of_what_is_in_hand(office: PostOffice) -> None:
    limit = office.slack.faults.add(POST, "ratelimited", retry_after=30, times=1000)
    await office.owe(*map(str, range(BATCH)))
    await office.go()
    assert 1000 - limit.times <= 32  # type: ignore[operator]
    limit.times = 0
    await office.go(after=timedelta(seconds=30))
    assert sorted(office.texts()) == sorted(map(str, range(BATCH)))


async def test_another_process_keeps_to_it_as_well(office: PostOffice) -> None:
    office.slack.faults.add(POST, "ratelimited", retry_after=30)
    await office.owe("a", "b")
    await office.go()
    there = len(office.texts())
    other = Sender(office.database, office.courier, office.clock)
    other.kinds["letter"] = office.compose
    await office.owe("c")
    await other.send_due()
    assert len(office.texts()) == there
    await office.go(after=timedelta(seconds=30))
    assert sorted(office.texts()) == ["a", "b", "c"]


# --- nobody knows


@pytest.mark.parametrize("stored", [False, True], ids=["lost", "stored"])
@pytest.mark.parametrize("kind", UNCLEAR)
async def test_what_may_have_arrived_is_looked_up_and_there_once(
    office: PostOffice, kind: str, stored: bool
) -> None:
    office.slack.faults.add(POST, kind, stored=stored)
    await office.owe("a", "b", "c")
    await office.go()
    assert len(office.texts()) == (3 if stored else 2)
    await office.go(after=ASK_AFTER)
    assert sorted(office.texts()) == ["a", "b", "c"]
    for name in "abc":
        sent = await office.get(name)
        assert (sent.state, sent.channel) == ("sent", office.dm)
        assert sent.ts in [message.ts for message in office.messages() if message.text == name]


@pytest.mark.parametrize("stored", [False, True], ids=["lost", "stored"])
async def test_an_answer_that_never_comes_is_looked_up(office: PostOffice, stored: bool) -> None:
    """The one who sent it hangs; its lease runs out and another one asks."""
    held = office.slack.faults.add(POST, "timeout", stored=stored)
    await office.owe("a")
    hanging = asyncio.create_task(office.sender.send_due())
    await held.reached.wait()
    await office.go(after=LEASE)
    await office.go(after=SECOND)
    assert office.texts() == ["a"]
    held.release()
    await hanging
    await office.go(after=timedelta(days=1))
    assert office.texts() == ["a"]
    assert (await office.get("a")).ts == office.messages()[0].ts


async def test_whoever_comes_back_from_composing_too_late_sends_nothing(office: PostOffice) -> None:
    composing, go_on = asyncio.Event(), asyncio.Event()

    async def compose_slowly(deliveries: Sequence[Delivery]) -> Mapping[str, Composed]:
        composing.set()
        await go_on.wait()
        return await office.compose(deliveries)

    office.sender.kinds["slow"] = compose_slowly
    await office.owe("a", kind="slow")
    slow = asyncio.create_task(office.sender.send_due())
    await composing.wait()
    other = Sender(office.database, office.courier, office.clock)
    other.kinds["slow"] = office.compose
    office.clock.move(LEASE + SECOND)
    await other.send_due()
    go_on.set()
    await slow
    assert office.texts() == ["a"]


async def test_it_is_asked_again_while_slack_cannot_say(office: PostOffice) -> None:
    office.slack.faults.add(POST, "reset", stored=True)
    office.slack.faults.add("conversations.*", "http_500", times=2)
    office.slack.faults.add("conversations.*", "ratelimited", retry_after=20)
    await office.owe("a")
    await office.go()
    for _ in range(2):
        await office.go(after=ASK_AFTER)
        assert (await office.get("a")).state == "sending"
    await office.go(after=timedelta(seconds=20))
    await office.go(after=timedelta(seconds=19))
    assert (await office.get("a")).state == "sending"
    await office.go(after=SECOND)
    assert ((await office.get("a")).state, office.texts()) == ("sent", ["a"])


async def test_it_is_found_below_many_newer_messages(office: PostOffice) -> None:
    office.slack.faults.add(POST, "reset", stored=True)
    await office.owe("a")
    await office.go()
    for n in range(40):
        office.hear(f"line {n}")
    await office.go(after=ASK_AFTER)
    assert office.texts().count("a") == 1
    assert (await office.get("a")).state == "sent"


@pytest.mark.parametrize("stored", [False, True], ids=["lost", "stored"])
async def test_a_reply_is_looked_up_in_its_thread(office: PostOffice, stored: bool) -> None:
    parent = office.hear("a question")
    office.letters["a"] = Post(office.dm, "a", thread=parent.ts)
    office.slack.faults.add(POST, "http_500", stored=stored)
    history = office.slack.faults.add("conversations.history", "http_500", times=None)
    await office.owe("a")
    await office.go()
    await office.go(after=ASK_AFTER)
    assert not history.reached.is_set()
    replies = office.slack.world.thread(office.dm, parent.ts)[1:]
    assert [reply.text for reply in replies] == ["a"]
    assert (await office.get("a")).ts == replies[0].ts


async def test_a_dm_known_by_its_person_alone_is_looked_up_there(office: PostOffice) -> None:
    office.slack.faults.add(POST, "reset", stored=True)
    opened = office.slack.faults.add("conversations.open", "http_500")
    await office.owe("a")
    await office.go()
    assert (await office.get("a")).channel == ANA.id
    await office.go(after=ASK_AFTER)
    assert opened.reached.is_set()
    assert (await office.get("a")).state == "sending"
    await office.go(after=ASK_AFTER)
    sent = await office.get("a")
    assert (sent.state, sent.channel, office.texts()) == ("sent", office.dm, ["a"])


# --- Slack says no


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "invalid_blocks", "msg_too_long"])
async def test_a_no_for_good_ends_it_and_only_it(office: PostOffice, code: str) -> None:
    office.slack.faults.add(POST, code, times=1)
    await office.owe("a", "b")
    await office.go()
    await office.go(after=timedelta(days=1))
    assert sorted([(await office.get(name)).state for name in "ab"]) == ["failed", "sent"]
    assert len(office.texts()) == 1
    assert await reasons(office) == {"", code}


async def test_a_no_to_the_question_ends_it_as_well(office: PostOffice) -> None:
    office.slack.faults.add(POST, "reset")
    office.slack.faults.add("conversations.*", "channel_not_found", times=None)
    await office.owe("a")
    await office.go()
    await office.go(after=ASK_AFTER)
    assert (await office.get("a")).state == "failed"
    assert await reasons(office) == {"channel_not_found"}


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "missing_scope"])
async def test_what_the_operator_can_mend_only_waits(office: PostOffice, code: str) -> None:
    office.slack.faults.add(POST, code)
    await office.owe("a")
    await office.go()
    assert office.texts() == []
    await office.go(after=timedelta(seconds=UNTIL_MENDED))
    assert office.texts() == ["a"]


@pytest.mark.parametrize("stored", [True, False])
async def test_an_answer_nobody_expects_is_that_of_one_delivery_alone(
    office: PostOffice, stored: bool
) -> None:
    office.slack.faults.add(POST, "no_object", stored=stored)
    await office.owe("a", "b", "c")
    await office.go()
    assert len(office.texts()) == (3 if stored else 2)
    await office.go(after=timedelta(seconds=10))
    await office.go(after=SECOND)
    assert sorted(office.texts()) == ["a", "b", "c"]


@pytest.mark.parametrize("told", ["Wed, 21 Oct 2026 07:28:00 GMT", "soon", "nan", "-1", "1e12"])
async def test_a_wait_that_is_no_number_is_a_short_one(office: PostOffice, told: str) -> None:
    office.slack.faults.add(POST, "ratelimited", retry_after=told)
    await office.owe("a", "b")
    await office.go()
    await office.go(after=timedelta(seconds=30))
    assert sorted(office.texts()) == ["a", "b"]


@pytest.mark.parametrize("sending", ["a message", "a reaction", "a file"])
async def test_after_many_hours_of_a_slack_that_is_away_it_still_arrives(
    office: PostOffice, sending: str
) -> None:
    heard = office.hear("hello")
    if sending == "a reaction":
        office.letters["a"] = React(office.dm, heard.ts, "tada")
    elif sending == "a file":
        office.letters["a"] = picture(office)
    away = office.slack.faults.add("*", "http_500", times=None)
    await office.owe("a")
    for _ in range(70):
        await office.go(after=LONGEST_WAIT)
    away.times = 0
    await office.owe("b")
    for _ in range(2):
        await office.go(after=LONGEST_WAIT)
    assert {(await office.get(name)).state for name in "ab"} == {"sent"}


@pytest.mark.parametrize("method", ["reactions.add", POST])
async def test_what_an_app_may_not_do_holds_up_nothing_else(office: PostOffice, method: str) -> None:
    office.letters["no"] = (
        Post(ANA.id, "no") if method == POST else React(office.dm, office.hear("hi").ts, "tada")
    )
    denied = office.slack.faults.add(method, "missing_scope", times=1)
    await office.owe("no")
    await office.go()
    assert denied.times == 0
    await office.owe("a")
    await office.go()
    assert "a" in office.texts()
    assert (await office.get("no")).state == "pending"


async def test_what_an_app_may_not_do_is_tried_ever_more_seldom(office: PostOffice) -> None:
    office.letters["a"] = React(office.dm, office.hear("hi").ts, "tada")
    denied = office.slack.faults.add("reactions.add", "missing_scope", times=1000)
    await office.owe("a")
    for _ in range(24 * 12):
        await office.go(after=timedelta(minutes=5))
    assert 1000 - (denied.times or 0) < 40
    denied.times = 0
    await office.go(after=UNTIL_GRANTED)
    assert (await office.get("a")).state == "sent"


async def test_a_slack_that_is_away_is_tried_less_and_less_often(office: PostOffice) -> None:
    office.letters["a"] = React(office.dm, office.hear("hello").ts, "tada")
    away = office.slack.faults.add("reactions.add", "http_500", times=1000)
    await office.owe("a")
    for _ in range(600):
        await office.sender.send_due()
        office.clock.move(SECOND)
    assert 5 <= 1000 - (away.times or 0) <= 12


@pytest.mark.parametrize("code", sorted(ABOUT_PERSON))
async def test_nothing_comes_round_any_more_for_whom_slack_cannot_reach(
    office: PostOffice, code: str
) -> None:
    await office.schedule(ANA.id)
    await office.schedule(BEN.id)
    office.slack.faults.add(POST, code, times=1)
    await office.owe("a")
    await office.go()
    assert await office.get_running(ANA.id) == ("", code)
    assert await office.get_running(BEN.id) == ("weekly", "")


async def test_a_question_whether_it_arrived_may_tell_as_well_that_someone_left(office: PostOffice) -> None:
    await office.schedule(ANA.id)
    office.slack.faults.add(POST, "reset")
    office.slack.faults.add("conversations.open", "user_disabled", times=None)
    await office.owe("a")
    await office.go()
    await office.go(after=ASK_AFTER)
    assert await office.get_running(ANA.id) == ("", "user_disabled")


async def test_so_does_a_file_that_finds_no_conversation(office: PostOffice) -> None:
    await office.schedule(ANA.id)
    office.letters["a"] = picture(office)
    office.slack.faults.add("conversations.open", "cannot_dm_bot", times=None)
    await office.owe("a")
    await office.go()
    assert await office.get_running(ANA.id) == ("", "cannot_dm_bot")


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long", "token_revoked"])
async def test_a_no_that_is_not_about_the_person_ends_nothing_of_theirs(
    office: PostOffice, code: str
) -> None:
    await office.schedule(ANA.id)
    office.slack.faults.add(POST, code)
    await office.owe("a")
    await office.go()
    assert await office.get_running(ANA.id) == ("weekly", "")


async def test_a_channel_that_is_gone_tells_nothing_of_whoever_wrote_there(office: PostOffice) -> None:
    await office.schedule(ANA.id)
    office.letters["a"] = Post(CHANNEL, "a")
    office.slack.faults.add(POST, "is_archived")
    await office.owe("a")
    await office.go()
    assert await office.get_running(ANA.id) == ("weekly", "")


# --- a bug of our own


async def test_words_that_fail_hold_up_nobody_else_and_are_not_lost(office: PostOffice) -> None:
    office.broken = {"b"}
    await office.owe("a", "b", "c")
    await office.go()
    assert sorted(office.texts()) == ["a", "c"]
    office.broken = set()
    await office.go(after=LONGEST_WAIT)
    assert sorted(office.texts()) == ["a", "b", "c"]


async def test_words_that_fail_are_logged_by_place_and_not_by_message(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    office.broken = {"a"}
    await office.owe("a")
    await office.go()
    told = "".join(capsys.readouterr())
    assert "LookupError" in told
    assert "a bug in the words" not in told


@pytest.mark.parametrize("sending", ["a message", "a file", "a question whether it arrived"])
async def test_a_workspace_whose_token_cannot_be_read_holds_up_no_other(
    office: PostOffice, sending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if sending == "a file":
        office.letters["a"] = picture(office)
    if sending == "a question whether it arrived":
        office.slack.faults.add(POST, "reset")
        await office.owe("a", workspace="T0002")
        await office.go()
    office.locked.add("T0002")
    await office.owe("a", workspace="T0002")
    await office.owe("b")
    await office.go(after=ASK_AFTER)
    assert office.texts() == ["b"]
    office.locked.clear()
    for _ in range(3):
        await office.go(after=LONGEST_WAIT)
    assert (await office.get("a", "T0002")).state == "sent"
    assert "no key opens" not in "".join(capsys.readouterr())


# --- files


def picture(office: PostOffice) -> Upload:
    return Upload(ANA.id, "rung.png", b"pixels", "A picture", comment="Look")


def files(office: PostOffice) -> list[str]:
    return [file.name for message in office.messages() for file in message.files]


async def test_a_file_arrives(office: PostOffice) -> None:
    office.letters["a"] = picture(office)
    await office.owe("a")
    await office.go()
    await office.go(after=timedelta(days=1))
    assert files(office) == ["rung.png"]


@pytest.mark.parametrize("stored", [False, True], ids=["lost", "stored"])
@pytest.mark.parametrize("kind", UNCLEAR)
async def test_a_file_that_may_have_arrived_is_asked_for_by_its_id(
    office: PostOffice, kind: str, stored: bool
) -> None:
    office.letters["a"] = picture(office)
    office.slack.faults.add(COMPLETE, kind, stored=stored)
    await office.owe("a")
    await office.go()
    assert (await office.get("a")).file
    await office.go(after=ASK_AFTER)
    assert files(office) == ["rung.png"]
    assert (await office.get("a")).state == "sent"


@pytest.mark.parametrize("stored", [False, True], ids=["lost", "stored"])
async def test_after_a_crash_in_the_middle_a_file_is_asked_for(office: PostOffice, stored: bool) -> None:
    """Its id is in the database before Slack is told to show it."""
    office.letters["a"] = picture(office)
    held = office.slack.faults.add(COMPLETE, "timeout", stored=stored)
    await office.owe("a")
    dying = asyncio.create_task(office.sender.send_due())
    await held.reached.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    await office.go(after=LEASE + SECOND)
    assert files(office) == ["rung.png"]
    held.release()


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "conversations.open"])
async def test_a_file_that_was_not_even_announced_is_announced_again(office: PostOffice, method: str) -> None:
    office.letters["a"] = picture(office)
    office.slack.faults.add(method, "half_body", stored=True)
    await office.owe("a")
    await office.go()
    await office.go(after=timedelta(seconds=5))
    assert files(office) == ["rung.png"]


# --- what may be done twice


@pytest.mark.parametrize("kind", UNCLEAR)
async def test_a_reaction_is_repeated_and_there_once(office: PostOffice, kind: str) -> None:
    message = office.hear("hello")
    office.letters["a"] = React(office.dm, message.ts, "tada")
    office.slack.faults.add("reactions.add", kind, stored=True)
    await office.owe("a")
    await office.go()
    await office.go(after=timedelta(seconds=5))
    assert message.reactions == {"tada": ["UBOT"]}
    assert (await office.get("a")).state == "sent"


@pytest.mark.parametrize("kind", UNCLEAR)
async def test_an_update_is_repeated_and_does_no_harm(office: PostOffice, kind: str) -> None:
    await office.owe("a")
    await office.go()
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "b"}}
    office.letters["b"] = Update(office.dm, office.messages()[0].ts, "b", [block])
    office.slack.faults.add("chat.update", kind, stored=True)
    await office.owe("b")
    await office.go()
    await office.go(after=timedelta(seconds=5))
    assert office.texts() == ["b"]
    assert (await office.get("b")).state == "sent"


async def test_an_update_of_what_was_deleted_is_done(office: PostOffice) -> None:
    office.letters["a"] = Update(office.dm, "1.000001", "a")
    await office.owe("a")
    await office.go()
    assert (await office.get("a")).state == "sent"


async def reasons(office: PostOffice) -> set[str]:
    """What the operator finds beside the deliveries."""

    def read(connection: Connection) -> set[str]:
        return set(connection.execute(select(deliveries.c.reason)).scalars())

    return await office.database.read(lambda connection: connection, read)
