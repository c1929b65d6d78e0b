"""What the weekly question says around itself: message → the names its templates may use."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, Mapping[str, str]] = {
    "nudge/messages": {
        "how_private": "",
        "how_shared": "",
        "follow_up": "ago promise",
        "agreed": "person words",
        "rarer": "",
        "nothing_said": "",
        "kept_already": "",
        "answered": "",
        "put_off": "day time",
        "no_other": "",
        "outdated": "",
    }
}
