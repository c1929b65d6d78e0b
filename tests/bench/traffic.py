"""Commands over both ways at one, ten and fifty in flight, the two bots taking turns; memory after many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median

from tests.bench.load import Round, asking, fire, write_questions
from tests.bench.servers import STANDINGS, Bot, Way, bare, rung

COMMANDS = {"staff": "staff", "compare": "compare engineer 2 vs staff", "search": "search mentoring"}
EXPECTED = {"staff": "Staff Engineer", "compare": "Staff Engineer", "search": "entor"}


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int
    requests: int
    dispatches: int
    many: int
    warm_up: int


FULL = Sizes(rounds=7, requests=600, dispatches=2_000, many=10_000, warm_up=1_000)
QUICK = Sizes(rounds=3, requests=200, dispatches=500, many=2_000, warm_up=500)


@dataclass(frozen=True)
class Traffic:
    """Rounds of one command over one way; each of `rung` was run beside the one of `bare` at its place."""

    way: Way
    command: str
    in_flight: int
    bare: list[Round]
    rung: list[Round]

    def ratio(self, of: Callable[[Round], float]) -> float:
        return ratio_by_round([of(one) for one in self.rung], [of(one) for one in self.bare])


def ratio_by_round(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """What was measured at the same time is compared; the middle of all rounds counts."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


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


async def compare(bots: tuple[Bot, Bot], way: Way, command: str, in_flight: int, sizes: Sizes) -> Traffic:
    """Rounds of both, each of the two going first in turn; a short one before is left out."""
    rounds: tuple[list[Round], list[Round]] = ([], [])
    for number in range(sizes.rounds + 1):
        for which in (0, 1) if number % 2 else (1, 0):
            requests = sizes.requests if number else sizes.requests // 4
            measured = await fire(bots[which], way, [COMMANDS[command]], requests, in_flight)
            if number:
                rounds[which].append(measured)
    return Traffic(way, command, in_flight, *rounds)


async def grow(bot: Bot, way: Way, sizes: Sizes) -> tuple[int, int]:
    """Resident bytes before and after many commands; of seven kinds in turn, one is a search that is new."""
    kinds = [*COMMANDS.values(), "", "list", "help"]
    texts = [text for number in range(sizes.many) for text in (*kinds, f"search word{number}")]
    warming, many = (count // len(STANDINGS) for count in (sizes.warm_up, sizes.many))  # everyone types each
    await fire(bot, way, texts[:warming], sizes.warm_up, 10)
    before = bot.memory()
    await fire(bot, way, texts[warming : warming + many], sizes.many, 10)
    return before, bot.memory()
