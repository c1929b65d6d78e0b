"""Commands over both ways at one, ten and fifty in flight, the two bots taking turns; memory after many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median

from tests.bench.load import Round, asking, fire, write_questions
from tests.bench.servers import STANDINGS, Bot, Way, bare, rung

COMMANDS = {"staff": "staff", "compare": "compare engineer 2 vs staff", "search": "search mentoring"}
EXPECTED = {"staff": "New against", "compare": "already from", "search": "mentor"}


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int
    requests: int
    many: int
    warm_up: int


FULL = Sizes(rounds=7, requests=600, many=10_000, warm_up=1_000)
QUICK = Sizes(rounds=3, requests=200, many=2_000, warm_up=500)


@dataclass(frozen=True)
class Pair:
    """The same rounds of both bots, in the order in which they were run."""

    bare: list[Round]
    rung: list[Round]

    def ratio(self, of: Callable[[Round], float]) -> float:
        """Rung's figure by that of the round beside it, in the middle of all rounds."""
        return median(of(ours) / of(theirs) for ours, theirs in zip(self.rung, self.bare, strict=True))

    @property
    def cpu(self) -> tuple[float, float]:
        """Seconds a request, bare and Rung; over all rounds, since one has too few steps of 10 ms."""
        return mean_cpu(self.bare), mean_cpu(self.rung)


def mean_cpu(rounds: list[Round]) -> float:
    return sum(one.cpu for one in rounds) / len(rounds)


@asynccontextmanager
async def both(way: Way, folder: str) -> AsyncIterator[tuple[Bot, Bot]]:
    """The bare bot and Rung, with people who have told Rung where they stand."""
    async with bare(way) as plain, rung(way, folder) as ours:
        await settle_in(ours, way)
        yield plain, ours


async def settle_in(bot: Bot, way: Way) -> None:
    """Everyone says where they stand; then each command must answer what it is for."""
    async with asking(bot, way, 1) as (ask,):
        for person, levels in STANDINGS.items():
            for field, level in zip(("current", "target"), levels, strict=True):
                for question in write_questions(bot, [f"{field} {level}"], [person]) if level else ():
                    await ask(question)
        for name, text in COMMANDS.items():
            answer = await ask(write_questions(bot, [text])[0])
            if EXPECTED[name] not in answer:
                raise RuntimeError(f"/ladder {text} did not answer as it should: {answer[:200]}")


async def compare(bots: tuple[Bot, Bot], way: Way, text: str, in_flight: int, sizes: Sizes) -> Pair:
    """Rounds of both, each of the two going first in turn; a short one before is left out."""
    rounds: tuple[list[Round], list[Round]] = ([], [])
    for number in range(sizes.rounds + 1):
        for which in (0, 1) if number % 2 else (1, 0):
            requests = sizes.requests if number else sizes.requests // 4
            measured = await fire(bots[which], way, [text], requests, in_flight)
            if number:
                rounds[which].append(measured)
    return Pair(*rounds)


async def grow(bot: Bot, way: Way, sizes: Sizes) -> tuple[int, int]:
    """Resident bytes before and after many commands of every kind, no two hundred of them alike."""
    kinds = [*COMMANDS.values(), "", "list", "help", *(f"search word{number}" for number in range(200))]
    await fire(bot, way, kinds, sizes.warm_up, 10)
    before = bot.memory()
    await fire(bot, way, kinds, sizes.many, 10)
    return before, bot.memory()
