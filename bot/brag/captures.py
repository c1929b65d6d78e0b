"""Every way in: replies, the DM, edits and deletions, reactions, shortcuts, forms, commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from bot.brag import filling, owing, service
from bot.brag.desk import Desk
from bot.brag.document import is_document, read_document
from bot.brag.model import Capture, CaptureState, Entry, Words
from bot.brag.reading import SMALL_TALK, judge, split_items, without_command
from bot.brag.receipts import FILE, show_preview
from bot.brag.replies import Replies
from bot.brag.service import Keeping
from bot.brag.store import BragStore
from bot.ids import new_id
from bot.outbox.model import Delivery, Owed
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.payloads import Answer, Form, Message, read_message

TEXT_FILES = (".md", ".markdown", ".txt", ".text")
REACTION_UNDO = timedelta(days=1)

TellTakenBack = Callable[[PersonId, str, str, Sequence[str]], Awaitable[None]]
"""Told when something of a message was undone: whose, its channel and ts, and the words left of it."""

TellKept = Callable[[Connection, PersonId, datetime], Sequence[str]]
"""Told whose entry is kept now, in the transaction that keeps it; ids of the deliveries owed for that."""

Keep = Callable[[BragStore, Capture, Sequence[Entry], Sequence[Owed], datetime], list[str] | Entry]


class Captures:
    """What comes in is committed before Slack is told that it arrived; receipts follow from the outbox."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._replies = Replies(desk)
        self.kept: list[TellKept] = []
        """Told of what is kept by a command or a form, which stand below no question."""
        self.taken_back: list[TellTakenBack] = []

    async def keep_message(self, message: Message, about: Delivery | None = None) -> None:
        """A message to the bot, or its edit; `about` is the delivery in whose thread it stands."""
        if await self._replies.take(message, about):
            return
        person = PersonId(message.workspace, message.user)
        keeping, keep, is_kept = await self._desk.start_keeping(person), service.keep, False
        if message.edited:
            known = await self._desk.read(BragStore.get_capture, person, message.channel, message.ts)
            is_kept = known is not None and known.state == "kept"
            _, items, _ = read_direct(replace(message, text=message.before), keeping, is_kept=is_kept)
            keep = partial(service.keep, before=[item.words.text for item in items])
        capture, written, owed = read_direct(message, keeping, is_kept=is_kept)
        if capture.state == "draft" and not message.edited:
            written, known_count = await self._desk.leave_out_known(written)
            owed[-1] = owing.receipt(capture, message.channel, message.thread, keeping.now, known_count)
        await self._keep(capture, written, owed, keeping, keep)

    async def delete_message(self, person: PersonId, channel: str, ts: str, before: str) -> None:
        """A message to the bot is gone; `before` is what it said."""
        if not await self._replies.forget(person, channel, ts, before):
            now = self._desk.clock()
            ids = await self._desk.write(service.take_back, person, channel, ts, "deleted", now)
            self._desk.sender.send_soon(ids)

    async def has(self, person: PersonId, channel: str, ts: str) -> bool:
        """Was this message taken for something to keep, whatever became of it?"""
        return await self._desk.read(BragStore.get_capture, person, channel, ts) is not None

    async def undo_entry(self, person: PersonId, entry_id: str) -> str:
        """One entry; where it came with others, those stay. The id of their capture."""
        capture = (await self._desk.get(person, entry_id)).capture
        await self._desk.write(service.delete_entry, person, entry_id, self._desk.clock())
        await self._tell_taken_back(person, capture)
        return capture

    async def undo(self, person: PersonId, capture_id: str) -> None:
        """Everything of one message, command or form."""
        await self._desk.write(service.undo, person, capture_id, self._desk.clock())
        await self._tell_taken_back(person, capture_id)

    async def keep_anyway(self, person: PersonId, channel: str, ts: str) -> Answer:
        """Something that did not look like an entry, and is one; its text is fetched again."""
        body = await self._desk.gateway.get_message(channel, ts)
        if body is None or not _is_by(body, person):
            return Answer(self._desk.words.say(FILE, "gone"))
        keeping = await self._desk.start_keeping(person)
        message = read_message(person.workspace, body, channel)
        capture = service.new_capture(person, channel, ts)
        text = without_command(message.text)
        written = service.draft_entries(capture, [text], keeping, message.file_links)
        kept = await self._desk.write(service.keep_after_all, capture, written, keeping.now)
        return await self._desk.show_all(person, kept)

    async def keep_command(self, person: PersonId, text: str) -> Answer:
        """`/brag text`, answered in the response itself; the same words again are not kept unasked."""
        said = judge(text)
        if said in SMALL_TALK:
            words = self._desk.words.say(FILE, said, pick=text)
            keep = blocks.button("Keep it anyway", "brag:keep", text)
            return Answer(words, [blocks.section(words), blocks.actions([keep])])
        return await self.keep_words(person, text)

    async def keep_words(self, person: PersonId, text: str) -> Answer:
        """Typed with a command, and meant as an entry."""
        keeping = await self._desk.start_keeping(person)
        if is_document(text, keeping.today):
            return await self._show_document(text, keeping)
        return await self._keep_words(split_items(text), keeping, service.keep_unless_same)

    async def _show_document(self, text: str, keeping: Keeping) -> Answer:
        """An old brag document, pasted after the command."""
        capture = service.new_capture(keeping.person, service.COMMAND, new_id(), "draft")
        drafts, known = await self._desk.leave_out_known(draft_document(capture, text, keeping))
        await self._keep(capture, drafts, [], keeping)
        return show_preview(drafts, known, self._desk.words)

    async def keep_again(self, person: PersonId, entry_id: str) -> Answer:
        """The same words once more: it did happen twice."""
        keeping = await self._desk.start_keeping(person)
        found = await self._desk.get(person, entry_id)
        return await self._keep_words([found.words.text], keeping, service.keep)

    async def keep_form(self, form: Form) -> dict[str, str]:
        """A new entry by the form; sent twice it is kept once. What to mend, by field."""
        person = PersonId(form.workspace, form.user)
        keeping = await self._desk.start_keeping(person)
        filled = filling.read_entry_form(form, keeping.today)
        if isinstance(filled, dict):
            return filled
        fill = await self._desk.filling(person, filled, keeping.now)
        capture = service.new_capture(person, service.FORM, form.view_id)
        written = [fill(entry) for entry in service.draft_entries(capture, [filled.text or ""], keeping)]
        owed = [owing.receipt(capture, person.user, "", keeping.now)]
        await self._keep(capture, written, owed, keeping, partial(self._keep_and_tell, service.keep))
        return {}

    async def save(self, person: PersonId, message: Message) -> None:
        """“Save to my brag doc” on any message: its words, whose they are, and the way back to it."""
        keeping = await self._desk.start_keeping(person)
        link = await self._desk.gateway.get_permalink(message.channel, message.ts)
        capture = service.new_capture(person, message.channel, message.ts)
        written = [draft_saved(capture, message, link, keeping)]
        owed = [owing.receipt(capture, person.user, "", keeping.now)]
        await self._keep(capture, written, owed, keeping, service.keep_saved)

    async def react(self, person: PersonId, channel: str, ts: str, reacted_at: str) -> None:
        """A reaction brings no text: the wish is kept now, the words are fetched from the outbox."""
        if await self._desk.knows(person):
            wish = service.new_capture(person, channel, ts, "pending", reacted_at)
            ids = await self._desk.write(service.keep_reacted, wish, self._desk.clock())
            self._desk.sender.send_soon(ids)

    async def unreact(self, person: PersonId, channel: str, ts: str, reacted_at: str) -> None:
        """Taking the reaction away within the day takes back what it kept."""
        if await self._desk.knows(person):
            wish, now = service.new_capture(person, channel, ts, "undone", reacted_at), self._desk.clock()
            ids = await self._desk.write(service.take_reaction_back, wish, now - REACTION_UNDO, now)
            self._desk.sender.send_soon(ids)

    async def _keep_words(self, texts: Sequence[str], keeping: Keeping, keep: Keep) -> Answer:
        capture = service.new_capture(keeping.person, service.COMMAND, new_id())
        written = service.draft_entries(capture, texts, keeping)
        if same := await self._keep(capture, written, [], keeping, partial(self._keep_and_tell, keep)):
            return await self._desk.show_same(same)
        return self._desk.show_kept(written, keeping)

    async def _tell_taken_back(self, person: PersonId, capture_id: str) -> None:
        found = await self._desk.read(_read_capture, person, capture_id)
        if found:
            for tell in self.taken_back:
                await tell(person, *found)

    def _keep_and_tell(
        self,
        keep: Keep,
        brag: BragStore,
        capture: Capture,
        written: Sequence[Entry],
        owed: Sequence[Owed],
        now: datetime,
    ) -> list[str] | Entry:
        """`keep`, and all that wait for something to be kept are told, in one transaction."""
        kept = keep(brag, capture, written, owed, now)
        if isinstance(kept, Entry):
            return kept
        told = (tell(brag.connection, capture.person, now) for tell in self.kept)
        return [*kept, *chain.from_iterable(told)]

    async def _keep(
        self,
        capture: Capture,
        written: Sequence[Entry],
        owed: Sequence[Owed],
        keeping: Keeping,
        keep: Keep = service.keep,
    ) -> Entry | None:
        """The entry that was there already, where `keep` says so."""
        if any(entry.result == "open" and entry.state == "kept" for entry in written):
            owed = [*owed, owing.ask_for_results(keeping.person, keeping.now)]
        kept = await self._desk.write_down(keep, capture, written, owed, keeping.now)
        if isinstance(kept, Entry):
            return kept
        self._desk.sender.send_soon(kept)
        return None


