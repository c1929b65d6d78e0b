"""What is said here: message → the names its templates may use."""

from __future__ import annotations

from collections.abc import Mapping

FILE = "oneonone/prep"
MESSAGES: Mapping[str, Mapping[str, str]] = {
    FILE: {
        "prep": "name when things",
        "prep_expected": "ask competency level",
        "prep_points": "",
        "prep_thread": "",
        "prep_items": "",
        "prep_entries": "count",
        "prep_how": "name",
        "point_kept": "name count",
        "point_shared": "name since count of",
        "point_done": "count",
        "point_gone": "",
        "point_hint": "name",
        "point_empty": "",
        "points_title": "",
        "points": "person count",
        "points_none": "person",
        "points_more": "count",
        "seen_private": "",
        "seen_shared": "",
        "seen_since": "person since",
        "seen_theirs": "person",
        "shared_all": "name count",
        "shared_none": "name",
        "nothing_said": "",
        "not_linked": "",
        "nobody": "",
        "gone": "",
    }
}
