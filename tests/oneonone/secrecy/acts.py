"""What people do: each through what hears it in Rung, as it comes from Slack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.brag import forms, model, service
from bot.brag.model import Entry, Evidence
from bot.errors import BotError
from bot.oneonone.agenda.forms import ADD, MINE
from bot.oneonone.agenda.values import pack
from bot.oneonone.meetings.forms import MET
from bot.oneonone.model import Pair
from bot.oneonone.prep.showing import POINT_FORM
from bot.oneonone.store import OneOnOneStore
from bot.people.model import PersonId
from bot.slack.payloads import Click, Command, Event, Form
from tests.oneonone.secrecy.company import STORE, Company, wait
from tests.oneonone.secrecy.looking import Deed, Eyes
from tests.oneonone.secrecy.rows import Row

TEXTS = (
    "Shipped the checkout, p99 from 900 to 200 ms",
    "Mentored the new colleague through a first migration",
    "Wrote down how we decide on interfaces between teams",
    "Learned how finance closes a month",
    "Talked the pricing team out of a service of its own",
)


@dataclass(frozen=True)
class Act:
    """Something that someone does. `is_private`: whatever others see must not change by it."""

    who: PersonId

    async def do(self, company: Company) -> None:
        raise NotImplementedError

    def is_private(self, _company: Company) -> bool:
        """As things stand before it is done."""
        return False


# --- the ways in


async def type(company: Company, who: PersonId, name: str, text: str) -> None:  # noqa: A001
    trigger = company.slack.triggers.issue(who.user)
    await company.rung.router.run(Command(*who, name, text, trigger))


async def press(company: Company, who: PersonId, action: str, value: str) -> None:
    """What may not be done is refused with words, and that is fine."""
    trigger = company.slack.triggers.issue(who.user)
    take = company.rung.router.clicks[action.split(":", maxsplit=1)[0]]
    with suppress(BotError):
        await take(Click(*who, "CGENERAL", action, value, trigger))


async def send_off(
    company: Company,
    who: PersonId,
    callback: str,
    data: str,
    fields: Mapping[str, str],
    lists: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    company.wrote += 1
    form = Form(*who, callback, fields, data, lists or {}, view_id=f"V{company.wrote}")
    with suppress(BotError):
        await company.rung.router.forms[callback](form)


async def say(company: Company, who: PersonId, text: str, **more: Any) -> str:
    """A message in the DM with Rung; its ts."""
    place = company.slack.world.im_between(who.user, "UBOT").id
    ts = company.slack.world.add_message(place, who.user, text, **more).ts
    body = {"channel_type": "im", "channel": place, "user": who.user, "text": text, "ts": ts, **more}
    await company.rung.router.events["message"](Event(*who, "message", body))
    return ts


# --- the brag document


@dataclass(frozen=True)
class Write(Act):
    """Something that was done, with the command or in the DM."""

    which: int
    in_dm: bool

    async def do(self, company: Company) -> None:
        company.wrote += 1
        text = f"{TEXTS[self.which % len(TEXTS)]}, number {company.wrote}"
        if self.in_dm:
            company.said.setdefault(self.who, []).append(await say(company, self.who, text))
        else:
            await type(company, self.who, "/brag", text)

    def is_private(self, company: Company) -> bool:
        return not shares_new(company, self.who)


@dataclass(frozen=True)
class Edit(Act):
    """The newest message gets other words."""

    async def do(self, company: Company) -> None:
        company.wrote += 1
        new, ts = f"Rewrote it, number {company.wrote}", company.slack.world.next_ts()
        if said := company.said.get(self.who):
            old = {"user": self.who.user, "ts": said[-1], "text": "old"}
            body: dict[str, Any] = {
                "channel_type": "im",
                "channel": company.slack.world.im_between(self.who.user, "UBOT").id,
                "subtype": "message_changed",
                "message": {**old, "text": new, "edited": {"ts": ts, "user": self.who.user}},
                "previous_message": old,
                "event_ts": ts,
            }
            await company.rung.router.events["message"](Event(*self.who, "message", body))


@dataclass(frozen=True)
class AboutEntry(Act):
    """Done to one of one's own entries, where there is any."""

    which: int

    async def do(self, company: Company) -> None:
        if found := find_entries(company, self.who):
            await self.do_to(company, found[self.which % len(found)])

    async def do_to(self, company: Company, entry: Entry) -> None:
        raise NotImplementedError

    def is_private(self, company: Company) -> bool:
        found = find_entries(company, self.who)
        return not found or found[self.which % len(found)].visibility == "private"


