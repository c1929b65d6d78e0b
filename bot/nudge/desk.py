"""What asking the weekly question works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bot.clock import Now
from bot.ladder.model import Ladder
from bot.nudge.content import Content
from bot.nudge.model import WeeklyQuestion
from bot.nudge.store import NudgeStore
from bot.people.quiet import Quiet
from bot.storage.database import Database
from bot.storage.doors import Doors
from bot.storage.vault import Vault
from bot.wording import Wording


@dataclass(frozen=True)
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

    @property
    def content(self) -> Content:
        return Content(self.questions(), self.ladders(), self.default_ladder)

    @property
    def store(self) -> Callable[[Connection], NudgeStore]:
        return partial(NudgeStore, self.vault)
