"""`/agenda ic5 to staff`: what a 1:1 might be about at a step of the ladder, with nobody in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.ladder.answers import STEP, VERSUS
from bot.ladder.blocks import name_level, name_source, offers
from bot.ladder.comparison import show_guidance
from bot.ladder.find import find_level
from bot.ladder.marks import describe
from bot.ladder.model import Ladder, Level
from bot.ladder.service import News, Reader, find_base, find_news
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.telling import PLATES
from bot.oneonone.model import OneOnOneQuestion, questions_for
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten
from bot.slack.payloads import Answer
from bot.wording import Wording, fill

MOST_NEWS = 3
MOST_QUESTIONS = 3
QUERY = 80


@dataclass(frozen=True, slots=True)
class Suggesting:
    """For someone who reads a ladder; `week` changes which questions are shown."""

    reader: Reader
    questions: Sequence[OneOnOneQuestion]
    words: Wording
    week: str

    def answer(self, text: str) -> Answer | None:
        """None where no level comes near."""
        sides = STEP.split(text, maxsplit=1)
        sides = sides if len(sides) == 2 else VERSUS.split(text, maxsplit=1)
        if len(sides) == 2:
            return self._between(sides[0], sides[1])
        goal = self._find(text, str)
        if not isinstance(goal, Level):
            return goal
        return self._show(find_base(self.reader, goal), goal)

    def _between(self, first: str, second: str) -> Answer | None:
        start = self._find(first, lambda level: f"{level} to {second}")
        if not isinstance(start, Level):
            return start
        goal = self._find(second, lambda level: f"{start.id} to {level}")
        if not isinstance(goal, Level):
            return goal
        is_down = start.track == goal.track and start.rank > goal.rank
        return self._show(goal, start) if is_down else self._show(start, goal)

    def _find(self, text: str, command: Callable[[str], str]) -> Level | Answer | None:
        """The level meant; a question where several fit or only something near does."""
        ladder = self.reader.ladder
        found = find_level(ladder, text, self.reader.track)
        if len(found.levels) == 1:
            return ladder.levels[found.levels[0]]
        near = [ladder.levels[name] for name in found.levels or found.suggestions]
        if not near:
            return None
        message = "which_level" if found.levels else "nearest_level"
        said = self.words.say(FILE, message, asked=shorten(text, QUERY))
        row = [
            blocks.button(level.title, f"agenda:levels:{n}", command(level.id))
            for n, level in enumerate(near[:5])
        ]
        return Answer(said, [blocks.section(said), blocks.actions(row)])

    def _show(self, start: Level | None, goal: Level) -> Answer:
        ladder, say = self.reader.ladder, self.words.say
        title = f"{name_level(start)} → {name_level(goal)}" if start else name_level(goal)
        said = say(FILE, "levels_title", step=Mrkdwn(title))
        shown: list[Block] = [blocks.section(said), blocks.context(say(FILE, "levels_intro"))]
        news = sorted(find_news(ladder, start, goal), key=lambda one: -_count(one))
        top = [one for one in news[:MOST_NEWS] if _count(one)]
        if top:
            lines = [self._news(one) for one in top]
            shown.append(blocks.section("\n".join([f"*{say(FILE, 'levels_news')}*", *lines])))
        if asked := [f"• “{fill(one.ask)}”" for one in self._ask(goal, top)]:
            shown.append(blocks.section("\n".join([f"*{say(FILE, 'levels_ask')}*", *asked])))
        shown += self._step(start, goal)
        shown.append(self._plate(start or goal))
        wishes = [(level.title, level.id) for level in (start, goal) if level]
        return Answer(
            said,
            [*shown, blocks.context(say(FILE, "levels_next")), offers(ladder, wishes), name_source(ladder)],
        )

    def _news(self, one: News) -> str:
        first = next(each for each in one.new if each.kind == "expectation")
        return f"• *{escape(one.competency.name)}*: {escape(first.text)}"

    def _ask(self, goal: Level, top: Sequence[News]) -> list[OneOnOneQuestion]:
        """Of the families that come new, one each; none that calls somebody by name."""
        found = questions_for(self.questions, "manager", "usual", describe(self.reader.ladder, goal))
        nameless = [one for one in found if "{" not in one.ask]
        families = [set(one.competency.families) for one in top] or [set()]
        start = sum(map(ord, self.week))
        chosen: list[OneOnOneQuestion] = []
        for each in families * MOST_QUESTIONS:
            fitting = [
                one for one in nameless if one not in chosen and (not each or each & set(one.families))
            ]
            if fitting and len(chosen) < MOST_QUESTIONS:
                chosen.append(fitting[start % len(fitting)])
        return chosen

    def _step(self, start: Level | None, goal: Level) -> list[Block]:
        """What the source says about this very step."""
        ladder = self.reader.ladder
        found = find_guidance(ladder, start, goal)
        return blocks.sections(found) if found else []

    def _plate(self, level: Level) -> Block:
        say = self.words.say
        message = PLATES[level.band] if level.band else "plate_any"
        return blocks.section(f"*{say(FILE, 'levels_plate')}*\n{say(FILE, message, pick=self.week)}")


def find_guidance(ladder: Ladder, start: Level | None, goal: Level) -> str:
    """About the step between the two; where the start is not known, about the last step to the goal."""
    for one in ladder.guidance:
        if one.to_level == goal.id and (start is None or one.from_level == start.id):
            return show_guidance(one)
    return ""


def _count(news: News) -> int:
    return sum(statement.kind == "expectation" for statement in news.new)
