"""Ladders as pages to read and to print: plain HTML, one style sheet, nothing fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.errors import BotError
from bot.ladder import promotions
from bot.ladder.find import find_level
from bot.ladder.guide import list_topics
from bot.ladder.model import Guidance, Ladder, Level, Topic, Track
from bot.ladder.page_text import write_html
from bot.wording import Wording

TEMPLATES = Path(__file__).parent / "templates"
MADE = ".rung-site"  # lists what was written, so that the next time replaces that and nothing else
STYLE = "style.css"

_pages = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def write_site(folder: Path, ladders: Sequence[Ladder], words: Wording) -> Path:
    """Write an index and a page for each ladder; returns the index.

    Raises BotError, before anything is touched, where that would replace something it did not write itself.
    """
    pages = render_site(ladders, words)
    made = _find_made(folder, pages)
    for name in made:
        (folder / name).unlink(missing_ok=True)
    for name, text in {**pages, MADE: "".join(f"{name}\n" for name in pages)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "index.html"


def render_site(ladders: Sequence[Ladder], words: Wording) -> dict[str, str]:
    """File name → text. The same ladders make the same pages."""
    return {
        "index.html": _pages.get_template("index.html").render(ladders=ladders, root="", page_of=_page_of),
        **{_page_of(ladder): _render_ladder(ladder, words) for ladder in ladders},
        STYLE: (TEMPLATES / STYLE).read_text(encoding="utf-8"),
    }


def _page_of(ladder: Ladder) -> str:
    return f"ladders/{ladder.id}.html"


def _render_ladder(ladder: Ladder, words: Wording) -> str:
    topics = list_topics(ladder, words)
    return _pages.get_template("ladder.html").render(
        ladder=ladder,
        root="../",
        maps=_maps(ladder),
        steps_to=partial(_steps_to, ladder),
        topics=topics,
        topics_of=partial(_topics_of, ladder),
        rules={promotions.PAGE: promotions.write_rule(ladder, words)},
        write=partial(write_html, find=partial(_find_address, ladder, topics)),
    )


def _maps(ladder: Ladder) -> list[tuple[list[Track], list[list[Level]]]]:
    """Tracks with their levels, highest first: in one map only where ranks set levels side by side."""
    tracks = list(ladder.tracks.values())
    if any(map(ladder.parallels, ladder.levels.values())):
        return [(tracks, _rows(list(ladder.levels.values())))]
    return [([track], _rows(ladder.levels_of(track.id))) for track in tracks]


def _rows(levels: Sequence[Level]) -> list[list[Level]]:
    ranks = sorted({level.rank for level in levels}, reverse=True)
    return [[level for level in levels if level.rank == rank] for rank in ranks]


def _steps_to(ladder: Ladder, level: Level) -> list[Guidance]:
    return [step for step in ladder.guidance if step.to_level == level.id]


def _topics_of(ladder: Ladder, level: Level) -> list[Topic]:
    return [topic for topic in ladder.topics.values() if level.id in topic.levels]


def _find_address(ladder: Ladder, topics: Sequence[Topic], command: str) -> str | None:
    """Where the page shows what a command would answer in Slack."""
    if not command.startswith("/ladder "):
        return None
    first, _, rest = command.removeprefix("/ladder ").partition(" ")
    if first == "guide":
        return "#terms" if rest == "terms" else _find_topic(topics, rest)
    found = find_level(ladder, command.removeprefix("/ladder "))
    return f"#level:{found.levels[0]}" if len(found.levels) == 1 else None


def _find_topic(topics: Sequence[Topic], name: str) -> str:
    for topic in topics:
        if name.lower() in (topic.id, topic.title.lower(), *(alias.lower() for alias in topic.aliases)):
            return f"#topic:{topic.id}"
    return "#guide"


def _find_made(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """What an earlier run wrote here. Raises BotError where the folder is not ours to write into."""
    if folder.exists() and not folder.is_dir():
        raise BotError(f"{folder} is a file. Name a folder, new or empty.")
    if not folder.exists() or not any(folder.iterdir()):
        return []
    if not (folder / MADE).is_file():
        raise BotError(f"{folder} holds files that Rung did not write. Name a folder that is new or empty.")
    made = (folder / MADE).read_text(encoding="utf-8").splitlines()
    foreign = [name for name in pages if name not in made and (folder / name).exists()]
    if foreign:
        raise BotError(f"{folder / foreign[0]} is not from Rung and would be replaced. Move it away first.")
    return [name for name in made if (folder / name).resolve().is_relative_to(folder.resolve())]
