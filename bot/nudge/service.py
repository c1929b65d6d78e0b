"""Whose turn it is, what they are asked, and what their reply changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.ladder.agreed import Agreed
from bot.ladder.service import NoLadderChosen, Reader, choose_ladder, meet
from bot.nudge.choice import REMEMBERED, choose, seed_of
from bot.nudge.content import Content
from bot.nudge.model import (
    ANSWERED,
    FOLLOW_UP,
    NUDGE,
    QUIET,
    Asked,
    AskedState,
    Promise,
    Situation,
    count_silent,
)
from bot.nudge.promises import TRUSTED
from bot.outbox.model import Delivery, Drop, Owed
from bot.people.model import PersonId, Profile
from bot.rhythm.model import in_utc, local_day_end, read_zone

if TYPE_CHECKING:
    from bot.nudge.store import NudgeStore  # handed in; the rules themselves need no SQL

ANSWERS_WITHIN = timedelta(days=1)
"""What is written in the DM so soon after a question is a reply to it, in its thread or not."""
AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question to be asked now. `quote` is what a follow-up is about; `reason` is for the log."""

    asked: Asked
    quote: Promise | None = None
    gets_rarer: bool = False
    """It comes every other week from now on, and says so."""
    profile: Profile = field(default_factory=Profile)
    agreed: Agreed | None = None
    """What the expectation means here, as two people agreed."""
    reason: str = ""


def ask(
    nudges: NudgeStore, owed: Sequence[Delivery], content: Content, now: datetime
) -> dict[str, Turn | Drop]:
    """What these deliveries ask, by id, remembered; once more, the same again.

    Dropped is what comes too late for its day or into a day off or a pause, what was answered already, and
    after three weeks without a reply every second one.
    """
    whose = {PersonId(one.workspace, one.user) for one in owed}
    nudges.tidy(whose, now.date() - TRUSTED)
    known = _listen(nudges, nudges.get_situations(whose, now - REMEMBERED))
    found = {one.id: _decide(one, known[PersonId(one.workspace, one.user)], content, now) for one in owed}
    turns = {name: turn for name, turn in found.items() if isinstance(turn, Turn)}
    nudges.forget([one for one in owed if one.id not in turns])
    asking = [turn.asked for turn in turns.values()]
    nudges.fall_silent(asking)
    nudges.put(asking)
    for name, turn in turns.items():
        if turn.quote:
            nudges.follow_up(turn.quote, name)
    return found


def ask_another(
    nudges: NudgeStore, person: PersonId, delivery: str, number: int, content: Content, now: datetime
) -> Turn | None:
    """The next question in place of this one; pressed twice, the same. None where there is none left."""
    rows = nudges.get_rows(person, delivery)
    if not rows:
        return None
    situation, newest = nudges.get_situation(person, now - REMEMBERED), rows[-1]
    if newest.number > number:
        return _turn(newest, situation)
    today = _today(situation, now)
    blank = Asked(person, delivery, newest.number + 1, "", "open", today, now)
    another = _choose(situation, content, blank)
    if another:
        if newest.state in ("open", "silent"):
            nudges.set_state(newest, "replaced", newest.answered_at)
        nudges.put([another.asked])
    return another


def put_off(nudges: NudgeStore, person: PersonId, delivery: str, now: datetime) -> datetime | None:
    """The same question again, at this hour of the next working day; when that is."""
    rows, sent = nudges.get_rows(person, delivery), nudges.get_sent(person, delivery)
    if not rows or sent is None:
        return None
    again_at = _next_day(sent[0], now, nudges.get_situation(person, now).profile)
    nudges.set_state(rows[-1], "replaced", rows[-1].answered_at)
    owed = Owed(person.workspace, person.user, NUDGE, f"{AGAIN}:{delivery}", again_at, {AGAIN: delivery})
    nudges.outbox.owe([owed], now)
    return again_at


def take_answer(
    nudges: NudgeStore, person: PersonId, delivery: str, state: AskedState, now: datetime
) -> Turn | None:
    """Someone replied to a question, which brings the weekly rhythm back; what it was."""
    rows = nudges.get_rows(person, delivery)
    if not rows:
        return None
    situation = nudges.get_situation(person, now - REMEMBERED)
    was_answered = rows[-1].state == "answered"
    answered = rows[-1]._replace(state="answered" if was_answered else state, answered_at=now)
    nudges.set_state(answered, answered.state, now)
    return _turn(answered, situation)


