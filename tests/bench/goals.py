"""What is asked of Rung, and how far what was measured is from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

from tests.bench.brag import BragFigures
from tests.bench.load import Round
from tests.bench.startup import Starts
from tests.bench.traffic import Traffic, ratio_by_round

Write = Callable[[float], str]


@dataclass(frozen=True)
class Goal:
    """`at_most` is None for what is only told; `bare` and `rung` are the figures behind the ratio."""

    name: str
    at_most: float | None
    ratio: float
    bare: str
    rung: str

    @property
    def is_met(self) -> bool:
        return self.at_most is None or self.ratio <= self.at_most


def staff_goals(traffic: Iterable[Traffic]) -> Iterator[Goal]:
    for one in traffic:
        if (one.command, one.in_flight) == ("staff", 1):
            bare, rung = ([r.percentile(0.5) for r in rounds] for rounds in (one.bare, one.rung))
            yield goal(f"/ladder staff, {one.way}, p50", 2.0, bare, rung, milliseconds)


def dispatch_goals(seconds: dict[str, list[float]]) -> Iterator[Goal]:
    ours, bare, default = (seconds[name] for name in ("rung", "bare", "default"))
    yield goal("dispatch with everything registered", 1.3, bare, ours, milliseconds)
    yield goal("… against Bolt's own middleware", None, default, ours, milliseconds)


def start_goals(starts: Starts) -> Iterator[Goal]:
    imports, restart, first = (
        [s.seconds for s in kind] for kind in (starts.imports, starts.restart, starts.first)
    )
    yield goal("start to ready ÷ imports alone", 1.4, imports, restart, milliseconds)
    yield goal("… with a database to create", None, imports, first, milliseconds)
    cpu = [s.cpu for s in starts.imports], [s.cpu for s in starts.restart]
    yield goal("… in CPU time, which other programs disturb less", None, *cpu, milliseconds)


def brag_goals(found: BragFigures) -> Iterator[Goal]:
    for name, rounds in found.reading.items():
        p50 = [one.percentile(0.5) for one in rounds]
        yield goal(f"/brag {name} of 5,000 ÷ 100 ms, p50", 1.0, [0.1] * len(p50), p50, milliseconds)
        yield goal("… in CPU time", None, [0.1] * len(p50), [one.cpu for one in rounds], milliseconds)
    bare, keeping = ([one.percentile(0.5) for one in rounds] for rounds in (found.bare, found.keeping))
    yield goal("/brag keeps one entry, p50", 8.0, bare, keeping, milliseconds)
    parts, empty = found.parts, [median(bare)]
    rest = median(keeping) - parts.commit - parts.suggestion
    cpu = [mean(one.cpu for one in found.bare)], [mean(one.cpu for one in found.keeping)]
    yield goal("… in CPU time", None, *cpu, milliseconds)
    yield goal("… the quickest round of each", None, [min(bare)], [min(keeping)], milliseconds)
    yield goal("… of it: one bare insert and its commit, the disk", None, empty, [parts.disk], milliseconds)
    yield goal("… all that is written and committed", None, empty, [parts.commit], milliseconds)
    yield goal("… the suggestion", None, empty, [parts.suggestion], milliseconds)
    yield goal("… the rest", None, empty, [rest], milliseconds)
    yield goal("… once more after a yes: learning from 200", None, empty, [parts.learning], milliseconds)
    before, after = found.memory
    yield goal("memory after reading on and on ÷ before", 1.05, [before], [after], mebibytes)


def oneonone_goals(found: Mapping[str, Sequence[Round]]) -> Iterator[Goal]:
    """The agenda's goal is absolute: it is read while somebody waits."""
    for name, at_most in (("agenda", 1.0), ("case", None), ("history", None)):
        rounds = found[name]
        p50 = [one.percentile(0.5) for one in rounds]
        yield goal(f"/agenda, {name} ÷ 50 ms, p50", at_most, [0.05] * len(p50), p50, milliseconds)
        yield goal("… in CPU time", None, [0.05] * len(p50), [one.cpu for one in rounds], milliseconds)
    bare, agenda = ([one.percentile(0.5) for one in found[name]] for name in ("bare", "agenda"))
    yield goal("/agenda against the empty listener, p50", None, bare, agenda, milliseconds)


def memory_goal(way: str, before: int, after: int, commands: int) -> Goal:
    return goal(f"memory, {way}, after {commands:,} commands ÷ before", 1.02, [before], [after], mebibytes)


def goal(
    name: str, at_most: float | None, bare: Sequence[float], rung: Sequence[float], write: Write
) -> Goal:
    return Goal(name, at_most, ratio_by_round(rung, bare), write(median(bare)), write(median(rung)))


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def mebibytes(size: float) -> str:
    return f"{size / 2**20:.1f} MiB"
