"""`/ladder picture`: draws where the levels lie and puts it into the person's DM with the bot."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from bot.errors import SlackRefused
from bot.ladder.drawing import draw_picture
from bot.ladder.messages import FILE
from bot.ladder.picture import describe_picture, show_in_words
from bot.ladder.service import Reader
from bot.logs import log_bug
from bot.slack.gateway import Gateway
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer
from bot.wording import Wording

PATIENCE = 2.6
"""Seconds that drawing and upload may take: Slack waits three for an answer."""
NO_UPLOADS = ("file_uploads_disabled", "file_uploads_except_images_disabled", "storage_limit_reached")

log = structlog.get_logger()


class Pictures:
    """Personal, since it shows where someone is: so never into a channel."""

    def __init__(self, words: Wording, gateway: Gateway) -> None:
        self._words = words
        self._gateway = gateway
        self._late: set[asyncio.Task[None]] = set()

    async def show(self, reader: Reader) -> Answer:
        """Where the picture went; or the same in words, and why there is none or not yet.

        It is sent before the answer: drawing takes 0.2 s (the first of a process 0.7), the four calls to
        Slack about a second. So the answer is true when it arrives. On a busy machine the picture follows it.
        """
        sending = asyncio.create_task(self._send(reader))
        await asyncio.wait({sending}, timeout=PATIENCE)
        if not sending.done():
            late = asyncio.create_task(self._bring_late(reader, sending))
            self._late.add(late)
            late.add_done_callback(self._late.discard)
            return show_in_words(reader, self._words.say(FILE, "picture_late"))
        try:
            await sending
        except SlackRefused as refused:
            return self._show_in_words(reader, refused)
        return Answer(self._words.say(FILE, "picture_sent"))

    async def finish(self) -> None:
        """Wait for the pictures that are late."""
        await asyncio.gather(*self._late)

    async def _bring_late(self, reader: Reader, sending: asyncio.Task[None]) -> None:
        try:
            await sending
        except SlackRefused as refused:
            with suppress(SlackRefused):
                await self._gateway.post(reader.person.user, self._show_in_words(reader, refused))
        except Exception as error:  # nobody waits for it any more who could be told
            log_bug("late picture", error)

    def _show_in_words(self, reader: Reader, refused: SlackRefused) -> Answer:
        log.warning("picture not uploaded", method=refused.method, code=refused.code)
        return show_in_words(reader, self._explain(refused))

    async def _send(self, reader: Reader) -> None:
        """Raises SlackRefused."""
        ladder, picture = reader.ladder, await asyncio.to_thread(draw_picture, reader)
        await self._gateway.upload(
            await self._gateway.open_dm(reader.person.user),
            f"{ladder.id}.png",
            picture,
            title=ladder.name,
            alt_text=" ".join(describe_picture(reader)),
            comment=self._words.say(FILE, "picture_comment", ladder=ladder.name),
        )

    def _explain(self, refused: SlackRefused) -> Mrkdwn:
        if refused.code == "missing_scope":
            scope = "im:write" if refused.method == "conversations.open" else "files:write"
            return self._words.say(FILE, "picture_no_scope", scope=scope)
        if refused.code in NO_UPLOADS:
            return self._words.say(FILE, "picture_no_uploads")
        if refused.code == "TimeoutError":
            return self._words.say(FILE, "picture_slow")
        return self._words.say(FILE, "picture_refused", code=refused.code)
