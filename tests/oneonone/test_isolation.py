"""Every way into 1:1s, as someone whom it is none of their business: they hear what a stranger hears.

The ways in are those the router knows and the buttons the code names; a new one has to be walked here too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.oneonone.model import Pair
from bot.oneonone.times.service import rest
from bot.outbox.model import Delivery, Drop
from bot.people import relations
from bot.playground.world import Message, User
from bot.settings import ROOT
from tests.brag.stranger import Stranger
from tests.oneonone.linked import Linked
from tests.oneonone.secrecy.rows import Row, read_rows
from tests.slack.signed import Reply
from tests.support.workspace import ANA, BEN, CHANNEL, Workspace

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing differs by it

SECRET = "zebrafish"
ELSEWHERE = "T0002"
SLICE = ROOT / "bot" / "oneonone"
PREFIXES = ("agenda", "link", "met", "prep", "times")

STRANGER = User("UNEW", "new", "Nell Newcomer")
"""Has never been near Rung; what she hears tells nothing."""
WALKERS = {
    "former": User("UEVE", "eve", "Eve Adler"),
    "gone": User("UFAY", "fay", "Fay Brandt"),
    "guest": User("UGUS", "gus", "Gus Conti"),
    "admin": User("UADI", "adi", "Adi Demir", is_admin=True),
    "colleague": User("UCAS", "cas", "Cas Okafor"),
    "namesake": BEN,
}
"""The namesake has the id of Ana's manager, in another workspace."""
WERE_LINKED = ("former", "gone", "guest")

# A pair is named as it is, with oneself in the place of either, and the other way round.
PAIRS = ("UANA|UBEN", "UANA|{me}", "{me}|UANA", "{me}|UBEN", "UBEN|UANA")


def of_pair(*more: str) -> tuple[str, ...]:
    return tuple("|".join((pair, *more)) for pair in PAIRS)


