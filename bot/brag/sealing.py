"""Entries and their evidence as rows, what people wrote sealed; and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Column, Row

from bot.brag.model import Entry, Evidence, Words
from bot.brag.tables import entries, evidence
from bot.people.model import PersonId
from bot.storage.vault import Owner, Vault

WORDS, BECAUSE = "entries.words", "evidence.because"
UNREAD = Words("")

ENTRY: tuple[Column[Any], ...] = (
    entries.c.id,
    entries.c.capture_id,
    entries.c.position,
    entries.c.words,
    entries.c.happened_on,
    entries.c.created_at,
    entries.c.kind,
    entries.c.reach,
    entries.c.visibility,
    entries.c.shared_at,
    entries.c.state,
    entries.c.result,
    entries.c.is_edited_here,
)
EVIDENCE: tuple[Column[Any], ...] = (
    evidence.c.entry_id,
    evidence.c.ladder_id,
    evidence.c.level_id,
    evidence.c.competency_id,
    evidence.c.expectation_id,
    evidence.c.is_confirmed,
    evidence.c.because,
)

SAID = EVIDENCE[1:-1]
"""What many entries may speak for alike: all of it but whose it is, and the words it stands on."""


class Sealing:
    """Thousands of rows become entries while someone waits: fields are given by place, in their order."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def read_entry(self, row: Row[Any], person: PersonId, its: Iterable[Evidence]) -> Entry:
        """From the columns `ENTRY`."""
        entry_id, capture, position, sealed, *rest = tuple(row)
        fields = [entry_id, person, capture, position, self.read_words(sealed, person), *rest, tuple(its)]
        return Entry(*fields)

    def read_evidence(self, person: PersonId, fields: Sequence[Any]) -> Evidence:
        """From the columns `EVIDENCE`, but for the first."""
        because = self._vault.open(fields[-1], Owner(*person), BECAUSE) if fields[-1] else ""
        words = tuple(filter(None, because.split("\n")))
        return Evidence(*[*fields[:-1], words])

    def read_words(self, sealed: bytes, person: PersonId) -> Words:
        return unpack_words(self.open_words(sealed, person))

    def open_words(self, sealed: bytes, person: PersonId) -> str:
        """The words as they are packed."""
        return self._vault.open(sealed, Owner(*person), WORDS)

    def mark(self, words: Words, person: PersonId) -> str:
        """The same for the same words of one person (`Vault.mark`)."""
        return self._vault.mark(pack_words(words), Owner(*person), WORDS)

    def entry_row(self, entry: Entry) -> dict[str, object]:
        words = pack_words(entry.words)
        return {
            **key_of(entry.person),
            "id": entry.id,
            "capture_id": entry.capture,
            "position": entry.position,
            "words": self._vault.seal(words, Owner(*entry.person), WORDS),
            "happened_on": entry.happened_on,
            "created_at": entry.created_at,
            "kind": entry.kind,
            "reach": entry.reach,
            "visibility": entry.visibility,
            "shared_at": entry.shared_at,
            "state": entry.state,
            "result": entry.result,
            "is_edited_here": entry.is_edited_here,
        }

    def evidence_row(self, entry: Entry, one: Evidence, place: int) -> dict[str, object]:
        """`place`: where it stands among the evidence of its entry."""
        because = "\n".join(one.words)
        return {
            **key_of(entry.person),
            "entry_id": entry.id,
            "ladder_id": one.ladder,
            "competency_id": one.competency,
            "position": place,
            "level_id": one.level,
            "expectation_id": one.expectation,
            "is_confirmed": one.is_confirmed,
            "because": self._vault.seal(because, Owner(*entry.person), BECAUSE) if because else None,
        }


def pack_words(words: Words) -> str:
    """As JSON; letters stay as they are, so that a search sees them."""
    return to_json(words).decode()


def unpack_words(packed: str) -> Words:
    found = from_json(packed)
    return Words(**{**found, "links": tuple(found["links"]), "people": tuple(found["people"])})


def key_of(person: PersonId) -> dict[str, object]:
    return {"workspace_id": person.workspace, "user_id": person.user}
