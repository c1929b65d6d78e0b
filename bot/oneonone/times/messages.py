"""What is said here: message → the names its templates may use."""

from __future__ import annotations

from collections.abc import Mapping

FILE = "oneonone/times"
MESSAGES: Mapping[str, Mapping[str, str]] = {
    FILE: {
        "whom": "",
        "nobody": "",
        "not_linked": "person",
        "none_set": "person",
        "nothing_set": "",
        "unread": "asked",
        "unread_move": "asked",
        "unread_pause": "asked",
        "past": "",
        "past_day": "",
        "move_ask": "",
        "move_time": "",
        "pause_ask": "",
        "series": "person rhythm place minutes",
        "next": "when",
        "after": "when",
        "for_other": "when person",
        "paused": "day",
        "resting": "",
        "noted": "person",
        "as_it_is": "",
        "ended": "person",
        "told_set": "name",
        "told_moved": "name",
        "told_skipped": "name",
        "told_shifted": "name",
        "told_paused": "name",
        "told_resumed": "name",
        "told_ended": "name",
        "morning": "name when",
        "morning_shared": "what",
        "morning_nothing": "",
        "item_due": "person item",
        "item_done": "item",
        "item_later": "item day",
        "item_gone": "",
        "home": "person",
    }
}
