"""The brag document as one page of HTML, made from its Markdown: self-contained, for screen and paper."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from bot.brag.exporting.as_markdown import title_of, write_markdown
from bot.brag.exporting.packet import Packet

_markdown = MarkdownIt("commonmark", {"html": False})
_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def write_html(packet: Packet) -> str:
    """The page fetches nothing and runs nothing."""
    body = Markup(_markdown.render(write_markdown(packet)))  # noqa: S704  (HTML is off, so all of it is escaped)
    return _pages.get_template("page.html").render(title=title_of(packet), body=body)
