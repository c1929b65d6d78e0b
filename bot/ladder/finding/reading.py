"""Reads a written title, of a level or in a query, into its parts: grade, step, number, discipline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.ladder.finding.titles import (
    ANY_SCHEME,
    FILLERS,
    GRADES,
    LONGEST_PHRASE,
    MANAGING,
    MEANINGS,
    NEVER_MEANT,
    NUMBER_WORDS,
    ROMAN,
    SCHEMES,
)

_SHORTEST_TYPO = 4
_TWO_TYPOS_FROM = 8
_MOST_ABBREVIATIONS = 3  # each doubles the readings
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a title. `scheme` says whose `number` it is; `words` are the ladder's own."""

    grade: str = ""
    step: int | None = None
    number: int | None = None
    scheme: str = ""
    fields: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()

    def says(self, flag: str) -> bool:
        return flag in self.flags

    @property
    def is_safe(self) -> bool:
        return not self.flags & {"?", "!", _UNKNOWN}

    @property
    def is_managing(self) -> bool:
        return self.grade.split(" ")[-1] in MANAGING

    @property
    def is_title(self) -> bool:
        """Whether an alias that reads so is a title of its own, not a number or a whole track."""
        return (
            self.is_safe and self.number is None and bool(self.grade or self.words or self.says("engineer"))
        )

    def without(self, *flags: str) -> Reading:
        return replace(self, flags=self.flags - set(flags))

    @property
    def says_something(self) -> bool:
        return bool(
            self.grade
            or self.number is not None
            or self.words
            or self.flags & {"engineer", "ic", "management"}
        )


class Vocabulary:
    """The general vocabulary together with the words one ladder uses in its titles and names."""

    def __init__(self, titles: Sequence[str], names: Iterable[str], prefixes: frozenset[str]) -> None:
        self.prefixes = prefixes
        self.meanings = dict(MEANINGS)
        for name in names:  # "Acme staff" on Acme's ladder is "staff"
            self.meanings |= {token: "" for token in name.split() if not self._is_plain(token)}
        for title in titles:
            self.meanings |= {word: f"+{word}" for word in _own_words(title, self.meanings)}
        self._spelled = {word for phrase in self.meanings for word in phrase.split()}
        self._correctable = [w for w in self._spelled - NEVER_MEANT if len(w) >= _SHORTEST_TYPO]
        self._spelled |= NUMBER_WORDS.keys()

    def _is_plain(self, token: str) -> bool:
        return bool(self.meanings.get(token, "?")[:1] not in "?!")

    def learn_names(self, names: Iterable[str]) -> None:
        """Words that occur only in aliases and roles: a typo in them is mended, alone they mean nothing."""
        new = {token for name in names for token in name.split()} - self._spelled
        self._spelled |= new
        self._correctable += [word for word in new if len(word) >= _SHORTEST_TYPO]

    def mend(self, tokens: Sequence[str]) -> tuple[list[str], bool]:
        """The tokens with glued words parted, plurals cut and typos corrected; whether there was a typo."""
        mended = [self._mend_word(token) for token in tokens]
        return [word for words, _ in mended for word in words], any(typo for _, typo in mended)

    def _mend_word(self, word: str) -> tuple[list[str], bool]:
        if word in self.meanings or len(word) < _SHORTEST_TYPO or not word.isalpha():
            return [word], False
        if word.endswith("s") and word[:-1] in self.meanings:
            return [word[:-1]], False
        if word in self._spelled:
            return [word], False
        for cut in range(2, len(word) - 2):
            parts = [word[:cut], word[cut:]]
            if (cut > 2 or parts[0] in {"sr", "jr"}) and all(map(self._is_telling, parts)):
                return parts, False
        nearest = self._nearest(word)
        return ([nearest], True) if nearest else ([word], False)

    def _is_telling(self, word: str) -> bool:
        return word in self.meanings and word not in FILLERS

    def _nearest(self, word: str) -> str | None:
        limit = 2 if len(word) >= _TWO_TYPOS_FROM else 1
        found = process.extract(word, self._correctable, scorer=OSA.distance, score_cutoff=limit, limit=None)
        near = [(distance, choice[0] != word[0], choice) for choice, distance, _ in found]
        near = [n for n in near if n[0] == 1 or len(n[2]) >= _TWO_TYPOS_FROM]
        best = [choice for *score, choice in near if score == list(min(near)[:2])]
        meanings = {self.meanings.get(choice, choice) for choice in best}
        return best[0] if len(meanings) == 1 else None

    def read(self, tokens: Sequence[str]) -> tuple[Reading, ...]:
        """Every reading of these tokens: more than one only for abbreviations of two titles."""
        choices = [meaning.split("|") for meaning in self._meanings_of(_spell_numbers(tokens))]
        if sum(len(choice) > 1 for choice in choices) > _MOST_ABBREVIATIONS:
            return (Reading(flags=frozenset({_UNKNOWN})),)
        return tuple(_build(" ".join(choice).split()) for choice in product(*choices))

    def _meanings_of(self, tokens: Sequence[str]) -> Iterator[str]:
        place = 0
        while place < len(tokens):
            used, meaning = self._numbered(tokens, place) or self._phrase(tokens, place)
            yield meaning
            place += used

    def _numbered(self, tokens: Sequence[str], place: int) -> tuple[int, str] | None:
        """`l 5`, `level 5`, `no-such-letter 5`: a number on a scheme, as the atom `#scheme:number`."""
        if place + 1 == len(tokens) or not tokens[place + 1].isdigit():
            return None
        word, number = tokens[place], tokens[place + 1]
        if word in self.prefixes:
            return 2, f"#={word}:{number}"
        if word in SCHEMES:
            return 2, f"#{SCHEMES[word]}:{number}"
        if word in ANY_SCHEME:
            return 2, f"#:{number}"
        if self.meanings.get(word) == "? level":
            return 2, f"? #:{number}"
        is_foreign = len(word) == 1 or (len(word) <= 3 and word not in self.meanings)
        return (2, f"? #ic:{number}") if is_foreign and word.isalpha() else None

    def _phrase(self, tokens: Sequence[str], place: int) -> tuple[int, str]:
        for used in range(min(LONGEST_PHRASE, len(tokens) - place), 0, -1):
            meaning = self.meanings.get(" ".join(tokens[place : place + used]))
            if meaning is not None:
                return used, meaning
        word = tokens[place]
        return 1, word if word.isdigit() or word == "+" else _UNKNOWN


