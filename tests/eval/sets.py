"""Sets of labelled entries: one JSON file a ladder, read from a folder that is no part of Rung."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.brag.suggesting.index import Passage
from bot.brag.suggesting.index import passages_of as passages_of_ladder
from bot.ladder.model import Ladder

WANTED = """\
Name a folder of labelled entries: make eval DATA=folder

Without one, the sample entries of the ladders that come with Rung are all there is to measure on. Texts that
people wrote belong to them, so none come along. Good places to collect from are public engineering ladders
that print examples below each competency, and brag documents that people published, each line labelled by
hand. One JSON file a ladder:
  {"ladder": {"id": …, "name": …, "competencies": [
      {"id": …, "name": …, "description": …, "expectations": [{"level": …, "text": …}]}]},
   "items": [{"text": …, "labels": ["<competency id>"], "split": "dev"}]}
"""


@dataclass(frozen=True)
class Item:
    """An entry and the competencies it was labelled with."""

    text: str
    labels: frozenset[str]
    split: str


@dataclass(frozen=True)
class LabelledSet:
    """A ladder's passages and the entries that are to be found from them."""

    name: str
    passages: Sequence[Passage]
    items: Sequence[Item]


def read_sets(folder: Path) -> list[LabelledSet]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [
        LabelledSet(one["ladder"]["id"], passages_of(one["ladder"]), [_item(item) for item in one["items"]])
        for one in found
        if "ladder" in one and "items" in one
    ]


def samples_of(ladder: Ladder) -> LabelledSet:
    """The sample entries of a ladder, to be found from everything else that it says."""
    samples = [
        Item(statement.sample, frozenset({statement.competency}), "dev")
        for statement in ladder.statements()
        if statement.sample
    ]
    texts = {item.text for item in samples}
    passages = [passage for passage in passages_of_ladder(ladder) if passage.text not in texts]
    return LabelledSet(f"samples of {ladder.id}", passages, samples)


def passages_of(ladder: Mapping[str, Any]) -> list[Passage]:
    return [
        Passage(competency["id"], text)
        for competency in ladder["competencies"]
        for text in (
            competency["name"],
            competency.get("description", ""),
            *(expectation["text"] for expectation in competency["expectations"]),
        )
        if text
    ]


def _item(item: Mapping[str, Any]) -> Item:
    return Item(item["text"], frozenset(item["labels"]), item.get("split", "dev"))
