"""How meetings look when one looks back: newest first, what was said, what was agreed, what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.brag.receipts import say_day
from bot.oneonone.agenda.telling import on_one_line
from bot.oneonone.agenda.values import pack
from bot.oneonone.linking.whom import mention
from bot.oneonone.meetings.messages import FILE
from bot.oneonone.meetings.service import PAGE, Page
from bot.oneonone.model import ActionItem, Meeting, Note
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, fold
from bot.slack.payloads import Answer
from bot.wording import Wording

QUOTE = 360  # characters of a note that a page shows
ITEM = 200
MOST_ITEMS = 8
MOST_NOTES = 4
MOST_BLOCKS = 48
STATES = {"open": "item_open", "done": "item_done", "dropped": "item_dropped"}


@dataclass(frozen=True, slots=True)
class History:
    """In words, for one of the two; `today` is theirs."""

    page: Page
    words: Wording
    today: date

    def show(self) -> Answer:
        pair = self.page.pair
        title = self._say("history_title", engineer=mention(pair.engineer), other=mention(pair.other))
        if not self.page.meetings:
            said = self._say("history_none")
            return Answer(said, [blocks.section(title), blocks.section(said)])
        shown: list[Block] = [blocks.section(title)]
        for meeting in self.page.meetings:
            shown += self._meeting(meeting)
        return Answer(title, [*shown, *self._turn()])

    def show_whole(self) -> Answer:
        """One meeting, with all that was written."""
        if not self.page.meetings:
            said = self._say("meeting_gone")
            return Answer(said, [blocks.section(said)])
        [meeting] = self.page.meetings
        title = f"*{self._say_met(meeting)}*"
        shown: list[Block] = [blocks.section(title)]
        for note in self.page.notes_of(meeting):
            shown.append(blocks.context(self._say_whose(note)))
            shown += [blocks.section(part) for part in fold(note.text)]
        lines = [self._say_item(one) for one in self.page.items_of(meeting)]
        if lines:
            shown += [blocks.section(f"*{self._say('agreed')}*"), *blocks.sections("\n".join(lines))]
        if len(shown) == 1:
            shown.append(blocks.section(self._say("nothing_noted")))
        about = pack(self.page.pair, "", "", "", meeting.met_on.isoformat())
        add = blocks.button("Add notes", "met:new", about)
        return Answer(title, [*shown[:MOST_BLOCKS], blocks.actions([add])])

    def _meeting(self, meeting: Meeting) -> list[Block]:
        whole = blocks.button("All of it", "met:open", pack(self.page.pair, meeting.id))
        shown = [blocks.divider(), blocks.section(f"*{self._say_met(meeting)}*", whole)]
        lines = list(self._say_notes(meeting))
        items = self.page.items_of(meeting)
        lines += [self._say_item(one) for one in items[:MOST_ITEMS]]
        if len(items) > MOST_ITEMS:
            lines.append(self._say("items_more", count=len(items) - MOST_ITEMS))
        return [*shown, *blocks.sections("\n".join(lines) or self._say("nothing_noted"))]

    def _say_notes(self, meeting: Meeting) -> Iterator[str]:
        found = self.page.notes_of(meeting)
        for note in found[:MOST_NOTES]:
            yield f"{self._say_whose(note)}\n>{on_one_line(note.text, QUOTE)}"
        if len(found) > MOST_NOTES:
            yield self._say("notes_more", count=len(found) - MOST_NOTES)

    def _say_whose(self, note: Note) -> Mrkdwn:
        if note.shared_at is None:
            return self._say("note_private")
        return self._say("note_shared", author=mention(note.author))

    def _say_item(self, item: ActionItem) -> Mrkdwn:
        """What was agreed and what became of it."""
        day = item.closed_at.date() if item.closed_at else item.due_on
        return self._say(
            STATES[item.state],
            doer=mention(item.doer),
            text=on_one_line(item.text, ITEM),
            day=say_day(day, self.today) if day else "",
        )

    def _say_met(self, meeting: Meeting) -> str:
        day = say_day(meeting.met_on, self.today)
        return day[:1].upper() + day[1:]

    def _turn(self) -> list[Block]:
        start = self.page.start
        ways = [("Newer", start - PAGE)] if start else []
        ways += [("Older", start + PAGE)] if self.page.more else []
        row = [
            blocks.button(label, f"met:history:{n}", pack(self.page.pair, str(max(0, place))))
            for n, (label, place) in enumerate(ways)
        ]
        return [blocks.divider(), blocks.actions(row)] if row else []

    def _say(self, message: str, **values: str | int) -> Mrkdwn:
        return self.words.say(FILE, message, pick="", **values)
