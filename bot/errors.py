"""Every error raised on purpose.

RungError
├── BotError            for the person: what happened and what to do next
├── SlackRefused        Slack answered no (permanent or for now)
├── SlackUnclear        nobody knows whether Slack did it
└── ContentError        ladder or prompt files that cannot be used; carries every problem found
    └── (listed as Problem: file, line, field, message, hint)
StartRefused            everything that is wrong with this set-up, at once
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class RungError(Exception):
    """Base of everything raised on purpose."""


class BotError(RungError):
    """Words for the person, in mrkdwn that is already escaped: what happened, what to do next."""


class SlackRefused(RungError):
    """Slack said no. `permanent`: asking again cannot help; `retry_after`: seconds Slack asked to wait."""

    def __init__(self, method: str, code: str, *, permanent: bool, retry_after: float = 0) -> None:
        super().__init__(f"{method}: {code}")
        self.method = method
        self.code = code
        self.permanent = permanent
        self.retry_after = retry_after


class SlackUnclear(RungError):
    """The answer was lost or says that part of it may have happened; asking Slack tells."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.method = method
        self.code = code


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, with what to do about it. `line` counts from 1; 0 where there is none."""

    file: str
    line: int
    field: str
    message: str
    hint: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" [{self.field}]" if self.field else ""
        return f"{place}{field} {self.message}\n    → {self.hint}"


def problem_of_setting(name: str, message: str, hint: str) -> Problem:
    """What is wrong with an environment variable, or with what it leads to."""
    return Problem("environment", 0, name, message, hint)


class ContentError(RungError):
    """Files that cannot be used, with all problems of all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class StartRefused(RungError):
    """The set-up cannot work; every reason at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
