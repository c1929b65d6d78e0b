"""An agenda built from shared facts that a test makes up; no Slack, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.brag.model import Entry, Evidence, Record, Words
from bot.contents import open_prompts
from bot.ladder.load import read_ladder
from bot.ladder.model import Reach
from bot.oneonone.agenda.build import build_agenda
from bot.oneonone.agenda.model import Agenda, AskLine, ItemLine, PointLine, Standpoint, WinLine
from bot.oneonone.agenda.telling import Telling, Told
from bot.oneonone.model import ActionItem, Meeting, Occasion, Pair, Series, TalkingPoint
from bot.oneonone.shared import Shared
from bot.people.model import PersonId, Standing
from bot.people.relations import Relation
from bot.rhythm.model import Rhythm
from bot.settings import ROOT
from bot.wording import Wording

LADDER = read_ladder(Path("ladders/artsy.yaml"))
PROMPTS = open_prompts(ROOT / "prompts")
WORDS = Wording(PROMPTS.messages)
PAIR = Pair("T1", "UANA", "UBEN")
ANA = PersonId("T1", "UANA")
TODAY = date(2026, 3, 16)  # a Monday
NOW = datetime.combine(TODAY, time(9), UTC)
SENIOR_TO_STAFF = Standpoint(LADDER, LADDER.levels["ic5"], LADDER.levels["ic6"])


def shares(**what: Any) -> Shared:
    """What Ana and Ben may both see: nothing, but for what is named."""
    relation = Relation(ANA, PAIR.other, "manager", "active", ANA.user, NOW, NOW)
    met = [Meeting("m1", PAIR, TODAY - timedelta(days=7), NOW - timedelta(days=7))]
    usual: dict[str, Any] = {
        "relation": relation,
        "standing": Standing("artsy", "ic5", "ic6"),
        "series": series(30),
        "counted": Record({}, {}),
        "lately": (),
        "points": (),
        "items": (),
        "meetings": met,
        "asked": (),
    }
    return Shared(**{**usual, **what})


def record(*entries: Entry) -> Record:
    """As coverage counts them."""
    speaking: dict[Evidence, set[str]] = {}
    for each in entries:
        for one in each.evidence:
            speaking.setdefault(one, set()).add(each.id)
    return Record({each.id: (each.happened_on, each.reach) for each in entries}, speaking)


def series(minutes: int, every: int = 1, days: int = 1) -> Series:
    """The next one is in so many days."""
    at = datetime.combine(TODAY + timedelta(days=days), time(10), UTC)
    return Series(PAIR, Rhythm(at.weekday(), time(10), every), "UTC", at, "UBEN", minutes)


def entry(
    name: str,
    text: str = "Shipped it",
    competency: str = "",
    expectation: str = "",
    age: int = 1,
    reach: Reach | None = None,
    **more: Any,
) -> Entry:
    """Shared, and evidence for what is named."""
    proofs = (Evidence("artsy", "ic6", competency, expectation, True),) if competency else ()
    day = TODAY - timedelta(days=age)
    made = Entry(name, ANA, "c", 0, Words(text), day, NOW, visibility="shared", shared_at=NOW)
    return replace(made, reach=reach, evidence=proofs, **more)


def point(text: str, author: str = "UANA", weeks: int = 0) -> TalkingPoint:
    then = NOW - timedelta(weeks=weeks)
    return TalkingPoint(text, PAIR, author, text, then, then)


def item(text: str, doer: str = "UBEN", **more: Any) -> ActionItem:
    return ActionItem(text, PAIR, "UBEN", doer, text, NOW - timedelta(days=7), meeting="m1", **more)


def build(
    shared: Shared,
    standpoint: Standpoint = SENIOR_TO_STAFF,
    today: date = TODAY,
    occasion: Occasion | None = None,
    meanings: dict[str, str] | None = None,
) -> Agenda:
    questions = PROMPTS.oneonone_questions
    return build_agenda(shared, standpoint, questions, today, occasion=occasion, meanings=meanings)


def tell(agenda: Agenda) -> list[Told]:
    return Telling(agenda, WORDS, "Ana", TODAY).tell()


def kinds(agenda: Agenda) -> list[str]:
    return [type(line).__name__.removesuffix("Line").lower() for line in agenda.lines]


def texts(agenda: Agenda) -> list[str]:
    """The words of what is not from the ladder."""
    said = []
    for line in agenda.lines:
        match line:
            case PointLine(one):
                said.append(one.text)
            case ItemLine(one_item):
                said.append(one_item.text)
            case WinLine(one_entry):
                said.append(one_entry.words.text)
    return said


def asks(agenda: Agenda) -> Sequence[AskLine]:
    return [line for line in agenda.lines if isinstance(line, AskLine)]
