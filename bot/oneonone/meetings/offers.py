"""A win or a word of feedback that a manager offers: a draft, the engineer's only when they say yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.brag import service as brag
from bot.brag.model import Entry
from bot.brag.service import Keeping, Suggest
from bot.ids import new_id
from bot.oneonone.agenda.room import Room
from bot.oneonone.agenda.service import find_pairs
from bot.oneonone.agenda.values import pack, unpack
from bot.oneonone.desk import Desk
from bot.oneonone.linking.whom import MENTION, mention
from bot.oneonone.meetings import forms, service
from bot.oneonone.meetings.messages import FILE
from bot.oneonone.model import Pair
from bot.oneonone.store import OneOnOneStore
from bot.oneonone.times.service import is_linked
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.payloads import Answer, Click, Form, FormAnswer

CHANNEL = "offer"
"""Of captures that are no messages."""


class Offers:
    """Whoever offers gets the same answer whatever becomes of it."""

    def __init__(self, desk: Desk, room: Room) -> None:
        self._desk = desk
        self._room = room

    async def take_words(self, person: PersonId, text: str) -> Answer:
        """`/agenda offer @ana …`."""
        found = MENTION.search(text)
        if found is None:
            return self._say("offer_whom")
        said = MENTION.sub(" ", text, count=1).strip()
        pair, reverse = find_pairs(person, found[1])
        if await self._desk.read(is_linked, reverse) and not await self._desk.read(is_linked, pair):
            return self._say("offer_other_way", person=mention(found[1]))
        if not await self._desk.read(is_linked, pair):
            return await self._room.refuse(person, [pair])
        if not said:
            asked = self._desk.words.say(FILE, "offer_write", person=mention(found[1]))
            row = [blocks.button("Write it", "met:offer", pack(pair), primary=True)]
            return Answer(asked, [blocks.section(asked), blocks.actions(row)])
        return await self._offer(person, pair, said, new_id())

    async def open_form(self, person: PersonId, click: Click) -> Sequence[Answer]:
        pair, _ = unpack(click.workspace, click.value)
        if person != pair.other_id or not await self._desk.read(is_linked, pair):
            return [await self._room.refuse(person, [pair])]
        name = await self._desk.find_name(pair.engineer) or "They"
        form = forms.offer_form(name, pack(pair), self._desk.words)
        await self._desk.gateway.open_view(click.trigger, form)
        return []

    async def take_form(self, form: Form) -> FormAnswer:
        person, text = PersonId(form.workspace, form.user), form.fields.get("text", "").strip()
        if not text:
            return FormAnswer(errors={"text": "A line is plenty."})
        pair, _ = unpack(form.workspace, form.data)
        answer = await self._offer(person, pair, text, form.view_id)
        return FormAnswer(view=blocks.modal("A word of feedback", answer.blocks))

    async def keep(self, person: PersonId, click: Click) -> Sequence[Answer]:
        """Theirs from now on, with suggestions of what it may be evidence for."""
        keeping = await self._desk.brag.start_keeping(person)
        kept = await self._desk.write(_keep, person, click.value, keeping.suggest)
        if not kept:
            return [replace(self._say("offer_gone"), replace=True)]
        shown = await self._desk.brag.show(kept[0], self._desk.words.say(FILE, "offer_kept"))
        return [replace(shown, replace=True)]

    async def decline(self, person: PersonId, click: Click) -> Sequence[Answer]:
        dropped = await self._desk.write(_drop, person, click.value)
        return [replace(self._say("offer_dropped" if dropped else "offer_gone"), replace=True)]

    async def _offer(self, person: PersonId, pair: Pair, text: str, ts: str) -> Answer:
        """Nothing of the engineer's is read for it: what suits it is looked for once they keep it."""
        now, engineer = self._desk.clock(), pair.engineer_id
        capture = brag.new_capture(engineer, CHANNEL, ts, "draft")
        keeping = Keeping(engineer, await self._desk.zones.today(person), now, lambda _: ())
        [entry] = brag.draft_entries(capture, [text], keeping)
        words = replace(entry.words, people=tuple(dict.fromkeys((pair.other, *entry.words.people))))
        draft = replace(entry, words=words, state="draft")
        ids = await self._desk.write(service.offer, person, pair, capture, draft, now)
        if ids is None:
            return await self._room.refuse(person, [pair])
        self._desk.sender.send_soon(ids)
        return self._say("offered", person=mention(pair.engineer))

    def _say(self, message: str, **values: str) -> Answer:
        said = self._desk.words.say(FILE, message, pick="", **values)
        return Answer(said, [blocks.section(said)])


def _keep(store: OneOnOneStore, person: PersonId, capture_id: str, suggest: Suggest) -> list[Entry]:
    kept = brag.keep_drafts(store.brag, person, capture_id)
    read = [replace(one, evidence=tuple(suggest(one.words.text[: brag.READ]))) for one in kept]
    store.brag.put(read)
    return read


def _drop(store: OneOnOneStore, person: PersonId, capture_id: str) -> bool:
    """False where it was kept before."""
    capture = store.brag.get_capture_of(person, capture_id)
    brag.drop_drafts(store.brag, person, capture_id)
    return capture is None or capture.state in ("draft", "undone")
