"""Sharing everything there is for an expectation, with a look at what that is; and taking it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.brag import model
from bot.brag.coverage import Covered, speaking_for
from bot.brag.desk import Desk
from bot.brag.listing import PAGE
from bot.brag.model import Entry, Visibility
from bot.brag.receipts import FILE, quote, say
from bot.brag.shared import SharedEntries
from bot.brag.store import BragStore
from bot.brag.visibility import say_names
from bot.people.model import PersonId
from bot.people.relations import Relation
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten
from bot.slack.payloads import Answer

QUOTED = 5  # entries that the question repeats


@dataclass(frozen=True, slots=True)
class Speaking:
    """An expectation of the level aimed for with the entries that speak for it."""

    covered: Covered
    entries: Sequence[str]
    """Their ids."""
    shared: frozenset[str]

    @property
    def id(self) -> str:
        return self.covered.statement.id

    @property
    def private(self) -> list[str]:
        """Ids of those that nobody else sees."""
        return [name for name in self.entries if name not in self.shared]


class Sharing:
    """By expectation; each click is checked against what there is then."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, person: PersonId, start: int = 0, note: str = "") -> Answer:
        """Expectations with evidence, each with a way to share all of it, and to take it back."""
        found = await self._find(person)
        if not found:
            return say(self._desk.words.say(FILE, "share_none"))
        title = self._desk.words.say(FILE, "share_title")
        head = [blocks.section(text) for text in (note, title) if text]
        page = found[start : start + PAGE]
        rows = [block for n, one in enumerate(page, start) for block in self._row(one, n)]
        more = [blocks.button("More", "brag:run:more", f"coverage share +{start + PAGE}")]
        turn = [blocks.actions(more)] if found[start + PAGE :] else []
        return Answer(note or title, [*head, *rows, *turn])

    async def ask(self, person: PersonId, expectation: str) -> Answer:
        """Who would see what; nothing is shared before the yes."""
        one = await self._find_one(person, expectation)
        if one is None or not one.private:
            return await self.show(person)
        seers = await self._desk.find_all_seers(person)
        entries = await self._desk.read(BragStore.get, person, one.private)
        return self._show_question(one, entries, seers)

    async def share(self, person: PersonId, value: str) -> Answer:
        """A yes to so many; where there are others by now, it is asked anew."""
        expectation, _, count = value.partition("|")
        one = await self._find_one(person, expectation)
        if one is None or str(len(one.private)) != count:
            return await self.ask(person, expectation)
        seers = await self._desk.find_all_seers(person)
        await self._change(person, one, "shared")
        return await self.show(person, note=self._say_shared(len(one.private), seers))

    async def take_back(self, person: PersonId, expectation: str) -> Answer:
        """At once: nobody has to think twice before keeping something private."""
        one = await self._find_one(person, expectation)
        if one is None:
            return await self.show(person)
        count = await self._change(person, one, "private")
        return await self.show(person, note=self._desk.words.say(FILE, "share_taken_back", count=count))

    async def _change(self, person: PersonId, one: Speaking, to: Visibility) -> int:
        return await self._desk.write(share_all, person, one.entries, to, self._desk.clock())

    async def _find(self, person: PersonId) -> list[Speaking]:
        coverage = await self._desk.cover(person)
        if coverage is None:
            return []
        record = await self._desk.read(BragStore.get_record, person)
        shared = await self._desk.database.read(
            partial(SharedEntries, self._desk.vault), SharedEntries.get_ids, person
        )
        return [
            Speaking(one, speaking_for(coverage.ladder, coverage.level, record, one.statement.id), shared)
            for one in coverage.expectations
            if one.tally.entries
        ]

    async def _find_one(self, person: PersonId, expectation: str) -> Speaking | None:
        return next((one for one in await self._find(person) if one.id == expectation), None)

    def _row(self, one: Speaking, place: int) -> list[Block]:
        """An expectation, and what can be done with what there is for it."""
        count, private = len(one.entries), len(one.private)
        name, text = escape(one.covered.competency.name), escape(shorten(one.covered.statement.text, 200))
        said = self._desk.words.say(FILE, "share_count", count=count, shared=count - private)
        what = f"all {count}" if count > 1 else "it"
        share = blocks.button(f"Share {what} for this", f"brag:share-ask:{place}", one.id)
        back = blocks.button("Make private", f"brag:share-back:{place}", one.id)
        line = f"*{name}:* {text}\n_{said}_"
        if not private:
            return [blocks.section(line, back)]
        if private == count:
            return [blocks.section(line, share)]
        return [blocks.section(line), blocks.actions([share, back])]

    def _show_question(self, one: Speaking, entries: Sequence[Entry], seers: Sequence[Relation]) -> Answer:
        words, count = self._desk.words, len(entries)
        text = shorten(one.covered.statement.text, 200)
        said = words.say(FILE, "share_ask", count=count, names=say_names(seers), expectation=text)
        lines = "\n".join(f">{quote(entry, 160)}" for entry in entries[:QUOTED])
        rest = [blocks.context(f"And {count - QUOTED} more.")] if count > QUOTED else []
        row = [
            blocks.button(f"Share {count}", "brag:share-all", f"{one.id}|{count}", primary=True),
            blocks.button("Leave it", "brag:run:share", "coverage share"),
        ]
        return Answer(said, [blocks.section(said), blocks.section(lines), *rest, blocks.actions(row)])

    def _say_shared(self, count: int, seers: Sequence[Relation]) -> Mrkdwn:
        return self._desk.words.say(FILE, "share_done", count=count, names=say_names(seers))


def share_all(
    brag: BragStore, person: PersonId, ids: Collection[str], visibility: Visibility, now: datetime
) -> int:
    """Share these of one's own, or take them back; how many that changed."""
    found = [entry for entry in brag.get(person, ids) if entry.visibility != visibility]
    brag.put([model.share(entry, visibility, now) for entry in found])
    return len(found)
