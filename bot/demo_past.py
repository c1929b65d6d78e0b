"""Lives the weeks before the demo: the clock goes from moment to moment, people write, click and fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import MovableClock, now
from bot.playground.inputs import SEVERAL, STATE_KEYS
from bot.playground.slack import Slack
from bot.playground.world import Json, Message
from bot.rung import Rung

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
BEGINNING = timedelta(weeks=11)
"""How far back the clock has to stand before anything of this has happened."""


ANA, DEV, BEN, NOOR = "UANA", "UDEV", "UBEN", "UNOOR"
ENGINEERING = "CENG"


@dataclass(frozen=True)
class Moment:
    """Someone writes something, `when` it was for them: “Thu 15:40, 10 weeks ago”, counted in calendar weeks.

    `clicks` are pressed on what Rung answers, and where it does not offer one, that one is left out. With
    `form`, the words go into the form of `/brag`, field by field.
    With `answers`, they are a reply in the thread of the newest message of Rung.
    `notes` go into the form that the clicks have opened, field by field.
    `ending_of` is how the entry begins of which the text says what came of it, when Rung asks. `reacts` and
    `saves` are colleagues who keep the message, by a reaction and by the message's menu.
    """

    when: str
    who: str
    text: str = ""
    clicks: tuple[str, ...] = ()
    form: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    answers: bool = False
    notes: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    ending_of: str = ""
    place: str = ""
    reacts: str = ""
    saves: str = ""


class Past:
    """Everything goes the way of a person at the page: the same requests, one after the other."""

    def __init__(self, slack: Slack, rung: Rung, clock: MovableClock) -> None:
        self._slack, self._rung, self._clock = slack, rung, clock
        self._world = slack.world

    async def live(self, moments: Sequence[Moment]) -> None:
        """All of it in the order of time; the clock shows the real time afterwards."""
        today = now()
        in_order = sorted(moments, key=lambda moment: self._find_time(moment, today))
        for moment in in_order:
            await self._wait_until(self._find_time(moment, today))
            if moment.text:
                await self._live_through(moment)
        await self._wait_until(now())

    def _find_time(self, moment: Moment, today: datetime) -> datetime:
        zone = ZoneInfo(self._world.users[moment.who].tz)
        day, hour, weeks = moment.when.replace(",", "").split()[:3]
        that_day = today.astimezone(zone).date()
        that_day += timedelta(days=DAYS.index(day) - that_day.weekday(), weeks=-int(weeks))
        return datetime.fromisoformat(f"{that_day}T{hour}").replace(tzinfo=zone)

    async def _wait_until(self, time: datetime) -> None:
        self._clock.move(time - self._clock())
        await self._rung.send_due()
        await self._settle()

    async def _settle(self) -> None:
        """Until everybody has heard everything."""
        await self._slack.settle()
        await self._rung.sender.finish()
        await self._slack.settle()

    async def _live_through(self, moment: Moment) -> None:
        who, place = moment.who, moment.place or self._dm(moment.who)
        so_far = len(self._world.messages(place, who))
        if moment.ending_of:
            await self._tell_ending(moment)
        elif moment.answers:
            asked = [message for message in self._world.messages(place, who) if not message.seen_only_by]
            await self._slack.post(who, place, moment.text, thread_ts=asked[-1].thread_ts or asked[-1].ts)
        elif moment.form:
            await self._slack.run_shortcut(who, "brag_new", place)
            await self._fill_in(who, {"text": moment.text, **moment.form})
        else:
            await self._slack.send(who, place, moment.text)
        await self._settle()
        for label in moment.clicks:
            await self._click(who, self._world.messages(place, who)[so_far:], label)
        if moment.notes:
            await self._fill_in(who, moment.notes)
        await self._keep_for(moment, self._world.messages(place, who)[-1])

    async def _keep_for(self, moment: Moment, message: Message) -> None:
        """A colleague finds it worth keeping, by a reaction or by the shortcut in the message's menu."""
        if moment.reacts:
            await self._slack.react(moment.reacts, message.ts, "trophy")
        if moment.saves:
            await self._slack.run_message_shortcut(moment.saves, "brag_save", message.ts)
        await self._settle()

    async def _tell_ending(self, moment: Moment) -> None:
        """Answers Rung's question what came of something, in its form."""
        for message in reversed(self._world.messages(self._dm(moment.who), moment.who)):
            for quoted, row in zip(message.blocks, message.blocks[1:], strict=False):
                if moment.ending_of in quoted.get("text", {}).get("text", "") and row["type"] == "actions":
                    await self._press(moment.who, message, row, row["elements"][0])
                    await self._fill_in(moment.who, {"result": moment.text})
                    return

    async def _click(self, who: str, messages: Sequence[Message], label: str) -> None:
        """The newest button of that label; none where Rung offers none."""
        for message in reversed(messages):
            for block in message.blocks:
                for element in block.get("elements", []):
                    if element["type"] == "button" and element["text"]["text"] == label:
                        await self._press(who, message, block, element)
                        return

    async def _press(self, who: str, message: Message, block: Json, element: Json) -> None:
        where = {"block_id": block["block_id"], "action_id": element["action_id"]}
        await self._slack.act(who, value={}, message_ts=message.ts, **where)
        await self._settle()

    async def _fill_in(self, who: str, said: Mapping[str, str | Sequence[str]]) -> None:
        """Sends the form that is open, as far as it has these fields; closes what is said in its place."""
        if view := self._world.modal(who):
            inputs = [block for block in view.payload["blocks"] if block["block_id"] in said]
            values = {block["block_id"]: _fill(block["element"], said[block["block_id"]]) for block in inputs}
            await self._slack.submit(who, view.id, values)
            await self._settle()
            if answer := self._world.modal(who):
                await self._slack.close(who, answer.id, whole_stack=True)

    def _dm(self, who: str) -> str:
        return self._world.im_between(who, self._world.bot_user_id).id


def _fill(element: Json, said: str | Sequence[str]) -> Json:
    """What stands in an input then, by the element's action id."""
    kind = element["type"]
    key = STATE_KEYS[kind][0]
    wanted = [said] if isinstance(said, str) else said
    choices = [_find_option(element, one) if "option" in key else one for one in wanted]
    return {element["action_id"]: {key: choices if kind in SEVERAL else choices[0]}}


def _find_option(element: Json, said: str) -> Json:
    """By its value, or by how its label begins."""
    options = element.get("options", ())
    found = (one["value"] for one in options if one["text"]["text"].startswith(said))
    return {"value": next(found, said)}
