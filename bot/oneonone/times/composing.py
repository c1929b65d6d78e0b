"""What is owed around the time of a 1:1, put into words at the moment it is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

import structlog

from bot.oneonone.desk import Desk
from bot.oneonone.model import ActionItem, Pair, Series
from bot.oneonone.shared import Shared, read_shared
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times import model, owing, service, showing
from bot.oneonone.times.commands import Commands
from bot.oneonone.times.messages import FILE
from bot.oneonone.times.service import GrowthOf
from bot.outbox.model import Composed, Delivery, Drop, Later, Post
from bot.outbox.sender import Compose, Sender, each
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.mrkdwn import escape
from bot.slack.payloads import Answer

log = structlog.get_logger()


class Composing:
    """One function a kind; each is asked again should the process die, and says the same then."""

    def __init__(self, desk: Desk, commands: Commands, growth: GrowthOf) -> None:
        self._desk = desk
        self._commands = commands
        self._growth = growth

    def register(self, sender: Sender) -> None:
        sender.kinds |= {
            owing.MORNING: when_not_quiet(self._desk, self._say_morning),
            owing.ROUND: each(self._go_on),
            owing.TIME_SET: when_not_quiet(self._desk, self._tell),
            owing.ITEM_DUE: when_not_quiet(self._desk, self._remind),
        }

    async def _say_morning(self, delivery: Delivery, quiet_until: datetime | None) -> Composed:
        """Made from shared things only; no longer once the meeting is over, and never on a day off."""
        now, at, person = self._desk.clock(), owing.time_of(delivery), person_of(delivery)
        shared = await self._desk.read(read_shared, owing.pair_of(delivery), now)
        if shared is None or shared.series is None or at is None or shared.series.next_at != at:
            return Drop("moved" if shared else "not linked")
        if model.is_over(shared.series, now):
            return Drop("too late")
        profile = await self._desk.zones.get_profile(person)
        due = model.morning_due(at, profile)
        if due > now:
            return Later(min(due, now + owing.LOOK_AGAIN))
        if profile.is_off(self._desk.zones.day_in(profile)):
            return Drop("day off or paused")
        if quiet_until and quiet_until < at:
            return Later(quiet_until)
        return _post(person, await self._show_morning(shared, at, person))

    async def _show_morning(self, shared: Shared, at: datetime, person: PersonId) -> Answer:
        view = await self._commands.view(person, shared.pair)
        name = await self._desk.find_name(shared.pair.engineer) or view.person
        return showing.show_morning(shared, name, at, view, self._desk.words)

    async def _go_on(self, delivery: Delivery) -> Composed:
        """Says nothing to anybody: writes what comes next, once."""
        pair, at, now = owing.pair_of(delivery), owing.time_of(delivery), self._desk.clock()
        if at is None:
            return Drop("moved")
        done, ids = await self._desk.write(service.go_on, pair, at, self._growth, now)
        if done == "not over":  # they meet for longer than when this was owed
            return Later(now + timedelta(minutes=5))
        log.info("1:1 is over", delivery=delivery.id, outcome=done, due=len(ids))
        return Drop(done)

    async def _tell(self, delivery: Delivery, quiet_until: datetime | None) -> Composed:
        """What the other one of the two changed; where that is no longer so, a newer message tells."""
        pair, person, about = owing.pair_of(delivery), person_of(delivery), delivery.about
        linked, series = await self._desk.read(get_series, pair)
        at = series.next_at if series else None
        if not linked or at != owing.time_of(delivery):
            return Drop("changed since" if linked else "not linked")
        if quiet_until and (at is None or quiet_until < at):
            return Later(quiet_until)
        name = await self._desk.find_name(about["by"]) or f"<@{about['by']}>"
        said = self._desk.words.say(FILE, about["what"], name=name)
        if series is None:
            return _post(person, Answer(said, [blocks.section(said)]))
        view = await self._commands.view(person, pair)
        return _post(person, showing.show_series(series, view, self._desk.words, said))

    async def _remind(self, delivery: Delivery, quiet_until: datetime | None) -> Composed:
        """An item is due on this day, and is still to be done."""
        person, now = person_of(delivery), self._desk.clock()
        due_on = date.fromisoformat(delivery.about["due_on"])
        item = await self._desk.read(_get_item, owing.pair_of(delivery), delivery.about["item"])
        if item is None or item.state != "open" or item.due_on != due_on or item.doer != person.user:
            return Drop("done, changed or not linked")
        due = model.first_morning(due_on, await self._desk.zones.get_profile(person))
        if due > now:
            return Later(min(due, now + owing.LOOK_AGAIN))
        return Later(quiet_until) if quiet_until else _post(person, showing.show_item(item, self._desk.words))


def when_not_quiet(
    desk: Desk, compose: Callable[[Delivery, datetime | None], Awaitable[Composed]]
) -> Compose:
    """Composed one by one; told until when a person is not to be disturbed, asked for all at once."""

    async def compose_all(deliveries: Sequence[Delivery]) -> Mapping[str, Composed]:
        until: dict[PersonId, datetime] = {}
        for workspace in {one.workspace for one in deliveries}:
            people = {person_of(one) for one in deliveries if one.workspace == workspace}
            until |= await desk.quiet.until(sorted(people))
        return {one.id: await compose(one, until.get(person_of(one))) for one in deliveries}

    return compose_all


def get_series(store: OneOnOneStore, pair: Pair) -> tuple[bool, Series | None]:
    """Are the two linked, and when do they meet?"""
    return service.is_linked(store, pair), store.times.get(pair)


def _get_item(store: OneOnOneStore, pair: Pair, item_id: str) -> ActionItem | None:
    return store.meetings.get_item(pair, item_id) if service.is_linked(store, pair) else None


def person_of(delivery: Delivery) -> PersonId:
    return PersonId(delivery.workspace, delivery.user)


def _post(person: PersonId, answer: Answer) -> Post:
    return Post(person.user, escape(answer.text), answer.blocks)
