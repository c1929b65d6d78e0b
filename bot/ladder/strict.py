"""What is right in a ladder file and still weak: repeated wording, questions and samples that say little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.content import Finding, Place, read_document
from bot.errors import ContentError
from bot.ladder.file import LadderFile, StatementFile, TopicFile
from bot.ladder.load import ITEM_WORDS, parse_ladder
from bot.ladder.model import Ladder
from bot.ladder.search import stems_of
from bot.shape import check_shape

ALIKE = 85  # rapidfuzz ratio of sorted stems from which two texts say the same
ECHO = 0.8  # share of a question's words that its expectation has already
FEWEST_ECHOED = 3  # fewer shared words than these say nothing

# Words a question is made of, whatever it asks about.
FRAME = stems_of(
    "about after also and another any anybody anyone anything are be because been before came can come could "
    "day did does done each ever every get go going good got had has have how if into its lately made make "
    "many me month much new no not of off one other others our out own quarter recently some somebody "
    "someone something still such than that the their them then there these they thing this those to today "
    "too up us very was way we week well went were when where which while who whom whose why would you your "
    "yours yourself"
)

# What came of it, by its stem. The first word of a sample is left out: it is what the writer did.
RESULTS = stems_of(
    "accepted adopted agreed approved avoided became caught chose cited closed copied cut decided "
    "disappeared done dropped ended fell finished fixed followed freed gone grew halved held hired joined "
    "kept landed launched live lowered merged met nobody none nothing now passed picked quoted replaced "
    "rose saved settled shipped shrank signed solved spared started stayed stopped switched thanks "
    "therefore without won works"
)

# A measure, a comparison, or a turn of phrase that tells of a change.
CHANGE = re.compile(
    r"\d|%|→|->|\b(?:half|twice|double|thirds?|fifth|tenth|better|cheaper|earlier|easier|faster|fewer|less|"
    r"more|quicker|shorter|simpler|smaller|sooner|any ?more|down (?:to|by)|from\b[^.;]+\bto|in place of|"
    r"in use|instead of|no|rather than|since(?: then)?(?=\W*$|[.;,])|so|taken up|took (?:it|them) over|"
    r"took (?:it |them )?up|turned (?:down|into|out)|up (?:to|by)|used to|uses|within|"
    r"went (?:live|on|out))\b",
    re.IGNORECASE,
)

# A further clause in which someone or something else acts.
SOMEONE_ELSE = re.compile(
    r"^Our\s|[.;:,]\s+(?:and |but |which |so )?(?:we|he|she|they|it|that|all|most|people|two|three|four|five|"
    r"six|seven|eight|nine|ten|the|their|her|our|(?!is|was|has|as\b)\w+s|[A-Z]\w+)\s"
)


class _Spot(NamedTuple):
    """A statement, and where it stands."""

    at: Place
    level: str
    competency: str
    statement: StatementFile


@dataclass(frozen=True, slots=True)
class _Line:
    """One text of a statement, as its sorted stems."""

    at: Place
    spot: _Spot
    text: str
    stems: str


def parse_strictly(text: str, file: str) -> Ladder:
    """The ladder of a text. Raises ContentError with everything that is wrong or, where nothing is, weak."""
    ladder = parse_ladder(text, file)
    document = read_document(text, file, ITEM_WORDS)
    content, _ = check_shape(document, LadderFile)
    if content is not None and (found := list(find_weak_spots(content))):
        raise ContentError(sorted(map(document.problem, found), key=lambda problem: problem.line))
    return ladder


def find_weak_spots(ladder: LadderFile) -> Iterator[Finding]:
    """Everything worth a second look, in no order; nothing of it keeps a ladder from working."""
    spots = list(_spots(ladder))
    yield from _find_repeated("text", "statement", spots)
    yield from _find_repeated("ask", "question", spots)
    yield from _find_repeated("sample", "sample", spots)
    for spot in spots:
        if spot.statement.kind == "expectation":
            yield from _check_ask(spot)
            yield from _check_sample(spot)
    yield from _find_unplaced(ladder)
    yield from _find_lonely(ladder.topics)


def _spots(ladder: LadderFile) -> Iterator[_Spot]:
    for i, level in enumerate(ladder.levels):
        for competency, cell in level.expects.items():
            for j, statement in enumerate(() if isinstance(cell, str) else cell):
                yield _Spot(("levels", i, "expects", competency, j), level.id, competency, statement)


def _find_repeated(field: str, word: str, spots: Iterable[_Spot]) -> Iterator[Finding]:
    for one, other in combinations(_lines(field, spots), 2):
        if _say_the_same(one, other):
            message = f"says nearly the same as the {word} of `{one.spot.statement.id}`, further up"
            hint = f"say what is different here, or keep one of the two: “{one.text}”"
            yield Finding(other.at, message, hint)


def _lines(field: str, spots: Iterable[_Spot]) -> Iterator[_Line]:
    for spot in spots:
        if text := getattr(spot.statement, field):
            frame = FRAME if field == "ask" else frozenset[str]()
            yield _Line((*spot.at, field), spot, text, " ".join(sorted(stems_of(text) - frame)))


def _say_the_same(one: _Line, other: _Line) -> bool:
    """Along a competency one word may be all that grows from level to level: a step, no repetition."""
    if one.spot.competency == other.spot.competency and one.spot.level != other.spot.level:
        return _plain(one.text) == _plain(other.text)
    return bool(one.stems) and fuzz.ratio(one.stems, other.stems) >= ALIKE


def _plain(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text.lower()))


def _check_ask(spot: _Spot) -> Iterator[Finding]:
    ask = spot.statement.ask
    if ask is None:
        hint = "add `ask`: one question about this week or month that is a pleasure to answer"
        yield Finding(spot.at, f"`{spot.statement.id}` has no question", hint)
        return
    words = stems_of(ask) - FRAME
    echoed = words & stems_of(spot.statement.text)
    if len(echoed) >= FEWEST_ECHOED and len(echoed) >= ECHO * len(words):
        hint = "ask for a moment instead: who, what was different afterwards, what tipped it"
        yield Finding((*spot.at, "ask"), "only turns the expectation into a question", hint)


def _check_sample(spot: _Spot) -> Iterator[Finding]:
    sample = spot.statement.sample
    if sample is None:
        hint = "add `sample`: one believable line someone could have written on the day"
        yield Finding(spot.at, f"`{spot.statement.id}` has no sample", hint)
    elif not _has_outcome(sample):
        hint = "add what came of it: a number, before and after, or what someone did because of it"
        yield Finding((*spot.at, "sample"), "says what was done and not what came of it", hint)


def _has_outcome(sample: str) -> bool:
    _, _, rest = sample.partition(" ")
    return bool(stems_of(rest) & RESULTS or CHANGE.search(sample) or SOMEONE_ELSE.search(sample))


def _find_unplaced(ladder: LadderFile) -> Iterator[Finding]:
    for i, level in enumerate(ladder.levels):
        if level.band is None:
            hint = "say in general words what kind of level it is, so that general questions suit it"
            yield Finding(("levels", i), f"`{level.id}` has no `band`", hint)
        if level.reach is None and level.status == "described":
            hint = "say how far the work of this level is felt; evidence is held against it"
            yield Finding(("levels", i), f"`{level.id}` has no `reach`", hint)
    for i, competency in enumerate(ladder.competencies):
        if not competency.families:
            hint = "say in general words what it is about, so that general questions suit it"
            yield Finding(("competencies", i), f"`{competency.id}` has no `families`", hint)


def _find_lonely(topics: Iterable[TopicFile]) -> Iterator[Finding]:
    for i, topic in enumerate(topics):
        elsewhere = " ".join(other.text for other in topics if other.id != topic.id)
        if not topic.levels and not _is_named(topic, elsewhere):
            hint = "name under `levels` those whose card should link to it, or point to it from another page"
            yield Finding(("topics", i), f"no level and no other page leads to `{topic.id}`", hint)


def _is_named(topic: TopicFile, text: str) -> bool:
    ways = (f"“{topic.title}”", *(f"guide {name}`" for name in (topic.id, *topic.aliases)))
    return any(way.lower() in text.lower() for way in ways)
