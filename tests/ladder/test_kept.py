"""Answers that many ask for, kept by ladder."""

from __future__ import annotations

import gc
import weakref

import pytest

from bot.contents import open_messages
from bot.ladder import kept
from bot.ladder.answers import Answers
from bot.ladder.load import parse_ladder
from bot.ladder.model import Ladder
from bot.ladder.service import Reader
from bot.people.model import PersonId
from bot.settings import ROOT
from bot.slack.payloads import Answer
from bot.wording import Wording
from tests.support.workspace import ANA, BEN, Workspace

TEXT = (ROOT / "ladders" / "artsy.yaml").read_text()


@pytest.fixture
def ladder() -> Ladder:
    return parse_ladder(TEXT, "artsy.yaml")


def test_what_was_asked_before_is_not_rendered_again(ladder: Ladder) -> None:
    first = kept.keep(ladder, "staff", lambda: Answer("first"))
    assert kept.keep(ladder, "staff", lambda: Answer("second")) is first


def test_a_ladder_that_was_read_again_starts_anew(ladder: Ladder) -> None:
    kept.keep(ladder, "staff", lambda: Answer("first"))
    again = parse_ladder(TEXT, "artsy.yaml")
    assert kept.keep(again, "staff", lambda: Answer("second")).text == "second"


def test_the_oldest_goes_when_there_are_too_many(ladder: Ladder) -> None:
    for number in range(kept.MOST + 1):
        kept.keep(ladder, number, lambda: Answer("first"))
    assert kept.keep(ladder, kept.MOST, lambda: Answer("second")).text == "first"
    assert kept.keep(ladder, 0, lambda: Answer("second")).text == "second"


@pytest.mark.parametrize("asked", ["staff", "ic4 vs ic6", "search mentoring"])
def test_nothing_that_was_asked_holds_on_to_a_ladder(asked: str) -> None:
    words = Wording(open_messages(ROOT / "prompts"))
    reader = Reader(PersonId("T1", "U1"), parse_ladder(TEXT, "artsy.yaml"))
    assert Answers(words, dict).answer(reader, asked).blocks
    gone = weakref.ref(reader.ladder)
    del reader
    gc.collect()
    assert gone() is None


async def test_everyone_sees_the_same_card_with_their_own_place_on_it(workspace: Workspace) -> None:
    plain = await workspace.type("/ladder staff", BEN)
    await workspace.type("/ladder target staff", ANA)
    assert "your target" in await workspace.type("/ladder staff", ANA)
    assert await workspace.type("/ladder staff", BEN) == plain
    await workspace.type("/ladder current staff", BEN)
    assert "you are here" in await workspace.type("/ladder staff", BEN)
