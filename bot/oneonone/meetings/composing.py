"""What the other is told around meetings, put into words at the moment it is sent."""

from __future__ import annotations

from bot.brag import service as brag
from bot.brag.model import Capture, Entry
from bot.brag.receipts import say_day
from bot.oneonone.agenda.values import pack
from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import mention
from bot.oneonone.meetings import owing
from bot.oneonone.meetings.messages import FILE
from bot.oneonone.model import Meeting, Pair
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times.service import is_linked
from bot.outbox.model import Composed, Delivery, Drop, Later, Post
from bot.outbox.sender import Sender, each
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.mrkdwn import fold


class Composing:
    """One function a kind; what no longer holds is not said."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, sender: Sender) -> None:
        sender.kinds |= {owing.MET: each(self._say_met), owing.OFFERED: each(self._say_offered)}

    async def _say_met(self, delivery: Delivery) -> Composed:
        """That they met; what was noted for both is behind a button."""
        about, person = delivery.about, PersonId(delivery.workspace, delivery.user)
        pair = Pair(delivery.workspace, about["engineer"], about["other"])
        found = await self._desk.read(_find_meeting, pair, about["meeting"])
        if found is None:
            return Drop("not linked")
        if later := await self._desk.find_later(person):
            return Later(later)
        meeting, count = found
        day = say_day(meeting.met_on, await self._desk.zones.today(person))
        said = self._desk.words.say(FILE, "told_met", person=mention(about["by"]), day=day, count=count)
        row = [
            blocks.button("What was noted", "met:open", pack(pair, meeting.id)),
            blocks.button("Add my notes", "met:new", pack(pair, "", "", "", meeting.met_on.isoformat())),
        ]
        return Post(person.user, said, [blocks.section(said), blocks.actions(row)])

    async def _say_offered(self, delivery: Delivery) -> Composed:
        """The words of the other, for the engineer to keep or not."""
        engineer = PersonId(delivery.workspace, delivery.user)
        pair = Pair(delivery.workspace, delivery.user, delivery.about["other"])
        found = await self._desk.read(_find_offer, pair, delivery.about["capture"])
        if found is None:
            await self._desk.write(_drop, engineer, delivery.about["capture"])
            return Drop("not linked, or answered")
        if later := await self._desk.find_later(engineer):
            return Later(later)
        capture, draft = found
        said = self._desk.words.say(FILE, "told_offer", person=mention(pair.other))
        row = [
            blocks.button("Keep it", "met:keep", capture.id, primary=True),
            blocks.button("No, thanks", "met:no-thanks", capture.id),
        ]
        words = [blocks.section(f">{part}") for part in fold(" ".join(draft.words.text.split()))]
        note = blocks.context(self._desk.words.say(FILE, "told_offer_how", person=mention(pair.other)))
        return Post(engineer.user, said, [blocks.section(said), *words, note, blocks.actions(row)])


def _find_meeting(store: OneOnOneStore, pair: Pair, meeting_id: str) -> tuple[Meeting, int] | None:
    """With how many items were agreed there; None where the two are not linked."""
    meeting = store.meetings.get_meeting(pair, meeting_id) if is_linked(store, pair) else None
    return (meeting, len(store.meetings.get_items(pair, [meeting.id]))) if meeting else None


def _find_offer(store: OneOnOneStore, pair: Pair, capture_id: str) -> tuple[Capture, Entry] | None:
    capture = store.brag.get_capture_of(pair.engineer_id, capture_id) if is_linked(store, pair) else None
    if capture is None or capture.state != "draft":
        return None
    entries = store.brag.get_of_capture(capture)
    return (capture, entries[0]) if entries else None


def _drop(store: OneOnOneStore, engineer: PersonId, capture_id: str) -> None:
    brag.drop_drafts(store.brag, engineer, capture_id)