CLICKS: Mapping[str, tuple[str, ...]] = {
    "agenda:add": of_pair(""),
    "agenda:all": of_pair(""),
    "agenda:as-other": of_pair(""),
    "agenda:case": of_pair("", "1"),
    "agenda:done": of_pair("", "{item}"),
    "agenda:drop": of_pair("", "{item}"),
    "agenda:entry": (*of_pair("", "{entry}"), *of_pair("", "{hidden}")),
    "agenda:later": of_pair("", "{item}"),
    "agenda:levels": ("",),
    "agenda:occasion": (*of_pair("usual"), *of_pair("before-review")),
    "agenda:open": of_pair(),
    "agenda:point": (*of_pair("", "{point}"), *of_pair("", "{private}")),
    "agenda:run": ("<@UANA>", "history <@UANA>", "case <@UANA>", f"offer <@UANA> {SECRET}"),
    "agenda:send": of_pair(""),
    "agenda:share": (*of_pair("", "{point}"), *of_pair("", "{private}")),
    "agenda:talked": (*of_pair("", "{point}"), *of_pair("", "{private}")),
    "link:all": of_pair(),
    "link:end": of_pair(),
    "link:hide": of_pair(),
    "link:new": of_pair(),
    "link:no": (*of_pair(), "UANA|UNOOR"),
    "link:older": ("0", "10"),
    "link:privacy": ("-",),
    "link:see": of_pair(),
    "link:show": of_pair(),
    "link:stop-new": ("-",),
    "link:yes": (*of_pair(), "UANA|UNOOR"),
    "link:yes-hidden": (*of_pair(), "UANA|UNOOR"),
    "met:history": (*of_pair(), *of_pair("4")),
    "met:keep": ("{offer}",),
    "met:new": (*of_pair("q", "artsy", "e"), *of_pair("", "", "", "2026-03-06")),
    "met:no-thanks": ("{offer}",),
    "met:offer": of_pair(),
    "met:open": of_pair("{meeting}"),
    "prep:add": of_pair(),
    "prep:brag": ("{dm}|{ts}",),
    "prep:done": ("{point}", "{private}", "{dm}|{ts}"),
    "prep:list": ("-",),
    "prep:private": ("{point}", "{dm}|{ts}"),
    "prep:share": ("{point}", "{private}", "{dm}|{ts}"),
    "prep:share-all": of_pair(),
    "times:end": of_pair("{at}"),
    "times:item-done": of_pair("{item}", "{due}"),
    "times:item-later": of_pair("{item}", "{due}"),
    "times:move": of_pair("{at}"),
    "times:pause": of_pair("{at}"),
    "times:resume": of_pair("{at}"),
    "times:shift": of_pair("{at}"),
    "times:skip": of_pair("{at}"),
}
PLACES = {"prep:done": ":list", "prep:private": ":list", "prep:share": ":list"}
ASKING = {"agenda:ask": ("UANA",)}
"""Asks her for a yes, as anybody may; the answer says nothing of her."""
FORMS: Mapping[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "agenda:add": (of_pair(""), {"text": "Mine", "seen": "both"}),
    "met:keep": (of_pair("q", "", ""), {"day": "2026-03-12", "shared": "Mine", "items": "me: this"}),
    "met:offer": (of_pair(), {"text": "Mine"}),
    "prep:point": (of_pair(), {"text": "Mine"}),
    "times:move": (of_pair("{at}"), {"day": "2026-03-20", "at": "11:00"}),
}
COMMANDS = (
    *(("/agenda", text) for text in (
        "", "<@UANA>", "<@UBEN>", "<@UANA> before review", "history <@UANA>", "case <@UANA>", "case",
        f"offer <@UANA> {SECRET}", "help",
    )),
    *(("/coach", text) for text in (
        "1:1", "1:1 <@UANA>", "1:1 <@UANA> mondays 9:00", "1:1 <@UANA> skip", "1:1 <@UANA> end", "points",
        "privacy", "report", "mentee", "manager", "mentor", "report end <@UANA>", "mentee end <@UANA>",
        "manager end <@UANA>", "manager none",
    )),
)  # fmt: skip
DELIVERIES: Mapping[str, Mapping[str, Any]] = {
    "oneonone.agenda_sent": {"other": "UANA", "occasion": ""},
    "oneonone.asked": {"other": "UANA"},
    "oneonone.item_due": {"pair": ["UANA", "{me}"], "item": "{item}", "due_on": "{due}"},
    "oneonone.linked": {"engineer": "UANA", "how": "named"},
    "oneonone.met": {"engineer": "UANA", "other": "{me}", "meeting": "{meeting}", "by": "UANA"},
    "oneonone.morning": {"pair": ["UANA", "{me}"], "at": "{when}"},
    "oneonone.offered": {"other": "UANA", "capture": "{offer}"},
    "oneonone.point": {"pair": ["UANA", "{me}"], "channel": "{dm}", "ts": "{ts}", "thread": ""},
    "oneonone.point_changed": {"pair": ["UANA", "{me}"], "channel": "{dm}", "ts": "{ts}"},
    "oneonone.prep": {"pair": ["UANA", "{me}"], "at": "{when}"},
    "oneonone.round": {"pair": ["UANA", "{me}"], "at": "{when}"},
    "oneonone.time_set": {"pair": ["UANA", "{me}"], "by": "UANA", "what": "told_set", "at": "{when}"},
}
"""As if one had been owed to them, or were left over from before."""


@dataclass(frozen=True)
class Hers:
    """What one would have to know to reach for it."""

    names: Mapping[str, str]

    def fill(self, template: Any, me: str) -> Any:
        if isinstance(template, str):
            return template.format(**self.names, me=me) if "{" in template else template
        if isinstance(template, Mapping):
            return {key: self.fill(value, me) for key, value in template.items()}
        return [self.fill(each, me) for each in template]


