"""What is owed to someone who prepares a 1:1, put into words at the moment it is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Series, TalkingPoint
from bot.oneonone.prep import owing, service, showing
from bot.oneonone.prep.messages import FILE
from bot.oneonone.prep.showing import Reading
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times import model
from bot.oneonone.times import owing as times
from bot.oneonone.times.composing import get_series, person_of, when_not_quiet
from bot.outbox.model import Composed, Delivery, Drop, Later, Post, Update
from bot.outbox.sender import Sender, each
from bot.people.model import PersonId, Profile
from bot.rhythm.model import read_zone
from bot.slack import blocks
from bot.slack.mrkdwn import escape
from bot.slack.payloads import Answer

A_MOMENT = timedelta(seconds=5)

log = structlog.get_logger()


class Composing:
    """One function a kind; each is asked again should the process die, and says the same then."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, sender: Sender) -> None:
        sender.kinds |= {
            times.PREP: when_not_quiet(self._desk, self._prepare),
            owing.POINT: each(self._say_receipt),
            owing.POINT_CHANGED: each(self._redraw),
        }

    async def _prepare(self, delivery: Delivery, quiet_until: datetime | None) -> Composed:
        """In the afternoon before; later as long as they have not met yet."""
        at, now = times.time_of(delivery), self._desk.clock()
        linked, series = await self._desk.read(get_series, times.pair_of(delivery))
        if not linked or series is None or at is None or series.next_at != at:
            return Drop("moved" if linked else "not linked")
        if now >= at:
            return Drop("too late")
        profile = await self._desk.zones.get_profile(person_of(delivery))
        due = self._find_time(at, profile)
        if due >= at:
            return Drop("day off or paused")
        if due > now:
            return Later(min(due, now + times.LOOK_AGAIN))
        if quiet_until and quiet_until < at:
            return Later(quiet_until)
        return await self._choose(delivery, series, at, profile)

    def _find_time(self, at: datetime, profile: Profile) -> datetime:
        """The afternoon before; where that is a day off by now, or in a pause, the first morning after it."""
        due, today = model.prep_due(at, profile), self._desk.zones.day_in(profile)
        is_late = due <= self._desk.clock()
        return model.first_morning(today, profile) if is_late and profile.is_off(today) else due

    async def _choose(self, delivery: Delivery, series: Series, at: datetime, profile: Profile) -> Composed:
        desk, person = self._desk, person_of(delivery)
        questions, today = desk.questions(), desk.zones.day_in(profile)
        reader = await desk.find_reader(person)
        prep = await desk.write(service.prepare, series, reader, questions, today, desk.clock())
        log.info(
            "prep",
            delivery=delivery.id,
            when=prep.when,
            questions=[one.question for one in prep.asks],
            reasons=[one.reason for one in prep.asks],
        )
        reading = Reading(
            desk.words,
            await desk.find_name(series.pair.other) or mention(series.pair.other),
            read_zone(profile.zone),
            today,
            reader,
            {one.id: one for one in questions},
        )
        return _post(person.user, showing.show_prep(prep, at, reading))

    async def _say_receipt(self, delivery: Delivery) -> Composed:
        about = delivery.about
        if said := about.get("said"):
            line = self._desk.words.say(FILE, said, pick=delivery.id)
            answer = Answer(line, [blocks.context(line)])
        else:
            found = await self.show_receipt(delivery)
            if found is None:
                return Drop("gone")
            answer = found
        place = delivery.user if about["channel"] == owing.FORM else about["channel"]
        return _post(place, answer, about["thread"])

    async def show_receipt(self, delivery: Delivery) -> Answer | None:
        """What became of the points of a message; None where there never were any."""
        person, about = person_of(delivery), delivery.about
        here = (person, about["channel"], about["ts"])
        points = await self._desk.read(_get_of_message, *here)
        if not points:
            return None
        other = points[0].pair.counterpart(person.user)
        name = await self._desk.find_name(other) or mention(other)
        return showing.show_receipt(points, name, self._desk.words)

    async def _redraw(self, delivery: Delivery) -> Composed:
        """The receipt in place; where it was never sent, it says the newest by itself."""
        about = delivery.about
        name = owing.receipt_name(about["channel"], about["ts"])
        sent = await self._desk.read(lambda store: store.outbox.get_once(delivery.workspace, name))
        if sent is None or sent.state in ("dropped", "failed"):
            return Drop("no receipt")
        if not sent.ts:  # on its way, perhaps with the words of before
            return Later(self._desk.clock() + A_MOMENT)
        answer = await self.show_receipt(delivery)
        if answer is None:
            return Drop("gone")
        return Update(sent.channel, sent.ts, escape(answer.text), answer.blocks)


def _get_of_message(store: OneOnOneStore, person: PersonId, channel: str, ts: str) -> list[TalkingPoint]:
    return store.points.get_of_message(person, channel, ts)


def _post(channel: str, answer: Answer, thread: str = "") -> Post:
    return Post(channel, escape(answer.text), answer.blocks, thread)
