"""From the words after `/ladder` to an answer, for everything that changes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.ladder import asking, cards, comparison, guide, lenses, whereabouts
from bot.ladder.find import Found, find_competency, find_level, split_level_and_rest, split_two_levels
from bot.ladder.finding.titles import name_key, normalise_text
from bot.ladder.messages import FILE
from bot.ladder.model import Competency, Ladder, Level, Statement
from bot.ladder.picture import PICTURE, show_in_words
from bot.ladder.search import search
from bot.ladder.service import Reader
from bot.slack import blocks
from bot.slack.mrkdwn import escape, shorten
from bot.slack.payloads import Answer
from bot.wording import Wording

VERSUS = re.compile(r"\s+(?:vs\.?|versus|against)\s+", re.IGNORECASE)
STEP = re.compile(r"\s+(?:to|->|→)\s+", re.IGNORECASE)
BY = re.compile(r"\s+(?:sorted\s+)?by(?:\s+|$)", re.IGNORECASE)
MORE = re.compile(r"\+(\d{1,5})\s+")
UNSEEN = ("Cc", "Cf", "Cs")  # Unicode: control signs, formatting such as zero-width ones, lone surrogates
LONGEST = 300  # no level, competency or search is longer; the rest would only cost time

Asked = Callable[[Reader, str], Answer]
ToCommand = Callable[[str], str]


def tidy(text: str) -> str:
    """What someone typed on one line of bearable length, without signs that nobody sees."""
    line = " ".join(text[: 4 * LONGEST].split())
    return "".join(sign for sign in line if unicodedata.category(sign) not in UNSEEN).strip()[:LONGEST]


class Answers:
    """Answers to one reader at a time; `words` are the prompts in force."""

    def __init__(self, words: Wording, ladders: Callable[[], Mapping[str, Ladder]]) -> None:
        self._words = words
        self._ladders = ladders
        self._by_word: dict[str, Asked] = {
            "": self.whereabouts,
            "help": self.help,
            "?": self.help,
            "list": self.list_ladders,
            "ladders": self.list_ladders,
            "compare": self.compare,
            "search": self.search,
            "find": self.search,
            "guide": self.guide,
            "questions": self.questions,
            "me": self.whereabouts,
            "lens": self.lens,
            "lenses": self.lens,
            "by": self.lens,
        }

    def answer(self, reader: Reader, text: str) -> Answer:
        """What tidy words ask for; a first word that commands nothing is part of a level's name."""
        if text.lower() in PICTURE:
            return show_in_words(reader)
        word, _, rest = text.partition(" ")
        if asked := self._by_word.get(word.lower()):
            return asked(reader, rest)
        if VERSUS.search(text):
            return self.compare(reader, text)
        sides = BY.split(text, maxsplit=1)
        if len(sides) == 2 and (found := find_level(reader.ladder, sides[0], reader.track)).levels:
            return self._level_by(reader, sides[0], found, sides[1])
        step = STEP.split(text, maxsplit=1)
        if len(step) == 2 and all(find_level(reader.ladder, side).levels for side in step):
            return self.compare(reader, " vs ".join(step))
        return self.level(reader, text)

    def help(self, _reader: Reader | None = None, _text: str = "") -> Answer:
        said = self._words.say(FILE, "help")
        parts = said.split("\n\n")  # Slack folds a long section
        return Answer("What /ladder can do", [blocks.section(part) for part in parts])

    def whereabouts(self, reader: Reader, _text: str) -> Answer:
        return whereabouts.show_whereabouts(reader, self._words)

    def list_ladders(self, reader: Reader, _text: str) -> Answer:
        listed = asking.list_ladders(self._ladders(), reader.ladder)
        known = lenses.list_lenses(reader.ladder, self._ladders())
        return replace(listed, blocks=[*listed.blocks, *lenses.invite(reader.ladder, known, self._words)])

    def guide(self, reader: Reader, text: str) -> Answer:
        if text:
            return guide.show_page(reader.ladder, text, self._words)
        known = lenses.list_lenses(reader.ladder, self._ladders())
        return guide.show_contents(
            reader.ladder, self._words, lenses.invite(reader.ladder, known, self._words)
        )

    def lens(self, reader: Reader, text: str) -> Answer:
        """A lens over the whole ladder; without a name, all there are."""
        known = lenses.list_lenses(reader.ladder, self._ladders())
        meant = lenses.choose(reader, text, known, self._words)
        return meant if isinstance(meant, Answer) else lenses.show_lens(reader, meant, self._words)

    def _level_by(self, reader: Reader, side: str, found: Found, asked: str) -> Answer:
        """`staff by three pillars`: the level found for the one side, sorted by the lens of the other."""
        if len(found.levels) > 1:
            return self.choose(reader, side, found, lambda level: f"{level} by {asked}")
        level = reader.ladder.levels[found.levels[0]]
        if level.status == "named":
            return self.card(reader, level)
        known = lenses.list_lenses(reader.ladder, self._ladders())
        meant = lenses.choose(reader, asked, known, self._words, level.id)
        if isinstance(meant, Answer):
            return meant
        note = self._how_read(reader, side, found)
        return lenses.show_level_by(reader, level, meant, known, self._words, note)

    def search(self, reader: Reader, text: str) -> Answer:
        more = MORE.match(text)
        asked = text[more.end() :] if more else text
        if not asked.strip():
            return Answer(self._words.say(FILE, "search_what"))
        found = search(reader.ladder, asked, reader.track)
        start = int(more.group(1)) if more else 0
        return asking.show_hits(reader, asked, found, start, self._words)

    def level(self, reader: Reader, text: str) -> Answer:
        """A level, some of its competencies, a competency over all levels, or a role."""
        found, rest = split_level_and_rest(reader.ladder, text, reader.track)
        is_unsure = rest or found.kind in ("fuzzy", "ambiguous")
        if found.kind == "none" or (is_unsure and _names_competency(reader.ladder, text)):
            return self._something_else(reader, text, found)
        if rest:
            competencies = find_competency(reader.ladder, rest)
            if len(found.levels) != 1:
                return self.choose(reader, text, found, lambda level: f"{level} {rest}")
            level = reader.ladder.levels[found.levels[0]]
            own = [c for c in competencies if level.track in c.tracks]
            if not own:
                return asking.explain_other_track(reader, level, competencies[0], self._words)
            return cards.show_competencies(reader, level, own)
        if len(found.levels) > 1:
            return self.choose(reader, text, found, str)
        level, note = reader.ladder.levels[found.levels[0]], self._how_read(reader, text, found)
        return self.card(reader, level, note=note)

    def card(
        self, reader: Reader, level: Level, *, note: str = "", public: bool = False, shareable: bool = True
    ) -> Answer:
        """A level, with the way to the lenses where there are any; the plain one is kept."""
        known = lenses.list_lenses(reader.ladder, self._ladders())
        sortable = lenses.has_other_ways(reader.ladder, known)
        if note or public or not shareable:
            return cards.show_level(
                reader, level, note=note, public=public, shareable=shareable, sortable=sortable
            )
        return cards.recall_level(reader, level, sortable=sortable)

    def compare(self, reader: Reader, text: str) -> Answer:
        """Two levels; with one (or one twice), against the reader's own, else against the level below."""
        sides = self._sides(reader, text)
        if sides is None:
            return Answer(self._words.say(FILE, "compare_what"))
        one, other = (find_level(reader.ladder, side, reader.track) for side in sides)
        if len(one.levels) != 1:
            return self.choose(reader, sides[0], one, lambda level: f"compare {level} vs {sides[1]}")
        if len(other.levels) != 1:
            return self.choose(reader, sides[1], other, lambda level: f"compare {sides[0]} vs {level}")
        start, goal = (reader.ladder.levels[found.levels[0]] for found in (one, other))
        if start is not goal:
            return comparison.compare(reader, start, goal)
        below = reader.ladder.below(goal)
        return comparison.compare(reader, below, goal) if below else self.card(reader, goal)

    def questions(self, reader: Reader, text: str) -> Answer:
        """Questions for a level, or for one competency of it; without a level, for the reader's target."""
        goal = reader.target or reader.current
        if not text and goal is None:
            return Answer(self._words.say(FILE, "questions_what"))
        if not text and goal:
            text = goal.id
        found, rest = split_level_and_rest(reader.ladder, text, reader.track)
        if len(found.levels) != 1:
            return self.choose(reader, text, found, lambda level: f"questions {level} {rest}".strip())
        level = reader.ladder.levels[found.levels[0]]
        if level.status == "named":
            return self.card(reader, level)
        wanted = find_competency(reader.ladder, rest) if rest else reader.ladder.competencies_of(level.track)
        own = [competency for competency in wanted if level.track in competency.tracks]
        if not own:
            return asking.explain_other_track(reader, level, wanted[0], self._words)
        asked = [(competency, self._ask(reader, level, competency, every=bool(rest))) for competency in own]
        return asking.show_questions(reader, level, [entry for entry in asked if entry[1]], self._words)

    def ask(self, ladder: Ladder, statement: Statement) -> str:
        """The question for an expectation: its own, or one made for it, always the same."""
        if statement.ask:
            return escape(statement.ask)
        competency = ladder.competencies[statement.competency].name
        return self._words.say(
            "ladder/questions",
            "about_an_expectation",
            pick=statement.id,
            expectation=statement.text,
            competency=competency,
        )

    def _ask(
        self, reader: Reader, level: Level, competency: Competency, *, every: bool
    ) -> Sequence[tuple[Statement, str]]:
        """A question for each expectation, or for the first one only."""
        statements = reader.ladder.cell(level.id, competency.id).statements
        expectations = [statement for statement in statements if statement.kind == "expectation"]
        chosen = expectations if every else expectations[:1]
        return [(statement, self.ask(reader.ladder, statement)) for statement in chosen]

    def _sides(self, reader: Reader, text: str) -> tuple[str, str] | None:
        """The two levels to compare, as words; None when there is nothing to set beside the one given."""
        versus = VERSUS.split(text, maxsplit=1)
        if len(versus) == 2:
            return versus[0], versus[1]
        if pair := split_two_levels(reader.ladder, text):
            return pair
        if not text:
            levels = (reader.current, reader.target)
            return (levels[0].id, levels[1].id) if levels[0] and levels[1] else None
        if reader.current:
            return reader.current.id, text
        found = find_level(reader.ladder, text, reader.track)
        below = reader.ladder.below(reader.ladder.levels[found.levels[0]]) if len(found.levels) == 1 else None
        if found.kind == "none" or len(found.levels) > 1:
            return text, text
        return (below.id, text) if below else None

    def _something_else(self, reader: Reader, text: str, found: Found) -> Answer:
        """No level, but perhaps a role, or a competency over all levels."""
        ladder = reader.ladder
        if len(found.roles) == 1:
            return cards.show_role(reader, ladder.roles[found.roles[0]])
        competencies = find_competency(ladder, text)
        if len(competencies) == 1:
            return cards.show_progression(reader, competencies[0])
        if goal := reader.target or reader.current:
            own = [competency for competency in competencies if goal.track in competency.tracks]
            if own:
                return cards.show_competencies(reader, goal, own)
        if competencies:
            return asking.ask_which_competency(reader, text, competencies, self._words)
        return self._nothing(reader, text, found)

    def _nothing(self, reader: Reader, asked: str, found: Found, command: ToCommand = str) -> Answer:
        ladder = reader.ladder
        levels = [(ladder.levels[name].title, command(name)) for name in found.suggestions]
        roles = [(ladder.roles[name].name, ladder.roles[name].name) for name in found.roles]
        near = [(c.name, c.id) for c in find_competency(ladder, asked)[:3]]
        nearest = [*levels, *roles, *near][:6]
        return replace(asking.offer_nearest(reader, asked, nearest, self._words), understood=bool(nearest))

    def choose(self, reader: Reader, asked: str, found: Found, command: ToCommand) -> Answer:
        """Asks which level is meant, or offers the nearest; `command` makes the command of a level's id."""
        if not found.levels:
            return self._nothing(reader, asked, found, command)
        levels = [reader.ladder.levels[name] for name in found.levels]
        return asking.ask_which_level(reader, asked, levels, command, self._words)

    def _how_read(self, reader: Reader, asked: str, found: Found) -> str:
        """Says so when a typo was read over, or when the reader's own track decided between two levels."""
        if found.kind == "fuzzy":
            level = reader.ladder.levels[found.levels[0]].title
            return self._words.say(FILE, "read_as", asked=shorten(asked, asking.QUERY), level=level)
        if not found.others or reader.track is None:
            return ""
        others = ", ".join(reader.ladder.levels[name].title for name in found.others)
        track = reader.ladder.tracks[reader.track].name
        return self._words.say(FILE, "other_track", track=track, others=others)


def _names_competency(ladder: Ladder, text: str) -> bool:
    """Whether this is a competency's very name: “technical direction” is no misspelt director."""
    asked = name_key(normalise_text(text))
    return any(
        asked == name_key(normalise_text(name))
        for competency in find_competency(ladder, text)
        for name in (competency.id, competency.name, *competency.aliases)
    )
