"""Measures the suggestions on labelled entries, or answers them line by line for another program to score."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import mean, median, quantiles

from bot.brag.suggesting.features import read_features
from bot.brag.suggesting.index import Index, Passage, passages_of
from bot.brag.suggesting.suggest import rank
from bot.ladder.load import read_ladder
from bot.ladder.model import Ladder
from bot.settings import ROOT
from tests.eval import sets
from tests.eval.measure import Figures, measure, pool_small, time_suggestions
from tests.eval.sets import WANTED, LabelledSet, read_sets, samples_of

GOALS = {0: (0.47, 0.74, 0.62), 5: (0.52, 0.80, 0.68)}
"""Top-1, top-3 and mean reciprocal rank wanted, by how many entries are confirmed for each competency."""
MANY = 200  # confirmed entries of a person who has used Rung for long
SURE = 0.3  # of the first score; a first suggestion that stands so far ahead is told apart


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="a folder of JSON files, one a ladder")
    parser.add_argument("--split", default="dev", help="which half to measure (dev)")
    parser.add_argument("--suggest", action="store_true", help="answer JSON lines {ladder, text} with ids")
    asked = parser.parse_args()
    if asked.suggest:
        answer(sys.stdin)
    elif asked.data is None:
        tell(WANTED)
        report([samples_of(ladder) for ladder in _shipped()], [], "dev")
    else:
        labelled = read_sets(asked.data)
        report(labelled, list(_on_shipped_ladders(labelled)), asked.split)


def answer(lines: Iterable[str]) -> None:
    for line in lines:
        asked = json.loads(line)
        ladder = asked["ladder"]
        index = _index_of(ladder if isinstance(ladder, str) else json.dumps(ladder))
        tell(json.dumps(list(rank(index, read_features(asked["text"])).scores)))


@lru_cache(maxsize=64)
def _index_of(ladder: str) -> Index:
    """Of a ladder written as JSON, or of the file that holds it."""
    text = ladder if ladder.startswith("{") else Path(ladder).read_text(encoding="utf-8")
    return Index(sets.passages_of(json.loads(text)))


def report(labelled: Sequence[LabelledSet], ours: Sequence[LabelledSet], split: str) -> None:
    """`ours` are shown, but count for no mean: their entries are among the others."""
    for each, goals in GOALS.items():
        tell(f"\nWith {each} confirmed entries a competency" if each else "From the ladder's text alone")
        tell(f"{'set':26}{'n':>5}{'top-1':>8}{'top-3':>8}{'MRR':>8}")
        figures = [found for one in labelled if (found := measure(one, split, each)).ranks]
        if not figures:
            sys.exit(f"No set has an entry of the half “{split}”.")
        for one in (*figures, *(measure(one, split, each) for one in ours)):
            tell_figures(one)
        tell_means(pool_small(figures), goals)
    texts = [item.text for one in labelled for item in one.items]
    seconds = time_suggestions(_shipped()[0], texts, MANY)
    tell(f"\nWith {MANY} confirmed entries, words and expectation named: {_times(seconds)}")


def tell_figures(one: Figures) -> None:
    tell(f"{one.name:26}{len(one.ranks):5}{one.top1:8.3f}{one.top3:8.3f}{one.mrr:8.3f}")


def tell_means(figures: Sequence[Figures], goals: tuple[float, float, float]) -> None:
    means = [mean(values) for values in zip(*((one.top1, one.top3, one.mrr) for one in figures), strict=True)]
    tell(f"{'mean':31}" + "".join(f"{value:8.3f}" for value in means))
    tell(f"{'goal':31}" + "".join(f"{value:8.3f}" for value in goals))
    tell(f"time for an entry: {_times([second for one in figures for second in one.seconds])}")
    gaps = [gap for one in figures for gap in one.gaps]
    if sure := [is_right for gap, is_right in gaps if gap >= SURE]:
        share = len(sure) / len(gaps)
        tell(f"first ahead by {SURE:.0%}: {share:.0%} of entries, {mean(sure):.0%} of them right")


def _times(seconds: Sequence[float]) -> str:
    return f"{1000 * median(seconds):.2f} ms (p50), {1000 * quantiles(seconds, n=20)[-1]:.2f} ms (p95)"


def _shipped() -> list[Ladder]:
    return [read_ladder(path) for path in sorted((ROOT / "ladders").glob("*.yaml"))]


def _on_shipped_ladders(labelled: Sequence[LabelledSet]) -> Iterator[LabelledSet]:
    """The entries once more from a ladder of ours, where it has every competency they are labelled with."""
    for one in labelled:
        labels = {label for item in one.items for label in item.labels}
        for ladder in _shipped():
            if labels <= set(ladder.competencies):
                yield LabelledSet(f"{one.name} on {ladder.id}", _passages(ladder, labels), one.items)


def _passages(ladder: Ladder, labels: Iterable[str]) -> list[Passage]:
    """Those on the tracks of the labels, as for a person who aims at a level there."""
    tracks = {track for label in labels for track in ladder.competencies[label].tracks}
    return [p for p in passages_of(ladder) if tracks & set(ladder.competencies[p.competency].tracks)]


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
