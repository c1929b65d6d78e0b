"""The figures as tables: ratios first, since absolute times do not travel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from tests.bench.servers import Way
from tests.bench.traffic import Pair

RIGHT = "right"


@dataclass(frozen=True)
class Goal:
    """What is asked for, what came out, and the two absolute figures behind it."""

    name: str
    at_most: float
    ratio: float
    bare: str
    rung: str

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.at_most


@dataclass(frozen=True)
class Traffic:
    """The rounds of one command, over one way, with so many in flight."""

    way: Way
    command: str
    in_flight: int
    pair: Pair


def print_goals(console: Console, goals: Iterable[Goal]) -> None:
    table = Table("Goal", title="Goals", title_justify="left")
    for column in ("at most", "ratio", "bare", "Rung"):
        table.add_column(column, justify=RIGHT)
    table.add_column("")
    for goal in goals:
        met = "[green]met[/]" if goal.is_met else "[bold red]missed[/]"
        table.add_row(goal.name, f"{goal.at_most:.2f} ×", f"{goal.ratio:.2f} ×", goal.bare, goal.rung, met)
    console.print(table)


def print_traffic(console: Console, measured: Iterable[Traffic]) -> None:
    """Ratios to the bare bot (requests a second: more is better), then Rung's own milliseconds."""
    table = Table("Way", "/ladder …", title="Commands, Rung ÷ bare", title_justify="left")
    for column in ("in flight", "p50 ×", "p99 ×", "requests/s ×", "CPU ×", "bare p50", "Rung p50"):
        table.add_column(column, justify=RIGHT)
    table.add_column("Rung CPU", justify=RIGHT)
    for one in measured:
        plain, ours = one.pair.cpu
        table.add_row(
            one.way,
            one.command,
            str(one.in_flight),
            f"{ratio_of_percentile(one.pair, 0.5):.2f}",
            f"{ratio_of_percentile(one.pair, 0.99):.2f}",
            f"{one.pair.ratio(lambda r: r.a_second):.2f}",
            f"{ours / plain:.2f}" if plain else "–",
            milliseconds(min(r.percentile(0.5) for r in one.pair.bare)),
            milliseconds(min(r.percentile(0.5) for r in one.pair.rung)),
            milliseconds(ours),
        )
    console.print(table)


def ratio_of_percentile(pair: Pair, share: float) -> float:
    return pair.ratio(lambda one: one.percentile(share))


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def mebibytes(size: float) -> str:
    return f"{size / 2**20:.1f} MiB"
