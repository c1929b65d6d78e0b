"""What someone wrote, read as a person would: a list is several entries, “thanks” is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from rapidfuzz import fuzz

ALIKE = 60  # rapidfuzz ratio from which an item counts as the same, reworded

Said = Literal["entry", "thanks", "greeting", "nothing", "question", "button"]
"""`button`: what a button below an entry does, such as “undo”."""
SMALL_TALK: tuple[Said, ...] = ("thanks", "greeting", "nothing", "button")

_BULLET = re.compile(r"^(\s*)(?:[-*+•◦▪‣–]|\d{1,2}[.)]|[a-z]\))\s+(?:\[[xX]\]\s+)?(?=\S)")
_EMOJI_FIRST = re.compile(
    r"^(\s*)(?=(?::[a-z0-9_+'-]+:|[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?)\s*\S)"
)
_EMOJI = re.compile(r":[a-z0-9_+'-]+:|[^\w\s.,!?'’:;()/&@#%-]")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _vocabulary(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that alone say nothing to keep. A rule of words, not a list of sentences.
_COURTESY = _vocabulary(
    """thanks thank thx ty you so very much cheers merci danke great cool nice ok okay k perfect awesome
    lovely got it sounds good will do noted done there good bye rung fine lgtm question 1
    yes yep yeah sure a lot many for the reminder asking again all right alright understood super
    have one weekend evening day week next see hope that this helps"""
)
_NOTHING = _vocabulary(
    """nothing no nope nah none not really much this week month time today to report comes come mind special
    for me i have don't dont got anything yet sorry it was is a quiet week skip pass n/a na can't cant think
    of at the moment now new here from my side thanks just maybe next slow one been
    i'm im am on in all whole out office too very vacation holiday holidays leave parental sabbatical sick ill
    ooo pto off day days away took busy idk dunno know sure unsure later tbd brb will answer reply tell you
    remind let about tomorrow monday tuesday wednesday thursday friday same as last
    usual since until"""
)
_GREETINGS = _vocabulary("hi hello hey hola morning afternoon evening hallo moin yo")
_NO = _vocabulary(
    """nothing no nope nah none not n/a na skip pass quiet don't dont can't cant same
    vacation holiday holidays leave sabbatical sick ill ooo pto off away office busy
    idk dunno unsure later tbd brb answer reply remind think"""
)
_SOUNDS = _vocabulary("hm hmm hmmm uh um ah oh lol haha hehe wow oops hrm huh test testing")
_BUTTONS = _vocabulary("undo edit delete remove cancel revert stop unsubscribe")
_OBJECTS = _vocabulary("that it this the my last one entry message please rung")
_SECTIONS = _vocabulary(
    """wins win learnings learning learned lessons failures failure fails highlights lowlights highs lows this
    last next week weeks month quarter today yesterday done doing todo in progress summary update updates
    achievements accomplishments other misc and the good bad ugly what went well badly my"""
)
_ASKING = re.compile(  # whoever asks in a hurry leaves the question mark out
    r"(?:(?:what|how|who|where|when|why|which)(?: (?:is|are|do|does|did|can|could|should|will|would)\b|'s\b)"
    r"|(?:can|could|do|does|did|will|would|should|is|are) (?:i|you|we|it|this|that|anyone|my manager)\b)"
    r"[^.!?:;,\n]{0,60}"
)
_COMMAND = re.compile(r"/?brag:?\s+(?=\S)", re.IGNORECASE)
_MOST_OF_HEADING = 5  # words
_MOST_WORDS = 12


def without_command(text: str) -> str:
    """What is meant where someone writes `brag …` to the bot, with or without the slash."""
    return _COMMAND.sub("", text.strip())


def judge(text: str) -> Said:
    """Is it something to keep? In doubt it is: a line kept too many is undone with a click."""
    bare = _EMOJI.sub(" ", text.lower().replace("’", "'")).strip()
    words = re.findall(r"\w[\w'/&-]*", bare)
    if not words:
        return "question" if "?" in bare else "thanks"
    if set(words) <= _SOUNDS:
        return "nothing"
    if words == ["never", "mind"] or (_BUTTONS & set(words) and set(words) <= _BUTTONS | _OBJECTS):
        return "button"
    if len(words) <= _MOST_WORDS:
        if all(word in _COURTESY | _GREETINGS for word in words):
            return "greeting" if _GREETINGS & set(words) else "thanks"
        if _NO & set(words) and all(word in _NOTHING for word in words):
            return "nothing"
    is_question = re.fullmatch(r"[^.!?\n]{1,200}\?+", bare) or _ASKING.fullmatch(bare)
    return "question" if is_question and not _BULLET.match(text) else "entry"


def split_items(text: str) -> list[str]:
    """The entries of a text: the items of a list, with what belongs below them; else the text as it is.

    A line that introduces the list (“This week:”) is none, nor is a “thanks” among others; other text around
    it is an entry of its own.
    """
    lines = _join_code(text.strip().splitlines())
    marks = _find_marks(_BULLET, lines) or _find_marks(_EMOJI_FIRST, lines)
    if not marks:
        return [text.strip()] if text.strip() else []
    outermost = min(_indent(mark) for mark in marks.values())
    items: list[list[str]] = [[]]
    marked: set[int] = set()
    for number, line in enumerate(lines):
        mark = marks.get(number)
        if mark and _indent(mark) == outermost:
            marked.add(len(items))
            items.append([line[mark.end() :]])
        elif _stands_alone(line):
            items += [[line], []]
        elif not line.strip() and len(items) > 1:
            items.append([])  # an empty line ends an item
        else:
            items[-1].append(line)
    found = {place: "\n".join(lines).strip() for place, lines in enumerate(items)}
    said = [item for place, item in found.items() if item and (place in marked or not _is_heading(item))]
    return [item for item in said if judge(item) not in SMALL_TALK] or said


def find_links(text: str) -> tuple[str, ...]:
    """Addresses in a text, in order, each once."""
    found = (link.rstrip(".,;:!?)]") for link in re.findall(r"https?://[^\s<>\"]+", text))
    return tuple(dict.fromkeys(found))


def find_people(text: str) -> tuple[str, ...]:
    """Ids of people a text mentions."""
    return tuple(dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]+)>", text)))


def find_day(text: str, today: date) -> date:
    """When it happened, where the text says so in a way that leaves no doubt; else today."""
    lowered = text.lower()
    if re.search(r"\byesterday\b", lowered):
        return today - timedelta(days=1)
    if found := re.search(rf"\blast ({'|'.join(_DAYS)})\b", lowered):
        back = (today.weekday() - _DAYS.index(found[1])) % 7 or 7
        return today - timedelta(days=back)
    if found := re.search(r"\b(20\d\d-[01]\d-[0-3]\d)\b", text):
        try:
            return min(date.fromisoformat(found[1]), today)
        except ValueError:
            return today
    return today


def is_alike(one: str, other: str) -> bool:
    """The same, perhaps reworded."""
    return fuzz.ratio(one, other) >= ALIKE


def match_items(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new item, which old one it is: by likeness, then by position; None for one that is new."""
    taken: dict[int, int] = {}
    pairs = sorted(
        (
            (fuzz.ratio(before, after), -abs(i - j), i, j)
            for i, before in enumerate(old)
            for j, after in enumerate(new)
        ),
        reverse=True,
    )
    for likeness, _, i, j in pairs:
        if likeness >= ALIKE and i not in taken.values() and j not in taken:
            taken[j] = i
    for j in range(len(new)):
        if j not in taken and j < len(old) and j not in taken.values() and len(old) == len(new):
            taken[j] = j
    return [taken.get(j) for j in range(len(new))]


