"""What is owed for the brag document, put into words at the moment it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.brag import owing, service
from bot.brag.captures import draft_document, draft_saved
from bot.brag.coverage_picture import describe_coverage, draw_coverage
from bot.brag.desk import MOST_ASKED, Desk
from bot.brag.document import is_document
from bot.brag.export import export
from bot.brag.model import Capture
from bot.brag.naming import say_period
from bot.brag.period import Period
from bot.brag.receipts import FILE, ask_for_results, say, show_preview
from bot.brag.store import BragStore
from bot.errors import SlackRefused
from bot.outbox.model import Composed, Delivery, Drop, Later, Post, React, Update, Upload
from bot.outbox.sender import Sender, each
from bot.outbox.store import Outbox
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.mrkdwn import Mrkdwn, escape
from bot.slack.payloads import Answer, read_message

EMOJI = "white_check_mark"
LARGEST_FILE = 1_000_000  # bytes of an old brag document
CERTAIN = ("thanks", "results_later")  # answers to what cannot have been meant as an entry
TRY_AGAIN = timedelta(minutes=1)
A_MOMENT = timedelta(seconds=5)


ComposeOne = Callable[[Delivery], Awaitable[Composed]]


class Composing:
    """One function a kind; each is asked again should the process die, and says the same then."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, sender: Sender) -> None:
        sender.kinds |= {
            owing.TICK: each(self._tick),
            owing.ANSWER: each(self._answer),
            owing.RESULTS: each(self._ask_for_results),
            owing.RESULTS_SAID: each(self._say_results),
            owing.PICTURE: each(self._draw_coverage),
            owing.EXPORT: each(self._export),
            owing.RECEIPT: each(self._with_capture(self._say_receipt)),
            owing.CHANGED: each(self._with_capture(self._redraw)),
            owing.REACTED: each(self._with_capture(self._fetch)),
            owing.DOCUMENT: each(self._with_capture(self._read_document)),
        }

    def _with_capture(self, compose: Callable[[Delivery, Capture], Awaitable[Composed]]) -> ComposeOne:
        async def found(delivery: Delivery) -> Composed:
            person = PersonId(delivery.workspace, delivery.user)
            capture = await self._desk.read(BragStore.get_capture_of, person, delivery.about["capture"])
            return await compose(delivery, capture) if capture else Drop("gone")

        return found

    async def _say_receipt(self, delivery: Delivery, capture: Capture) -> Composed:
        if capture.state not in ("kept", "draft"):
            return Drop(capture.state)
        about = delivery.about
        return _post(about["channel"], await self._receipt(capture, about.get("known", 0)), about["thread"])

    async def _tick(self, delivery: Delivery) -> Composed:
        return React(delivery.about["channel"], delivery.about["ts"], EMOJI)

    async def _draw_coverage(self, delivery: Delivery) -> Composed:
        coverage = await self._desk.cover(PersonId(delivery.workspace, delivery.user))
        if coverage is None or not coverage.expectations:
            return Drop("no target")
        picture = await asyncio.to_thread(draw_coverage, coverage)
        return Upload(
            delivery.user,
            "coverage.png",
            picture,
            f"What you have for {coverage.level.title}",
            alt_text=describe_coverage(coverage),
        )

    async def _export(self, delivery: Delivery) -> Composed:
        person, about = PersonId(delivery.workspace, delivery.user), delivery.about
        period = Period(*map(date.fromisoformat, about["days"])) if about["days"] else None
        packet = await self._desk.pack(person, period)
        name, content = await asyncio.to_thread(export, packet, about["format"])
        said = self._desk.words.say(
            FILE, "export_ready", count=len(packet.entries), period=say_period(period)
        )
        return Upload(person.user, name, content, "Brag document", comment=said)

    async def _answer(self, delivery: Delivery) -> Composed:
        about = delivery.about
        text = self._desk.words.say(FILE, about["said"], pick=delivery.id)
        keep = blocks.button("Keep it anyway", "brag:anyway", f"{about['channel']}|{about['ts']}")
        offered = [] if about["said"] in CERTAIN else [blocks.actions([keep])]
        answer = Answer(text, [blocks.section(text), *offered])
        return _post(about["channel"], answer, about["thread"])

    async def _receipt(self, capture: Capture, known: int = 0) -> Answer:
        entries = await self._desk.read(BragStore.get_of_capture, capture)
        if capture.state == "deleted":
            return say(self._desk.words.say(FILE, "deleted"))
        if capture.state == "draft":
            return show_preview(entries, known, self._desk.words)
        return await self._desk.show_all(capture.person, entries)

    async def _redraw(self, _delivery: Delivery, capture: Capture) -> Composed:
        """The receipt in place; where it was never sent, it says the newest by itself."""
        sent = await self._desk.read(BragStore.get_receipt, capture)
        if sent is None or sent.state in ("dropped", "failed"):
            return Drop("no receipt")
        if not sent.ts:  # on its way, perhaps with the words of before
            return Later(self._desk.clock() + A_MOMENT)
        answer = await self._receipt(capture, sent.about.get("known", 0))
        return Update(sent.channel, sent.ts, answer.text, answer.blocks)

    async def _fetch(self, _delivery: Delivery, capture: Capture) -> Composed:
        """The words of a message someone reacted to, kept with the way back; then the receipt."""
        if capture.state not in ("pending", "kept"):
            return Drop(capture.state)
        if not await self._desk.read(BragStore.get_of_capture, capture):
            gateway = self._desk.gateway
            link = await gateway.get_permalink(capture.channel, capture.ts)
            try:
                body = await gateway.get_message(capture.channel, capture.ts)
            except SlackRefused as refused:
                if not refused.permanent:
                    return Later(self._desk.clock() + TRY_AGAIN)
                body = None
            await self._keep_fetched(capture, body, link)
        fresh = replace(capture, state="kept")
        return _post(capture.person.user, await self._receipt(fresh))

    async def _keep_fetched(self, capture: Capture, body: Mapping[str, object] | None, link: str) -> None:
        keeping = await self._desk.start_keeping(capture.person)
        kept = replace(capture, state="kept")
        if body is None:
            text = str(self._desk.words.say(FILE, "no_access", link=Mrkdwn(link)))
            written = service.draft_entries(kept, [text], keeping, [link] if link else [])
        else:
            message = read_message(capture.person.workspace, body, capture.channel)
            written = [draft_saved(kept, message, link, keeping)]
        await self._desk.write(service.keep_after_all, kept, written, keeping.now)

    async def _read_document(self, delivery: Delivery, capture: Capture) -> Composed:
        """A text file someone sent: an old brag document, or a file to keep a link to."""
        person, about = capture.person, delivery.about
        if capture.state in ("undone", "deleted"):
            return Drop(capture.state)
        try:
            file = await self._desk.gateway.get_file(about["file"])
            content = await self._desk.gateway.download(file.address, LARGEST_FILE)
        except SlackRefused as refused:
            return Drop(refused.code) if refused.permanent else Later(self._desk.clock() + TRY_AGAIN)
        keeping = await self._desk.start_keeping(person)
        text = _as_text(content)
        if text and is_document(text, keeping.today):
            own = service.new_capture(person, service.FILE, file.id, "draft")
            drafts, known = await self._desk.leave_out_known(draft_document(own, text, keeping))
            entries = await self._desk.write(service.keep_after_all, own, drafts, keeping.now)
            return _post(capture.channel, show_preview(entries, known, self._desk.words), about["thread"])
        if not about["is_alone"]:
            return Drop("no document")
        kept = replace(capture, state="kept")
        written = service.draft_entries(kept, [file.name], keeping, [file.permalink])
        entries = await self._desk.write(service.keep_after_all, kept, written, keeping.now)
        shown = await self._desk.show_all(person, entries)
        if text is None:
            note = blocks.context(self._desk.words.say(FILE, "document_unreadable", name=file.name))
            shown = replace(shown, blocks=[*shown.blocks, note])
        return _post(capture.channel, shown, about["thread"])

    async def _say_results(self, delivery: Delivery) -> Composed:
        """One was answered by the form: its buttons give way, the others stay."""
        here = (delivery.workspace, delivery.about["channel"], delivery.about["ts"])
        asked = await self._desk.database.look_up(Outbox, Outbox.get_by_message, *here)
        if asked is None or asked.kind != owing.RESULTS or asked.user != delivery.user:
            return Drop("not asked there")
        said, shown = self._desk.words.say(FILE, "results_said"), await self._desk.find_asked(asked)
        answer = ask_for_results(shown, self._desk.words, note=said) if shown else say(said)
        return Update(asked.channel, asked.ts, answer.text, answer.blocks)

    async def _ask_for_results(self, delivery: Delivery) -> Composed:
        found = await self._desk.find_open(delivery)
        if not found:
            return Drop("nothing open")
        if later := await self._desk.find_later(PersonId(delivery.workspace, delivery.user)):
            return Later(later)
        if more := found[MOST_ASKED:]:
            owed, now = owing.ask_for_more(delivery, [entry.id for entry in more]), self._desk.clock()
            await self._desk.write(service.owe, [owed], now)
        return _post(delivery.user, ask_for_results(found[:MOST_ASKED], self._desk.words))


def _post(channel: str, answer: Answer, thread: str = "") -> Post:
    return Post(channel, escape(answer.text), answer.blocks, thread)


def _as_text(content: bytes | None) -> str | None:
    """None where it is too large or no text."""
    try:
        return content.decode("utf-8-sig") if content is not None else None
    except UnicodeDecodeError:
        return None
