"""What people write is sealed before it is stored: AES-GCM, bound to its owner and its place."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2: random nonces of 96 bits
ID_BYTES = 4
MARK_BYTES = 16
FORMAT = b"\x01"


class Owner(NamedTuple):
    """Whose row it is; part of what a sealed text is bound to."""

    workspace: str
    user: str


class WrongKey(Exception):
    """Sealed with a key that is not here, for another owner, or changed since."""


class Vault:
    """Seals with the first key and opens with any of them.

    Owner, table and column are authenticated along with the text, so that a row moved to another owner or
    column does not open.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {_id_of(key): AESGCM(key) for key in keys}
        self._first = _id_of(keys[0])
        self._marking = hashlib.sha256(b"rung mark key" + keys[0]).digest()

    @property
    def first(self) -> str:
        """The id of the key that seals, as hexadecimal digits; it tells nothing of the key."""
        return self._first.hex()

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all keys that open."""
        return frozenset(key.hex() for key in self._keys)

    def seal(self, text: str, owner: Owner, place: str) -> bytes:
        """`place` is table and column: `entries.body`."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._keys[self._first].encrypt(nonce, text.encode(), _bound_to(owner, place))
        return FORMAT + self._first + nonce + sealed

    def open(self, sealed: bytes, owner: Owner, place: str) -> str:
        """The text again. Raises WrongKey."""
        head, nonce_at = len(FORMAT), len(FORMAT) + ID_BYTES
        text_at = nonce_at + NONCE_BYTES
        if sealed[:head] != FORMAT or len(sealed) < text_at:
            raise WrongKey(f"{place}: was not sealed by this Rung, or was changed")
        key = self._keys.get(sealed[head:nonce_at])
        if key is None:
            raise WrongKey(f"{place}: sealed with a key that is not here")
        try:
            return key.decrypt(sealed[nonce_at:text_at], sealed[text_at:], _bound_to(owner, place)).decode()
        except InvalidTag:
            raise WrongKey(f"{place}: belongs to someone else, or was changed") from None

    def mark(self, text: str, owner: Owner, place: str) -> str:
        """The same for the same text of one owner in one place, while the first key stays: 32 hexadecimal
        digits, which tell nothing of the text to whoever has no key (HMAC-SHA-256, cut in half).
        """
        bound = _bound_to(owner, place) + b"\0" + text.encode()
        return hmac.digest(self._marking, bound, "sha256")[:MARK_BYTES].hex()

    def is_fresh(self, sealed: bytes) -> bool:
        """Is it sealed with the first key?"""
        return sealed[len(FORMAT) : len(FORMAT) + ID_BYTES] == self._first


def new_key() -> str:
    """A key as `RUNG_SECRET_KEY` takes it."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def read_keys(text: str) -> list[bytes]:
    """The keys of a setting, separated by commas; the first seals. Raises ValueError."""
    keys = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            key = base64.b64decode(part, validate=True)
        except binascii.Error:
            key = b""
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key is {KEY_BYTES} random bytes in base64")
        keys.append(key)
    if not keys:
        raise ValueError("holds no key")
    return keys


def _id_of(key: bytes) -> bytes:
    return hashlib.sha256(b"rung key id" + key).digest()[:ID_BYTES]


@lru_cache(maxsize=1_024)  # of one person thousands are opened in a row
def _bound_to(owner: Owner, place: str) -> bytes:
    return "\0".join((*owner, place)).encode()
