"""What a page of the guide may hold beside its text: choices to go through, and how promotions work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a choice: what its button is called, and what choosing it says."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that a page asks, one after another; its options stand in the order of the page's sides."""

    id: str
    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Promotions:
    """What a company says of its promotions; empty where it says nothing."""

    when: str = ""
    who_decides: str = ""
    what_to_bring: str = ""
    appeal: str = ""
