"""The files of the workspace: what is being uploaded, what is there, and who may see it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

LARGEST_FILE = 3 * 1024 * 1024
"""This Slack's own limit; the real one takes far more."""
PICTURES = ("image/png", "image/jpeg", "image/gif")  # what Slack shows in an image block
# How Slack names what files end in: (filetype, pretty_type, mimetype); text becomes a snippet.
TYPES = {
    "png": ("png", "PNG", "image/png"),
    "jpg": ("jpg", "JPEG", "image/jpeg"),
    "jpeg": ("jpg", "JPEG", "image/jpeg"),
    "gif": ("gif", "GIF", "image/gif"),
    "md": ("markdown", "Markdown", "text/plain"),
    "markdown": ("markdown", "Markdown", "text/plain"),
    "txt": ("text", "Plain Text", "text/plain"),
    "csv": ("csv", "CSV", "text/csv"),
    "json": ("json", "JSON", "text/plain"),
    "html": ("html", "HTML", "text/html"),
    "pdf": ("pdf", "PDF", "application/pdf"),
}
UNKNOWN = ("binary", "Binary", "application/octet-stream")


@dataclass
class File:
    """`content` is None until the bytes have arrived; `shares` are (conversation id, ts of the message)."""

    id: str
    owner: str
    name: str
    title: str
    created: int
    size: int
    alt_text: str = ""
    content: bytes | None = None
    is_complete: bool = False
    deleted: bool = False
    shares: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kind(self) -> tuple[str, str, str]:
        """Slack's filetype, pretty_type and mimetype."""
        return TYPES.get(self.name.rpartition(".")[2].lower(), UNKNOWN)

    @property
    def is_picture(self) -> bool:
        return self.kind[2] in PICTURES

    @property
    def readable_size(self) -> str:
        """As the page says it."""
        return f"{self.size} B" if self.size < 1024 else f"{self.size / 1024:.0f} KB"


class Files:
    """All files by id, and the upload addresses that still wait for their bytes."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self.are_disabled = False
        """An administrator may turn uploads off for the whole workspace."""
        self._waiting: dict[str, File] = {}

    def add(self, file: File) -> File:
        self.by_id[file.id] = file
        return file

    def await_bytes(self, file: File) -> str:
        """The ticket of an address that takes the bytes of this file once."""
        self.add(file)
        ticket = secrets.token_urlsafe(18)
        self._waiting[ticket] = file
        return ticket

    def take_bytes(self, ticket: str, content: bytes) -> bool:
        """False for an unknown or used ticket, or where the length is another than was said."""
        file = self._waiting.get(ticket)
        if file is None or len(content) != file.size:
            return False
        del self._waiting[ticket]
        file.content = content
        return True

    def find(self, file_id: str) -> File | None:
        """One that was uploaded as far as it goes, deleted or not."""
        file = self.by_id.get(file_id)
        return file if file and file.is_complete else None

    def find_named(self, slack_file: Mapping[str, str]) -> File | None:
        """What an image block names by `id`, or by `url`: its url_private or its permalink."""
        if "id" in slack_file:
            return self.find(slack_file["id"])
        words = re.split(r"[/-]", slack_file["url"])
        return next((found for word in words if (found := self.find(word))), None)
