"""What is owed for the brag document: each delivery named, so that it is owed once; ids and no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.brag.model import Capture, Entry
from bot.brag.period import Period
from bot.ids import new_id
from bot.outbox.model import Delivery, Owed
from bot.people.model import PersonId

RECEIPT, CHANGED, TICK, ANSWER = "brag.receipt", "brag.changed", "brag.tick", "brag.answer"
REACTED, DOCUMENT, RESULTS = "brag.reacted", "brag.document", "brag.results"
PICTURE, EXPORT, RESULTS_SAID = "brag.picture", "brag.export", "brag.results-said"

ASK_FOR_RESULTS = timedelta(weeks=3)


def picture(person: PersonId, now: datetime) -> Owed:
    """Coverage as a picture, drawn when it is sent."""
    return _owed(person, PICTURE, f"picture:{new_id()}", {}, now)


def export(person: PersonId, period: Period | None, kind: str, now: datetime) -> Owed:
    """The document as a file, put together when it is sent."""
    days = [period.start.isoformat(), period.end.isoformat()] if period else []
    return _owed(person, EXPORT, f"export:{new_id()}", {"days": days, "format": kind}, now)


def receipt(capture: Capture, channel: str, thread: str, now: datetime, known: int = 0) -> Owed:
    """The line that says what was kept. `known`: so much of a document is kept already."""
    about = {
        "capture": capture.id,
        "channel": channel,
        "thread": thread,
        **({"known": known} if known else {}),
    }
    return _owed(capture.person, RECEIPT, f"receipt:{capture.id}", about, now)


def shown_again(capture: Capture, now: datetime) -> Owed:
    """The receipt once more, for someone who keeps what is kept already."""
    about = {"capture": capture.id, "channel": capture.person.user, "thread": ""}
    return _owed(capture.person, RECEIPT, f"again:{new_id()}", about, now)


def tick(capture: Capture, now: datetime) -> Owed:
    about = {"channel": capture.channel, "ts": capture.ts}
    return _owed(capture.person, TICK, f"tick:{capture.id}", about, now)


def reacted(capture: Capture, now: datetime) -> Owed:
    """The words of a message someone reacted to are still to be fetched."""
    return _owed(capture.person, REACTED, f"reacted:{capture.id}", {"capture": capture.id}, now)


def read_file(capture: Capture, file_id: str, thread: str, *, is_alone: bool, now: datetime) -> Owed:
    """A text file may be an old brag document; `is_alone`: no words came with it."""
    about = {"capture": capture.id, "file": file_id, "thread": thread, "is_alone": is_alone}
    return _owed(capture.person, DOCUMENT, f"document:{file_id}", about, now)


def answer(capture: Capture, said: str, thread: str, now: datetime) -> Owed:
    about = {
        "capture": capture.id,
        "said": said,
        "channel": capture.channel,
        "ts": capture.ts,
        "thread": thread,
    }
    return _owed(capture.person, ANSWER, f"answer:{capture.id}", about, now)


def changed(capture: Capture, why: str, now: datetime) -> Owed:
    """The receipt is to say what is true now."""
    return _owed(capture.person, CHANGED, f"changed:{capture.id}:{why}", {"capture": capture.id}, now)


def ask_for_results(person: PersonId, now: datetime) -> Owed:
    """Some weeks later: what came of the entries of this week that are still open? Once a week at most."""
    year, week, _ = now.isocalendar()
    return _owed(person, RESULTS, f"results:{person.user}:{year}-{week}", {}, now + ASK_FOR_RESULTS)


def ask_for_more(asked: Delivery, entries: Sequence[str]) -> Owed:
    """A few are asked for at a time; these are the others' turn a week later."""
    person = PersonId(asked.workspace, asked.user)
    about = {"entries": [*entries]}
    return _owed(person, RESULTS, f"results-more:{asked.id}", about, asked.due_at + timedelta(weeks=1))


def ask_again(entry: Entry, now: datetime) -> Owed:
    """Nothing came of it yet; asked once more later."""
    once = f"results:{entry.id}:{now:%Y-%m-%d}"
    return _owed(entry.person, RESULTS, once, {"entries": [entry.id]}, now + ASK_FOR_RESULTS)


def results_said(person: PersonId, channel: str, ts: str, now: datetime) -> Owed:
    """The message that asked, where one did, is to show what is still open."""
    about = {"channel": channel, "ts": ts}
    return _owed(person, RESULTS_SAID, f"results-said:{new_id()}", about, now)


def week_of_results(due_at: datetime) -> tuple[datetime, datetime]:
    """When the entries were kept that this question is about."""
    moment = due_at - ASK_FOR_RESULTS
    start = (moment - timedelta(days=moment.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(weeks=1)


def _owed(person: PersonId, kind: str, once: str, about: Mapping[str, Any], due: datetime) -> Owed:
    return Owed(person.workspace, person.user, kind, once, due, about)
