"""What Slack wants to be told in the first and the last of its three steps to share a file."""

from __future__ import annotations

import json

LONGEST_ALT_TEXT = 1_000


def announced(name: str, content: bytes, alt_text: str = "") -> dict[str, str]:
    """For files.getUploadURLExternal, which answers with an id and with the address for the content."""
    alt = {"alt_txt": alt_text[:LONGEST_ALT_TEXT]} if alt_text else {}
    return {"filename": name, "length": str(len(content)), **alt}


def completed(file: str, title: str, channel: str, comment: str = "", thread: str = "") -> dict[str, str]:
    """For files.completeUploadExternal, which puts the file into a conversation."""
    said = {"initial_comment": comment} if comment else {}
    place = {"channel_id": channel, **({"thread_ts": thread} if thread else {})}
    return {"files": json.dumps([{"id": file, "title": title}]), **place, **said}
