"""A text as words that can be compared: in lower case, with one stem for all forms of a word."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from bot.brag.suggesting.word_forms import APART, BASE_FORMS

MOST_KNOWN = 20_000  # words that are read once

_WRITTEN = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_HUMP = re.compile(r"(?<=[a-z]{3})(?=[A-Z])")  # PagerDuty has one, iOS none
_AMERICAN = re.compile(r"(?<=...)iz(e|es|ed|er|ers|ing|ation|ations)$")

# Words that say nothing of what was done.
STOP = frozenset(
    re.findall(
        r"[a-z']+",
        """a about across after again all also am an and any are around as at be because been before being
        between both but by can could did do does don't done during each etc even for from get
        gets good got great had has have he her him his how i i'd i'll i'm i've if in into is
        it it's its just like lot lots made make makes making many me more most much my new no
        nor not now of off on one only or other our ours out over own same several she should
        so some such than that that's the their them then there these they thing things this
        those through to too two under up us use used uses using various very was way ways we
        we've well were what when where which while who whom why will with within without would
        you your yours""",
    )
)

_stemmer = snowballstemmer.stemmer("english")
_stemming = Lock()  # a stemmer holds the word it works on, and ladders are read in threads


class Word(NamedTuple):
    """The stem of a word, whether it says anything of what was done, and where it stands in the text."""

    stem: str
    is_telling: bool
    start: int
    end: int


def read_words(text: str) -> list[Word]:
    """Every word in order; one with a hump (PagerDuty) is followed by its parts."""
    words: list[Word] = []
    for match in _WRITTEN.finditer(text):
        written, place = match.group(), match.start()
        words.append(_word(written, place))
        if _HUMP.search(written):
            humps = [hump.start() for hump in _HUMP.finditer(written)]
            for start, end in pairwise([0, *humps, len(written)]):
                words.append(_word(written[start:end], place + start))
    return words


def _word(written: str, start: int) -> Word:
    return Word(*_read(written), start, start + len(written))


@lru_cache(maxsize=MOST_KNOWN)
def _read(written: str) -> tuple[str, bool]:
    plain = written.lower().replace("’", "'")
    return stem_of(plain), plain not in STOP and len(plain) > 1


@lru_cache(maxsize=MOST_KNOWN)
def stem_of(plain: str) -> str:
    """Snowball's stem, after irregular forms and American spelling are evened out."""
    if plain in APART:
        return APART[plain]
    if plain.isdigit():
        return plain
    with _stemming:
        return str(_stemmer.stemWord(_AMERICAN.sub(r"is\1", BASE_FORMS.get(plain, plain))))
