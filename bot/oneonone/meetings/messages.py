"""What is said here: message → the names its templates may use."""

from __future__ import annotations

from collections.abc import Mapping

FILE = "oneonone/meetings"
MESSAGES: Mapping[str, Mapping[str, str]] = {
    FILE: {
        "shared_hint": "",
        "items_example": "",
        "items_hint": "",
        "private_hint": "",
        "day_ahead": "",
        "too_many_items": "",
        "met": "person day count private",
        "told_met": "person day count",
        "history_title": "engineer other",
        "history_none": "",
        "history_what": "",
        "meeting_gone": "",
        "nothing_noted": "",
        "agreed": "",
        "note_shared": "author",
        "note_private": "",
        "notes_more": "count",
        "items_more": "count",
        "item_open": "doer text day",
        "item_done": "doer text day",
        "item_dropped": "doer text day",
        "offer_hint": "name",
        "offer_write": "person",
        "offer_whom": "",
        "offer_other_way": "person",
        "offered": "person",
        "told_offer": "person",
        "told_offer_how": "person",
        "offer_kept": "",
        "offer_dropped": "",
        "offer_gone": "",
    }
}
