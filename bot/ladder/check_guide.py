"""What the guide of a ladder file gets wrong although its shape is right: lenses, choices to go through."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content import Finding, Place
from bot.ladder.file import LadderFile, TopicFile
from bot.shape import find_repeated, suggest


def check_guide(ladder: LadderFile) -> Iterator[Finding]:
    """Everything that is wrong, in no order."""
    known = [lens.id for lens in ladder.lenses]
    for i, topic in enumerate(ladder.topics):
        at: Place = ("topics", i)
        for j, lens in enumerate(topic.lenses):
            if lens not in known:
                yield Finding((*at, "lenses", j), f"there is no lens `{lens}`", suggest(lens, known))
        yield from _check_choices(topic, at)


def _check_choices(topic: TopicFile, at: Place) -> Iterator[Finding]:
    yield from find_repeated(
        [((*at, "choices", j, "id"), choice.id) for j, choice in enumerate(topic.choices)]
    )
    if topic.sides and not topic.choices:
        yield Finding((*at, "sides"), "sides need choices", "add `choices`, or leave `sides` out")
    for j, choice in enumerate(topic.choices):
        if len(choice.options) > len(topic.sides):
            message = f"`{choice.id}` has {len(choice.options)} options, the page {len(topic.sides)} sides"
            hint = "name in `sides` what each option speaks for, in the same order"
            yield Finding((*at, "choices", j, "options"), message, hint)