@pytest.fixture
async def hers(linked: Linked) -> Hers:
    """Ana and Ben have one of everything; she also has a question and an offer to answer."""
    workspace = linked.workspace
    for user in (STRANGER, User("UNOOR", "noor", "Noor Haddad"), *WALKERS.values()):
        workspace.world.users.setdefault(user.id, replace(user))
        if user.id not in workspace.world.conversations[CHANNEL].members:
            workspace.world.conversations[CHANNEL].members.append(user.id)
    await linked.link()
    await linked.stand()
    await linked.meet_on(1)
    await workspace.type("/coach report <@UANA>", workspace.world.users["UNOOR"])
    await workspace.type(f"/agenda offer <@UANA> {SECRET} was yours", BEN)
    entry, hidden = [await linked.write_entry(f"Shipped {SECRET}", shared=shared) for shared in (True, False)]
    point, private = [await linked.bring(f"How about {SECRET}?", shared=shared) for shared in (True, False)]
    await linked.bring(f"{SECRET}, says Ben", BEN.id, shared=False)
    meeting = await linked.met()
    item = await linked.agree(f"Feed the {SECRET}", due_on=linked.today, meeting=meeting.id)
    for author in (ANA.id, BEN.id):
        await linked.note(meeting, author, SECRET)
    written = await workspace.say(f"Mentored the {SECRET}")
    [offer] = [one for one in read_rows(workspace.rung.database)["captures"] if one["channel"] == "offer"]
    series = await linked.write(lambda store: store.times.get(linked.pair))
    return Hers(
        {
            "entry": entry.id,
            "hidden": hidden.id,
            "point": point.id,
            "private": private.id,
            "meeting": meeting.id,
            "item": item.id,
            "due": linked.today.isoformat(),
            "offer": offer["id"],
            "dm": workspace.dm(),
            "ts": written.ts,
            "at": str(int(series.next_at.timestamp())),
            "when": series.next_at.isoformat(),
        }
    )


@pytest.fixture(params=WALKERS)
async def walker(request: pytest.FixtureRequest, linked: Linked, hers: Hers) -> Stranger:
    """Those who were linked with her have a past with her, which has ended."""
    user, workspace = WALKERS[request.param], linked.workspace
    if request.param in WERE_LINKED:
        await be_linked_and_end(linked, user)
    if request.param == "gone":
        await workspace.slack.change_person(user.id, deleted=True)
    if request.param == "guest":
        await workspace.slack.change_person(user.id, is_guest=True)
    team = ELSEWHERE if request.param == "namesake" else workspace.world.team_id
    return Stranger(workspace, user.id, team)


async def be_linked_and_end(linked: Linked, user: User) -> None:
    """They saw her things, met, brought topics; then she ended it."""
    pair = Pair(linked.workspace.world.team_id, ANA.id, user.id)
    past = PastLinked(linked.workspace, pair)
    before = linked.now - timedelta(weeks=3)
    link = relations.link(None, pair.engineer_id, user.id, "manager", before)
    await past.write(lambda store: store.relations.put(relations.end(link, ANA.id, linked.now)))
    await past.meet_on(3)
    await past.write(lambda store: rest(store, pair, linked.now))
    await past.bring(f"The {SECRET} of before")
    meeting = await past.met(20)
    await past.agree(f"Water the {SECRET}", doer=ANA.id, meeting=meeting.id)


@dataclass
class PastLinked(Linked):
    """Ana and somebody else."""

    between: Pair

    @property
    def pair(self) -> Pair:
        return self.between


@pytest.fixture
def walk(workspace: Workspace, hers: Hers, walker: Stranger) -> Walk:
    return Walk(workspace, hers, walker)


