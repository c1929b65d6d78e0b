"""Who does not want to be disturbed now, and until when: Slack knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import structlog

from bot.clock import Now
from bot.errors import SlackRefused
from bot.people.model import PersonId
from bot.rhythm.model import DAY
from bot.slack.gateway import Gateway

AT_ONCE = 50  # people a call of dnd.teamInfo takes

log = structlog.get_logger()


class Quiet:
    """Asks for many at once, and keeps what it was told until that is over."""

    def __init__(self, gateway: Gateway, clock: Now) -> None:
        self._gateway = gateway
        self._clock = clock
        self._until: dict[PersonId, datetime] = {}

    async def until(self, people: Sequence[PersonId]) -> dict[PersonId, datetime]:
        """Those of one workspace who are not to be disturbed now, with the end of it.

        Where Slack does not say, nobody is: a question at a bad moment is better than none.
        """
        now = self._clock()
        self._until = {person: end for person, end in self._until.items() if end > now}
        unknown = [person for person in people if person not in self._until]
        for start in range(0, len(unknown), AT_ONCE):
            spans = await self._ask(unknown[start : start + AT_ONCE])
            self._until |= {person: end for person, (begin, end) in spans.items() if begin <= now < end}
        return {person: self._until[person] for person in people if person in self._until}

    async def holds_over_night(self, person: PersonId, at: datetime) -> bool:
        """Would hours like those that come next hold back until the next day what is due then, there?"""
        spans = await self._ask([person])
        if person not in spans:
            return False
        begin, end = (moment.astimezone(at.tzinfo) for moment in spans[person])
        return end - begin < DAY and begin.date() < end.date() and begin.time() <= at.time()

    async def _ask(self, people: Sequence[PersonId]) -> dict[PersonId, tuple[datetime, datetime]]:
        """From when to when it is that, now or next; without those who never said."""
        try:
            found = await self._gateway.get_quiet_hours([person.user for person in people])
        except SlackRefused as refused:
            log.warning("do-not-disturb not known", method=refused.method, code=refused.code)
            return {}
        spans = {person: found.get(person.user) or {} for person in people}
        return {
            person: (
                datetime.fromtimestamp(span["next_dnd_start_ts"], UTC),
                datetime.fromtimestamp(span["next_dnd_end_ts"], UTC),
            )
            for person, span in spans.items()
            if span.get("dnd_enabled")
        }
