"""What an expectation means here, in words that two people agreed on; nobody else sees them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.ladder.model import Statement
from bot.people.model import PersonId


@dataclass(frozen=True, slots=True)
class Agreed:
    """`other` is the id of the one with whom they were agreed on."""

    words: str
    other: str

    @property
    def line(self) -> str:
        """The words on one line."""
        return " ".join(self.words.split())


AgreedWords = Mapping[str, Sequence[Agreed]]
"""By the id of the expectation; a manager may have agreed on one with several."""
NOTHING: AgreedWords = MappingProxyType({})

GetAgreed = Callable[[PersonId, str], Awaitable[AgreedWords]]
"""What someone agreed on with anybody, on the ladder of this id."""


def find_agreed(agreed: AgreedWords, statement: Statement) -> Sequence[Agreed]:
    """Also where the expectation had another id when they agreed."""
    return [one for name in (statement.id, *statement.was) for one in agreed.get(name, ())]


AgreedOfMany = Mapping[tuple[PersonId, str, str], Agreed]
"""By person, ladder and expectation."""
GetAgreedOfMany = Callable[[Collection[PersonId]], Awaitable[AgreedOfMany]]
"""What each of these people agreed on about what is expected of themselves."""


async def get_nothing_of_many(_people: Collection[PersonId]) -> AgreedOfMany:
    return {}


async def get_nothing(_person: PersonId, _ladder: str) -> AgreedWords:
    """As long as no slice hands in who agreed on what."""
    return NOTHING
