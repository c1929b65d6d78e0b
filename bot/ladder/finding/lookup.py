"""Looks up what someone wrote among the names of one ladder, then as a reading of a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.ladder.finding.match import fit_levels
from bot.ladder.finding.near import MOST_SUGGESTIONS, suggest_levels
from bot.ladder.finding.reading import Reading, without_fillers
from bot.ladder.finding.rungs import Rungs
from bot.ladder.finding.titles import POLITE, name_key, normalise_text
from bot.ladder.model import Ladder

FoundKind = Literal["exact", "alias", "fuzzy", "ambiguous", "none"]

_LONGEST_QUERY = 200
_MOST_WORDS = 32
_CONNECTOR = re.compile(r" (?:to|vs|versus|v|or|and|with|against) | / | ?, ?")
_WORD = re.compile(r"\w+|\+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a query means: one level, or several where it is ambiguous.

    `others` fit too, on other tracks than one's own. Where no level fits, `suggestions` are at most three
    levels near by and `roles` those that do fit.
    """

    kind: FoundKind
    levels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


NOTHING = Found("none")


class LevelIndex:
    """One ladder, prepared for finding its levels."""

    def __init__(self, ladder: Ladder) -> None:
        self._rungs = Rungs(ladder)
        self._exact = _by_key((lv.id, name) for lv in ladder.levels.values() for name in (lv.id, lv.title))
        self._aliases = _by_key(
            (lv.id, name) for lv in ladder.levels.values() for name in (*lv.aliases, *lv.was)
        )
        self._roles = _by_key(
            (role.id, name) for role in ladder.roles.values() for name in (role.id, role.name, *role.aliases)
        )
        self._tracks = {
            name_key(normalise_text(name)): track.id
            for track in ladder.tracks.values()
            for name in (track.id, track.name, *track.aliases)
            if len(name) > 1
        }
        self._near_role = {role.id: role.near for role in ladder.roles.values()}
        names = [name for lv in ladder.levels.values() for name in lv.aliases]
        names += [name for role in ladder.roles.values() for name in (role.name, *role.aliases)]
        self._rungs.vocabulary.learn_names(map(normalise_text, names))
        self._leading = {
            role.id for role in ladder.roles.values() if self._is_lead(normalise_text(role.name))
        }

    def _is_lead(self, name: str) -> bool:
        return any(reading.grade == "lead" for reading in self._rungs.read(name))

    def find(self, query: str, track: str | None) -> Found:
        text = normalise_text(query) if len(query) <= _LONGEST_QUERY else ""
        if not text or text.count(" ") >= _MOST_WORDS:
            return NOTHING
        listed = self._find_sides(text) if "," in text else None  # "senior, staff" is not Senior Staff
        found = listed or self._by_name(text, track) or self._find_sides(text)
        return found or self._find_one(text, track)

    def _by_name(self, text: str, track: str | None) -> Found | None:
        key = name_key(text)
        if key in self._exact:
            return self._settle("exact", self._exact[key], track)
        return self._by_alias(key, "alias", track)

    def _by_alias(self, key: str, kind: FoundKind, track: str | None) -> Found | None:
        levels = self._exact.get(key) or self._aliases.get(key)
        if levels:
            return self._settle(kind, levels, track)
        if key in self._roles:
            return self._as_roles(self._roles[key])
        whole = self._rungs.of_track(self._tracks[key]) if key in self._tracks else ()
        return self._settle("alias", whole, None) if whole else None

    def _as_roles(self, roles: Iterable[str]) -> Found:
        roles = tuple(roles)
        near = self._rungs.in_order(level for role in roles for level in self._near_role[role])
        return Found("none", roles=roles, suggestions=near[:MOST_SUGGESTIONS])

    def _settle(self, kind: FoundKind, levels: Iterable[str], track: str | None) -> Found:
        """One level of several only where exactly one is on the person's own track."""
        levels = self._rungs.in_order(levels)
        own = tuple(level for level in levels if self._rungs.track_of(level) == track)
        if len(levels) > 1 and len(own) != 1:
            return Found("ambiguous", levels)
        if len(levels) == 1:
            return Found(kind, levels)
        return Found(kind, own, others=tuple(level for level in levels if level not in own))

    # Several levels in one query

    def _find_sides(self, text: str) -> Found | None:
        """ "senior to staff", "ic5 or m3": both; None where the text doesn't name two."""
        for left, right in sides_of(text):
            if not (self.is_weighty(left) and self.is_weighty(right)) or self._is_inverted(text, left, right):
                continue
            return self._join(self.find(left, None), self.find(right, None))
        return None

    def is_weighty(self, text: str) -> bool:
        """Whether this names a level by itself: a grade or a number, not only a noun or a discipline."""
        tokens, _ = self._rungs.vocabulary.mend(without_fillers(_WORD.findall(text)))
        if name_key(text) in self._exact or name_key(text) in self._aliases:
            return True
        return any(
            r.grade or r.number is not None or r.says("ic") for r in self._rungs.vocabulary.read(tokens)
        )

    def _is_inverted(self, text: str, left: str, right: str) -> bool:
        """ "Manager, Senior" and "IC6, Staff Engineer" are one title each, "senior, staff" are two."""
        if "," not in text.removeprefix(left).removesuffix(right):
            return False
        one, other = self._rungs.read(left)[0], self._rungs.read(right)[0]
        is_modified = one.is_managing and other.grade in {"junior", "senior"}
        is_noun_first = not one.grade and one.says("engineer") and not other.says("engineer")
        return is_modified or is_noun_first or (one.number is None) != (other.number is None)

    def is_one_title(self, text: str) -> bool:
        """Whether this is surely one level: its very title, or a manager's with a word before it."""
        found = self.find(text, None)
        return found.kind == "exact" or (
            bool(found.levels) and all(map(self._rungs.is_managing, found.levels))
        )

    def _join(self, left: Found, right: Found) -> Found:
        if left.levels and right.levels:
            levels = self._rungs.in_order((*left.levels, *right.levels))
        else:
            levels = self._rungs.in_order(
                (*(left.levels or left.suggestions), *(right.levels or right.suggestions))
            )
        has_gap = not (left.levels or left.suggestions) or not (right.levels or right.suggestions)
        if has_gap or not (left.levels or right.levels):
            return Found("none", suggestions=levels[:MOST_SUGGESTIONS])
        return self._settle("alias", levels, None)

    # One level

    def _find_one(self, text: str, track: str | None) -> Found:
        tokens = _WORD.findall(text)
        for words in _trimmed(tokens):
            found = self._by_alias(name_key(" ".join(words)), "alias", track)
            if found:
                return found
        mended, has_typo = self._rungs.vocabulary.mend(tokens)
        if has_typo:
            for words in _trimmed(mended):
                found = self._by_alias(name_key(" ".join(words)), "fuzzy", track)
                if found:
                    return found
        return self._find_readings(
            self._rungs.vocabulary.read(mended), "fuzzy" if has_typo else "alias", track
        )

    def _find_readings(self, readings: Sequence[Reading], kind: FoundKind, track: str | None) -> Found:
        levels = {level for reading in readings for level in fit_levels(self._rungs, reading)}
        if not levels:
            return self._nothing(readings)
        if len(readings) > 1:  # an alternative too unsure to stand alone may still be meant
            levels |= {lv for r in readings if not r.is_safe for lv in suggest_levels(self._rungs, r)}
        named = any(r.scheme or r.flags & {"ic", "management"} for r in readings)
        return self._settle(kind, levels, None if named else track)

    def _nothing(self, readings: Sequence[Reading]) -> Found:
        if self._leading and any(r.grade == "lead" and r.is_safe for r in readings):
            return self._as_roles(sorted(self._leading))
        near = [level for reading in readings for level in suggest_levels(self._rungs, reading)]
        return Found("none", suggestions=self._rungs.in_order(near)[:MOST_SUGGESTIONS])


def _by_key(named: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for owner, name in named:
        key = name_key(normalise_text(name))
        keys[key] = tuple(dict.fromkeys((*keys.get(key, ()), owner)))
    keys.pop("", None)
    return keys


def _trimmed(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    """The tokens with ever more words of politeness cut from the front, then all of them from the end."""
    end = len(tokens)
    while end and tokens[end - 1] in POLITE:
        end -= 1
    for start, token in enumerate(tokens[:end]):
        yield tokens[start:]
        yield tokens[start:end]
        if token not in POLITE:
            return


def sides_of(text: str) -> Iterator[tuple[str, str]]:
    """Every way to part normalised text at a connecting word; "engineer 1 or 2" repeats the engineer."""
    for match in _CONNECTOR.finditer(text):
        left, right = text[: match.start()].strip(), text[match.end() :].strip()
        if right.isdigit() and (stem := re.fullmatch(r"(.*\D)\d+", left)):
            right = stem[1] + right
        if left and right:
            yield left, right
