"""From a filled-in form to what is kept of a meeting."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.oneonone.agenda.values import unpack
from bot.oneonone.meetings.reading import read_items
from bot.oneonone.meetings.service import Met
from bot.oneonone.model import ActionItem, AskedOf, Meeting, Note, Pair
from bot.people.model import PersonId
from bot.slack.payloads import Form

MOST_LINES = 1_500
"""More than a form can hold, which takes 3,000 characters."""


def read_met(form: Form, pair: Pair, day: date, names: Mapping[str, str], now: datetime) -> Met:
    """Ids are told from the form, so that the same form sent twice is kept once."""
    by = PersonId(form.workspace, form.user)
    meeting = Meeting(_name(form, "meeting"), pair, day, now)
    said = {seen: form.fields.get(seen, "").strip() for seen in ("shared", "private")}
    order = [now + timedelta(microseconds=n) for n in range(MOST_LINES)]  # they stand as they were written
    notes = [
        Note(_name(form, seen), pair, meeting.id, by.user, text, then, now if seen == "shared" else None)
        for (seen, text), then in zip(said.items(), order, strict=False)
        if text
    ]
    read = read_items(form.fields.get("items", ""), by.user, names, day)
    items = [
        ActionItem(_name(form, f"item:{n}"), pair, by.user, one.doer, one.text, then, one.due_on)
        for n, (one, then) in enumerate(zip(read, order, strict=False))
    ]
    talked = form.lists.get("talked", ())
    return Met(meeting, by, form.view_id, notes, items, talked, _read_asked(form, day))


def names_of(user: Mapping[str, Any]) -> frozenset[str]:
    """By which someone is called, in lower case: first name, display name, handle, the whole name."""
    profile = user.get("profile") or {}
    whole = str(user.get("real_name") or profile.get("real_name") or "")
    first = whole.partition(" ")[0]
    said = (user.get("name"), whole, first, profile.get("display_name"), profile.get("first_name"))
    return frozenset(str(name).lower() for name in said if name)


def _read_asked(form: Form, day: date) -> AskedOf | None:
    """The question of the agenda from which the form was opened."""
    _, more = unpack(form.workspace, form.data)
    question, ladder, expectation = (*more, "", "", "")[:3]
    return AskedOf("manager", day, question, ladder, expectation) if question else None


def _name(form: Form, part: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{form.workspace}:{form.view_id}:{form.user}:{part}").hex
