"""What is said here: message → the names its templates may use."""

from __future__ import annotations

from collections.abc import Mapping

FILE = "oneonone/agenda"
MESSAGES: Mapping[str, Mapping[str, str]] = {
    FILE: {
        "nothing_shared": "name",
    }
}
