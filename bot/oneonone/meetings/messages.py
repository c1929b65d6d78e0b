"""What is said here: message → the names its templates may use."""

from __future__ import annotations

from collections.abc import Mapping

FILE = "oneonone/meetings"
MESSAGES: Mapping[str, Mapping[str, str]] = {
    FILE: {
        "met": "person",
    }
}
