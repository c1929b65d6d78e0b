"""A message is edited, and its entries follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.brag.model import Capture, Entry, Words
from bot.brag.reading import is_alike, match_items

if TYPE_CHECKING:
    from bot.brag.store import BragStore  # handed in; the rules themselves need no SQL


def follow_edit(brag: BragStore, known: Capture, drafts: Sequence[Entry], before: Sequence[str]) -> None:
    """Items are matched to the entries there are; those keep what their owner said of them.

    An item whose entry was taken back stays away. An entry changed in Rung's form keeps all, and stays when
    its item vanished; others go with their item.
    """
    old = brag.get_of_capture(known)
    items = _line_up(old, before)
    origins = match_items([text for text, _ in items], [draft.words.text for draft in drafts])
    written = []
    for origin, draft in zip(origins, drafts, strict=True):
        text, entry = items[origin] if origin is not None else ("", None)
        if entry:
            written.append(_take_over(entry, draft))
        elif not is_alike(text, draft.words.text):
            written.append(replace(draft, capture=known.id))
    staying = {entry.id for entry in written}
    left = [entry for entry in old if entry.id not in staying]
    alone = [entry for entry in left if entry.is_edited_here]
    written += [replace(entry, position=place) for place, entry in enumerate(alone, len(drafts))]
    brag.delete(known.person, [entry.id for entry in left if not entry.is_edited_here])
    brag.put(written)


def _line_up(old: Sequence[Entry], before: Sequence[str]) -> list[tuple[str, Entry | None]]:
    """The items that the message had, each with its entry where that was not taken back.

    Where they are not those that were kept, an edit in between is still to come, or never will.
    """
    here = [entry for entry in old if entry.position < len(before)]
    others = [entry for entry in old if entry.position >= len(before)]
    known = all(entry.is_edited_here or before[entry.position] == entry.words.text for entry in here)
    if not known or (old and not before) or not all(entry.is_edited_here for entry in others):
        return [(entry.words.text, entry) for entry in old]
    by_place = {entry.position: entry for entry in here}
    return [(text, by_place.get(place)) for place, text in enumerate(before)]


def _take_over(old: Entry, new: Entry) -> Entry:
    """The new words with what the owner had said of the old ones."""
    if old.is_edited_here:
        return replace(old, position=new.position)
    chosen = tuple(one for one in old.evidence if one.is_confirmed)
    taken = {(one.ladder, one.competency) for one in chosen}
    rest = tuple(one for one in new.evidence if (one.ladder, one.competency) not in taken)
    words = replace(
        new.words,
        result=old.words.result,
        links=tuple(dict.fromkeys((*new.words.links, *_files_of(old.words)))),
        project=old.words.project,
        goal=old.words.goal,
    )
    result = "said" if new.result == "said" else old.result
    return replace(old, position=new.position, words=words, result=result, evidence=(*chosen, *rest))


def _files_of(words: Words) -> tuple[str, ...]:
    """Links that came with the message and do not stand in its text."""
    return tuple(link for link in words.links if link not in words.text)
