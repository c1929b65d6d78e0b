"""Block Kit as HTML: hands every block to the template of its type, with what stands in its inputs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from bot.playground.composer import write_typed
from bot.playground.emoji import EMOJI
from bot.playground.markdown import render_markdown
from bot.playground.moving import say_now
from bot.playground.mrkdwn import render_mrkdwn, render_plain
from bot.playground.reader import Reader
from bot.playground.rich_text import render_rich_text

Json = dict[str, Any]
QUICK_REACTIONS = ("trophy", "white_check_mark", "+1", "tada", "heart", "eyes", "raised_hands", "rocket")
FOLDED_FROM = 700  # characters of a section, about where Slack puts "See more"

_FLAT_SELECTS = {"users": "people", "conversations": "channels", "channels": "channels"}


def render_text(text: Json | str, reader: Reader) -> Markup:
    """A text object, or a bare string taken as plain text."""
    if isinstance(text, str):
        return render_plain(text)
    if text["type"] == "mrkdwn":
        return render_mrkdwn(text["text"], reader)
    shown = escape(text["text"]) if text.get("emoji") is False else render_plain(text["text"])
    return Markup("<br>").join(Markup(line) for line in shown.split("\n"))  # noqa: S704 (escaped above)


def render_blocks(
    blocks: list[Json],
    reader: Reader,
    *,
    values: Json | None = None,
    errors: Mapping[str, str] | None = None,
    place: str = "message",
) -> Markup:
    """`values` is block_id → action_id → state, `errors` block_id → words; `place` makes ids unique."""
    template = TEMPLATES.get_template("blocks.html")
    html = template.render(
        blocks=blocks, reader=reader, values=values or {}, errors=errors or {}, place=place
    )
    return Markup(html)  # noqa: S704 (the template escapes)


def is_long(section: Json) -> bool:
    return not section.get("expand") and len(section["text"]["text"]) > FOLDED_FROM


def list_choices(element: Json, reader: Reader) -> list[tuple[str, list[Json]]]:
    """The options of any select or group of boxes, as (label of the group, options)."""
    kind = element["type"].removeprefix("multi_").removesuffix("_select")
    if kind in _FLAT_SELECTS:
        return [("", _name_options(reader, _FLAT_SELECTS[kind]))]
    if "option_groups" in element:
        return [(group["label"]["text"], group["options"]) for group in element["option_groups"]]
    return [("", element.get("options", []))]


def _name_options(reader: Reader, kind: str) -> list[Json]:
    names = reader.people if kind == "people" else reader.channels
    sign = "" if kind == "people" else "#"
    return [
        {"value": key, "text": {"type": "plain_text", "text": sign + name}} for key, name in names.items()
    ]


def list_chosen(element: Json, state: Json) -> list[str]:
    """The values chosen in a select or among boxes: what the person left, else what the bot set."""
    kept = [content for key, content in state.items() if key.startswith("selected_")]
    given = [content for key, content in element.items() if key.startswith("initial_")]
    content = kept[0] if kept else given[0] if given else None
    several = content if isinstance(content, list) else [content] if content else []
    return [each["value"] if isinstance(each, dict) else each for each in several]


def read_typed(element: Json, state: Json) -> str:
    """What stands in a field to type or pick a date in."""
    keys = ("value", "selected_date", "selected_time")
    kept = next((state[key] for key in keys if key in state), None)
    given = (element.get(f"initial_{key.removeprefix('selected_')}") for key in keys)
    return str(kept if kept is not None else next((each for each in given if each is not None), ""))


def show_emoji(name: str) -> str:
    """Of a reaction; its name where there is no picture for it."""
    return EMOJI.get(name.partition("::")[0], f":{name}:")


def name_person(user_id: str, reader: Reader) -> str:
    return reader.person(user_id)


def mark(html: str) -> str:
    """Changes when the text does: tells the page whether a part needs swapping."""
    return f"{crc32(html.encode()):08x}"


def sum_of(text: str) -> int:
    """One of eight colours, always the same for the same id."""
    return sum(text.encode()) % 8


def to_json(content: Any) -> str:
    """For attributes: a plain string, so that autoescape treats it as one."""
    return json.dumps(content, separators=(",", ":"))


def _build_environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(text=render_text, mark=mark, json=to_json, sum_of=sum_of)
    environment.filters.update(emoji=show_emoji, person_name=name_person)
    environment.globals.update(
        quick_reactions=QUICK_REACTIONS,
        say_now=say_now,
        write_typed=write_typed,
        is_long=is_long,
        list_choices=list_choices,
        list_chosen=list_chosen,
        read_typed=read_typed,
        render_blocks=render_blocks,
        render_markdown=render_markdown,
        render_mrkdwn=render_mrkdwn,
        render_rich_text=render_rich_text,
    )
    return environment


TEMPLATES = _build_environment()
