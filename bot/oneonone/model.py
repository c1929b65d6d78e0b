"""A question for a 1:1 as the program knows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.ladder.marks import Marked, Profile, suiting

Side = Literal["engineer", "manager"]
"""Who asks it."""
Occasion = Literal["usual", "first", "after-leave", "before-review", "after-a-no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOnOneQuestion(Marked):
    """One question. `ask` is mrkdwn and, on the manager's side, a template of the engineer's first `name`."""

    id: str
    side: Side
    when: Occasion = "usual"
    ask: str


def questions_for(
    questions: Iterable[OneOnOneQuestion], side: Side, when: Occasion, profile: Profile | None
) -> list[OneOnOneQuestion]:
    """Those of one side for an occasion that suit the engineer's level."""
    return suiting((q for q in questions if (q.side, q.when) == (side, when)), profile)
