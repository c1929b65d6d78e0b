"""`/brag export`: the brag document as a file, in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, get_args

from bot.brag.exporting.as_csv import write_csv
from bot.brag.exporting.as_html import write_html
from bot.brag.exporting.as_json import write_json
from bot.brag.exporting.as_markdown import write_markdown
from bot.brag.exporting.packet import Packet
from bot.brag.naming import slug_of

Format = Literal["md", "html", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

_NAMES: Mapping[str, Format] = {
    "markdown": "md",
    "htm": "html",
    "web": "html",
    "excel": "csv",
    "spreadsheet": "csv",
}
_WRITERS: Mapping[Format, Callable[[Packet], str]] = {
    "md": write_markdown,
    "html": write_html,
    "csv": write_csv,
    "json": write_json,
}


class Exported(NamedTuple):
    """A file as it is handed over."""

    name: str
    content: bytes


def read_format(text: str) -> tuple[Format, str]:
    """`last quarter html` → `html` and `last quarter`; Markdown where no format is named."""
    words = text.split()
    for place, word in enumerate(words):
        plain = word.lower().strip("(),.")
        if wanted := next((each for each in FORMATS if each == plain), _NAMES.get(plain)):
            rest = [*words[:place], *words[place + 1 :]]
            return wanted, " ".join(rest).removesuffix(" as")
    return "md", text.strip()


def export(packet: Packet, wanted: Format) -> Exported:
    """Everything of the packet, private entries too: it is their owner's own file."""
    slug = slug_of(packet.period)
    name = f"brag-document{f'-{slug}' if slug else ''}.{wanted}"
    encoding = "utf-8-sig" if wanted == "csv" else "utf-8"  # spreadsheets take CSV for Latin-1 without it
    return Exported(name, _WRITERS[wanted](packet).encode(encoding))
