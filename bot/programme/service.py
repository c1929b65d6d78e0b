"""What the bot does with a programme: begin, take an answer once, follow its edits, stop, take up again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.ids import new_id
from bot.outbox.model import OVER, Owed
from bot.people.model import PersonId, Profile
from bot.programme.model import Programme, Step
from bot.programme.run import (
    ANSWER,
    FIRST_ZONE,
    PLACE,
    TOO_LATE,
    Given,
    Run,
    due_on,
    find_step,
    first_open,
    next_on_day,
    openings,
)
from bot.rhythm.model import read_zone

if TYPE_CHECKING:
    from bot.programme.store import ProgrammeStore  # handed in; the rules themselves need no SQL

STEP, RECEIPT, REDRAW = "programme.step", "programme.receipt", "programme.redraw"
CLOSING = "programme.closing"
A_MOMENT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer was written, and its receipt goes; no thread: straight into the DM."""

    channel: str
    thread: str


def new_run(person: PersonId, programme: Programme, problem: str, today: date, now: datetime) -> Run:
    return Run(new_id(), person, programme.id, today, now, problem)


def begin(store: ProgrammeStore, run: Run, programme: Programme, now: datetime) -> list[str]:
    """Begin, once; ids of what is to be sent right away."""
    if not store.add_run(run):
        return []
    return store.outbox.owe(_owed_steps(run, programme, (), run.started_on, now), now)


def begin_anew(store: ProgrammeStore, old: Run, run: Run, programme: Programme, now: datetime) -> list[str]:
    """From the beginning; what was answered before stays where it is."""
    return [*stop(store, old, programme, now), *begin(store, run, programme, now)]


def resume(
    store: ProgrammeStore, run: Run, programme: Programme, today: date, now: datetime
) -> list[str] | None:
    """Go on with what is open: that comes now, and the days after it are counted from today.

    None where it was begun anew since, or has come to its end.
    """
    others = store.get_runs(run.person, run.programme)
    if run.state == "finished" or any(one.state == "running" and one.id != run.id for one in others):
        return None
    done = store.get_answers(run).steps
    step = first_open(programme, done)
    day = timedelta(days=step.day if step else 0)
    again = replace(run, state="running", round=run.round + 1, started_on=today - day)
    store.put_run(again)
    return store.outbox.owe(_owed_steps(again, programme, done, today, now), now)


def find_turn(
    store: ProgrammeStore, run: Run, programme: Programme, step: Step, profile: Profile, now: datetime
) -> datetime | None:
    """When a step that waits for its day comes, where the person is now; None where that is too long ago.

    What comes later than its day, after days off or a pause, moves the days of all that follow: never two of
    them on one day, and as far apart as they were meant to be.
    """
    zone = read_zone(profile.zone)
    today, on = now.astimezone(zone).date(), run.started_on + timedelta(days=step.day)
    if now - due_on(run.started_on, step.day, zone) > TOO_LATE:
        return None
    if on > today:
        return due_on(run.started_on, step.day, zone)
    if _is_one_waiting(store, run, programme, step, now):
        return now + A_MOMENT
    day = today + timedelta(days=1) if profile.is_off(today) else today  # a pause may end any day
    if day != on:
        store.count_from(run, day - timedelta(days=step.day))
    return due_on(day, 0, zone)


def _is_one_waiting(store: ProgrammeStore, run: Run, programme: Programme, step: Step, now: datetime) -> bool:
    """Is a step of an earlier day still to come?"""
    earlier = [one for one in programme.steps if one.day < step.day]
    names = [step_name(run, one.id, run.round) for one in earlier]
    found = [store.outbox.get_once(run.person.workspace, name) for name in names]
    return any(one and one.state not in OVER and now - one.due_at <= TOO_LATE for one in found)


def stop(store: ProgrammeStore, run: Run, programme: Programme, now: datetime) -> list[str]:
    """Nothing more comes; what was answered stays, and what is asked already says that it has stopped."""
    if not store.move_run(run, "running", "stopped"):
        return []
    done = store.get_answers(run).steps
    asked = [step.id for step in openings(programme, done)] if not run.problem else [ANSWER]
    return store.outbox.owe([redraw(run, step, new_id(), now) for step in asked], now)


def give(
    store: ProgrammeStore,
    run: Run,
    programme: Programme,
    given: Given,
    now: datetime,
    place: Place | None = None,
) -> list[str]:
    """Keep an answer and owe what follows from it. The same again keeps nothing, a newer edit its words.

    An answer takes the place of the one before. `place` is where a message stands; a click needs no receipt.
    """
    known = store.get_given(run, given.step, given.source)
    if known and place and (known.text is None or known.edited >= given.edited):
        return []
    if known and place:
        store.put_given(run.person, replace(given, counts=known.counts, at=known.at))
        return store.outbox.owe([redraw(run, given.step, f"{given.source}:{given.edited}", now)], now)
    store.put_given(run.person, given)
    store.let_count(run, given.step, [given.source])
    owed = [*_receipts(run, given, place, now), *_follow(store, run, programme, given, now)]
    return store.outbox.owe(owed, now)