def _read_capture(brag: BragStore, person: PersonId, capture_id: str) -> tuple[str, str, list[str]] | None:
    """The message something came from, and the words that are left of it."""
    capture = brag.get_capture_of(person, capture_id)
    if capture is None:
        return None
    return capture.channel, capture.ts, [entry.words.text for entry in brag.get_of_capture(capture)]


def _is_by(body: Mapping[str, Any], person: PersonId) -> bool:
    return body.get("user") == person.user and body.get("team", person.workspace) == person.workspace


def read_direct(
    message: Message, keeping: Keeping, *, is_kept: bool = False
) -> tuple[Capture, list[Entry], list[Owed]]:
    """What a message to the bot holds, and what is owed for it.

    `is_kept`: it is an entry already, and stays one though its edit may read like a question.
    """
    text, files = without_command(message.text), [file for file in message.files if file.permalink]
    documents = [file for file in files if file.name.lower().endswith(TEXT_FILES)]
    said = judge(text) if text else "empty"
    if files and said in ("empty", *SMALL_TALK):  # what was sent is the file
        said, text = "entry", ""
    elif said == "question" and (files or is_kept):
        said = "entry"
    is_alone = not text and len(files) == len(documents) == 1
    state: CaptureState = "kept" if said == "entry" else "answered"
    if is_alone:
        state = "pending"
    elif is_document(text, keeping.today):
        state = "draft"
    capture = service.new_capture(keeping.person, message.channel, message.ts, state, message.edited)
    owed = [
        owing.read_file(capture, file.id, message.thread, is_alone=is_alone, now=keeping.now)
        for file in documents
    ]
    if state == "pending":
        return capture, [], owed
    if state == "answered":
        return capture, [], [*owed, owing.answer(capture, said, message.thread, keeping.now)]
    owed.append(owing.receipt(capture, message.channel, message.thread, keeping.now))
    if state == "draft":
        return capture, draft_document(capture, text, keeping), owed
    texts = split_items(text) or [", ".join(file.name for file in files)]
    written = service.draft_entries(capture, texts, keeping, message.file_links)
    return capture, written, [*owed, owing.tick(capture, keeping.now)]


def draft_document(capture: Capture, text: str, keeping: Keeping) -> list[Entry]:
    """Every item of an old brag document as a draft, on its day; private, also for whom new ones are not."""
    items = read_document(text, keeping.today)
    private = replace(keeping, visibility="private")
    drafts = service.draft_entries(capture, [item.text for item in items], private)
    return [
        replace(draft, happened_on=item.happened_on, state="draft")
        for draft, item in zip(drafts, items, strict=True)
    ]


def draft_saved(capture: Capture, message: Message, link: str, keeping: Keeping) -> Entry:
    """A message of someone, perhaps of somebody else, as an entry with the way back to it."""
    text = message.text.strip() or ", ".join(file.name for file in message.files) or link
    links = [link, *(file.permalink for file in message.files)]
    entry = service.draft_entries(capture, [text], keeping, [each for each in links if each])[0]
    others = (message.user,) if message.user not in ("", keeping.person.user) else ()
    words: Words = replace(entry.words, people=tuple(dict.fromkeys((*others, *entry.words.people))))
    return replace(entry, words=words)