@dataclass
class Walk:
    """Everything is done by the walker and by a stranger; both are to be told the same."""

    workspace: Workspace
    hers: Hers
    walker: Stranger

    def __post_init__(self) -> None:
        self.stranger = Stranger(self.workspace, STRANGER.id, self.walker.team)
        self.before = self.rows()

    def rows(self) -> list[tuple[str, list[Row]]]:
        """All that belongs to anybody but these two."""
        mine = {self.walker.person, self.stranger.person}
        found = read_rows(self.workspace.rung.database)
        return [
            (name, [row for row in rows if (row.get("workspace_id"), _owner_of(row)) not in mine])
            for name, rows in found.items()
        ]

    async def click(self, action: str, template: str) -> bool:
        """Are both told the same?"""

        async def do(who: Stranger) -> Reply:
            return await who.click(action, self.hers.fill(template, who.user))

        return self._is_senseless(template) or await self._is_same(do)

    async def submit(self, callback: str, template: str, fields: dict[str, str]) -> bool:
        async def do(who: Stranger) -> Reply:
            return await who.submit(callback, self.hers.fill(template, who.user), fields)

        return self._is_senseless(template) or await self._is_same(do)

    async def type(self, command: str, text: str) -> bool:
        async def do(who: Stranger) -> Reply:
            return await who.type(text, command)

        return await self._is_same(do)

    async def _is_same(self, do: Callable[[Stranger], Awaitable[Reply]]) -> bool:
        told = await self._tell(self.walker, do)
        assert SECRET not in told
        return told == await self._tell(self.stranger, do)

    def _is_senseless(self, template: str) -> bool:
        """With the id of Ben himself some templates name one person twice, or mean somebody else."""
        return self.walker.user == BEN.id and ("{me}" in template or template.startswith(BEN.id))

    async def _tell(self, who: Stranger, do: Callable[[Stranger], Awaitable[Reply]]) -> str:
        """The answer, messages and forms; without what differs by who asks."""
        world = self.workspace.world
        world.close_modals(who.user)
        before = [len(messages) for messages in self._messages(who)]
        reply = await do(who)
        assert reply.status == 200
        new = [
            (one.text, one.blocks)
            for count, messages in zip(before, self._messages(who), strict=True)
            for one in messages[count:]
        ]
        view = world.modal(who.user)
        return _without_names(json.dumps([reply.text, new, view.payload if view else None]), who, world.users)

    def _messages(self, who: Stranger) -> list[list[Message]]:
        """Answers to clicks stand in the channel, addressed to Ana; all others in the walker's DM."""
        world = self.workspace.world
        dm = world.im_between(who.user, world.bot_user_id).id
        return [world.messages(CHANNEL, ANA.id), world.messages(dm, who.user)]

    def nothing_changed(self, what: str) -> None:
        assert self.rows() == self.before, what


def _owner_of(row: Row) -> object:
    return row.get("user_id") or row.get("engineer_id")


def _without_names(told: str, who: Stranger, users: Mapping[str, User]) -> str:
    told = re.sub(r"[0-9a-f]{32}|(?<=\"block_id\": \")[0-9a-f]+", "#", told)
    if who.user == BEN.id:
        return told  # every template that names him names Ana's manager
    return told.replace(who.user, "ME").replace(users[who.user].real_name.split()[0], "Me")


def verbs() -> set[str]:
    """Those on buttons, and those that a click handler has an act for."""
    found = set()
    for path in SLICE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(rf'"((?:{"|".join(PREFIXES)}):[a-z][a-z-]*)', text))
        prefix = {"linking": "link", "meetings": "met"}.get(path.parent.name, path.parent.name)
        if path.name in ("clicks.py", "listeners.py") and prefix in PREFIXES:
            acts = re.findall(r'^ +"([a-z-]+)": (?:self\._|lambda|room\.|commands\.)', text, re.MULTILINE)
            found |= {f"{prefix}:{act}" for act in acts}
            found |= {f"{prefix}:{act}" for act in re.findall(r'case "([a-z-]+)":', text)}
    return found - {"prep:point"}  # a form


