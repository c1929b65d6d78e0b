"""Search in someone's own entries: by stem, forgiving a typo, quotes for a phrase; nothing is indexed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile

from rapidfuzz import fuzz, process

from bot.brag.model import Entry
from bot.brag.suggesting.word_forms import BASE_FORMS
from bot.brag.suggesting.words import STOP, stem_of

MOST_TERMS = 8
SHORTEST_START = 3  # letters from which the beginning of a word finds it
SHORTEST_TYPO = 4
LONGEST_NAME = 60  # characters of a project's name that a button repeats
TYPO = 82  # rapidfuzz ratio from which a word that occurs nowhere is read as one that does

_WORD = re.compile(r"[\w']+")
_ASKED = re.compile(r"[\"“„”«»]([^\"“„”«»]+)[\"“„”«»]|([\w']+)")
_ENDING = re.compile(r"(?<=..)(?:i[sz]?|e|y)$")  # letters in which a stem differs from forms of its word


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found. `found`: what of it matched, in lower case, for showing where."""

    entry: Entry
    found: frozenset[str]
    is_whole: bool
    """Everything that was searched for is in it."""


@dataclass(frozen=True, slots=True)
class Project:
    """Entries of one project, newest first, under the name as it was written last."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def handle(self) -> str:
        """What a button asks for it by, however long its name is."""
        if len(self.name) <= LONGEST_NAME:
            return self.name
        return f"#{sha256(self.name.casefold().encode()).hexdigest()[:12]}"


class Search:
    """Words to look for in text, result, project, goal, links and people of entries."""

    def __init__(self, words: str) -> None:
        self._terms = _read_terms(words)
        self._starts = [start for term in self._terms for start in term.starts]

    def may_find(self, text: str) -> bool:
        """False where surely none of the words is, however the text is packed; most can stay unread."""
        lowered = text.lower()
        return any(start in lowered for start in self._starts)

    def is_at_a_loss(self, entries: Iterable[Entry]) -> bool:
        """Is there a word in none of them? Then its nearest is to be looked for in all there are."""
        read = [_all_of(entry) for entry in entries]
        return not all(_is_in(term, read) for term in self._terms)

    def find(self, entries: Iterable[Entry]) -> list[Hit]:
        """Best first: those with all of the words before those with some; among equals the newest."""
        read = [(entry, _all_of(entry)) for entry in entries]
        terms = [_mend(term, [text for _, text in read]) for term in self._terms]
        ranked = []
        for entry, text in read:
            likely = [term for term in terms if term.may_be_in(text)]
            found, score = _weigh(likely, entry) if likely else ({}, 0)
            if found:
                hit = Hit(entry, frozenset().union(*found.values()), len(found) == len(terms))
                ranked.append((len(found), score, entry.happened_on, hit))
        ranked.sort(key=lambda one: one[:3], reverse=True)
        return [hit for *_, hit in ranked]


def find_spots(text: str, found: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, with True for those that were found; addresses stay in one piece."""
    wanted = "|".join(re.escape(each) for each in sorted(found, key=len, reverse=True))
    if not wanted:
        return [(text, False)]
    pieces, end = [], 0
    for match in re.finditer(rf"https?://\S+|(?<![\w@'])({wanted})(?![\w'])", text, re.IGNORECASE):
        if match[1]:
            pieces += [(text[end : match.start()], False), (match[1], True)]
            end = match.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def by_project(entries: Iterable[Entry]) -> list[Project]:
    """The projects that entries belong to, the one with the newest entry first."""
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.happened_on, reverse=True):
        if name := _project_of(entry):
            groups[name.casefold()].append(entry)
    return [Project(_project_of(group[0]), tuple(group)) for group in groups.values()]


def find_project(projects: Iterable[Project], asked: str) -> Project | None:
    """The project of that name or handle, else the first whose name begins so."""
    wanted = " ".join(asked.casefold().split())
    if wanted.startswith("#"):
        return next((project for project in projects if project.handle == wanted), None)
    alike = [project for project in projects if project.name.casefold().startswith(wanted)]
    return min(alike, key=lambda project: project.name.casefold() != wanted, default=None) if wanted else None