def _join_code(lines: Sequence[str]) -> Sequence[str]:
    """A block of code as one line, whatever there is in it."""
    joined: list[str] = []
    is_open = False
    for line in lines:
        if is_open:
            joined[-1] += f"\n{line}"
        else:
            joined.append(line)
        is_open ^= line.count("```") % 2 == 1
    return lines if is_open else joined


def _find_marks(pattern: re.Pattern[str], lines: Sequence[str]) -> dict[int, re.Match[str]]:
    """What begins the items of a list, by line; one alone is no list."""
    marks = {number: mark for number, line in enumerate(lines) if (mark := pattern.match(line))}
    return marks if len(marks) > 1 else {}


def _indent(mark: re.Match[str]) -> int:
    return len(mark[1].expandtabs(4))


def _stands_alone(line: str) -> bool:
    """Belongs to no item, even right below one."""
    is_set_off = re.match(r"\s*(?:#{1,6} |\*)", line) is not None or names_section(line)
    return (is_set_off and _is_heading(line.strip())) or judge(line) in ("thanks", "greeting")


def _is_heading(item: str) -> bool:
    """“*Wins*”, “## March”, “What went well”, “This week:”; a whole sentence is none, however it looks."""
    if "\n" in item or len(item.split()) > _MOST_OF_HEADING:
        return False
    is_bold = re.fullmatch(r"\*{1,2}[^*\d]+\*{1,2}:?", item) is not None
    return is_bold or item.endswith(":") or re.match(r"#{1,6} ", item) is not None or names_section(item)


def names_section(line: str) -> bool:
    """“What went well”, “Wins this week”: what kind of thing stands below, and nothing that was done."""
    words = re.findall(r"\w+", line.lower())
    return bool(words) and all(word in _SECTIONS for word in words)