def answer_kindly(
    store: ProgrammeStore,
    run: Run,
    programme: Programme,
    given: Given,
    said: str,
    now: datetime,
    place: Place,
) -> list[str]:
    """Nothing to keep, as the message `said` says; an answer that was edited into it loses its words."""
    if store.get_given(run, given.step, given.source):
        return give(store, run, programme, given, now, place)
    about = {"step": given.step, "said": said, "channel": place.channel, "thread": place.thread}
    once = f"said:{run.id}:{given.step}:{given.source}"
    return store.outbox.owe([_owed(run, RECEIPT, once, about, now)], now)


def keep_both(store: ProgrammeStore, run: Run, step: str, now: datetime) -> list[str]:
    """What was written before counts as well."""
    store.let_count(run, step)
    return store.outbox.owe([redraw(run, step, new_id(), now)], now)


def forget(store: ProgrammeStore, person: PersonId, source: str, now: datetime) -> list[str]:
    """A message was deleted, and its words with it."""
    return _redraw_all(store, person, store.forget_words(person, source), now)


def give_back(store: ProgrammeStore, person: PersonId, source: str, now: datetime) -> list[str]:
    """A message was meant for something else."""
    return _redraw_all(store, person, store.remove(person, source), now)


def _redraw_all(
    store: ProgrammeStore, person: PersonId, steps: Sequence[tuple[str, str]], now: datetime
) -> list[str]:
    found = [(store.get_run(person, run_id), step) for run_id, step in steps]
    return store.outbox.owe([redraw(run, step, new_id(), now) for run, step in found if run], now)


def step_name(run: Run, step: str, number: int) -> str:
    """Under which the message of a step is owed in a round."""
    return f"step:{run.id}:{number}:{step}"


def redraw(run: Run, step: str, why: str, now: datetime) -> Owed:
    """The message of the step is to say what is true now."""
    return _owed(run, REDRAW, f"redraw:{run.id}:{step}:{why}", {"step": step}, now)


def _receipts(run: Run, given: Given, place: Place | None, now: datetime) -> list[Owed]:
    """Into the thread; and the message itself shows that it is answered. A click shows that by itself."""
    if given.source == "click":
        return []
    where = {"channel": place.channel, "thread": place.thread} if place else {}
    about = {"step": given.step, "source": given.source, **where}
    receipt = _owed(run, RECEIPT, f"given:{run.id}:{given.step}:{given.source}", about, now)
    return [receipt, redraw(run, given.step, given.source if place else new_id(), now)]


def _follow(store: ProgrammeStore, run: Run, programme: Programme, given: Given, now: datetime) -> list[Owed]:
    """The next step of the day; after the last one, the end."""
    if run.state != "running":
        return []
    if run.problem:
        return _finish(store, run, now) if given.step == PLACE else []
    step = find_step(programme, given.step)
    if step is None:
        return []
    if step == programme.steps[-1]:
        return _finish(store, run, now)
    following = next_on_day(programme, step, store.get_answers(run).steps)
    return [_owed_step(run, following.id, now)] if following else []


def _finish(store: ProgrammeStore, run: Run, now: datetime) -> list[Owed]:
    if not store.move_run(run, "running", "finished"):
        return []
    return [_owed(run, CLOSING, f"closing:{run.id}", {}, now)]


def _owed_steps(
    run: Run, programme: Programme, done: Collection[str], today: date, now: datetime
) -> list[Owed]:
    """The first open step of every day; today's at once.

    The others are owed from when their hour comes anywhere, and wait until it comes where the person is:
    that is asked when they are composed, so that someone who moved has them at their own hour.
    """
    if run.problem:
        return [_owed_step(run, ANSWER, now)]
    return [
        _owed_step(run, step.id, now)
        if run.started_on + timedelta(days=step.day) == today
        else _owed_step(run, step.id, due_on(run.started_on, step.day, FIRST_ZONE), waits=True)
        for step in openings(programme, done)
    ]


def _owed_step(run: Run, step: str, due: datetime, *, waits: bool = False) -> Owed:
    about = {"step": step, "round": run.round, "waits": waits}
    return _owed(run, STEP, step_name(run, step, run.round), about, due)


def _owed(run: Run, kind: str, once: str, about: Mapping[str, Any], due: datetime) -> Owed:
    return Owed(run.person.workspace, run.person.user, kind, once, due, {"run": run.id, **about})
