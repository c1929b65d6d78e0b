"""The figures as tables: ratios first, since absolute times do not travel."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import mean, median

from rich import box
from rich.console import Console
from rich.table import Table

from tests.bench.goals import Goal
from tests.bench.traffic import Traffic


def print_goals(console: Console, goals: Iterable[Goal]) -> None:
    table = _table("Goals", "", "at most", "ratio", "bare", "Rung", "")
    for goal in goals:
        asked = f"{goal.at_most:.2f} ×" if goal.at_most else ""
        met = ("[green]met[/]" if goal.is_met else "[bold red]missed[/]") if goal.at_most else ""
        table.add_row(goal.name, asked, f"{goal.ratio:.2f} ×", goal.bare, goal.rung, met)
    console.print(table)


def print_traffic(console: Console, measured: Iterable[Traffic]) -> None:
    """Ratios to the bare bot (of requests a second, more is better), then Rung's own figures."""
    ratios, absolute = ("p50 ×", "p99 ×", "req/s ×", "CPU ×"), ("p50 ms", "p99 ms", "req/s", "CPU ms")
    table = _table("Commands: Rung ÷ bare, then Rung alone", "/ladder …", "at once", *ratios, *absolute)
    for one in measured:
        cpu = mean(r.cpu for r in one.rung)
        table.add_row(
            f"{one.command}, {one.way}",
            str(one.in_flight),
            f"{one.ratio(lambda r: r.percentile(0.5)):.2f}",
            f"{one.ratio(lambda r: r.percentile(0.99)):.2f}",
            f"{one.ratio(lambda r: r.a_second):.2f}",
            f"{cpu / mean(r.cpu for r in one.bare):.2f}",
            f"{1000 * median(r.percentile(0.5) for r in one.rung):.2f}",
            f"{1000 * median(r.percentile(0.99) for r in one.rung):.2f}",
            f"{median(r.a_second for r in one.rung):,.0f}",
            f"{1000 * cpu:.2f}",
        )
    console.print(table)


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False)
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right")
    return table