def without_fillers(tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if token not in FILLERS]


def _own_words(title: str, meanings: dict[str, str]) -> Iterator[str]:
    """What a title says that the general vocabulary doesn't know, or knows as another profession."""
    for phrase, meaning in meanings.items():
        if meaning[:1] in {"?", "!"} and re.search(rf"\b{re.escape(phrase)}\b", title):
            yield phrase
    for token in title.split():
        if token.isalpha() and token not in meanings:
            yield token


def _spell_numbers(tokens: Sequence[str]) -> list[str]:
    """Number words and roman numerals as digits, where they follow a word of a title: not "am I"."""
    spelled: list[str] = []
    for token in tokens:
        follows_title = bool(spelled) and (
            spelled[-1] not in FILLERS or spelled[-1] in ANY_SCHEME | {"engineering"}
        )
        number = ROMAN.get(token) or NUMBER_WORDS.get(token)
        spelled.append(number if number and follows_title and not spelled[-1].isdigit() else token)
    return spelled


def _build(atoms: Sequence[str]) -> Reading:
    reading = Reading()
    grades: set[str] = set()
    for place, atom in enumerate(atoms):
        if atom in GRADES:
            grades.add(atom)
        else:
            reading = _add(reading, atom, is_first=place == 0, is_alone=len(atoms) == 1)
    reading = replace(reading, grade=" ".join(sorted(grades, key=_grade_order)))
    more_than_a_track = reading.step is not None or (reading.grade and not reading.is_managing)
    if reading.says("management") and more_than_a_track:  # "senior management" is nobody's title
        return replace(reading, flags=reading.flags | {"?"})
    return reading


def _grade_order(grade: str) -> tuple[bool, int]:
    return grade not in {"junior", "senior"}, GRADES.index(grade)


def _add(reading: Reading, atom: str, is_first: bool, is_alone: bool) -> Reading:
    if atom.startswith("#"):
        return _add_number(reading, *atom[1:].split(":"))
    if atom.isdigit():
        return _add_number(reading, "", atom) if is_alone else _add_step(reading, atom, is_first)
    if atom.startswith("@"):
        return replace(reading, fields=reading.fields | {atom[1:]})
    if len(atom) > 1 and atom.startswith("+"):
        return replace(reading, words=reading.words | {atom[1:]})
    return replace(reading, flags=reading.flags | {atom})


def _add_step(reading: Reading, digits: str, is_first: bool) -> Reading:
    if is_first or reading.step is not None:
        return replace(reading, flags=reading.flags | {_UNKNOWN})
    return replace(reading, step=int(digits[:6]))


def _add_number(reading: Reading, scheme: str, digits: str) -> Reading:
    if reading.number is not None:
        return replace(reading, flags=reading.flags | {_UNKNOWN})
    return replace(reading, number=int(digits[:6]), scheme=scheme)
