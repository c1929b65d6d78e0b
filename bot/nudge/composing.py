"""The weekly questions that are due, put into words at the moment they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import structlog

from bot.nudge import service
from bot.nudge.desk import NudgeDesk
from bot.nudge.model import ANSWERED, NUDGE, AskedState
from bot.nudge.service import Turn
from bot.nudge.showing import FILE, show_question, show_settled
from bot.nudge.store import NudgeStore
from bot.outbox.model import Composed, Delivery, Drop, Later, Post, Update
from bot.outbox.sender import Sender, each
from bot.people.model import PersonId

SAID: Mapping[AskedState, str] = {"nothing": "nothing_said", "answered": "answered"}

log = structlog.get_logger()


class NudgeComposing:
    """Chooses for everyone who is due in one transaction, which remembers what is asked before it is sent."""

    def __init__(self, desk: NudgeDesk) -> None:
        self._desk = desk

    def register(self, sender: Sender) -> None:
        sender.kinds[NUDGE] = self.compose
        sender.kinds[ANSWERED] = each(self.show_answered)

    async def compose(self, deliveries: Sequence[Delivery]) -> Mapping[str, Composed]:
        composed: dict[str, Composed] = await self._wait_for_quiet(deliveries)
        awake = [one for one in deliveries if one.id not in composed]
        content, now = self._desk.content, self._desk.clock()
        decided = await self._desk.write(service.ask, awake, content, now)
        for name, turn in decided.items():
            _explain(name, turn)
        composed |= {name: turn for name, turn in decided.items() if isinstance(turn, Drop)}
        turns = {name: turn for name, turn in decided.items() if isinstance(turn, Turn)}
        for name, turn in zip(turns, await self._desk.quote_agreed(list(turns.values())), strict=True):
            answer = show_question(turn, content, self._desk.words)
            composed[name] = Post(turn.asked.person.user, answer.text, answer.blocks)
        return composed

    async def show_answered(self, delivery: Delivery) -> Composed:
        """No dead buttons: a line says what became of the question."""
        person, name = PersonId(delivery.workspace, delivery.user), str(delivery.about["nudge"])
        sent = await self._desk.read(NudgeStore.get_sent, person, name)
        turn = await self._desk.read(service.get_turn, person, name, self._desk.clock())
        if sent is None or not sent[-1] or turn is None or turn.asked.state not in SAID:
            return Drop("no message yet")  # or another question stands in it meanwhile
        said = self._desk.words.say(FILE, SAID[turn.asked.state], pick=name)
        [turn] = await self._desk.quote_agreed([turn])
        shown = show_settled(turn, self._desk.content, self._desk.words, said)
        return Update(*sent[1:], shown.text, shown.blocks)

    async def _wait_for_quiet(self, deliveries: Sequence[Delivery]) -> dict[str, Composed]:
        """Nobody is asked in the hours in which Slack is to be quiet for them."""
        later: dict[str, Composed] = {}
        for _, same in groupby(sorted(deliveries, key=_workspace_of), key=_workspace_of):
            people = {one.id: PersonId(one.workspace, one.user) for one in same}
            until = await self._desk.quiet.until(list(people.values()))
            later |= {name: Later(until[person]) for name, person in people.items() if person in until}
        return later


def _workspace_of(delivery: Delivery) -> str:
    return delivery.workspace


def _explain(delivery: str, turn: Turn | Drop) -> None:
    """Why this question, by ids."""
    if isinstance(turn, Drop):
        log.info("weekly question dropped", delivery=delivery, reason=turn.reason)
        return
    one = turn.asked
    log.info(
        "weekly question",
        delivery=delivery,
        question=one.question,
        level=f"{one.ladder}/{one.level}",
        expectation=one.expectation,
        reason=turn.reason,
    )
