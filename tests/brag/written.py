"""Entries for tests, and whatever people could write into them."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.brag.exporting.packet import Packet
from bot.brag.model import KINDS, REACHES, Entry, Evidence, Plan, Words
from bot.people.model import PersonId

ANA = PersonId("T1", "UANA")
KEPT_AT = datetime(2026, 9, 30, 15, tzinfo=UTC)
WORDS = ("text", "result", "links", "people", "project", "goal")


def entry(text: str, *evidence: Evidence, day: str = "2026-09-30", **given: Any) -> Entry:
    """An entry of Ana's; what is said beside the text goes into its words or the entry itself."""
    words = Words(text, **{name: given.pop(name) for name in WORDS if name in given})
    name = hashlib.sha256(f"{text}{day}".encode()).hexdigest()[:32]
    own: dict[str, Any] = {
        "id": name,
        "person": ANA,
        "capture": name[::-1],
        "position": 0,
        "words": words,
        "happened_on": date.fromisoformat(day),
        "created_at": KEPT_AT,
        "evidence": evidence,
    }
    return Entry(**own | given)


def packet(*entries: Entry, **given: Any) -> Packet:
    own: dict[str, Any] = {
        "person": ANA,
        "owner": "Ana Ferreira",
        "entries": entries,
        "period": None,
        "made_on": date(2026, 10, 5),
    }
    return Packet(**own | given)


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
ids = st.text("abcdef0123456789", min_size=1, max_size=32)
slack_ids = st.from_regex(r"U[A-Z0-9]{1,8}", fullmatch=True)
names = st.from_regex(r"[a-z][a-z0-9.-]{0,20}", fullmatch=True)
lines = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
moments = st.integers(-(10**9), 10**9).map(
    lambda seconds: KEPT_AT + timedelta(seconds=seconds, microseconds=7)
)
evidences = st.lists(
    st.builds(
        Evidence,
        names,
        names,
        names,
        st.just("") | names,
        st.booleans(),
        st.lists(lines, max_size=3).map(tuple),
    ),
    max_size=3,
    unique_by=lambda one: (one.ladder, one.competency),
).map(lambda found: tuple(sorted(found, key=lambda one: (not one.is_confirmed, one.ladder, one.competency))))
entries = st.builds(
    Entry,
    id=ids,
    person=st.just(ANA),
    capture=ids,
    position=st.integers(0, 50),
    words=st.builds(
        Words,
        text=texts,
        result=st.just("") | texts,
        links=st.lists(texts, max_size=2).map(tuple),
        people=st.lists(slack_ids, max_size=2).map(tuple),
        project=st.just("") | texts,
        goal=st.just("") | texts,
    ),
    happened_on=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    created_at=moments,
    kind=st.sampled_from(KINDS),
    reach=st.none() | st.sampled_from(REACHES),
    visibility=st.sampled_from(["private", "shared"]),
    shared_at=st.none() | moments,
    state=st.just("kept"),
    result=st.sampled_from(["said", "open", "none"]),
    is_edited_here=st.booleans(),
    evidence=evidences,
)
plans = st.builds(Plan, names, names, texts, moments)
packets = st.builds(
    packet,
    plans=st.lists(plans, max_size=2, unique_by=lambda plan: (plan.ladder, plan.expectation)),
).flatmap(
    lambda made: st.lists(entries, max_size=4, unique_by=lambda one: one.id).map(
        lambda found: packet(*found, plans=made.plans)
    )
)