@dataclass(frozen=True)
class Confirm(AboutEntry):
    """It is evidence for an expectation of the level aimed for; chosen by hand, or as suggested."""

    expectation: int
    as_suggested: bool

    async def do_to(self, company: Company, entry: Entry) -> None:
        if self.as_suggested:
            for one in entry.suggested("artsy")[:1]:
                await press(company, self.who, "brag:confirm:0", f"{entry.id}|{one.competency}")
            return
        competency, expectation = pick_expectation(company, self.expectation)
        evidence = Evidence("artsy", "ic6", competency, expectation)
        await company.rung.database.write(
            STORE,
            lambda store: service.alter(store.brag, self.who, entry.id, lambda e: model.confirm(e, evidence)),
        )


@dataclass(frozen=True)
class SetReach(AboutEntry):
    reach: str

    async def do_to(self, company: Company, entry: Entry) -> None:
        await press(company, self.who, "brag:reach", f"{entry.id}|{self.reach}")


@dataclass(frozen=True)
class SayResult(AboutEntry):
    async def do_to(self, company: Company, entry: Entry) -> None:
        company.wrote += 1
        fields = {"result": f"It takes minutes now, number {company.wrote}"}
        await send_off(company, self.who, forms.RESULT, f"{entry.id}||", fields)


@dataclass(frozen=True)
class Share(AboutEntry):
    """Or keep to oneself again."""

    visibility: str

    async def do_to(self, company: Company, entry: Entry) -> None:
        await press(company, self.who, "brag:share", f"{entry.id}|{self.visibility}")

    def is_private(self, _company: Company) -> bool:
        return False


@dataclass(frozen=True)
class Undo(AboutEntry):
    async def do_to(self, company: Company, entry: Entry) -> None:
        await press(company, self.who, "brag:undo", entry.id)


@dataclass(frozen=True)
class Plan(Act):
    expectation: int

    async def do(self, company: Company) -> None:
        _, expectation = pick_expectation(company, self.expectation)
        fields = {"expectation": expectation, "plan": "When a review opens, I will ask first"}
        await send_off(company, self.who, forms.PLAN, "artsy", fields)

    def is_private(self, _company: Company) -> bool:
        return True


# --- oneself


@dataclass(frozen=True)
class Tell(Act):
    """A command that changes nothing for others, whatever it says."""

    command: str
    text: str

    async def do(self, company: Company) -> None:
        await type(company, self.who, self.command, self.text)

    def is_private(self, _company: Company) -> bool:
        return True


@dataclass(frozen=True)
class Aim(Act):
    """Sets a level, which is seen by whoever is linked."""

    which: str
    level: str

    async def do(self, company: Company) -> None:
        await type(company, self.who, "/ladder", f"{self.which} {self.level}")


@dataclass(frozen=True)
class Answer(Act):
    """Replies in the thread of the newest message of Rung: a weekly question, prep, a programme's step."""

    async def do(self, company: Company) -> None:
        company.wrote += 1
        text = f"{TEXTS[company.wrote % len(TEXTS)]}, in reply {company.wrote}"
        sent = [
            one for one in company.rows["deliveries"] if (one["workspace_id"], one["user_id"]) == self.who
        ]
        threads = sorted(one["ts"] for one in sent if one["state"] == "sent" and not one["thread"])
        if threads:
            await say(company, self.who, text, thread_ts=threads[-1])

    def is_private(self, company: Company) -> bool:
        return not shares_new(company, self.who)


# --- who sees what


@dataclass(frozen=True)
class Coach(Act):
    """`/coach` about somebody."""

    words: str
    about: str

    async def do(self, company: Company) -> None:
        await type(company, self.who, "/coach", self.words.format(f"<@{self.about}>"))


@dataclass(frozen=True)
class Link(Act):
    """Presses a button of a relation with somebody."""

    verb: str
    other: str

    async def do(self, company: Company) -> None:
        await press(company, self.who, f"link:{self.verb}", f"{self.who.user}|{self.other}")


# --- what they bring


@dataclass(frozen=True)
class Bring(Act):
    """A talking point for somebody one is linked with."""

    pair: Pair

    async def do(self, company: Company) -> None:
        company.wrote += 1
        fields = {"text": f"How do we decide, number {company.wrote}"}
        await send_off(company, self.who, POINT_FORM, f"{self.pair.engineer}|{self.pair.other}", fields)

    def is_private(self, _company: Company) -> bool:
        return True