def _project_of(entry: Entry) -> str:
    return " ".join(entry.words.project.split())


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or a phrase to look for. `starts`: what each form of it begins with."""

    plain: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    stem: str = ""
    """Empty for a phrase, of which there is one form alone."""

    def may_be_in(self, text: str) -> bool:
        """False where it surely is not; far cheaper than to look for it."""
        return any(start in text for start in self.starts)

    def find_in(self, text: str) -> set[str]:
        if not self.may_be_in(text):
            return set()
        matches = self.pattern.finditer(text)
        return {match.group() for match in matches if _is_whole(match, text) and self._is_form(match.group())}

    def _is_form(self, form: str) -> bool:
        if not self.stem or form == self.plain:
            return True
        is_longer = len(self.plain) >= SHORTEST_START and form.startswith(self.plain)
        return is_longer or stem_of(form) == self.stem


def _read_terms(words: str) -> list[_Term]:
    """What someone looks for; words that say nothing count only where there are no others."""
    asked = _ASKED.findall(words.lower().replace("’", "'"))[: 4 * MOST_TERMS]
    terms = [_phrase(phrase) if phrase.strip() else _word(word) for phrase, word in asked]
    telling = [term for term in terms if not term.stem or term.plain not in STOP]
    return list({term.plain: term for term in telling or terms}.values())[:MOST_TERMS]


def _phrase(text: str) -> _Term:
    words = _WORD.findall(text)
    pattern = r"[^\w']+".join(map(re.escape, words))
    return _Term(" ".join(words), tuple(words[:1]), re.compile(rf"{pattern}(?![\w'])"))


def _word(plain: str) -> _Term:
    stem = stem_of(plain)
    start = _ENDING.sub("", _shared_start(plain, stem)) or plain
    starts = (start, *_FORMS.get(stem, ()))
    either = re.escape(start) if len(starts) == 1 else f"(?:{'|'.join(map(re.escape, starts))})"
    return _Term(plain, starts, re.compile(rf"{either}[\w']*"), stem)


def _shared_start(one: str, other: str) -> str:
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in shared)


def _mend(term: _Term, texts: Sequence[str]) -> _Term:
    """A word that occurs nowhere is read as the nearest that does, where there is one."""
    if _is_in(term, texts):
        return term
    known = {word for text in texts for word in text.split()}
    near = process.extractOne(term.plain, known, scorer=fuzz.ratio, score_cutoff=TYPO)
    words = _WORD.findall(near[0]) if near else ()
    return _word(words[0]) if words else term


def _is_in(term: _Term, texts: Iterable[str]) -> bool:
    """Does it occur anywhere? A phrase, and a word too short for a typo, need not."""
    return not term.stem or len(term.plain) < SHORTEST_TYPO or any(map(term.find_in, texts))


def _weigh(terms: Sequence[_Term], entry: Entry) -> tuple[dict[str, set[str]], int]:
    """What stands in the entry of each term that does, and how much that counts."""
    found: dict[str, set[str]] = {}
    score = 0
    for written, weight in _places_of(entry):
        text = written.lower()
        for term in terms if text else ():
            if forms := term.find_in(text):
                found.setdefault(term.plain, set()).update(forms)
                score += weight
    return found, score


def _is_whole(match: re.Match[str], text: str) -> bool:
    """Does it begin where a word does? Asked here, since a pattern that asks takes ten times as long."""
    before = text[match.start() - 1 : match.start()]
    return not (before.isalnum() or before in ("_", "'"))


def _all_of(entry: Entry) -> str:
    return "\n".join(text for text, _ in _places_of(entry)).lower()


def _places_of(entry: Entry) -> tuple[tuple[str, int], ...]:
    """What an entry says, each with how much a find there weighs."""
    words = entry.words
    elsewhere = " ".join((*words.links, *words.people))
    return (words.text, 3), (words.project, 3), (words.result, 2), (words.goal, 2), (elsewhere, 1)


def _irregular_forms() -> dict[str, list[str]]:
    """Stem → forms that a shared beginning would not find."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form, base in BASE_FORMS.items():
        forms[stem_of(base)] += [form, base]
    return forms


_FORMS = _irregular_forms()
