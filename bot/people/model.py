"""A person in a workspace and where they stand, as plain ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class PersonId(NamedTuple):
    """Whose row it is. Slack user ids are only unique together with the workspace they act from."""

    workspace: str
    user: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone stands. None means not said; the levels belong to the ladder named here."""

    ladder: str | None = None
    current: str | None = None
    target: str | None = None
