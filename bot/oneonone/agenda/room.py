"""Where an agenda is opened: for the two it concerns, and for nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from bot.ladder.model import Ladder
from bot.ladder.service import NoLadderChosen
from bot.oneonone.agenda.build import build_agenda, list_everything
from bot.oneonone.agenda.card import show_card, show_everything, show_list
from bot.oneonone.agenda.case import Case, build_case
from bot.oneonone.agenda.case_card import CaseCard
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.model import Agenda, Standpoint
from bot.oneonone.agenda.service import Choose, Opened, open_with
from bot.oneonone.agenda.telling import Telling
from bot.oneonone.desk import Desk
from bot.oneonone.linking.messages import FILE as LINKING
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import AskedOf, Occasion, Pair
from bot.oneonone.shared import Shared
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.mrkdwn import fold
from bot.slack.payloads import Answer

AGENDA, CASE = "agenda", "case"
"""What the log calls a look."""
MOST_SECTIONS = 50  # of a message, says Slack: longer than anyone writes a topic


class Room:
    """Opens what two people share; every look of the other is kept before it is shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(
        self, viewer: PersonId, pairs: Sequence[Pair], occasion: Occasion | None = None, note: str = ""
    ) -> Answer:
        """The agenda of the first of these pairs that is linked; else a refusal that tells nothing."""
        opened = await self.open(viewer, pairs, AGENDA)
        if opened is None:
            return await self.refuse(viewer, pairs)
        telling = await self.tell(opened.shared, occasion)
        shown = show_card(telling, viewer.user, opened.private)
        return Answer(note or shown.text, [*([blocks.section(note)] if note else []), *shown.blocks])

    async def show_as_other(self, person: PersonId, pair: Pair) -> Answer:
        """What the other sees of this engineer's, in the same blocks; nothing of it counts as a look."""
        opened = await self.open(person, [pair], AGENDA) if person == pair.engineer_id else None
        if opened is None:
            return await self.refuse(person, [pair])
        said = self._desk.words.say(FILE, "as_other", person=mention(pair.other))
        shown = show_list(await self.tell(opened.shared))
        return Answer(said, [blocks.section(said), blocks.divider(), *shown])

    async def show_everything(self, viewer: PersonId, pair: Pair) -> Answer:
        """Also what the list had no room for."""
        opened = await self.open(viewer, [pair], AGENDA)
        if opened is None:
            return await self.refuse(viewer, [pair])
        telling = await self.tell(opened.shared)
        everything = list_everything(opened.shared, telling.agenda.standpoint, telling.today)
        return show_everything(telling, everything)

    async def show_point(self, viewer: PersonId, pair: Pair, point_id: str) -> Answer:
        """Someone's topic, all of it."""
        opened = await self.open(viewer, [pair], AGENDA)
        if opened is None:
            return await self.refuse(viewer, [pair])
        texts = [one.text for one in opened.shared.points if one.id == point_id]
        return self._show_text(texts)

    async def show_entry(self, viewer: PersonId, pair: Pair, entry_id: str) -> Answer:
        """A shared entry, all of it."""
        opened = await self.open(viewer, [pair], AGENDA, lambda _: [entry_id])
        if opened is None:
            return await self.refuse(viewer, [pair])
        texts = [
            "\n\n".join(filter(None, (one.words.text, one.words.result, "\n".join(one.words.links))))
            for one in opened.entries
        ]
        return self._show_text(texts)

    async def show_case(self, viewer: PersonId, pairs: Sequence[Pair], page: int = 0) -> Answer:
        """The promotion case, the same for both."""
        today = self._desk.clock().date()

        built: list[Case | None] = []

        def choose(shared: Shared) -> Sequence[str]:
            built.append(build_case(shared, self.stand(shared), today))
            return sorted(built[-1].named_on(page)) if built[-1] else ()

        opened = await self.open(viewer, pairs, CASE, choose)
        if opened is None:
            return await self.refuse(viewer, pairs)
        shared, case = opened.shared, built[-1]
        if case is None:
            said = self._desk.words.say(FILE, "case_no_level", person=mention(shared.pair.engineer))
            return Answer(said, [blocks.section(said)])
        entries = {one.id: one for one in opened.entries}
        meanings = await self._find_meanings(shared.pair, case.coverage.ladder)
        card = CaseCard(case, shared.pair, entries, meanings, self._desk.words, today)
        return card.show(page)

    async def open(
        self, viewer: PersonId, pairs: Sequence[Pair], what: str, choose: Choose | None = None
    ) -> Opened | None:
        return await self._desk.write(open_with, viewer, pairs, what, self._desk.clock(), choose)

    async def tell(self, shared: Shared, occasion: Occasion | None = None) -> Telling:
        """From shared facts, content and the day where the engineer is; nothing else."""
        standpoint = self.stand(shared)
        today = await self._desk.zones.today(shared.relation.engineer)
        meanings = await self._find_meanings(shared.pair, standpoint.ladder)
        build = asyncio.to_thread(self._build, shared, standpoint, today, occasion, meanings)
        agenda, name = await asyncio.gather(build, self._desk.find_name(shared.pair.engineer))
        return Telling(agenda, self._desk.words, name or mention(shared.pair.engineer), today)

    async def _find_meanings(self, pair: Pair, ladder: Ladder | None) -> Mapping[str, str]:
        return await self._desk.agreed(pair.engineer_id, pair.other, ladder.id) if ladder else {}

    def find_growth(self, shared: Shared, day: date) -> AskedOf | None:
        """The question of that day's agenda, to be remembered; None where one is remembered already."""
        agenda = self._build(shared, self.stand(shared), day, None, {})
        return None if any(one.asked_on == day for one in shared.asked) else asked_of(agenda, day)

    def stand(self, shared: Shared) -> Standpoint:
        """On the ladder that the shared standing names, else on the usual one."""
        try:
            reader = self._desk.ladders.meet(shared.relation.engineer, shared.standing)
        except NoLadderChosen:
            return Standpoint()
        return Standpoint(reader.ladder, reader.current, reader.target)

    async def refuse(self, viewer: PersonId, pairs: Sequence[Pair]) -> Answer:
        """The same for everyone and whatever the reason; with a way on."""
        user = pairs[0].counterpart(viewer.user)
        said = self._desk.words.say(LINKING, "not_linked", person=mention(user))
        name = await self._desk.find_name(user) or "them"
        row = [
            blocks.button(f"Ask {name}", "agenda:ask", user),
            blocks.button("Suggestions from the ladder", "agenda:levels", ""),
        ]
        return Answer(said, [blocks.section(said), blocks.actions(row)])

    def _build(
        self,
        shared: Shared,
        standpoint: Standpoint,
        today: date,
        occasion: Occasion | None,
        meanings: Mapping[str, str],
    ) -> Agenda:
        questions = self._desk.questions()
        return build_agenda(shared, standpoint, questions, today, occasion=occasion, meanings=meanings)

    def _show_text(self, texts: Sequence[str]) -> Answer:
        """All of what someone wrote; Slack folds what is long."""
        if not texts:
            said = self._desk.words.say(FILE, "gone")
            return Answer(said, [blocks.section(said)])
        shown = [blocks.section(part) for part in fold(texts[0])[:MOST_SECTIONS]]
        return Answer(self._desk.words.say(FILE, "whole"), shown)


def asked_of(agenda: Agenda, day: date) -> AskedOf | None:
    """What is remembered of an agenda: the question, and the expectation it was about."""
    line, ladder = agenda.asked, agenda.standpoint.ladder
    if line is None or line.question is None:
        return None
    about = (ladder.id, line.statement.id) if ladder and line.statement else ("", "")
    return AskedOf("manager", day, line.question.id, *about)


def read_occasion(text: str) -> Occasion | None:
    return next((one for one in get_args(Occasion) if one == text), None)
