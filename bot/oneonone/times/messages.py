"""What is said here: message → the names its templates may use."""

from __future__ import annotations

from collections.abc import Mapping

FILE = "oneonone/times"
MESSAGES: Mapping[str, Mapping[str, str]] = {
    FILE: {
        "whom": "",
    }
}
