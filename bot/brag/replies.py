"""What is written below a receipt, or below the question weeks later, and says what came of an entry."""

from __future__ import annotations

from bot.brag import owing, results, service
from bot.brag.desk import Desk
from bot.brag.model import Capture, Entry
from bot.brag.reading import judge
from bot.outbox.model import Delivery, Owed
from bot.people.model import PersonId
from bot.slack.payloads import Message

RECEIPTS = (owing.RECEIPT, owing.REACTED)


class Replies:
    """What says nothing of an entry is left to be kept by itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def take(self, message: Message, about: Delivery | None) -> bool:
        """A reply, or its edit; `about` is the delivery in whose thread it stands. False where it is none."""
        if message.edited and await self._follow(message):
            return True
        if about is None or about.kind not in (*RECEIPTS, owing.RESULTS):
            return False
        said = judge(message.text)
        if said == "entry":
            return await self._say(message, about)
        if said == "nothing" and about.kind == owing.RESULTS and not message.edited:
            return await self._ask_later(message, about)
        return False

    async def forget(self, person: PersonId, channel: str, ts: str, before: str) -> bool:
        """A message is gone; False where it was no such reply."""
        gone, now = service.new_capture(person, channel, ts, "deleted"), self._desk.clock()
        return self._send(await self._desk.write(results.follow, gone, _result_in(before), "", (), now))

    async def _follow(self, message: Message) -> bool:
        before, text = _result_in(message.before), _result_in(message.text)
        reply, files, now = _capture_of(message), message.file_links, self._desk.clock()
        return self._send(await self._desk.write(results.follow, reply, before, text, files, now))

    async def _say(self, message: Message, about: Delivery) -> bool:
        reply, files, now = _capture_of(message), message.file_links, self._desk.clock()
        entry, owed = await self._find_entry(reply.person, message.text, about), list[Owed]()
        if entry is None:
            return False
        if about.kind == owing.RESULTS:
            owed.append(owing.results_said(reply.person, about.channel, about.ts, now))
        return self._send(
            await self._desk.write(results.say, reply, entry.id, message.text, files, owed, now)
        )

    async def _find_entry(self, person: PersonId, text: str, about: Delivery) -> Entry | None:
        if about.kind == owing.RESULTS:
            return results.find_meant(text, await self._desk.find_asked(about))
        return await self._desk.read(results.find_asked, person, str(about.about["capture"]))

    async def _ask_later(self, message: Message, about: Delivery) -> bool:
        """“Nothing yet”, typed and not clicked: of everything that was asked about."""
        now, reply = self._desk.clock(), _capture_of(message)
        owed = [owing.ask_again(entry, now) for entry in await self._desk.find_asked(about)]
        owed.append(owing.answer(reply, "results_later", message.thread, now))
        return self._send(await self._desk.write(service.keep, reply, [], owed, now))

    def _send(self, ids: list[str] | None) -> bool:
        self._desk.sender.send_soon(ids or [])
        return ids is not None


def _capture_of(message: Message) -> Capture:
    person = PersonId(message.workspace, message.user)
    return service.new_capture(person, message.channel, message.ts, "answered", message.edited)


def _result_in(text: str) -> str:
    """Words that say what came of something; small talk says nothing."""
    return text if judge(text) == "entry" else ""