def test_every_way_into_1on1s_is_walked(workspace: Workspace) -> None:
    rung = workspace.rung
    assert verbs() == CLICKS.keys() | ASKING.keys(), "give each a case"
    assert {name for name in rung.router.forms if name.split(":")[0] in PREFIXES} == FORMS.keys()
    assert {kind for kind in rung.sender.kinds if kind.startswith("oneonone.")} == DELIVERIES.keys()
    heard = {
        kind: {name for name, take in getattr(rung.router, kind).items() if "oneonone" in _module_of(take)}
        for kind in ("commands", "clicks", "events", "shortcuts")
    }
    assert heard == {"commands": {"/agenda"}, "clicks": {*PREFIXES}, "events": set(), "shortcuts": set()}


def _module_of(handler: Any) -> str:
    return str(getattr(handler, "__func__", handler).__module__)


async def test_no_command_tells_or_changes_anything(walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    for command, text in COMMANDS:
        assert await walk.type(command, text), (command, text)
        walk.nothing_changed(f"{command} {text}")
    assert SECRET not in capsys.readouterr().out


async def test_no_click_tells_or_changes_anything(walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    for verb, templates in CLICKS.items():
        for template in templates:
            assert await walk.click(verb + PLACES.get(verb, ""), template), (verb, template)
        walk.nothing_changed(verb)
    assert SECRET not in capsys.readouterr().out


async def test_no_form_tells_or_changes_anything(walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    for callback, (templates, fields) in FORMS.items():
        for template in templates:
            assert await walk.submit(callback, template, fields), (callback, template)
        walk.nothing_changed(callback)
    assert SECRET not in capsys.readouterr().out


async def test_nothing_that_was_owed_says_anything(walk: Walk) -> None:
    sender, me = walk.workspace.rung.sender, walk.walker
    for kind, about in DELIVERIES.items():
        filled = walk.hers.fill(about, me.user)
        owed = Delivery(me.team, "d" * 32, me.user, kind, filled, "claimed", walk.workspace.clock())
        composed = await sender.kinds[kind]([owed])
        assert isinstance(composed[owed.id], Drop), (kind, composed)
        walk.nothing_changed(kind)


async def test_no_edit_or_deletion_by_others_touches_her_messages(walk: Walk) -> None:
    """In her conversation, as Slack would never send it."""
    ts, me = walk.hers.names["ts"], walk.walker
    here = {"channel": walk.hers.names["dm"], "ts": ts, "event_ts": "9999999999.000001"}
    old = {"user": me.user, "ts": ts, "text": "old"}
    new = {**old, "text": "Something else", "edited": {"ts": "9999999999.000000"}}
    await me.tell(type="message", subtype="message_changed", message=new, previous_message=old, **here)
    await me.tell(type="message", subtype="message_deleted", deleted_ts=ts, previous_message=old, **here)
    walk.nothing_changed("events")
    walk.workspace.world.refused.clear()  # they tried to tick what is none of theirs


async def test_whoever_asks_her_hears_the_same_whatever_was_before(walk: Walk) -> None:
    """Guests and those who left are told that they can't be linked, which everybody sees in Slack."""
    is_able = walk.walker.user not in ("UFAY", "UGUS")
    for verb, templates in ASKING.items():
        for template in templates:
            assert await walk.click(verb, template) == is_able


async def test_the_two_themselves_find_it(workspace: Workspace, hers: Hers) -> None:
    """So that the tests above would see it."""
    ben = Stranger(workspace, BEN.id, workspace.world.team_id)
    assert SECRET in (await ben.type("<@UANA>", "/agenda")).text
    assert SECRET in (await ben.type("history <@UANA>", "/agenda")).text
    before = read_rows(workspace.rung.database)["action_items"]
    await ben.click("agenda:done", hers.fill(CLICKS["agenda:done"][0], BEN.id))
    assert read_rows(workspace.rung.database)["action_items"] != before
