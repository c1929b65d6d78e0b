"""What every way in and every answer of the brag document needs: whose it is, their ladder, their day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial

from sqlalchemy import Connection

from bot.brag import model, owing
from bot.brag.advising import Advisor
from bot.brag.coverage import Coverage, cover
from bot.brag.exporting.packet import Packet
from bot.brag.filling import Filled, Shown, fill_in, leave_untouched
from bot.brag.finding import Hit, Search
from bot.brag.listing import PAGE
from bot.brag.model import Entry
from bot.brag.period import Period
from bot.brag.reading import find_people
from bot.brag.receipts import FILE, show_entry, show_receipt
from bot.brag.service import Keeping
from bot.brag.store import BragStore
from bot.errors import BotError, SlackRefused
from bot.ground import Ground
from bot.ladder.model import Ladder, Level
from bot.ladder.service import Reader
from bot.outbox.model import Delivery
from bot.people.model import PersonId
from bot.people.relation_store import RelationStore
from bot.people.relations import Relation
from bot.people.store import PeopleStore
from bot.slack import blocks
from bot.slack.payloads import Answer
from bot.storage.doors import Doors

MOST_ASKED = 3
"""Entries whose ending is asked for at a time."""


@dataclass(frozen=True)
class Desk(Ground, Doors[BragStore]):
    """Everything the brag document works with."""

    @cached_property
    def advisor(self) -> Advisor:
        return Advisor(self.database, self.store)

    @property
    def store(self) -> Callable[[Connection], BragStore]:
        return partial(BragStore, self.vault)

    async def start_keeping(self, person: PersonId) -> Keeping:
        """What is known before something of this person is kept."""
        profile, reader = await self.meet(person)
        suggest = await self.advisor.suggest_for(reader, profile.changes)
        return Keeping(
            person,
            self.zones.day_in(profile),
            self.clock(),
            suggest,
            "shared" if profile.shares_new else "private",
            *_aim_of(reader),
            await self.find_all_seers(person) if profile.shares_new else (),
        )

    async def get(self, person: PersonId, entry_id: str) -> Entry:
        """One entry of this person. Raises BotError where there is none."""
        found = await self.read(BragStore.get, person, [entry_id])
        if not found:
            raise BotError(self.words.say(FILE, "gone"))
        return found[0]

    async def knows(self, person: PersonId) -> bool:
        """Did this person ever use Rung?"""
        look_up = self.database.look_up
        return (
            await look_up(PeopleStore, PeopleStore.get_profile, person) is not None
            or await look_up(PeopleStore, PeopleStore.get_standing, person) is not None
        )

    async def filling(
        self, person: PersonId, filled: Filled, now: datetime, shown: Shown | None = None
    ) -> Callable[[Entry], Entry]:
        """How an entry becomes what its form says; `shown` is what the form of one to change showed."""
        ladder, level = await self.standing(person)

        def fill(entry: Entry) -> Entry:
            said = leave_untouched(filled, shown, entry, ladder) if shown else filled
            return fill_in(entry, said, ladder, level, now)

        return fill

    async def show(self, entry: Entry, note: str = "") -> Answer:
        """One entry as it stands now."""
        ladder, target = await self.standing(entry.person)
        today = await self.zones.today(entry.person)
        seers = await self.find_seers([entry])
        return show_entry(entry, ladder, target, self.words, today, seers, note)

    async def show_same(self, entry: Entry) -> Answer:
        """The same words were kept a moment ago; once more only where that is meant."""
        shown = await self.show(entry, self.words.say(FILE, "same_again"))
        again = blocks.actions([blocks.button("Keep it again", "brag:again", entry.id)])
        return replace(shown, blocks=[*shown.blocks, again])

    async def show_all(self, person: PersonId, entries: list[Entry]) -> Answer:
        """The receipt of entries that came together."""
        ladder, target = await self.standing(person)
        today, seers = await self.zones.today(person), await self.find_seers(entries)
        return show_receipt(entries, ladder, target, self.words, today, seers)

    def show_kept(self, entries: list[Entry], keeping: Keeping) -> Answer:
        """The receipt of what was just kept."""
        ladder, level = keeping.ladder, keeping.level
        return show_receipt(entries, ladder, level, self.words, keeping.today, keeping.seers)

    async def find_seers(self, entries: Iterable[Entry]) -> Sequence[Relation]:
        """Who sees what the owner of these shares; asked only where one of them is shared."""
        shared = next((entry for entry in entries if entry.visibility == "shared"), None)
        return await self.find_all_seers(shared.person) if shared else ()

    async def find_all_seers(self, person: PersonId) -> Sequence[Relation]:
        """Who sees what this person shares."""
        return await self.database.look_up(RelationStore, RelationStore.get_of, person)

    async def show_capture(self, person: PersonId, capture_id: str) -> Answer:
        """The receipt of everything that is left of a capture."""
        return await self.show_all(person, await self.read(_get_of, person, capture_id))

    async def search(self, person: PersonId, asked: str, start: int = 0) -> list[Hit]:
        """What was found, best first; those of the page from `start` with their evidence."""
        hits = await self.read(_search, person, Search(asked))
        entries = await self.complete(person, [hit.entry for hit in hits], start)
        return [
            hit if hit.entry is entry else replace(hit, entry=entry)
            for hit, entry in zip(hits, entries, strict=True)
        ]

    async def complete(self, person: PersonId, entries: Sequence[Entry], start: int) -> tuple[Entry, ...]:
        """Those of the page from `start`, or of the last page, with their evidence."""
        shown = entries[start : start + PAGE] or entries[-PAGE:]
        found = await self.read(BragStore.get, person, [entry.id for entry in shown])
        whole = {entry.id: entry for entry in found}
        return tuple(whole.get(entry.id, entry) for entry in entries)

    async def leave_out_known(self, drafts: Sequence[Entry]) -> tuple[list[Entry], int]:
        """Without those that their owner keeps already, word for word and of the same day; how many are."""
        if not drafts:
            return [], 0
        kept = await self.read(BragStore.get_kept_to_search, drafts[0].person)
        known = {(entry.words.text, entry.happened_on) for entry in kept}
        fresh = [draft for draft in drafts if (draft.words.text, draft.happened_on) not in known]
        return fresh, len(drafts) - len(fresh)

    async def find_open(self, asked: Delivery) -> list[Entry]:
        """The entries a question speaks of that have no ending yet, those that reached furthest first."""
        person = PersonId(asked.workspace, asked.user)
        if ids := asked.about.get("entries"):
            found = [entry for entry in await self.read(BragStore.get, person, ids) if entry.result == "open"]
        else:
            found = await self.read(BragStore.get_open, person, *owing.week_of_results(asked.due_at))
        return sorted(found, key=model.width, reverse=True)

    async def find_asked(self, asked: Delivery) -> list[Entry]:
        """Those of them that its message shows."""
        return (await self.find_open(asked))[:MOST_ASKED]

    async def cover(self, person: PersonId, period: Period | None = None) -> Coverage | None:
        """What the level aimed for expects, and what there is for it; None while no level is set."""
        ladder, level = await self.standing(person)
        if ladder is None or level is None:
            return None
        record = await self.read(BragStore.get_record, person, period)
        plans = await self.read(BragStore.get_plans, person, ladder.id)
        today = await self.zones.today(person)
        return await asyncio.to_thread(cover, ladder, level, record, plans, today, period)

    async def pack(self, person: PersonId, period: Period | None) -> Packet:
        """Everything for the document of a period, with the names of the people in it."""
        reader = await self.find_reader(person)
        ladder = reader.ladder if reader else None
        entries = await self.read(BragStore.get_kept, person, period)
        plans = await self.read(BragStore.get_all_plans, person)
        mentioned = {other for entry in entries for other in _people_in(entry)}
        names = {user: await self._name(user) for user in sorted({person.user, *mentioned})}
        return Packet(
            person,
            names[person.user],
            entries,
            period,
            await self.zones.today(person),
            ladder,
            reader.current if reader else None,
            (reader.target or reader.current) if reader else None,
            plans,
            names,
        )

    async def _name(self, user: str) -> str:
        """As Slack has it; the id where Slack does not say."""
        try:
            found = await self.gateway.get_user(user)
        except SlackRefused:
            return user
        return str(found.get("real_name") or found.get("name") or user)

    async def standing(self, person: PersonId) -> tuple[Ladder | None, Level | None]:
        """Their ladder and the level evidence is for: the one they aim for, else the one they are at."""
        return _aim_of(await self.find_reader(person))


def _aim_of(reader: Reader | None) -> tuple[Ladder | None, Level | None]:
    return (reader.ladder, reader.target or reader.current) if reader else (None, None)


def _people_in(entry: Entry) -> tuple[str, ...]:
    return (*entry.words.people, *find_people(f"{entry.words.text} {entry.words.result}"))


def _search(brag: BragStore, person: PersonId, search: Search) -> list[Hit]:
    entries = brag.get_kept_to_search(person, search.may_find)
    return search.find(brag.get_kept_to_search(person) if search.is_at_a_loss(entries) else entries)


def _get_of(brag: BragStore, person: PersonId, capture_id: str) -> list[Entry]:
    capture = brag.get_capture_of(person, capture_id)
    return brag.get_of_capture(capture) if capture else []