@dataclass(frozen=True)
class Handle(Act):
    """Shares one of one's own talking points, takes it back, or is done with it."""

    which: int
    verb: str

    async def do(self, company: Company) -> None:
        if found := self._find(company):
            await press(company, self.who, f"prep:{self.verb}:list", found["id"])

    def is_private(self, company: Company) -> bool:
        found = self._find(company)
        return not found or (self.verb == "done" and found["shared_at"] is None)

    def _find(self, company: Company) -> Row | None:
        mine = [one for one in company.rows["talking_points"] if is_of(one, self.who)]
        mine.sort(key=lambda one: (one["created_at"], one["id"]))
        return mine[self.which % len(mine)] if mine else None


@dataclass(frozen=True)
class AddItem(Act):
    """A topic by the agenda's own form, for both to see or not."""

    pair: Pair
    seen: str

    async def do(self, company: Company) -> None:
        company.wrote += 1
        fields = {"text": f"Who decides on the schema, number {company.wrote}", "seen": self.seen}
        await send_off(company, self.who, ADD, pack(self.pair, ""), fields)

    def is_private(self, _company: Company) -> bool:
        return self.seen == MINE


# --- the meeting


@dataclass(frozen=True)
class Meet(Act):
    """“We've met”, from the agenda, with the question that it asked."""

    pair: Pair
    fields: tuple[str, ...]

    async def do(self, company: Company) -> None:
        company.wrote += 1
        eyes = Eyes(company.rung, company.slack, self.who)
        seen = await eyes.do(Deed("/agenda", f"<@{self.pair.counterpart(self.who.user)}>"))
        opened = [deed.words for deed in seen.deeds if deed.name == "met:new"]
        said = {
            "shared": f"Agreed that it can wait, number {company.wrote}",
            "private": f"Seemed tired, number {company.wrote}",
            "items": f"Ask finance, number {company.wrote}, by friday",
        }
        fields = {name: said[name] for name in self.fields} | {"day": company.clock().date().isoformat()}
        await send_off(company, self.who, MET, (*opened, pack(self.pair))[0], fields)


@dataclass(frozen=True)
class Settle(Act):
    """Closes an action item, or moves it."""

    pair: Pair
    verb: str

    async def do(self, company: Company) -> None:
        for one in company.rows["action_items"][-1:]:
            await press(company, self.who, f"agenda:{self.verb}", pack(self.pair, "", one["id"]))


@dataclass(frozen=True)
class Offer(Act):
    """A word of feedback."""

    about: str

    async def do(self, company: Company) -> None:
        company.wrote += 1
        text = f"offer <@{self.about}> The review was kind and clear, number {company.wrote}"
        await type(company, self.who, "/agenda", text)


@dataclass(frozen=True)
class TakeUp(Act):
    """Says yes or no to what was offered last."""

    verb: str

    async def do(self, company: Company) -> None:
        drafts = [one for one in company.rows["captures"] if is_of(one, self.who) and one["state"] == "draft"]
        for one in drafts[-1:]:
            await press(company, self.who, f"met:{self.verb}", one["id"])

    def is_private(self, _company: Company) -> bool:
        return True


@dataclass(frozen=True)
class Pass(Act):
    """Days go by, whoever waits."""

    days: int

    async def do(self, company: Company) -> None:
        for _ in range(self.days):
            await wait(company.rung, company.clock, timedelta(days=1))


def is_of(row: Row, who: PersonId) -> bool:
    return (row["workspace_id"], row["user_id"]) == who


def shares_new(company: Company, who: PersonId) -> bool:
    return any(one["shares_new"] for one in company.rows["profiles"] if is_of(one, who))


def find_entries(company: Company, who: PersonId) -> Sequence[Entry]:
    def find(store: OneOnOneStore) -> Sequence[Entry]:
        return sorted(store.brag.get_kept(who), key=lambda one: (one.created_at, one.id))

    return company.rung.database.read_now(STORE, find)


def pick_expectation(company: Company, number: int) -> tuple[str, str]:
    """One of those of the level aimed for."""
    ladder = company.rung.ladders.in_force["artsy"]
    level = ladder.levels["ic6"]
    expected = [
        (competency.id, one.id)
        for competency in ladder.competencies_of(level.track)
        for one in ladder.expected_at(level, competency)
        if one.kind == "expectation"
    ]
    return expected[number % len(expected)]
