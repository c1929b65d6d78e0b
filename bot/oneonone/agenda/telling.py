"""An agenda in words: each line with why it is there and a next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.brag.coverage_card import LEVEL_REACH
from bot.brag.model import Kind as EntryKind
from bot.brag.receipts import say_day
from bot.ladder.model import Band, Reach
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.model import (
    Agenda,
    AskLine,
    ItemLine,
    Lack,
    Line,
    OpenerLine,
    OutlookLine,
    PlateLine,
    PointLine,
    Want,
    WinLine,
)
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Occasion
from bot.slack.mrkdwn import Mrkdwn, shorten, show
from bot.wording import Wording, fill

QUOTE = 400  # characters of what someone wrote, five times as many when escaped; all of it is a click away
ENTRY = 300
RESULT = 150
EXPECTATION = 240
MEANING = 300
TRIES = 12  # wordings are picked by chance, and there are a few of each

POINT_STEPS: Mapping[Band, str] = {
    "starting": "point_step_starting",
    "independent": "point_step_starting",
    "senior": "point_step_senior",
    "staff": "point_step_staff",
    "manager": "point_step_manager",
    "director": "point_step_manager",
}
PLATES: Mapping[Band, str] = {
    "starting": "plate_starting",
    "independent": "plate_independent",
    "senior": "plate_senior",
    "staff": "plate_staff",
    "manager": "plate_manager",
    "director": "plate_manager",
}
ASKS: Mapping[Occasion, tuple[str, str, str]] = {
    "first": ("ask_head_first", "ask_why_first", "ask_step_first"),
    "after-leave": ("ask_head_after_leave", "ask_why_after_leave", "ask_step_after_leave"),
    "before-review": ("ask_head_before_review", "ask_why_before_review", "ask_step_before_review"),
    "after-a-no": ("ask_head_after_a_no", "ask_why_after_a_no", "ask_step_after_a_no"),
}
"""Head, reason and next step of a question for an occasion."""
WIN_HEADS: Mapping[EntryKind, str] = {
    "win": "win_head",
    "learning": "win_head_learning",
    "failure": "win_head_failure",
}
STEPS_BESIDE_WINS: Mapping[EntryKind, str] = {
    "learning": "win_step_learning",
    "failure": "win_step_failure",
}
WIN_STEPS: Mapping[tuple[Lack, ...], str] = {
    (): "win_step",
    ("outcome",): "win_step_outcome",
    ("reach",): "win_step_reach",
    ("outcome", "reach"): "win_step_outcome_reach",
}
GROWTH_WHYS: Mapping[Want, str] = {
    "none": "growth_why_none",
    "old": "growth_why_old",
    "narrow": "growth_why_narrow",
    "settled": "growth_why_settled",
}
SO_FAR: Mapping[Reach, str] = {**LEVEL_REACH, "team": "the team"}


@dataclass(frozen=True, slots=True)
class Told:
    """One line in words, all of them mrkdwn; `line` is what it tells of."""

    line: Line
    head: str
    text: str
    why: str
    step: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Puts an agenda into words. `name` is the engineer's first name, or a mention of them."""

    agenda: Agenda
    words: Wording
    name: str
    today: date
    _said: set[str] = field(default_factory=set)

    def tell(self, lines: Sequence[Line] | None = None) -> list[Told]:
        """The lines of the agenda, or others of the same two."""
        ways: Mapping[type[Line], Callable[..., Told]] = {
            PointLine: self._point,
            OpenerLine: self._opener,
            ItemLine: self._item,
            WinLine: self._win,
            AskLine: self._ask,
            OutlookLine: self._outlook,
            PlateLine: self._plate,
        }
        self._said.clear()
        return [ways[type(line)](line) for line in (self.agenda.lines if lines is None else lines)]

    @property
    def name_on_buttons(self) -> str:
        """Buttons take no mentions."""
        return "them" if isinstance(self.name, Mrkdwn) else self.name

    @property
    def engineer(self) -> Mrkdwn:
        return mention(self.agenda.pair.engineer)

    @property
    def other(self) -> Mrkdwn:
        return mention(self.agenda.pair.other)

    def _point(self, line: PointLine) -> Told:
        author = line.point.author
        is_theirs = author == self.agenda.pair.engineer
        step = POINT_STEPS[self._band or "senior"] if is_theirs else "point_step_other"
        since = self._day(line.since) if line.since else ""
        why = self._say("point_why_since", since=since) if since else self._say("point_why")
        head = self._say("point_head", author=self.name if is_theirs else self.other)
        return Told(line, head, quote(line.point.text), why, self._say_anew(step, pick=line.point.id))

    def _opener(self, line: OpenerLine) -> Told:
        said = self._say("opener", name=self.name)
        why = self._say("opener_why", name=self.name)
        return Told(line, self._say("opener_head"), said, why, self._say("opener_step"))

    def _item(self, line: ItemLine) -> Told:
        item = line.item
        doer = mention(item.doer)
        due = self._day(item.due_on) if item.due_on else ""
        text = self._say("item", doer=doer, text=on_one_line(item.text))
        why = self._say("item_why", since=self._day(line.agreed_on), due=due)
        is_theirs = item.doer == self.agenda.pair.engineer
        message = "item_step_engineer" if is_theirs else "item_step_other"
        message = "item_step_due" if line.is_due else message
        step = self._say_anew(message, pick=item.id, doer=doer)
        return Told(line, self._say("item_head"), f">{text}", why, step)

    def _win(self, line: WinLine) -> Told:
        entry = line.entry
        day = self._day(entry.shared_at.date() if entry.shared_at else entry.happened_on)
        why = self._say("win_why", day=day)
        if line.competency:
            text = shorten(line.statement.text, EXPECTATION) if line.statement else ""
            why = self._say("win_why_for", day=day, competency=line.competency.name, expectation=text)
        head = self._say(WIN_HEADS[entry.kind])
        return Told(line, head, _quote_entry(line), why, self._win_step(line))

    def _win_step(self, line: WinLine) -> Mrkdwn:
        entry, goal = line.entry, self.agenda.standpoint.goal
        if message := STEPS_BESIDE_WINS.get(entry.kind):
            return self._say_anew(message, pick=entry.id, name=self.name)
        reaches = {
            "reach": SO_FAR[entry.reach] if entry.reach else "",
            "goal": LEVEL_REACH[goal.reach] if goal and goal.reach else "",
            "level": goal.title if goal else "",
        }
        return self._say_anew(WIN_STEPS[line.lacks], pick=entry.id, **reaches)

    def _ask(self, line: AskLine) -> Told:
        said = self._question(line)
        if line.question and line.question.when in ASKS:
            head, why, step = ASKS[line.question.when]
            pick = line.question.id
            why, step = self._say_anew(why, pick=pick), self._say_anew(step, pick=pick, name=self.name)
            return Told(line, self._say(head), said, why, step)
        step = self._say("growth_step", pick=f"{self.agenda.seed}:step")
        return Told(line, self._say("growth_head"), said, self._growth_why(line), step)

    def _question(self, line: AskLine) -> Mrkdwn:
        if line.question:
            return Mrkdwn(f"“{fill(line.question.ask, name=self.name)}”")
        if line.statement:
            return self._say("growth_about", expectation=shorten(line.statement.text, EXPECTATION))
        return self._say("growth_no_level", name=self.name)

    def _growth_why(self, line: AskLine) -> Mrkdwn:
        goal = self.agenda.standpoint.goal
        if goal is None:
            return self._say("growth_why_no_level")
        if line.statement is None or line.competency is None:
            return self._say("growth_why_general", level=goal.title)
        why = self._say(
            GROWTH_WHYS[line.want],
            level=goal.title,
            competency=line.competency.name,
            expectation=shorten(line.statement.text, EXPECTATION),
        )
        if not line.meaning:
            return why
        meaning = show(shorten(" ".join(line.meaning.split()), MEANING))
        return Mrkdwn(f"{why} {self._say('growth_meaning', meaning=meaning)}")

    def _outlook(self, line: OutlookLine) -> Told:
        standpoint = self.agenda.standpoint
        level = standpoint.goal.title if standpoint.goal else ""
        why = self._say("outlook_why_alone")
        if standpoint.current:
            why = self._say("outlook_why", current=standpoint.current.title)
        text = self._say("outlook", competency=line.competency.name, count=line.count)
        return Told(line, self._say("outlook_head", level=level), text, why, self._say("outlook_step"))

    def _plate(self, line: PlateLine) -> Told:
        said = self._say(PLATES[self._band] if self._band else "plate_any", pick=f"{self.agenda.seed}:plate")
        why = self._say("plate_why", pick=f"{self.agenda.seed}:why")
        head = self._say("plate_head", name=self.name)
        return Told(line, head, said, why, self._say("plate_step", other=self.other))

    @property
    def _band(self) -> Band | None:
        """What someone does now tells what can be taken off them, and how they bring a topic."""
        standpoint = self.agenda.standpoint
        level = standpoint.current or standpoint.target
        return level.band if level else None

    def _day(self, day: date) -> str:
        return say_day(day, self.today)

    def _say_anew(self, message: str, *, pick: str = "", **values: object) -> Mrkdwn:
        """In another wording than was used on this list, as long as there is one."""
        said = self._say(message, pick=pick, **values)
        for again in range(TRIES):
            if said not in self._said:
                break
            said = self._say(message, pick=f"{pick}:{again}", **values)
        self._said.add(said)
        return said

    def _say(self, message: str, *, pick: str = "", **values: object) -> Mrkdwn:
        return self.words.say(FILE, message, pick=pick or self.agenda.seed, **values)


def quote(text: str, length: int = QUOTE) -> Mrkdwn:
    """Someone's words as a quotation, on one line."""
    return Mrkdwn(f">{on_one_line(text, length)}")


def on_one_line(text: str, length: int = QUOTE) -> Mrkdwn:
    return show(shorten(" ".join(text.split()), length))


def is_cut(text: str, length: int = QUOTE) -> bool:
    """Is there more of it than the list shows?"""
    return len(" ".join(text.split())) > length


def _quote_entry(line: WinLine) -> Mrkdwn:
    words = line.entry.words
    said = quote(words.text, ENTRY)
    if not words.result:
        return said
    return Mrkdwn(f"{said}\n>*What came of it:* {on_one_line(words.result, RESULT)}")
