"""Two people who are linked, and what each of them shares, put there by the stores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from bot.brag import model, service
from bot.brag.model import Entry, Evidence
from bot.brag.service import Keeping
from bot.ids import new_id
from bot.oneonone.model import ActionItem, Meeting, Note, Pair, Series, TalkingPoint
from bot.oneonone.store import OneOnOneStore
from bot.people.model import Standing
from bot.people.relations import Relation, RelationState, Role
from bot.rhythm.model import Rhythm
from bot.storage.vault import Vault, read_keys
from tests.support.workspace import ANA, BEN, KEY, Workspace

WEEK = timedelta(weeks=1)


@dataclass
class Linked:
    """Ana and Ben, who may see what she shares."""

    workspace: Workspace

    @property
    def now(self) -> datetime:
        return self.workspace.clock()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def pair(self) -> Pair:
        return Pair(self.workspace.world.team_id, ANA.id, BEN.id)

    async def write(self, change: Callable[[OneOnOneStore], Any]) -> Any:
        store = partial(OneOnOneStore, Vault(read_keys(KEY)))
        return await self.workspace.rung.database.write(store, change)

    async def link(
        self, role: Role = "manager", state: RelationState = "active", shows_target: bool = True
    ) -> None:
        relation = Relation(
            self.pair.engineer_id, BEN.id, role, state, ANA.id, self.now, self.now, shows_target
        )
        await self.write(lambda store: store.relations.put(relation))

    async def stand(self, current: str | None = "ic5", target: str | None = "ic6") -> None:
        standing = Standing("artsy", current, target)
        await self.write(lambda store: store.people.set_levels(self.pair.engineer_id, standing, self.now))

    async def meet_on(self, weekday: int = 1, every: int = 1, minutes: int = 30) -> None:
        """The next meeting is on that weekday, at 10:00 UTC."""
        days = (weekday - self.today.weekday()) % 7 or 7
        at = datetime.combine(self.today + timedelta(days=days), time(10), self.now.tzinfo)
        series = Series(self.pair, Rhythm(weekday, time(10), every), "UTC", at, BEN.id, minutes)
        await self.write(lambda store: store.times.put(series, self.now))

    async def write_entry(self, text: str, *, shared: bool = True, **about: Any) -> Entry:
        """`about` are fields of the entry; `speaks_for` what is confirmed: (competency, expectation)."""
        speaks_for: tuple[tuple[str, str], ...] = about.pop("speaks_for", ())
        level = about.pop("level", "ic6")
        person = self.pair.engineer_id
        capture = service.new_capture(person, service.COMMAND, new_id())
        keeping = Keeping(person, self.today, self.now, lambda _: ())
        [entry] = service.draft_entries(capture, [text], keeping)
        for competency, expectation in speaks_for:
            entry = model.confirm(entry, Evidence("artsy", level, competency, expectation))
        if shared:
            entry = model.share(entry, "shared", self.now)
        entry = replace(entry, **about)
        await self.write(lambda store: service.keep(store.brag, capture, [entry], [], self.now))
        return entry

    async def bring(self, text: str, author: str = ANA.id, *, shared: bool = True) -> TalkingPoint:
        point = TalkingPoint(new_id(), self.pair, author, text, self.now, self.now if shared else None)
        await self.write(lambda store: store.points.put(point))
        return point

    async def agree(self, text: str, doer: str = BEN.id, **about: Any) -> ActionItem:
        item = ActionItem(new_id(), self.pair, BEN.id, doer, text, self.now, **about)
        await self.write(lambda store: store.meetings.add_items([item]))
        return item

    async def met(self, days_ago: int = 7) -> Meeting:
        then = self.now - timedelta(days=days_ago)
        meeting = Meeting(new_id(), self.pair, then.date(), then)
        return await self.write(lambda store: store.meetings.meet(meeting))  # type: ignore[no-any-return]

    async def note(self, meeting: Meeting, author: str, text: str, *, shared: bool = False) -> Note:
        shared_at = self.now if shared else None
        note = Note(new_id(), self.pair, meeting.id, author, text, self.now, shared_at)
        await self.write(lambda store: store.meetings.add_notes([note]))
        return note
