"""What asking the weekly question works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import is_not

from sqlalchemy import Connection

from bot.clock import Now
from bot.ladder.agreed import AgreedOfMany, GetAgreedOfMany, get_nothing_of_many
from bot.ladder.model import Ladder
from bot.nudge.content import Content
from bot.nudge.model import WeeklyQuestion
from bot.nudge.service import Turn
from bot.nudge.store import NudgeStore
from bot.people.quiet import Quiet
from bot.storage.database import Database
from bot.storage.doors import Doors
from bot.storage.vault import Vault
from bot.wording import Wording


@dataclass
class NudgeDesk(Doors[NudgeStore]):
    """`questions` and `ladders` give what is in force at the moment they are asked."""

    database: Database
    vault: Vault
    words: Wording
    quiet: Quiet
    clock: Now
    questions: Callable[[], Sequence[WeeklyQuestion]]
    ladders: Callable[[], Mapping[str, Ladder]]
    default_ladder: str | None
    agreed: GetAgreedOfMany = get_nothing_of_many

    _in_force: tuple[object, ...] = field(default=(), init=False)
    _content: Content | None = field(default=None, init=False)

    @property
    def content(self) -> Content:
        """What is in force; the same object until anything of it changes."""
        questions, ladders = self.questions(), self.ladders()
        in_force = (questions, ladders, self.words.in_force)
        if self._content is None or any(map(is_not, in_force, self._in_force)):
            self._content = Content(questions, ladders, self.default_ladder)
            self._in_force = in_force
        return self._content

    async def quote_agreed(self, turns: Sequence[Turn]) -> list[Turn]:
        """With the words that two people agreed on for what is asked about, where there are any."""
        about = {turn.asked.person for turn in turns if turn.asked.expectation}
        agreed = await self.agreed(about) if about else {}
        return [_quote(turn, agreed, self.content) for turn in turns] if agreed else list(turns)

    @property
    def store(self) -> Callable[[Connection], NudgeStore]:
        return partial(NudgeStore, self.vault)


def _quote(turn: Turn, agreed: AgreedOfMany, content: Content) -> Turn:
    asked = turn.asked
    keys = ((asked.person, asked.ladder, name) for name in content.names_of(asked))
    return replace(turn, agreed=next((agreed[key] for key in keys if key in agreed), None))
