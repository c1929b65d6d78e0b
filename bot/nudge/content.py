"""The questions and ladders in force, and how a question reads that was chosen by its ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.ladder.answers import Answers
from bot.ladder.model import Ladder, Level, Statement
from bot.ladder.service import Reader, find_kept
from bot.nudge.model import FOLLOW_UP, Asked, WeeklyQuestion
from bot.nudge.pool import Pool, pool_of
from bot.slack.mrkdwn import Mrkdwn
from bot.wording import Wording, fill


@dataclass(frozen=True)
class Content:
    """What is in force at this moment. What is the same for many is reckoned once, and kept with it."""

    questions: Sequence[WeeklyQuestion]
    ladders: Mapping[str, Ladder]
    default_ladder: str | None
    _pools: dict[tuple[str, str, bool], Pool] = field(default_factory=dict)
    _worded: dict[tuple[str, str, str, str], Mrkdwn] = field(default_factory=dict)

    def can_ask(self, asked: Asked) -> bool:
        """Are the question, its level and its expectation still there?"""
        if asked.kind == FOLLOW_UP:
            return True
        question, level = self._by_id.get(asked.question), self._find_level(asked)
        if question is None or (question.names_level and level is None):
            return False
        return question.kind != "expectation" or self._find_statement(asked) is not None

    def word(self, asked: Asked, words: Wording) -> Mrkdwn:
        """The question in words; one that `can_ask` allows and that is no follow-up."""
        key = (asked.question, asked.ladder, asked.level, asked.expectation)
        if key not in self._worded:
            self._worded[key] = self._word(asked, words)
        return self._worded[key]

    def pool_for(self, reader: Reader | None) -> Pool:
        """The questions for the level someone aims for, else for the one they are at."""
        level = (reader.target or reader.current) if reader else None
        is_aim = bool(reader and reader.target and reader.target != reader.current)
        ladder = reader.ladder if reader else None
        key = (ladder.id if ladder else "", level.id if level else "", is_aim)
        if key not in self._pools:
            self._pools[key] = pool_of(self.questions, ladder, level, is_aim=is_aim)
        return self._pools[key]

    def _word(self, asked: Asked, words: Wording) -> Mrkdwn:
        question, level = self._by_id[asked.question], self._find_level(asked)
        title = level.title if level else ""
        statement = self._find_statement(asked)
        if statement is None:
            return fill(question.ask, level=title)
        ladder = self.ladders[asked.ladder]
        own = Answers(words, lambda: self.ladders).ask(ladder, statement)
        competency = ladder.competencies[statement.competency].name
        return fill(question.ask, ask=Mrkdwn(own), level=title, competency=competency)

    def names_of(self, asked: Asked) -> tuple[str, ...]:
        """Ids that the expectation asked about has and had; none where it is about none."""
        statement = self._find_statement(asked)
        return (statement.id, *statement.was) if statement else ()

    @cached_property
    def _by_id(self) -> Mapping[str, WeeklyQuestion]:
        return {question.id: question for question in self.questions}

    def _find_level(self, asked: Asked) -> Level | None:
        ladder = self.ladders.get(asked.ladder)
        return find_kept(ladder, asked.level or None) if ladder else None

    def _find_statement(self, asked: Asked) -> Statement | None:
        ladder = self.ladders.get(asked.ladder)
        return ladder.find_statement(asked.expectation) if ladder else None
