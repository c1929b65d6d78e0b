"""One page of many entries, which knows how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from bot.brag.model import Entry


class Stretch(Sequence[Entry]):
    """As long as everything, of which it holds the entries from `place` on; the others were not read."""

    def __init__(self, held: Sequence[Entry], place: int, length: int) -> None:
        self.held = held
        self._place = place
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...

    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        wanted = range(self._length)[at]
        if isinstance(wanted, int):
            return self.held[wanted - self._place]
        return [self.held[each - self._place] for each in wanted]
