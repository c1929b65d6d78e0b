"""The words after `/brag` that ask for something; whatever else is typed there is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

from bot.brag import owing, service
from bot.brag.coverage import next_suggestion
from bot.brag.coverage_card import read_page, show_coverage
from bot.brag.desk import Desk
from bot.brag.export import read_format
from bot.brag.finding import by_project, find_project
from bot.brag.listing import (
    LONGEST_ASKED,
    PAGE,
    Look,
    read_start,
    show_hits,
    show_list,
    show_project,
    show_projects,
    show_whole,
)
from bot.brag.model import Entry
from bot.brag.naming import say_period
from bot.brag.period import find_period
from bot.brag.receipts import FILE, say
from bot.brag.sharing import Sharing
from bot.brag.store import BragStore
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.payloads import Answer

SHARED = "shared"
MOST_SEARCHED = 4  # words from which “find and fix …” may have been meant as an entry
PICTURE = ("picture", "map", "as a picture")

Read = Callable[[PersonId, str], Awaitable[Answer | None]]


class ReadingRoom:
    """Lists, search, coverage and export of one's own document."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sharing = Sharing(desk)
        self._words: dict[str, Read] = {
            "help": self._help,
            "?": self._help,
            "list": self._list,
            "search": self._search,
            "find": self._search,
            "projects": self._projects,
            "project": self._project,
            "coverage": self._coverage,
            "suggestions": self._suggestions,
            "export": self._export,
        }

    async def answer(self, person: PersonId, text: str) -> Answer | None:
        """None where the words ask for nothing that stands here, and are something to keep."""
        word, _, rest = text.partition(" ")
        read, (start, asked) = self._words.get(word.lower() or "help"), read_start(rest.strip())
        if read is None or len(asked) > LONGEST_ASKED or "\n" in rest:
            return None
        answer = await read(person, rest.strip())
        if read == self._search and answer and start == 0 and len(text.split()) > MOST_SEARCHED:
            return replace(answer, blocks=[*answer.blocks, self._offer_to_keep(text)])
        return answer

    async def show_entry(self, person: PersonId, entry_id: str) -> Answer:
        """One entry in full."""
        entry = await self._desk.get(person, entry_id)
        _, level = await self._desk.standing(person)
        return show_whole(entry, await self._look(person, [entry]), level)

    async def _help(self, _person: PersonId, rest: str) -> Answer | None:
        return None if rest else say(self._desk.words.say(FILE, "help"))

    async def _list(self, person: PersonId, rest: str) -> Answer:
        start, asked = read_start(rest)
        today = await self._desk.zones.today(person)
        is_shared = asked.lower() == SHARED
        period = find_period(asked, today) if asked and not is_shared else None
        if asked and period is None and not is_shared:
            return self._ask_what("list_what", f"list {asked}", asked)
        entries = await self._desk.read(
            BragStore.get_page, person, period, start, PAGE, only_shared=is_shared
        )
        look = await self._look(person, entries.held)
        return show_list(entries, look, SHARED if is_shared else say_period(period), asked, start)

    async def _search(self, person: PersonId, rest: str) -> Answer:
        start, asked = read_start(rest)
        if not asked:
            return say(self._desk.words.say(FILE, "search_what"))
        hits = await self._desk.search(person, asked, start)
        look = await self._look(person, [hit.entry for hit in hits])
        return show_hits(hits, look, asked, start)

    async def _projects(self, person: PersonId, rest: str) -> Answer:
        start, asked = read_start(rest)
        if asked:
            return await self._project(person, rest)
        entries = await self._desk.read(BragStore.get_kept_to_search, person)
        return show_projects(by_project(entries), await self._look(person, ()), start)

    async def _project(self, person: PersonId, rest: str) -> Answer:
        start, asked = read_start(rest)
        projects = by_project(await self._desk.read(BragStore.get_kept_to_search, person))
        named = find_project(projects, asked)
        if named is None:
            return self._ask_what("project_none", f"project {asked}", asked)
        whole = replace(named, entries=await self._desk.complete(person, named.entries, start))
        return show_project(whole, await self._look(person, whole.entries), start)

    async def _coverage(self, person: PersonId, rest: str) -> Answer:
        if rest.lower() in PICTURE:
            return await self._draw(person)
        word, _, more = rest.partition(" ")
        start, beside = read_start(more)
        if word.lower() == "share" and not beside.strip():
            return await self.sharing.show(person, start)
        page, asked = read_page(rest)
        period = find_period(asked, await self._desk.zones.today(person)) if asked else None
        if asked and period is None:
            return self._ask_what("list_what", f"coverage {asked}", asked)
        coverage = await self._desk.cover(person, period)
        if coverage is None:
            return say(self._desk.words.say(FILE, "coverage_no_target"))
        return show_coverage(coverage, self._desk.words, page=page, asked=asked)

    async def _draw(self, person: PersonId) -> Answer:
        """Drawn when it is sent, which takes longer than Slack waits for an answer."""
        coverage = await self._desk.cover(person)
        if coverage is None or not coverage.expectations:
            return await self._coverage(person, "")
        now = self._desk.clock()
        self._desk.sender.send_soon(await self._desk.write(service.owe, [owing.picture(person, now)], now))
        return say(self._desk.words.say(FILE, "coverage_picture_coming"))

    async def _suggestions(self, person: PersonId, rest: str) -> Answer | None:
        """One entry after the other that waits for a yes; the button to the next one tells the last."""
        if " " in rest:
            return None
        ladder, _ = await self._desk.standing(person)
        record = await self._desk.read(BragStore.get_record, person)
        found = next_suggestion(record, ladder, rest) if ladder else None
        if found is None:
            return say(self._desk.words.say(FILE, "suggestions_none"))
        shown = await self._desk.show(await self._desk.get(person, found))
        more = blocks.button("Next one", "brag:run:next", f"suggestions {found}")
        return replace(shown, blocks=[*shown.blocks, blocks.actions([more])])

    async def _export(self, person: PersonId, rest: str) -> Answer:
        """Put together when it is sent: a long document takes longer than Slack waits."""
        wanted, asked = read_format(rest)
        period = find_period(asked, await self._desk.zones.today(person)) if asked else None
        if asked and period is None:
            return self._ask_what("export_what", f"export {rest}", asked)
        named = say_period(period)
        if not await self._desk.read(BragStore.count, person, period):
            return say(self._desk.words.say(FILE, "export_empty", period=named))
        now = self._desk.clock()
        owed = [owing.export(person, period, wanted, now)]
        self._desk.sender.send_soon(await self._desk.write(service.owe, owed, now))
        return say(self._desk.words.say(FILE, "export_coming", what=f"{named}, {wanted}"))

    async def _look(self, person: PersonId, entries: Iterable[Entry]) -> Look:
        """What is needed to show these."""
        ladder, _ = await self._desk.standing(person)
        today = await self._desk.zones.today(person)
        return Look(ladder, self._desk.words, today, await self._desk.find_seers(entries))

    def _ask_what(self, message: str, typed: str, asked: str) -> Answer:
        """It was no period; perhaps it was something to keep."""
        said = self._desk.words.say(FILE, message, asked=asked)
        return Answer(said, [blocks.section(said), self._offer_to_keep(typed)])

    def _offer_to_keep(self, typed: str) -> Block:
        return blocks.actions([blocks.button("Keep it as an entry", "brag:keep", typed)])