def take_reply(
    nudges: NudgeStore, person: PersonId, delivery: str, state: AskedState, now: datetime
) -> list[str]:
    """`take_answer` of something written: the message that asked owes a line in place of its buttons."""
    turn = take_answer(nudges, person, delivery, state, now)
    if turn is None:
        return []
    once = f"{ANSWERED}:{delivery}:{turn.asked.state}"
    return nudges.outbox.owe([Owed(*person, ANSWERED, once, now, {"nudge": delivery})], now)


def rests(nudges: NudgeStore, person: PersonId, day: date, now: datetime) -> bool:
    """Is the question of this day left out, should no reply come until then?"""
    situation = _listen(nudges, {person: nudges.get_situation(person, now - REMEMBERED)})[person]
    return _count_unheard(situation, "") > QUIET and _is_weekly(situation, "", day)


def find_to_answer(nudges: NudgeStore, person: PersonId, now: datetime) -> Asked | None:
    """The question that something written now would be a reply to."""
    return nudges.get_newest(person, now - ANSWERS_WITHIN)


def take_flat_answer(nudges: NudgeStore, person: PersonId, state: AskedState, now: datetime) -> list[str]:
    """Something written beside a question of the last day is a reply to it."""
    newest = find_to_answer(nudges, person, now)
    return take_reply(nudges, person, newest.delivery, state, now) if newest else []


def keep_promise(
    nudges: NudgeStore, person: PersonId, channel: str, ts: str, promise: Promise | None
) -> None:
    """What a message promises; an edit changes it or takes it back."""
    if promise:
        nudges.put_promise(promise)
    else:
        nudges.delete_promise(person, channel, ts)


def get_quote(nudges: NudgeStore, person: PersonId, delivery: str) -> Promise | None:
    """What was promised, if a delivery asks what became of it."""
    rows = nudges.get_rows(person, delivery)
    return nudges.get_promise(person, delivery) if rows and rows[-1].kind == FOLLOW_UP else None


def get_turn(nudges: NudgeStore, person: PersonId, delivery: str, now: datetime) -> Turn | None:
    """What a delivery asks now."""
    rows = nudges.get_rows(person, delivery)
    return _turn(rows[-1], nudges.get_situation(person, now - REMEMBERED)) if rows else None


def _next_day(due_at: datetime, now: datetime, profile: Profile) -> datetime:
    zone = read_zone(profile.zone)
    day = profile.next_working_day(now.astimezone(zone).date())
    return in_utc(day, due_at.astimezone(zone).time(), zone)


def _decide(owed: Delivery, situation: Situation, content: Content, now: datetime) -> Turn | Drop:
    origin = str(owed.about.get(AGAIN, owed.id))
    before = _rows_of(situation, owed.id) or _rows_of(situation, origin)
    blank = Asked(PersonId(owed.workspace, owed.user), owed.id, 0, "", "open", _today(situation, now), now)
    unheard = _count_unheard(situation, owed.id) if origin == owed.id else 0
    if reason := _why_not(owed, situation, before, blank.on, now):
        return Drop(reason)
    if unheard > QUIET and _is_weekly(situation, owed.id, blank.on):
        return Drop("every other week")
    turn = _same_again(before, blank, situation, content) or _choose(
        situation, content, blank, may_follow_up=True
    )
    if turn is None:
        return Drop("no question")
    gets_rarer = unheard == QUIET and _is_weekly(situation, owed.id, blank.on)
    return replace(turn, gets_rarer=True) if gets_rarer else turn


def _why_not(
    owed: Delivery, situation: Situation, before: Sequence[Asked], today: date, now: datetime
) -> str:
    profile = situation.profile
    if now >= _day_end(owed.due_at, profile.zone):
        return "too late"
    if profile.is_off(today):
        return "day off or paused"
    return "answered" if any(row.answered_at for row in before) else ""


