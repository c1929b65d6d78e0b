"""What one expectation means here, in the words of the engineer, of the manager, and of both."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime

from bot.people.model import PersonId


@dataclass(frozen=True, slots=True)
class Meaning:
    """`ask` ties together what one manager was asked about; empty while it is the engineer's alone."""

    engineer: PersonId
    ladder: str
    level: str
    expectation: str
    run: str
    position: int
    mine: str
    ask: str = ""
    manager: str = ""
    theirs: str = ""
    common: str = ""
    by_engineer: bool = False
    by_manager: bool = False
    agreed_at: datetime | None = None

    def concerns(self, person: PersonId) -> bool:
        """Is it between this person and somebody? Nobody else may see it."""
        both = (self.engineer.user, self.manager)
        return self.engineer.workspace == person.workspace and person.user in both

    def has_agreed(self, user: str) -> bool:
        return self.by_engineer if user == self.engineer.user else self.by_manager

    @property
    def version(self) -> str:
        """Of the common words, so that nobody agrees to words that changed meanwhile."""
        return f"{zlib.crc32(self.common.encode()):x}"


def write(meaning: Meaning, user: str, text: str) -> Meaning:
    """Their own version in new words."""
    return replace(meaning, mine=text) if user == meaning.engineer.user else replace(meaning, theirs=text)


def propose(meaning: Meaning, user: str, text: str, now: datetime) -> Meaning:
    """Common words; whoever writes them agrees to them, and the other is asked again if they are new."""
    fresh = meaning
    if text != meaning.common:
        fresh = replace(meaning, common=text, by_engineer=False, by_manager=False, agreed_at=None)
    return agree(fresh, user, now)


def agree(meaning: Meaning, user: str, now: datetime) -> Meaning:
    """They stand as soon as both have agreed."""
    by_engineer = meaning.by_engineer or user == meaning.engineer.user
    by_manager = meaning.by_manager or user == meaning.manager
    agreed_at = (meaning.agreed_at or now) if by_engineer and by_manager else None
    return replace(meaning, by_engineer=by_engineer, by_manager=by_manager, agreed_at=agreed_at)


def end(meaning: Meaning) -> Meaning:
    """The engineer's alone again: nothing of the manager's stays, nor what both had agreed on."""
    alone = replace(meaning, ask="", manager="", theirs="", common="")
    return replace(alone, by_engineer=False, by_manager=False, agreed_at=None)
