"""Answers that are the same for everyone who stands alike, rendered once and kept for each ladder."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from weakref import WeakKeyDictionary

from bot.ladder.model import Ladder
from bot.slack.payloads import Answer

MOST = 128  # answers a ladder, of some 30 KB each

_kept: WeakKeyDictionary[Ladder, dict[Hashable, Answer]] = WeakKeyDictionary()


def keep(ladder: Ladder, asked: Hashable, render: Callable[[], Answer]) -> Answer:
    """What `render` gives, once for what was `asked`, which has to name everything that it depends on.

    A ladder that was read again is another object and starts anew; what was kept goes with the old one.
    """
    kept = _kept.setdefault(ladder, {})
    answer = kept.get(asked)
    if answer is None:
        if len(kept) >= MOST:
            del kept[next(iter(kept))]  # the oldest
        answer = kept[asked] = render()
    return answer