def _is_weekly(situation: Situation, delivery: str, day: date) -> bool:
    """Was the question before this one asked in the week before? Every other week is rare enough."""
    before = [row.on for row in situation.past if row.delivery != delivery]
    return bool(before) and before[-1] > day - timedelta(days=13)


def _today(situation: Situation, now: datetime) -> date:
    return now.astimezone(read_zone(situation.profile.zone)).date()


def _same_again(before: Sequence[Asked], blank: Asked, situation: Situation, content: Content) -> Turn | None:
    """What was to be asked already, where it still can be."""
    if not before:
        return None
    last, quoted_by = before[-1], before[-1].delivery
    if last.delivery != blank.delivery:
        last = last._replace(delivery=blank.delivery, number=0, on=blank.on, at=blank.at, state="open")
    turn = replace(_turn(last, situation, quoted_by), reason="as before")
    return turn if content.can_ask(last) and _is_whole(turn) else None


def _choose(
    situation: Situation, content: Content, blank: Asked, *, may_follow_up: bool = False
) -> Turn | None:
    """A new question, in place of the blank."""
    reader = _meet(blank.person, situation, content)
    level = (reader.target or reader.current) if reader else None
    here = blank._replace(ladder=reader.ladder.id if reader else "", level=level.id if level else "")
    promise = _find_due(situation, blank.on) if may_follow_up else None
    if promise:
        asked = here._replace(question=FOLLOW_UP, kind=FOLLOW_UP)
        return Turn(asked, promise, profile=situation.profile, reason="promised")
    seed = seed_of(*blank.person, blank.on)
    proofs = situation.proofs.get(here.ladder, {})
    chosen = choose(content.pool_for(reader), proofs, situation.past, blank.on, seed)
    if chosen is None:
        return None
    asked = here._replace(question=chosen.question, kind=chosen.kind, expectation=chosen.expectation)
    return Turn(asked, profile=situation.profile, reason=chosen.reason)


def _find_due(situation: Situation, today: date) -> Promise | None:
    """The oldest thing promised that nobody asked about yet; never two weeks running."""
    if situation.past and situation.past[-1].kind == FOLLOW_UP:
        return None
    return next((one for one in situation.promises if not one.delivery and one.due <= today), None)


def _turn(asked: Asked, situation: Situation, quoted_by: str = "") -> Turn:
    name = quoted_by or asked.delivery
    quotes = (one for one in situation.promises if asked.kind == FOLLOW_UP and one.delivery == name)
    return Turn(asked, next(quotes, None), profile=situation.profile)


def _is_whole(turn: Turn) -> bool:
    """What was promised may have been deleted meanwhile."""
    return turn.asked.kind != FOLLOW_UP or turn.quote is not None


def _meet(person: PersonId, situation: Situation, content: Content) -> Reader | None:
    """Who they are on their ladder; None while there are several and they chose none."""
    try:
        ladder = choose_ladder(situation.standing, content.ladders, content.default_ladder)
    except NoLadderChosen:
        return None
    return meet(person, situation.standing, ladder)


def _rows_of(situation: Situation, delivery: str) -> list[Asked]:
    return [row for row in situation.past if row.delivery == delivery]


def _count_unheard(situation: Situation, delivery: str) -> int:
    """Weeks without a reply, once the question before this one counts as such."""
    others = [row for row in situation.past if row.delivery != delivery]
    if not others or others[-1].answered_at:  # as of most people
        return 0
    silent = (row._replace(state="silent") if row.state == "open" else row for row in others)
    return count_silent(silent, situation.wrote_at)


def _listen(nudges: NudgeStore, known: Mapping[PersonId, Situation]) -> Mapping[PersonId, Situation]:
    """Whoever replies to no question may write things down in other ways, and is not silent then."""
    silent = [person for person, situation in known.items() if _count_unheard(situation, "") >= QUIET]
    wrote_at = nudges.get_last_kept(silent) if silent else {}
    return {**known, **{person: replace(known[person], wrote_at=at) for person, at in wrote_at.items()}}


@lru_cache(maxsize=256)  # for many it is the same
def _day_end(moment: datetime, zone: str) -> datetime:
    return local_day_end(moment, read_zone(zone))
